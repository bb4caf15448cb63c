"""One hit of the list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer import UNKNOWN, Hit, Release, Version
from webui.desk import Desk, Link, iso_date, lang_attribute
from webui.presenters.reasons import ReasonView, reason_views
from webui.state import SearchState

CHIPS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A copy or a language version of a hit."""

    language: str
    title: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit of the list."""

    url: str
    title: Markup
    snippet: Markup
    date: str
    iso_date: str
    lang: str
    language: str
    source: str
    chips: Sequence[Link]
    reasons: Sequence[ReasonView]
    versions: Sequence[VersionLink]


def hit_view(hit: Hit, state: SearchState, desk: Desk, place: int = 0) -> HitView:
    """A hit for the list; `place` is which one of its search it is, from 1."""
    release = hit.release
    return HitView(
        url=desk.links.to_release(release.id, state, place),
        title=Markup(hit.title.to_html()),  # noqa: S704 - to_html escapes the text
        snippet=Markup(hit.snippet.to_html()),  # noqa: S704
        date=desk.words.published(release.date),
        iso_date=iso_date(release),
        lang=lang_attribute(release),
        language=desk.language_of(release),
        source=str(release.source),
        chips=list(_chips(release, state, desk))[:CHIPS_SHOWN],
        reasons=reason_views(hit.explanation, state, desk),
        versions=[_version(version, state, desk) for version in hit.versions],
    )


def _chips(release: Release, state: SearchState, desk: Desk) -> Iterator[Link]:
    for facet in desk.authority_facets:
        own = dict.fromkeys(m.id for m in release.mentions if m.facet == facet.name)
        for value in own:
            chosen = (facet.name, value) in state.chosen
            url = desk.links.to(state if chosen else state.toggle(facet.name, value))
            label, about = desk.words.value(facet, value), desk.links.to_name(facet.name, value)
            yield Link(label, url, chosen, facet.name, value, about)


def _version(version: Version, state: SearchState, desk: Desk) -> VersionLink:
    return VersionLink(
        desk.language_called(version.language),
        version.title or desk.words.gettext("(no title)"),
        "" if version.language == UNKNOWN else version.language,
        desk.links.to_release(version.id, state),
    )
