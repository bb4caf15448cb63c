"""Documents of one group as one, against the definition.

1. A group counts once, and so does each value that its documents carry.
2. The first document of a group stands for it: by score, then by precedence.
3. Without groups, or with none among the documents, nothing is changed.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.kernels.collapse import Groups
from indexer.kernels.counts import FacetColumn
from indexer.kernels.scored import Scored

SIZE = 12
VALUES = ("a", "b", "c")
grouped = st.dictionaries(st.integers(0, SIZE - 1), st.integers(0, 3))
"""The numbers of groups by document."""
docs = st.sets(st.integers(0, SIZE - 1)).map(sorted)
carried = st.lists(st.sets(st.integers(0, 2)).map(sorted), min_size=SIZE, max_size=SIZE)
fast = settings(max_examples=200, deadline=None)


def groups_of(numbers: dict[int, int]) -> Groups:
    return Groups(
        np.array(sorted(numbers), np.int32),
        np.array([numbers[doc] for doc in sorted(numbers)], np.int32),
    )


def one_of(doc: int, numbers: dict[int, int]) -> tuple[str, int]:
    """What a document is, or is one with."""
    return ("group", numbers[doc]) if doc in numbers else ("alone", doc)


@fast
@given(grouped, docs, carried)
def test_1_a_group_and_its_values_count_once(
    numbers: dict[int, int], among: list[int], values: list[list[int]]
) -> None:
    groups, hits = groups_of(numbers), np.array(among, np.int32)
    assert groups.count(hits) == len({one_of(doc, numbers) for doc in among})
    pairs = [(doc, value) for doc, own in enumerate(values) for value in own]
    column = FacetColumn.of(
        VALUES,
        np.array([doc for doc, _ in pairs], np.int32),
        np.array([value for _, value in pairs], np.int32),
        SIZE,
    )
    expected = [
        len({one_of(doc, numbers) for doc in among if value in values[doc]}) for value in range(3)
    ]
    repeats = groups.repeats([column], hits)
    counts = column.counts(hits) if repeats is None else column.counts(hits) - repeats[0]
    assert counts.tolist() == expected


@fast
@given(grouped, docs, st.lists(st.integers(0, 2), min_size=SIZE, max_size=SIZE), st.booleans())
def test_2_the_first_stands_for_its_group(
    numbers: dict[int, int], among: list[int], scores: list[int], by_score: bool
) -> None:
    precedence = np.arange(SIZE, dtype=np.int64) * 5 % SIZE
    hits = Scored(np.array(among, np.int32), np.array([scores[doc] for doc in among], float))
    found = groups_of(numbers).first_of_each(hits, precedence, by_score=by_score)

    def rank(doc: int) -> tuple[int, int]:
        return scores[doc] * by_score, int(precedence[doc])

    best: dict[tuple[str, int], int] = {}
    for doc in sorted(among, key=rank):
        best[one_of(doc, numbers)] = doc
    assert found.docs.tolist() == sorted(best.values())
    assert found.scores.tolist() == [scores[doc] for doc in found.docs.tolist()]


@pytest.mark.parametrize("numbers", [{}, {7: 0, 8: 0}])
def test_3_what_is_in_no_group_is_left_as_it_is(numbers: dict[int, int]) -> None:
    groups = groups_of(numbers)
    hits = Scored(np.array([1, 5], np.int32), np.array([1.0, 2.0]))
    assert groups.first_of_each(hits, np.arange(SIZE), by_score=True) is hits
    assert groups.distinct(hits.docs, np.zeros(SIZE, np.int32)) is hits.docs
