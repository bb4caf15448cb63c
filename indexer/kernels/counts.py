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
    ordinals: NDArray[np.int32]
    """Numbers of values, document by document."""
    ends: NDArray[np.int32] | None
    """Where those of each document begin and the last ends; None where each has exactly one."""

    @classmethod
    def of(
        cls, values: tuple[str, ...], docs: Docs, ordinals: NDArray[np.int32], documents: int
    ) -> "FacetColumn":
        """The column of pairs of a document and the number of a value, sorted by document."""
        sizes = np.bincount(docs, minlength=documents)
        if len(docs) == documents and bool((sizes == 1).all()):
            return cls(values, ordinals, None)
        ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(sizes, dtype=np.int32)])
        return cls(values, ordinals, ends)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    def mask(self, wanted: Iterable[str]) -> Mask:
        """True for the documents that carry at least one of the wanted values."""
        chosen = np.zeros(len(self.values) + 1, np.bool_)
        chosen[[self._numbers[value] for value in set(wanted) if value in self._numbers]] = True
        carried: Mask = chosen.take(self.ordinals)
        if self.ends is None:
            return carried
        before = np.concatenate([np.zeros(1, np.int32), np.cumsum(carried, dtype=np.int32)])
        marks = before.take(self.ends)
        some: Mask = marks[1:] > marks[:-1]
        return some

    def counts(self, docs: Docs) -> NDArray[np.int64]:
        """For each value, how many of these documents carry it."""
        if self.ends is None:
            return loops.counted(self.ordinals, docs, len(self.values))
        return loops.counted_many(self.ends, self.ordinals, docs, len(self.values))
