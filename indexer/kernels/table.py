"""Several facets side by side, so that the values of many documents are counted in one pass."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.counts import FacetColumn
from indexer.kernels.dense import Docs

MOST_BESIDE = 3
"""Values of a document beside its first that have a place in its row: more are kept apart."""


class FacetTable:
    """The numbers of the values of some facets, a row for each document."""

    def __init__(self, columns: Sequence[FacetColumn]) -> None:
        # Behind the values of each facet one more number stands for the want of a value.
        sizes = [len(column.values) + 1 for column in columns]
        self._starts = [0, *accumulate(sizes)]
        kind = np.uint16 if self._starts[-1] <= 1 << 16 else np.int32
        places = [
            (place + np.int32(start)).astype(kind)
            for column, start in zip(columns, self._starts, strict=False)
            for place in _places(column)
        ]
        self._rows: NDArray[Any] = np.stack(places, axis=1) if places else np.empty((0, 0), kind)
        self._apart = [
            (at, column) for at, column in enumerate(columns) if column.most_beside > MOST_BESIDE
        ]

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self._rows.nbytes

    def counts(self, docs: Docs) -> list[NDArray[np.int64]]:
        """For each facet and value, how many of these documents carry it."""
        counts = loops.counted_rows(self._rows, docs, self._starts[-1])
        found = [counts[start : end - 1] for start, end in pairwise(self._starts)]
        for at, column in self._apart:
            found[at] += column.counts_beside(docs)
        return found


def _places(column: FacetColumn) -> list[NDArray[np.int32]]:
    """The first value of each document, and its next ones if no document has many."""
    beside = column.most_beside if column.most_beside <= MOST_BESIDE else 0
    return [column.first, *(column.beside(number) for number in range(beside))]
