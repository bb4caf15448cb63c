"""How many hits the values of facets and the buckets of dates have."""

import threading
from collections.abc import Collection, Mapping, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.cache import BoundedCache
from indexer.embedded.histogram import DateBuckets
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.versions import Versions
from indexer.facets import Facet, FacetKind
from indexer.kernels.counts import FacetColumn
from indexer.kernels.dense import Docs
from indexer.kernels.table import FacetTable
from indexer.release import UNKNOWN
from indexer.request import Interval
from indexer.response import FacetValue, Histogram

TABLES_BYTES = 64 * 2**20
"""Tables of facets that are counted together, kept: two to four bytes a value of a document."""


FEW_VALUES = 256
"""Each of so few is looked at; of more those that have no hits are passed over."""


class Counting:
    """Counts documents, or with `collapse` what they are versions of; threads may share it."""

    def __init__(
        self, snapshot: Snapshot, columns: Mapping[str, FacetColumn], versions: Versions
    ) -> None:
        self._snapshot = snapshot
        self._columns = columns
        self._versions = versions
        self._lock = threading.Lock()
        self._tables: BoundedCache[FacetTable] = BoundedCache(TABLES_BYTES)
        self._totals: dict[tuple[str, bool], NDArray[np.int64]] = {}
        self._buckets: dict[tuple[Interval, bool], DateBuckets] = {}

    def values(
        self, facets: Sequence[str], docs: Docs, *, collapse: bool
    ) -> dict[str, dict[str, int]]:
        """How many of these documents carry each value that any of them carries, by facet."""
        names = tuple(facets)
        counts = self._counts(names, docs, collapse) if names else []
        return {
            n: _named(self._columns[n].values, own) for n, own in zip(names, counts, strict=True)
        }

    def _counts(
        self, names: tuple[str, ...], docs: Docs, collapse: bool
    ) -> list[NDArray[np.int64]]:
        if docs is not self._snapshot.everything:
            return self._counted(names, docs, collapse)
        return [self._total(name, collapse) for name in names]

    def _total(self, name: str, collapse: bool) -> NDArray[np.int64]:
        if (name, collapse) not in self._totals:
            (counts,) = self._counted((name,), self._snapshot.everything, collapse)
            self._totals[name, collapse] = counts
        return self._totals[name, collapse]

    def _counted(
        self, names: tuple[str, ...], docs: Docs, collapse: bool
    ) -> list[NDArray[np.int64]]:
        columns = [self._columns[name] for name in names]
        counts = self._tables.get(names, lambda: FacetTable(columns)).counts(docs)
        repeats = self._versions.groups.repeats(columns, docs) if collapse else None
        if repeats is None:
            return counts
        return [own - more for own, more in zip(counts, repeats, strict=True)]

    def histogram(self, interval: Interval, docs: Docs, *, collapse: bool) -> Histogram:
        """How many of these documents are in each bucket."""
        with self._lock:
            if (interval, collapse) not in self._buckets:
                self._buckets[interval, collapse] = DateBuckets(
                    interval,
                    self._snapshot.column("first_day"),
                    self._snapshot.column("last_day"),
                    self._snapshot.everything,
                    self._versions.groups if collapse else None,
                )
        return self._buckets[interval, collapse].histogram(docs)


def _named(values: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    """The values that are there, with their counts."""
    if len(values) < FEW_VALUES:
        listed = counts.tolist()
        return dict(compress(zip(values, listed, strict=True), listed))
    there = counts.nonzero()[0]
    pairs = zip(there.tolist(), counts.take(there).tolist(), strict=True)
    return {values[number]: count for number, count in pairs}


def facet_values(
    facet: Facet, counts: Mapping[str, int], selected: Collection[str]
) -> tuple[FacetValue, ...]:
    """The values of a facet in the order in which they are shown."""
    values = [
        FacetValue(v, facet.value_label(v), n, v in selected, facet.parent_of(v))
        for v, n in counts.items()
    ]
    return tuple(sorted(values, key=lambda value: _order(facet, value)))


def _order(facet: Facet, value: FacetValue) -> tuple[object, ...]:
    """Years run from the newest, other values from the most frequent; unknown comes last."""
    unknown = value.value == UNKNOWN
    if facet.kind is FacetKind.YEAR:
        return (unknown, -int(value.value) if value.value.isdecimal() else 0)
    return (unknown, -value.count, value.label)
