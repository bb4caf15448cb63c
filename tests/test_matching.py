"""The words of a text that match are those that comparing every token one by one finds.

1. Whatever is asked, and whatever was seen of other texts before.
2. What was seen is bounded, and forgetting it changes no mark.
3. Threads that see the same words at once mark the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer import vocabulary
from indexer.analysis import has_stems, languages_written_like, normalize, stem, tokenize
from indexer.matching import Mark, matching
from indexer.patterns import wildcard_expression
from indexer.query import ExactWord, Fuzzy, Leaf, Phrase, Prefix, Wildcard, Word

WORDS = [
    *("seize", "seized", "SEIZES", "seizure", "heroin", "Heroin", "heroine", "boats", "a", "2018"),
    *("senator", "Senator's", "don't", "it's", "об'яднаны", "аб’яднаны", "ещё", "Еще"),
    *("граница", "границы", "Границе", "сахмане", "սահման", "սահմանի", "ի՞նչ"),
]


def marks_one_by_one(
    leaves: Sequence[Leaf], text: str, language: str, without: frozenset[str]
) -> Iterator[Mark]:
    """Every token is normalized, stemmed and compared."""
    tokens = list(tokenize(text))
    words = [normalize(token.text) for token in tokens]
    allowed = [word if word not in without else "" for word in words]
    for leaf in leaves:
        if isinstance(leaf, Phrase):
            at = _places_of(leaf, allowed, language)
        else:
            at = [i for i, word in enumerate(allowed) if word and _matches(leaf, word, language)]
        yield from ((tokens[i].start, tokens[i].end) for i in at)


def _stemmed(word: str, language: str) -> bool:
    return has_stems(language) and bool(languages_written_like(word, [language]))


def _matches(leaf: Leaf, word: str, language: str) -> bool:
    match leaf:
        case Word(text):
            own = normalize(text)
            alike = _stemmed(own, language) and stem(word, language) == stem(own, language)
            return word == own or alike
        case ExactWord(text):
            return word == normalize(text)
        case Prefix(text):
            return word.startswith(normalize(text))
        case Wildcard():
            return wildcard_expression(leaf).fullmatch(word) is not None
        case Fuzzy(text, edits):
            return OSA.distance(normalize(text), word) <= edits
    raise AssertionError(leaf)


def _places_of(phrase: Phrase, words: Sequence[str], language: str) -> Iterator[int]:
    wanted = [normalize(token.text) for word in phrase.words for token in tokenize(word)]
    if not wanted:
        return
    if not phrase.exact and _stemmed(" ".join(wanted), language):
        wanted = [stem(word, language) for word in wanted]
        words = [word and stem(word, language) for word in words]
    if not phrase.slop:
        for at in range(len(words) - len(wanted) + 1):
            if list(words[at : at + len(wanted)]) == wanted:
                yield from range(at, at + len(wanted))
        return
    needed = Counter(wanted)
    for at, word in enumerate(words):
        window = words[at : at + len(wanted) + phrase.slop]
        if word in needed and not needed - Counter(window):
            yield from (at + place for place, other in enumerate(window) if other in needed)


words = st.sampled_from(WORDS)
texts = st.lists(words | st.sampled_from(["'", "-", ".\n", "“"]), max_size=40).map(
    " ".join
) | st.text("aбsи é’'.\n-", max_size=60)
leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Word, words),
    st.builds(ExactWord, words),
    st.builds(Prefix, st.sampled_from(["s", "sei", "г", "Гран", "հ", "սահ"])),
    st.builds(Wildcard, st.sampled_from(["*e*", "?", "s*d", "гран*ц?", "*"])),
    st.builds(Fuzzy, words, st.integers(1, 2)),
    st.builds(
        Phrase, st.lists(words, max_size=3).map(tuple), st.integers(0, 3), exact=st.booleans()
    ),
)
languages = st.sampled_from(["en", "ru", "hy", "be", "unknown"])
asked = st.lists(leaves, max_size=4)
without = st.frozensets(words.map(normalize), max_size=2)


@settings(max_examples=600, deadline=None)
@given(asked, texts, languages, without)
def test_1_marks_are_those_of_every_token_compared(
    asked: list[Leaf], text: str, language: str, without: frozenset[str]
) -> None:
    expected = set(marks_one_by_one(asked, text, language, without))
    assert set(matching(asked, text, language, without)) == expected


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked, st.lists(texts, min_size=2, max_size=4), languages)
def test_2_what_was_seen_is_bounded(
    monkeypatch: pytest.MonkeyPatch, asked: list[Leaf], texts: list[str], language: str
) -> None:
    monkeypatch.setattr(vocabulary, "MOST_WORDS", 5)
    vocabulary.forget()
    for text in texts * 2:
        expected = set(marks_one_by_one(asked, text, language, frozenset()))
        assert set(matching(asked, text, language)) == expected
        seen = sum(map(len, vocabulary._vocabularies.values()))
        assert seen <= 5 + max(len(list(tokenize(one))) for one in texts)


def test_3_threads_mark_the_same() -> None:
    text = " ".join(f"seized{number} seizing boats{number % 7}" for number in range(2_000))
    one = [Word("seize"), Prefix("seized1"), Phrase(("seizing", "boat3"))]
    vocabulary.forget()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: set(matching(one, text, "en")), range(24)))
    assert found == [set(marks_one_by_one(one, text, "en", frozenset()))] * 24
