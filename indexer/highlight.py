"""What to mark in a text, and which passage to show: from the stored text, for every engine.

A word is marked when it matches as the engine matched it: in its normalized form, or by its stem
in the language of the release. Offsets count characters of the text that is given.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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
    word_pattern,
)
from indexer.facets import Facets
from indexer.passages import passage
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
from indexer.release import Mention, Release
from indexer.response import MarkedText

SEARCHED = 16_384
"""Characters of a long text among which a snippet is sought at a time."""
_AROUND = 2_048
"""Characters before and behind them that are read too: more than a passage and a phrase take."""

_ACCENTS = frozenset(map(chr, (*range(0x300, 0x370), *range(0x55A, 0x55F))))
_APOSTROPHES = frozenset("'\u2019\u02bc\u02b9")
Mark = tuple[int, int]
Test = Callable[[str], bool]
"""Whether a normalized word matches."""


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
        marked = [self.title(release), self.body(release)]
        forms = (m.text[start:end] for m in marked for start, end in m.marks)
        return tuple(dict.fromkeys(filter(None, forms)))

    def _marks(
        self, release: Release, part: str, text: str, among: range | None = None
    ) -> tuple[Mark, ...]:
        """The marks of a text; all those that begin among some places, and some around them."""
        language = release.language.code
        wanted = self._everywhere + (self._in_title if part == "title" else [])
        leaves = [leaf for leaf, own in wanted if own in (None, language)]
        marks = [(m.start, m.end) for m in self._tagged(release, part)]
        if leaves:
            before = max(0, among.start - _AROUND) if among else 0
            read = text[before : among.stop + _AROUND] if among else text
            marks += [
                (a + before, b + before)
                for a, b in _matching(leaves, read, language, self._without)
            ]
        return _joined(marks)

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


def _matching(
    leaves: Iterable[Leaf], text: str, language: str, without: Collection[str]
) -> Iterator[Mark]:
    """The marks of all leaves; each word of a text is compared once, however often it stands."""
    spelled: Mapping[str, str] = _normalized(text)
    if without:
        spelled = {word: normal for word, normal in spelled.items() if normal not in without}
    present = set(spelled.values())
    matched = _matched(leaves, present, language)
    shown = [word for word, normal in spelled.items() if normal in matched]
    if text.isascii():
        # Spellings leave out the possessive 's, which is a part of the token.
        shown += [f"{word}'s" for word in shown]
    yield from places(text, shown)
    for leaf in leaves:
        if isinstance(leaf, Phrase):
            yield from _phrase_marks(leaf, text, spelled, language)


@lru_cache(maxsize=64)
def _normalized(text: str) -> Mapping[str, str]:
    """The different words of a text, each with its normalized form.

    Kept for the next reason of the same release: each looks for its own words.
    """
    different = set(spellings(text) if text.isascii() else token_texts(text))
    return dict(zip(different, map(normalize, different), strict=True))


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


def places(text: str, words: Collection[str]) -> list[Mark]:
    """Where any of these words stand in a text as tokens of it."""
    found: list[Mark] = []
    token_at = word_pattern(text).match
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if _may_be_joined(text, at):
                # Only reading all tokens tells what the sign before joins.
                return [(t.start, t.end) for t in tokenize(text) if t.text in words]
            token = None if text[at - 1 : at].isalnum() else token_at(text, at)
            if token and token.end() == end:
                found.append((at, end))
            at = text.find(word, end)
    return found


def _may_be_joined(text: str, at: int) -> bool:
    """Whether an accent, or an apostrophe behind a letter, stands before a place."""
    before = text[max(0, at - 2) : at]
    return before[-1:] in _ACCENTS or (before[-1:] in _APOSTROPHES and before[:1] not in " \n(")


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


def _phrase_marks(
    phrase: Phrase, text: str, spelled: Mapping[str, str], language: str
) -> Iterator[Mark]:
    """The marks of a phrase, where the text has all its words; `spelled` normalizes its words."""
    wanted = _words_of(phrase)
    stemmed = not phrase.exact and bool(wanted and _stem_of(" ".join(wanted), language))
    form: Callable[[str], str] = (lambda word: stem(word, language)) if stemmed else str
    spellings_of: dict[str, set[str]] = {form(word): set() for word in wanted}
    for spelling, word in spelled.items():
        if (own := form(word)) in spellings_of:
            spellings_of[own].update((spelling, f"{spelling}'s"))
    if not wanted or not all(spellings_of.values()):
        return
    forms = [form(word) for word in wanted]
    if phrase.slop:
        tokens = list(tokenize(text))
        words = [normalize(token.text) for token in tokens]
        known = set(spelled.values())
        found = [form(word) if word in known else "" for word in words]
        yield from _near(forms, found, tokens, phrase.slop)
    else:
        yield from _in_a_row(text, [spellings_of[one] for one in forms])


def _words_of(phrase: Phrase) -> list[str]:
    return [normalize(token.text) for word in phrase.words for token in tokenize(word)]


def _in_a_row(text: str, words: Sequence[Collection[str]]) -> Iterator[Mark]:
    """The words of each occurrence of a phrase, given how each may be spelled."""
    next_word = word_pattern(text).search
    for first in places(text, words[0]):
        row = [first]
        for among in words[1:]:
            word = next_word(text, row[-1][1])
            if word is None or word[0] not in among:
                break
            row.append(word.span())
        if len(row) == len(words):
            yield from row


def _near(
    wanted: Sequence[str], found: Sequence[str], tokens: Sequence[Token], slop: int
) -> Iterator[Mark]:
    """The words of each window of a text that has all of them."""
    width, needed = len(wanted) + slop, Counter(wanted)
    for at in [at for at, word in enumerate(found) if word in needed]:
        window = found[at : at + width]
        if not needed - Counter(window):
            for offset, other in enumerate(window):
                if other in needed:
                    yield tokens[at + offset].start, tokens[at + offset].end


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
