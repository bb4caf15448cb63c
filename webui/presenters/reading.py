"""What the page of one release shows: its text, and the evidence for all that is said of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from indexer import Facet, Group, Index, MarkedText, Mention, Release, context
from webui.desk import Desk, lang_attribute
from webui.state import SearchState
from webui.wording import Words

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A name where it stands, and why it is taken for the name."""

    words: Markup
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class TagView:
    """One tag with its evidence: places in the text, or the tags below that imply it."""

    label: str
    url: str
    places: Sequence[Place]
    implied_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class TagGroup:
    """The tags of one authority file."""

    label: str
    tags: Sequence[TagView]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A copy of a release, or its version in another language."""

    title: str
    url: str
    lang: str
    language: str
    date: str
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of text that cleaning took out."""

    kind: str
    rule: str
    text: str


def paragraphs(body: MarkedText) -> list[Markup]:
    """The paragraphs of a text as HTML, with the marks in them."""
    found = (_slice(body, m.start(), m.end()) for m in _PARAGRAPH.finditer(body.text))
    return [Markup(part.to_html()) for part in found]  # noqa: S704


def _slice(marked: MarkedText, start: int, end: int) -> MarkedText:
    marks = tuple(
        (max(a, start) - start, min(b, end) - start)
        for a, b in marked.marks
        if a < end and b > start
    )
    return MarkedText(marked.text[start:end], marks)


def tag_groups(release: Release, desk: Desk) -> list[TagGroup]:
    """All tags of a release; a facet without any is left out."""
    groups = [
        TagGroup(desk.words.facet(facet), list(_tags(release, facet, desk)))
        for facet in desk.authority_facets
    ]
    return [group for group in groups if group.tags]


def _tags(release: Release, facet: Facet, desk: Desk) -> Iterator[TagView]:
    mentions = [mention for mention in release.mentions if mention.facet == facet.name]
    for value in facet.values_of(release):
        below = dict.fromkeys(
            m.id for m in mentions if m.id != value and value in facet.with_ancestors(m.id)
        )
        yield TagView(
            label=desk.words.value(facet, value),
            url=desk.links.to(SearchState().toggle(facet.name, value)),
            places=[_place(release, m, desk.words) for m in mentions if m.id == value],
            implied_by=[desk.words.value(facet, one) for one in below],
        )


def _place(release: Release, mention: Mention, words: Words) -> Place:
    around = Markup(context(release, mention).to_html())  # noqa: S704 - to_html escapes the text
    return Place(around, mention.rule, words.tag_rule(mention.rule))


def cuts(release: Release, words: Words) -> list[Cut]:
    """What was taken out of the text, in its order."""
    return [Cut(words.removed(r.kind), words.rule(r.rule), r.text) for r in release.removed]


def versions(release: Release, group: Group | None, index: Index, desk: Desk) -> list[VersionView]:
    """The other members of a release's group that are in the index."""
    views = []
    for member in group.members if group else ():
        other = index.release(member.id) if member.id != release.id else None
        if other is not None:
            views.append(
                VersionView(
                    title=other.title or desk.words.gettext("(no title)"),
                    url=desk.links.release(other.id),
                    lang=lang_attribute(other),
                    language=desk.language_of(other),
                    date=desk.words.published(other.date),
                    why=desk.words.rule(member.rule),
                    evidence=member.evidence,
                )
            )
    return views


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web: no other may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
