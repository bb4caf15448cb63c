"""What to mark in a text, and which passage to show: from the stored text, for every engine.

A word is marked when it matches as the engine matched it: in its normalized form, or by its stem
in the language of the release. Offsets count characters of the text that is given.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from rapidfuzz.distance import OSA

from indexer.analysis import (
    Token,
    has_stems,
    languages_written_like,
    normalize,
    spellings,
    stem,
    token_texts,
    tokenize,
)
from indexer.facets import Facets
from indexer.patterns import wildcard_expression
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
from indexer.release import Release
from indexer.response import MarkedText

SNIPPET_LENGTH = 280
_LEAD_IN = 60
_SENTENCE_START = re.compile(r"(?:^|[.!?։]\s+|\n\s*)(?=\S)")

_ACCENTS = frozenset(map(chr, (*range(0x300, 0x370), *range(0x55A, 0x55F))))
_APOSTROPHES = frozenset("'\u2019\u02bc\u02b9")
_BEHIND = 4
"""Characters behind a word that can belong to its token: 's, and what follows it."""

Mark = tuple[int, int]
Test = Callable[[str], bool]
"""Whether a normalized word matches."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text: where they stand, and normalized."""

    tokens: list[Token]
    normalized: list[str]

    @classmethod
    def of(cls, text: str) -> "_Words":
        tokens = list(tokenize(text))
        return cls(tokens, [normalize(token.text) for token in tokens])


class Marker:
    """Marks in a release what a query matched."""

    def __init__(self, root: Node, facets: Facets) -> None:
        self._facets = facets
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
        """The passage of the body in which most of the query's words stand."""
        return passage(self.body(release))

    def forms(self, release: Release) -> tuple[str, ...]:
        """The words of the release that are marked, as they stand there, each once."""
        marked = [self.title(release), self.body(release)]
        return tuple(dict.fromkeys(m.text[start:end] for m in marked for start, end in m.marks))

    def _marks(self, release: Release, part: str, text: str) -> tuple[Mark, ...]:
        language = release.language.code
        wanted = self._everywhere + (self._in_title if part == "title" else [])
        leaves = [leaf for leaf, own in wanted if own in (None, language)]
        marks = [
            (m.start, m.end)
            for m in release.mentions
            if m.part == part and self._is_tagged(m.facet, m.id)
        ]
        if leaves:
            marks += _matching(leaves, text, language)
        return _joined(marks)

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


def _matching(leaves: Iterable[Leaf], text: str, language: str) -> Iterator[Mark]:
    """The marks of all leaves; each word of a text is compared once, however often it stands."""
    plain = text.isascii()
    different = set(spellings(text) if plain else token_texts(text))
    spelled = dict(zip(different, map(normalize, different), strict=True))
    present = set(spelled.values())
    matched = _matched(leaves, present, language)
    shown = [word for word, normal in spelled.items() if normal in matched]
    if plain:
        # Spellings leave out the possessive 's, which is a part of the token.
        shown += [f"{word}'s" for word in shown]
    yield from places(text, shown)
    phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
    likely = [phrase for phrase in phrases if _may_stand(phrase, present, language)]
    words = _Words.of(text) if likely else None
    for phrase in likely:
        yield from _phrase_marks(phrase, words, language) if words else ()


def _matched(leaves: Iterable[Leaf], present: set[str], language: str) -> set[str]:
    """Those of some normalized words that match a leaf that is one word."""
    exact: set[str] = set()
    stems: set[str] = set()
    matched: set[str] = set()
    for leaf in leaves:
        match leaf:
            case Word(text):
                exact.add(normalize(text))
                stems.update(_stem_of(normalize(text), language))
            case ExactWord(text):
                exact.add(normalize(text))
            case Prefix() | Wildcard() | Fuzzy():
                test = _pattern_test(leaf)
                matched.update(filter(test, present))
    if stems:
        own = map(stem, present, repeat(language))
        matched.update(word for word, one in zip(present, own, strict=True) if one in stems)
    return matched | (exact & present)


def _may_stand(phrase: Phrase, present: Collection[str], language: str) -> bool:
    """Whether every word of a phrase stands in a text, in its form or by its stem."""
    wanted = _words_of(phrase)
    stems = set(map(stem, present, repeat(language))) if not phrase.exact else set()
    return all(word in present or stem(word, language) in stems for word in wanted)


