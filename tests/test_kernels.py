"""The kernels against sets, dictionaries, lists and brute force.

1. The algebra of scored sets is that of dictionaries.
2. Ranking is `sorted`, then a slice.
3. Facet counts are those of a Counter.
4. Phrases and windows are those that brute force finds.
5. BM25F is its formula.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.kernels import ranking, scored
from indexer.kernels.bm25 import FieldStatistics, Frequencies, bm25f, idf
from indexer.kernels.counts import FacetColumn
from indexer.kernels.phrases import Occurrences, adjacent, near
from indexer.kernels.scored import Scored
from indexer.kernels.table import FacetTable
from tests.oracle import times

SIZE = 30
fast = settings(max_examples=60, deadline=None)

Scores = dict[int, float]
score_maps = st.dictionaries(
    st.integers(0, SIZE - 1), st.sampled_from([0.0, 0.5, 1.25, 2.0, 3.5]), max_size=SIZE
)
doc_sets = st.sets(st.integers(0, SIZE - 1))


def array(scores: Scores) -> Scored:
    docs = sorted(scores)
    return Scored(np.array(docs, np.int32), np.array([scores[d] for d in docs], np.float64))


def numbers(docs: set[int]) -> scored.Docs:
    return np.array(sorted(docs), np.int32)


def mapping(found: Scored) -> Scores:
    assert found.docs.dtype == np.int32
    assert list(found.docs) == sorted(set(found.docs.tolist()))
    return dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))


@fast
@given(st.lists(score_maps, max_size=4))
def test_1_union_sum(parts: list[Scores]) -> None:
    docs = set().union(*parts)
    expected = {doc: sum(part.get(doc, 0.0) for part in parts) for doc in docs}
    assert mapping(scored.union_sum([array(p) for p in parts])) == expected


@fast
@given(st.lists(score_maps, max_size=4))
def test_1_union_max(parts: list[Scores]) -> None:
    docs = set().union(*parts)
    expected = {doc: max(part[doc] for part in parts if doc in part) for doc in docs}
    assert mapping(scored.union_max([array(p) for p in parts])) == expected


@fast
@given(st.lists(score_maps, min_size=1, max_size=4))
def test_1_intersect_sum(parts: list[Scores]) -> None:
    docs = set(parts[0]).intersection(*parts)
    expected = {doc: sum(part[doc] for part in parts) for doc in docs}
    assert mapping(scored.intersect_sum([array(p) for p in parts])) == expected


@fast
@given(score_maps, doc_sets)
def test_1_subtract(base: Scores, removed: set[int]) -> None:
    expected = {doc: score for doc, score in base.items() if doc not in removed}
    assert mapping(scored.subtract(array(base), numbers(removed))) == expected


@fast
@given(score_maps, st.permutations(range(SIZE)), st.integers(0, SIZE), st.integers(0, SIZE))
def test_2_best_is_sorted(base: Scores, order: list[int], start: int, size: int) -> None:
    expected = sorted(base, key=lambda doc: (-base[doc], -order[doc]))[start : start + size]
    docs, scores = ranking.best(array(base), np.array(order, np.int64), start, start + size)
    assert docs.tolist() == expected
    assert scores.tolist() == [base[doc] for doc in expected]


def test_2_scores_that_differ_in_the_last_bits_are_equal() -> None:
    sums = Scored(np.array([0, 1], np.int32), np.array([0.1 + 0.2, 0.3]))
    assert ranking.best(sums, np.array([0, 1]), 0, 2)[0].tolist() == [1, 0]


@fast
@given(doc_sets, st.permutations(range(SIZE)), st.integers(0, SIZE), st.integers(0, SIZE))
def test_2_first_is_sorted(docs: set[int], order: list[int], start: int, size: int) -> None:
    expected = sorted(docs, key=lambda doc: -order[doc])[start : start + size]
    found = ranking.first(numbers(docs), np.array(order, np.int64), start, start + size)
    assert found.tolist() == expected


carried = st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=SIZE)


tagged = st.lists(st.sets(st.integers(0, 7)), min_size=SIZE, max_size=SIZE)
"""The numbers of the values of each document: some have more than a table has places for."""


def column(values: Sequence[set[str]]) -> FacetColumn:
    return column_of("abcd", [{"abcd".index(value) for value in own} for own in values])


def column_of(values: Sequence[str], carried: Sequence[set[int]]) -> FacetColumn:
    pairs = [(doc, number) for doc, own in enumerate(carried) for number in sorted(own)]
    return FacetColumn.of(
        tuple(values),
        np.array([doc for doc, _ in pairs], np.int32),
        np.array([number for _, number in pairs], np.int32),
        len(carried),
    )


@fast
@given(carried, doc_sets)
def test_3_counts_are_those_of_a_counter(values: list[set[str]], docs: set[int]) -> None:
    among = {doc for doc in docs if doc < len(values)}
    expected = Counter(v for doc in among for v in values[doc])
    found = column(values).counts(numbers(among))
    assert found.tolist() == [expected[v] for v in "abcd"]


@fast
@given(st.lists(tagged, max_size=3), doc_sets, st.sampled_from([1, 70_000]))
def test_3_a_table_counts_as_its_columns_do(
    facets: list[list[set[int]]], docs: set[int], more: int
) -> None:
    """The second facet has so many values more, which want wider numbers."""
    columns = [
        column_of([str(number) for number in range(8 + more * at)], carried)
        for at, carried in enumerate(facets)
    ]
    among = numbers({doc for doc in docs if doc < SIZE})
    found = FacetTable(columns).counts(among)
    assert [each.tolist() for each in found] == [one.counts(among).tolist() for one in columns]


@fast
@given(carried, st.sets(st.sampled_from("abcdx")))
def test_3_masks_are_alternatives(values: list[set[str]], wanted: set[str]) -> None:
    found = column(values).mask(wanted)
    assert found.tolist() == [bool(own & wanted) for own in values]


texts = st.lists(st.lists(st.sampled_from("abc"), max_size=9), min_size=1, max_size=4)
phrases = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


def places(documents: Sequence[Sequence[str]], term: str) -> Occurrences:
    pairs = [(d, p) for d, words in enumerate(documents) for p, w in enumerate(words) if w == term]
    return Occurrences(
        np.array([d for d, _ in pairs], np.int32), np.array([p for _, p in pairs], np.int32)
    )


def together(
    documents: Sequence[Sequence[str]], terms: Sequence[str], slop: int
) -> dict[int, float]:
    counts = {doc: float(times(terms, words, slop)) for doc, words in enumerate(documents)}
    return {doc: count for doc, count in counts.items() if count}


def counted(found: Frequencies) -> dict[int, float]:
    return dict(zip(found.docs.tolist(), found.counts.tolist(), strict=True))


@settings(max_examples=200, deadline=None)
@given(texts, phrases)
def test_4_adjacent_is_brute_force(documents: list[list[str]], terms: list[str]) -> None:
    found = adjacent([places(documents, term) for term in terms])
    assert counted(found) == together(documents, terms, 0)


@settings(max_examples=200, deadline=None)
@given(texts, phrases, st.integers(1, 4))
def test_4_near_is_brute_force(documents: list[list[str]], terms: list[str], slop: int) -> None:
    found = near([places(documents, term) for term in terms], terms, slop)
    assert counted(found) == together(documents, terms, slop)


@pytest.mark.parametrize("find", [adjacent, lambda words: near(words, ["a", "b"], 1)])
def test_4_a_word_that_is_nowhere_gives_nothing(
    find: Callable[[Sequence[Occurrences]], Frequencies],
) -> None:
    documents = [["a", "c"]]
    assert counted(find([places(documents, "a"), places(documents, "b")])) == {}


@fast
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=8),
    st.sampled_from([None, 2.5]),
)
def test_5_bm25f_is_its_formula(counts: list[tuple[int, int]], weight: float | None) -> None:
    """Two fields, of weights 3 and 1; each text has two words beside those counted."""
    fields = []
    expected: dict[int, float] = {}
    for field, field_weight in enumerate((3.0, 1.0)):
        lengths = [count[field] + 2 for count in counts]
        average = sum(lengths) / len(lengths)
        having = [doc for doc, count in enumerate(counts) if count[field]]
        fields.append(
            (
                Frequencies(
                    np.array(having, np.int32), np.array([counts[d][field] for d in having], float)
                ),
                FieldStatistics(np.array(lengths, float), average, field_weight, b=0.6),
            )
        )
        for doc in having:
            norm = 1 - 0.6 + 0.6 * lengths[doc] / average
            expected[doc] = expected.get(doc, 0.0) + field_weight * counts[doc][field] / norm
    total, n = len(counts), len(expected)
    rarity = log(1 + (total - n + 0.5) / (n + 0.5)) * (1 - n / (total + 1)) ** 2
    factor = rarity if weight is None else weight
    expected = {doc: factor * 2.5 * tf / (1.5 + tf) for doc, tf in expected.items()}
    found = mapping(bm25f(fields, total, k1=1.5, weight_of_term=weight))
    assert found == pytest.approx(expected)


@given(st.integers(1, 10**6), st.data())
def test_5_a_rarer_word_weighs_more_and_none_less_than_nothing(
    documents: int, data: st.DataObject
) -> None:
    containing = data.draw(st.integers(1, documents))
    assert idf(documents, containing) > 0
    assert idf(documents, containing - 1) > idf(documents, containing)
