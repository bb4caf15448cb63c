"""Where the words of a query stand in a text: compared as the engine compares them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from indexer.analysis import (
    Token,
    has_stems,
    languages_written_like,
    normalize,
    stem,
    tokenize,
    word_pattern,
)
from indexer.patterns import wildcard_expression
from indexer.query import ExactWord, Fuzzy, Leaf, Phrase, Prefix, Wildcard, Word
from indexer.vocabulary import Vocabulary, Words, read

SOUGHT_ONE_BY_ONE = 16
"""Words: of more than these it takes less time to read all tokens of a text."""
_ACCENTS = frozenset(map(chr, (*range(0x300, 0x370), *range(0x55A, 0x55F))))
_APOSTROPHES = frozenset("'\u2019\u02bc\u02b9")
Mark = tuple[int, int]
Test = Callable[[str], bool]
"""Whether a normalized word matches."""


def matching(
    leaves: Collection[Leaf], text: str, language: str, without: Iterable[str] = ()
) -> Iterator[Mark]:
    """The marks of all leaves, not sorted; normalized words of `without` match nothing."""
    words, vocabulary = _read(text, language, without)
    yield from places(text, _matched(leaves, words, vocabulary, language))
    for leaf in leaves:
        if isinstance(leaf, Phrase):
            yield from _phrase_marks(leaf, text, words, vocabulary, language)


def words_that_match(
    leaves: Iterable[Leaf], text: str, language: str, without: Iterable[str] = ()
) -> list[str]:
    """The words of a text that leaves match which are no phrases, by their first places."""
    words, vocabulary = _read(text, language, without)
    matched = _matched(leaves, words, vocabulary, language)
    return [word for word in words if word in matched] if len(matched) > 1 else list(matched)


def _read(text: str, language: str, without: Iterable[str]) -> tuple[Words, Vocabulary]:
    words, vocabulary = read(text, language)
    dropped = {spelling for word in without for spelling in vocabulary.spelled(word)}
    return (
        {word: n for word, n in words.items() if word not in dropped} if dropped else words
    ), vocabulary


def _matched(
    leaves: Iterable[Leaf], words: Words, vocabulary: Vocabulary, language: str
) -> set[str]:
    """Those of some words of a text that match a leaf that is one word."""
    matched: set[str] = set()
    for leaf in leaves:
        match leaf:
            case Word(text) | ExactWord(text):
                word = normalize(text)
                stemmed = isinstance(leaf, Word) and _is_stemmed(word, language)
                like = vocabulary.related(word) if stemmed else vocabulary.spelled(word)
                matched.update(other for other in like if other in words)
            case Prefix() | Wildcard() | Fuzzy():
                test, normal = _pattern_test(leaf), vocabulary.normal
                matched.update(word for word in words if test(normal[word]))
    return matched


def _is_stemmed(text: str, language: str) -> bool:
    """Whether a query's words are sought by their stems in texts of a language."""
    return has_stems(language) and bool(languages_written_like(text, [language]))


def places(text: str, words: Collection[str]) -> list[Mark]:
    """Where any of these words stand in a text as tokens of it."""
    if len(words) > SOUGHT_ONE_BY_ONE:
        return _tokens_among(words, text)
    found: list[Mark] = []
    token_at = word_pattern(text).match
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if _may_be_joined(text, at):
                # Only reading all tokens tells what the sign before joins.
                return _tokens_among(words, text)
            token = None if text[at - 1 : at].isalnum() else token_at(text, at)
            if token and token.end() == end:
                found.append((at, end))
            at = text.find(word, end)
    return found


def _tokens_among(words: Collection[str], text: str) -> list[Mark]:
    return [m.span() for m in word_pattern(text).finditer(text) if m[0] in words]


def _may_be_joined(text: str, at: int) -> bool:
    """Whether an accent, or an apostrophe behind a letter, stands before a place."""
    before = text[max(0, at - 2) : at]
    return before[-1:] in _ACCENTS or (before[-1:] in _APOSTROPHES and before[:1] not in " \n(")


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
    phrase: Phrase, text: str, words: Words, vocabulary: Vocabulary, language: str
) -> Iterator[Mark]:
    """The marks of a phrase, where the text, of which some words count, has all of its words."""
    wanted = _words_of(phrase)
    stemmed = not phrase.exact and bool(wanted) and _is_stemmed(" ".join(wanted), language)
    look = vocabulary.related if stemmed else vocabulary.spelled
    written = [{own for own in look(word) if own in words} for word in wanted]
    if not wanted or not all(written):
        return
    if phrase.slop:
        forms = [stem(word, language) if stemmed else word for word in wanted]
        form_of = {word: form for form, own in zip(forms, written, strict=True) for word in own}
        yield from _near(forms, form_of, list(tokenize(text)), phrase.slop)
    else:
        yield from _in_a_row(text, written)


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
    wanted: Sequence[str], form_of: Mapping[str, str], tokens: Sequence[Token], slop: int
) -> Iterator[Mark]:
    """The words of each window of a text that has all of them; other words have no form."""
    width, needed = len(wanted) + slop, Counter(wanted)
    found = [form_of.get(token.text, "") for token in tokens]
    for at in [at for at, form in enumerate(found) if form]:
        window = found[at : at + width]
        if not needed - Counter(window):
            for offset, form in enumerate(window):
                if form:
                    yield tokens[at + offset].start, tokens[at + offset].end
