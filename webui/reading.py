"""What the page of one release shows: its text, and the evidence for all that is said of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from indexer import Facet, Facets, Group, Index, MarkedText, Mention, Release, context
from webui.presenters import Links, authority_facets, lang_attribute, language_name
from webui.state import SearchState
from webui.wording import REMOVED_KINDS, TAG_RULES, date_in_words, rule_in_words

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


def tag_groups(release: Release, facets: Facets, links: Links) -> list[TagGroup]:
    """All tags of a release; a facet without any is left out."""
    groups = [
        TagGroup(facet.label(), list(_tags(release, facet, links)))
        for facet in authority_facets(facets)
    ]
    return [group for group in groups if group.tags]


def _tags(release: Release, facet: Facet, links: Links) -> Iterator[TagView]:
    mentions = [mention for mention in release.mentions if mention.facet == facet.name]
    for value in facet.values_of(release):
        below = dict.fromkeys(
            m.id for m in mentions if m.id != value and value in facet.with_ancestors(m.id)
        )
        yield TagView(
            label=facet.value_label(value),
            url=links.to(SearchState().toggle(facet.name, value)),
            places=[_place(release, m) for m in mentions if m.id == value],
            implied_by=[facet.value_label(one) for one in below],
        )


def _place(release: Release, mention: Mention) -> Place:
    why = TAG_RULES.get(mention.rule, rule_in_words(mention.rule))
    return Place(Markup(context(release, mention).to_html()), mention.rule, why)  # noqa: S704


def cuts(release: Release) -> list[Cut]:
    """What was taken out of the text, in its order."""
    return [
        Cut(REMOVED_KINDS.get(r.kind, rule_in_words(r.kind)), rule_in_words(r.rule), r.text)
        for r in release.removed
    ]


def versions(
    release: Release, group: Group | None, index: Index, links: Links
) -> list[VersionView]:
    """The other members of a release's group that are in the index."""
    views = []
    for member in group.members if group else ():
        other = index.release(member.id) if member.id != release.id else None
        if other is not None:
            views.append(
                VersionView(
                    title=other.title or "(no title)",
                    url=links.release(other.id),
                    lang=lang_attribute(other),
                    language=language_name(other, index.facets),
                    date=date_in_words(other.date),
                    why=rule_in_words(member.rule),
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
