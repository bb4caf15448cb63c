"""Facet values of documents: masks for filters, and counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class FacetColumn:
    """Which document carries which values."""

    values: tuple[str, ...]
    first: NDArray[np.int32]
    """The number of each document's first value; one too large for any value where it has none."""
    others: NDArray[np.int32]
    """The numbers of the values beside the first, document by document."""
    ends: NDArray[np.int32]
    """Where the others of each document begin, and the last ones end."""

    @classmethod
    def of(
        cls, values: tuple[str, ...], docs: Docs, ordinals: NDArray[np.int32], documents: int
    ) -> "FacetColumn":
        """The column of pairs of a document and the number of a value, sorted by document."""
        leads = np.ones(len(docs), np.bool_)
        leads[1:] = docs[1:] != docs[:-1]
        first = np.full(documents, len(values), np.int32)
        first[docs[leads]] = ordinals[leads]
        sizes = np.bincount(docs[~leads], minlength=documents)
        ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(sizes, dtype=np.int32)])
        return cls(values, first, ordinals[~leads], ends)

    @classmethod
    def single(cls, values: tuple[str, ...], ordinals: NDArray[np.int32]) -> "FacetColumn":
        """The column of documents that have one value each: the numbers of these."""
        return cls(values, ordinals, np.empty(0, np.int32), np.zeros(len(ordinals) + 1, np.int32))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    def mask(self, wanted: Iterable[str]) -> Mask:
        """True for the documents that carry at least one of the wanted values."""
        chosen = np.zeros(len(self.values) + 1, np.bool_)
        chosen[[self._numbers[value] for value in set(wanted) if value in self._numbers]] = True
        carried: Mask = chosen.take(self.first)
        if len(self.others):
            carrying = chosen.take(self.others)
            before = np.concatenate([np.zeros(1, np.int32), np.cumsum(carrying, dtype=np.int32)])
            marks = before.take(self.ends)
            carried |= marks[1:] > marks[:-1]
        return carried

    def counts(self, docs: Docs) -> NDArray[np.int64]:
        """For each value, how many of these documents carry it."""
        counts: NDArray[np.int64] = loops.counted(self.first, docs, len(self.values) + 1)[:-1]
        return counts + self.counts_beside(docs) if len(self.others) else counts

    def counts_beside(self, docs: Docs) -> NDArray[np.int64]:
        """The same for their values beside the first ones."""
        counts: NDArray[np.int64] = loops.counted_many(
            self.ends, self.others, docs, len(self.values)
        )
        return counts

    @cached_property
    def most_beside(self) -> int:
        """The most values that a document has beside its first."""
        return int(np.diff(self.ends).max(initial=0))

    def beside(self, number: int) -> NDArray[np.int32]:
        """The value of that number, from 0, of each document beside its first.

        One too large for any value where it has none.
        """
        places = self.ends[:-1] + np.int32(number)
        found = np.full(len(self.first), len(self.values), np.int32)
        having = np.flatnonzero(places < self.ends[1:])
        found[having] = self.others.take(places.take(having))
        return found

    def pairs(self, docs: Docs) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        """Each value of each of these documents: the place of the document, and the number."""
        first = self.first.take(docs)
        having = np.flatnonzero(first < len(self.values))
        starts = self.ends.take(docs)
        sizes = self.ends.take(docs + np.int32(1)) - starts
        before = np.cumsum(sizes) - sizes
        at = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
        more = np.repeat(np.arange(len(docs)), sizes)
        return np.concatenate([having, more]), np.concatenate([first[having], self.others.take(at)])
