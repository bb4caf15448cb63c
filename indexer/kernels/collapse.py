"""Documents of one group as one hit: the first of them stands for it, and a value counts once.

Only documents that are in a group cost anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.counts import FacetColumn
from indexer.kernels.dense import Docs
from indexer.kernels.ranking import SCORE_DECIMALS
from indexer.kernels.scored import Scored, restrict
from indexer.kernels.tops import Precedence

Places = NDArray[np.intp]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Groups:
    """Which documents are one."""

    docs: Docs
    """Those that are in a group, sorted."""
    numbers: Numbers
    """The number of the group of each, one for one."""

    def among(self, docs: Docs) -> tuple[Places, Numbers]:
        """Where among these the documents stand that are in a group, and the groups."""
        if not len(self.docs):
            return np.empty(0, np.intp), self.numbers
        if len(docs) < len(self.docs):
            places, own = loops.common(docs, self.docs)
        else:
            own, places = loops.common(self.docs, docs)
        return places, self.numbers.take(own)

    def count(self, docs: Docs) -> int:
        """How many these are, with those of one group counted as one."""
        places, numbers = self.among(docs)
        if not len(places):
            return len(docs)
        return len(docs) - len(places) + len(np.unique(numbers))

    def first_of_each(self, hits: Scored, precedence: Precedence, *, by_score: bool) -> Scored:
        """The hits with one of each group: the first by score, if that orders, and precedence."""
        places, numbers = self.among(hits.docs)
        if not len(places):
            return hits
        behind = -precedence.take(hits.docs.take(places))
        scores = np.round(hits.scores.take(places), SCORE_DECIMALS) * by_score
        order = np.lexsort((behind, -scores, numbers))
        others = order[1:][_repeats(numbers.take(order))]
        return _without(hits, places.take(others)) if len(others) else hits

    def distinct(self, docs: Docs, ordinals: Numbers) -> Docs:
        """These documents with one of each group for each number that `ordinals` gives them."""
        places, numbers = self.among(docs)
        if not len(places):
            return docs
        keys = _paired(numbers, ordinals.take(docs.take(places)))
        order = np.argsort(keys, kind="stable")
        others = order[1:][_repeats(keys.take(order))]
        return np.delete(docs, places.take(others)) if len(others) else docs

    def repeats(self, columns: Sequence[FacetColumn], docs: Docs) -> list[NDArray[np.int64]] | None:
        """For each facet and value, how many of these carry it beyond one of each group.

        None where no group has two of them.
        """
        places, numbers = self.among(docs)
        if not len(places) or not _repeats(np.sort(numbers)).any():
            return None
        grouped = docs.take(places)
        return [_repeated(column, grouped, numbers) for column in columns]


def _repeated(column: FacetColumn, docs: Docs, numbers: Numbers) -> NDArray[np.int64]:
    carriers, values = column.pairs(docs)
    keys = np.sort(_paired(numbers.take(carriers), values))
    return np.bincount(keys[1:][_repeats(keys)] & _VALUE, minlength=len(column.values))


_VALUE = (1 << 32) - 1
"""The bits of a pair that are the second number."""


def _paired(numbers: Numbers, others: Numbers) -> NDArray[np.int64]:
    return (numbers.astype(np.int64) << 32) + others


def _repeats(values: NDArray[np.integer]) -> NDArray[np.bool_]:
    """For each of some sorted values but the first, whether it is the one before."""
    repeats: NDArray[np.bool_] = values[1:] == values[:-1]
    return repeats


def _without(hits: Scored, places: Places) -> Scored:
    keep = np.ones(len(hits), np.bool_)
    keep[places] = False
    return restrict(hits, keep)
