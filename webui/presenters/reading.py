"""What the page of one release shows: its text, and the evidence for all that is said of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from indexer import Facet, Group, Index, MarkedText, Mention, Release, context
from webui.desk import Desk, lang_attribute
from webui.presenters.annotating import annotated, spans_of
from webui.state import SearchState
from webui.wording import Words

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A name where it stands, and why it is taken for the name."""

    words: Markup
    rule: str
    why: str
    anchor: str
    """The id that the name has in the text."""


@dataclass(frozen=True, slots=True)
class TagView:
    """One tag with its evidence: places in the text, or the tags below that imply it."""

    label: str
    url: str
    about: str
    """The page of the name."""
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
    beside_url: str
    """The page that shows both side by side."""
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


@dataclass(frozen=True, slots=True)
class Text:
    """Title and paragraphs of a release with what matches and what tags it."""

    title: Markup
    paragraphs: Sequence[Markup]
    hits: int
    forms: Sequence[tuple[str, int]]
    """The words that match, as they stand there but for case, and how often each does."""


def text_of(release: Release, title: MarkedText, body: MarkedText, prefix: str = "") -> Text:
    """The text of a release; matches are numbered through title and body.

    `prefix` goes before all ids, where two texts stand on one page.
    """
    in_title, in_body = _names(release, "title", prefix), _names(release, "body", prefix)
    spans = spans_of(body, in_body, len(title.marks) + 1, prefix)
    marked = [m.text[start:end].casefold() for m in (title, body) for start, end in m.marks]
    return Text(
        annotated(title.text, spans_of(title, in_title, 1, prefix)),
        [annotated(body.text, spans, start, end) for start, end in paragraph_places(body.text)],
        len(marked),
        Counter(marked).most_common(),
    )


def paragraph_places(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end: empty lines are between them."""
    return [(found.start(), found.end()) for found in _PARAGRAPH.finditer(text)]


def _names(release: Release, part: str, prefix: str) -> list[tuple[int, int, str]]:
    return [
        (mention.start, mention.end, prefix + _anchor(number))
        for number, mention in enumerate(release.mentions, 1)
        if mention.part == part
    ]


def _anchor(number: int) -> str:
    return f"name-{number}"


def tag_groups(release: Release, desk: Desk) -> list[TagGroup]:
    """All tags of a release; a facet without any is left out."""
    groups = [
        TagGroup(desk.words.facet(facet), list(_tags(release, facet, desk)))
        for facet in desk.authority_facets
    ]
    return [group for group in groups if group.tags]


def _tags(release: Release, facet: Facet, desk: Desk) -> Iterator[TagView]:
    mentions = [(n, m) for n, m in enumerate(release.mentions, 1) if m.facet == facet.name]
    for value in facet.values_of(release):
        below = dict.fromkeys(
            m.id for _, m in mentions if m.id != value and value in facet.with_ancestors(m.id)
        )
        yield TagView(
            label=desk.words.value(facet, value),
            url=desk.links.to(desk.links.start.toggle(facet.name, value)),
            about=desk.links.to_name(facet.name, value),
            places=[_place(release, n, m, desk.words) for n, m in mentions if m.id == value],
            implied_by=[desk.words.value(facet, one) for one in below],
        )


def _place(release: Release, number: int, mention: Mention, words: Words) -> Place:
    around = Markup(context(release, mention).to_html())  # noqa: S704 - to_html escapes the text
    return Place(around, mention.rule, words.tag_rule(mention.rule), _anchor(number))


def cuts(release: Release, words: Words) -> list[Cut]:
    """What was taken out of the text, in its order."""
    return [Cut(words.removed(r.kind), words.rule(r.rule), r.text) for r in release.removed]


def versions(
    release: Release, group: Group | None, index: Index, state: SearchState, desk: Desk
) -> list[VersionView]:
    """The other members of a release's group that are in the index."""
    views = []
    for member in group.members if group else ():
        other = index.release(member.id) if member.id != release.id else None
        if other is not None:
            views.append(
                VersionView(
                    title=other.title or desk.words.gettext("(no title)"),
                    url=desk.links.to_release(other.id, state),
                    beside_url=desk.links.beside(release.id, other.id, state),
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
