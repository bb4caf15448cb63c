"""Patterns stand for terms of the index, within bounds.

1. A prefix, a wildcard and a fuzzy word give what trying every term gives.
2. No pattern gives more than the bound, and the answer says that it was cut.
3. A pattern that costs too much is refused at its character.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UserError
from indexer.lexicon import Lexicon
from indexer.patterns import MAX_STARS, MAX_TERMS, Pattern, wildcard_expression
from indexer.patterns import terms_like as numbers_like
from indexer.query import Fuzzy, Prefix, Span, Wildcard
from tests.oracle import distance, shaped

lexicons = st.sets(st.text("abcé", min_size=1, max_size=5), max_size=40).map(sorted)


def terms_like(pattern: Pattern, words: list[str]) -> tuple[list[str], bool]:
    lexicon = Lexicon.of(words)
    numbers, cut = numbers_like(pattern, lexicon)
    return lexicon.words(numbers), cut


@settings(max_examples=100, deadline=None)
@given(lexicons, st.text("abcé", min_size=1, max_size=3))
def test_1_prefix(lexicon: list[str], text: str) -> None:
    expected = [term for term in lexicon if term.startswith(text)]
    assert terms_like(Prefix(text), lexicon) == (expected, False)


@settings(max_examples=200, deadline=None)
@given(lexicons, st.text("ab?*", min_size=1, max_size=4))
def test_1_wildcard(lexicon: list[str], pattern: str) -> None:
    expected = [term for term in lexicon if shaped(pattern, term)]
    assert terms_like(Wildcard(pattern), lexicon) == (expected, False)


@settings(max_examples=100, deadline=None)
@given(lexicons, st.text("abc", min_size=1, max_size=5), st.integers(1, 2))
def test_1_fuzzy(lexicon: list[str], text: str, edits: int) -> None:
    terms, cut = terms_like(Fuzzy(text, edits), lexicon)
    assert sorted(terms) == [term for term in lexicon if distance(text, term) <= edits]
    assert [distance(text, t) for t in terms] == sorted(distance(text, t) for t in terms)
    assert not cut


def test_1_patterns_are_normalized_as_words_are() -> None:
    assert terms_like(Prefix("ЕЩЁ"), ["еще"]) == (["еще"], False)
    assert terms_like(Wildcard("ПОЛЁ?"), ["полет"]) == (["полет"], False)
    assert terms_like(Fuzzy("Полёт"), ["полет"]) == (["полет"], False)


def test_1_other_signs_mean_themselves() -> None:
    assert wildcard_expression(Wildcard("a.c[*")).fullmatch("a.c[x")
    assert not wildcard_expression(Wildcard("a.c*")).fullmatch("abc")


@pytest.mark.parametrize(
    "pattern", [Prefix("a"), Wildcard("a*"), Wildcard("*a*"), Fuzzy("a0000", 2)]
)
def test_2_the_bound_cuts_and_says_so(pattern: Pattern) -> None:
    lexicon = [f"a{number:04d}" for number in range(MAX_TERMS + 500)]
    terms, cut = terms_like(pattern, lexicon)
    assert len(terms) <= MAX_TERMS
    assert cut == (len(terms) == MAX_TERMS)
    assert cut or isinstance(pattern, Fuzzy)


def test_2_exactly_the_bound_is_not_cut() -> None:
    lexicon = [f"a{number:04d}" for number in range(MAX_TERMS)]
    assert terms_like(Prefix("a"), lexicon) == (lexicon, False)


def test_3_too_many_stars_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        terms_like(Wildcard("*a" * (MAX_STARS + 1), Span(7, 17)), ["a"])
    assert (caught.value.code, caught.value.position) == ("bad_pattern", 7)


def test_3_stars_side_by_side_are_one() -> None:
    assert terms_like(Wildcard("a*******b"), ["ab", "axb", "a"]) == (["ab", "axb"], False)


def test_3_the_worst_pattern_that_is_allowed_ends_soon() -> None:
    began = time.perf_counter()
    assert terms_like(Wildcard("*a" * MAX_STARS + "b"), ["a" * 128] * 20) == ([], False)
    assert time.perf_counter() - began < 20