def places(text: str, words: Collection[str]) -> list[Mark]:
    """Where any of these words stand in a text as tokens of it."""
    found: list[Mark] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if _may_be_joined(text, at):
                # Only reading all tokens tells what the sign before joins.
                return [(t.start, t.end) for t in tokenize(text) if t.text in words]
            if not text[at - 1 : at].isalnum() and _first_token(text, at, end) == word:
                found.append((at, end))
            at = text.find(word, end)
    return found


def _may_be_joined(text: str, at: int) -> bool:
    """Whether an accent, or an apostrophe behind a letter, stands before a place."""
    before = text[max(0, at - 2) : at]
    return before[-1:] in _ACCENTS or (before[-1:] in _APOSTROPHES and before[:1] not in " \n(")


def _first_token(text: str, at: int, end: int) -> str:
    """The token that begins at `at`, as far as is needed to compare it."""
    return next(tokenize(text[at : end + _BEHIND])).text


def _stem_of(word: str, language: str) -> list[str]:
    if has_stems(language) and languages_written_like(word, [language]):
        return [stem(word, language)]
    return []


def _pattern_test(leaf: Prefix | Wildcard | Fuzzy) -> Test:
    match leaf:
        case Prefix(text):
            prefix = normalize(text)
            return lambda word: word.startswith(prefix)
        case Wildcard():
            expression = wildcard_expression(leaf)
            return lambda word: expression.fullmatch(word) is not None
        case Fuzzy(text, edits):
            near = normalize(text)
            return lambda word: OSA.distance(near, word, score_cutoff=edits) <= edits


def _phrase_marks(phrase: Phrase, words: _Words, language: str) -> Iterator[Mark]:
    wanted = _words_of(phrase)
    yield from _together(wanted, words.normalized, words.tokens, phrase.slop)
    if not phrase.exact and wanted and _stem_of(" ".join(wanted), language):
        stems = [stem(word, language) for word in words.normalized]
        yield from _together(
            [stem(word, language) for word in wanted], stems, words.tokens, phrase.slop
        )


def _words_of(phrase: Phrase) -> list[str]:
    return [normalize(token.text) for word in phrase.words for token in tokenize(word)]


def _together(
    wanted: Sequence[str], found: Sequence[str], tokens: Sequence[Token], slop: int
) -> Iterator[Mark]:
    """The words of each occurrence: in order without slop, else within a window."""
    if not wanted:
        return
    width = len(wanted) + slop
    for at in _starts(wanted, found, slop):
        window = found[at : at + width]
        if slop == 0 and list(window) == list(wanted):
            yield from ((t.start, t.end) for t in tokens[at : at + width])
        elif slop and not Counter(wanted) - Counter(window):
            for offset, other in enumerate(window):
                if other in wanted:
                    yield tokens[at + offset].start, tokens[at + offset].end


def _starts(wanted: Sequence[str], found: Sequence[str], slop: int) -> list[int]:
    """Where an occurrence may begin: with the first word, or with any where order is free."""
    firsts = set(wanted) if slop else {wanted[0]}
    return [at for at, word in enumerate(found) if word in firsts]


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def passage(whole: MarkedText, length: int = SNIPPET_LENGTH) -> MarkedText:
    """The passage of about `length` characters that holds the most different marked words."""
    text = whole.text
    first = _best_start(whole, length)
    start = _start_of_passage(text, first)
    end = _end_of_passage(text, start + length)
    marks = tuple((a - start, b - start) for a, b in whole.marks if start <= a and b <= end)
    return MarkedText(text[start:end], marks, start > 0, end < len(text.rstrip()))


def _best_start(whole: MarkedText, length: int) -> int:
    starts = [start for start, _ in whole.marks]
    words = [whole.text[start:end].casefold() for start, end in whole.marks]
    best, best_count = 0, 0
    for number, start in enumerate(starts):
        until = bisect_right(starts, start + length - _LEAD_IN)
        # A window has room for so many words at the most.
        count = len(set(words[number : min(until, number + length)]))
        if count > best_count:
            best, best_count = start, count
    return best


def _start_of_passage(text: str, at: int) -> int:
    """The sentence's start if it is near, else the start of a word a little before."""
    window = max(0, at - 2 * _LEAD_IN)
    sentences = [m.end() for m in _SENTENCE_START.finditer(text, window, at + 1)]
    near = [start for start in sentences if start <= at]
    if near and (near[-1] > 0 or window == 0):
        return near[-1]
    blank = text.find(" ", max(0, at - _LEAD_IN), at)
    return blank + 1 if blank >= 0 else at


def _end_of_passage(text: str, at: int) -> int:
    if at >= len(text):
        return len(text.rstrip())
    blank = text.rfind(" ", max(0, at - _LEAD_IN), at)
    return blank if blank > 0 else at
