"""What to mark in a text, and which passage to show: from the stored text, for every engine.

A word is marked when it matches as the engine matched it: in its normalized form, or by its stem
in the language of the release. Offsets count characters of the text that is given.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from indexer.analysis import normalize
from indexer.facets import Facets
from indexer.matching import Mark, matching, words_that_match
from indexer.passages import passage
from indexer.query import (
    And,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Leaf,
    Node,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Translated,
    Wildcard,
    Word,
)
from indexer.release import Mention, Release
from indexer.response import MarkedText

SEARCHED = 16_384
"""Characters of a long text among which a snippet is sought at a time."""
_AROUND = 2_048
"""Characters before and behind them that are read too: more than a passage and a phrase take."""


class Marker:
    """Marks in a release what a query matched."""

    def __init__(self, root: Node, facets: Facets, without: Collection[str] = ()) -> None:
        """`without` are words that do not match in these forms."""
        self._facets = facets
        self._without = frozenset(map(normalize, without))
        self._everywhere = list(_leaves(root, in_title=False))
        self._in_title = list(_leaves(root, in_title=True))
        self._tags = set(_tags(root))

    def title(self, release: Release) -> MarkedText:
        """The whole title with its marks."""
        return MarkedText(release.title, self._marks(release, "title", release.title))

    def body(self, release: Release) -> MarkedText:
        """The whole body with its marks."""
        return MarkedText(release.body, self._marks(release, "body", release.body))

    def snippet(self, release: Release) -> MarkedText:
        """The passage of the body in which most of the query's words stand.

        Of a long body the first `SEARCHED` characters are looked at; the next ones where none
        of the words stands there.
        """
        body = release.body
        for first in range(0, len(body), SEARCHED):
            among = range(first, first + SEARCHED)
            marks = self._marks(release, "body", body, among)
            if any(start in among for start, _ in marks):
                return passage(MarkedText(body, marks), among)
        return passage(MarkedText(body))

    def forms(self, release: Release) -> tuple[str, ...]:
        """The words of the release that are marked, as they stand there, each once."""
        if self._places_count:
            marked = [self.title(release), self.body(release)]
            forms = (m.text[start:end] for m in marked for start, end in m.marks)
        else:
            parts = (("title", release.title), ("body", release.body))
            forms = (word for part, text in parts for word in self._words(release, part, text))
        return tuple(dict.fromkeys(filter(None, forms)))

    @cached_property
    def _places_count(self) -> bool:
        """Whether it takes more than the words of a text to say what matches."""
        leaves = [*self._everywhere, *self._in_title]
        return bool(self._tags) or any(isinstance(leaf, Phrase) for leaf, _ in leaves)

    def _words(self, release: Release, part: str, text: str) -> list[str]:
        language = release.language.code
        return words_that_match(self._wanted(part, language), text, language, self._without)

    def _marks(
        self, release: Release, part: str, text: str, among: range | None = None
    ) -> tuple[Mark, ...]:
        """The marks of a text; all those that begin among some places, and some around them."""
        language = release.language.code
        leaves = self._wanted(part, language)
        marks = [(m.start, m.end) for m in self._tagged(release, part)]
        if leaves:
            before = max(0, among.start - _AROUND) if among else 0
            read = text[before : among.stop + _AROUND] if among else text
            marks += [
                (a + before, b + before) for a, b in matching(leaves, read, language, self._without)
            ]
        return _joined(marks)

    def _wanted(self, part: str, language: str) -> list[Leaf]:
        """The leaves that count in a part of a release in some language."""
        wanted = self._everywhere + (self._in_title if part == "title" else [])
        return [leaf for leaf, own in wanted if own in (None, language)]

    def _tagged(self, release: Release, part: str) -> Iterator[Mention]:
        """The mentions of what the query asks for by its facet."""
        if self._tags:
            for mention in release.mentions:
                if mention.part == part and self._is_tagged(mention.facet, mention.id):
                    yield mention

    def _is_tagged(self, facet: str, value: str) -> bool:
        wanted = {tag for name, tag in self._tags if name == facet}
        return not wanted.isdisjoint(self._facets[facet].with_ancestors(value))


_Wanted = tuple[Leaf, str | None]
"""A leaf, and the only language in which it counts, if there is one."""


def _leaves(node: Node, *, in_title: bool, inside: bool = False) -> Iterator[_Wanted]:
    """The leaves that count in the title alone, or those that count everywhere."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child, in_title=in_title, inside=inside)
        case Required(child) | Tagged(_, _, child):
            yield from _leaves(child, in_title=in_title, inside=inside)
        case InTitle(child):
            yield from _leaves(child, in_title=in_title, inside=True)
        case Translated(child, translations):
            yield from _leaves(child, in_title=in_title, inside=inside)
            if inside == in_title:
                yield from ((one.name, one.language) for one in translations)
        case Word() | ExactWord() | Phrase() | Prefix() | Wildcard() | Fuzzy() as leaf:
            if inside == in_title:
                yield leaf, None


def _tags(node: Node) -> Iterator[tuple[str, str]]:
    """Facets and values whose mentions are marked."""
    match node:
        case FieldValue(facet, value):
            yield facet, value
        case And(children) | Or(children):
            for child in children:
                yield from _tags(child)
        case Required(child) | InTitle(child) | Translated(child):
            yield from _tags(child)
        case Tagged(facet, value, child):
            yield facet, value
            yield from _tags(child)


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
