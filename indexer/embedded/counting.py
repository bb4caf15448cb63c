"""How many hits the values of facets and the buckets of dates have."""

import threading
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.histogram import DateBuckets
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.versions import Versions
from indexer.facets import Facet, FacetKind
from indexer.kernels.counts import FacetColumn
from indexer.kernels.dense import Docs
from indexer.release import UNKNOWN
from indexer.request import Interval
from indexer.response import FacetValue, Histogram


class Counting:
    """Counts documents, or with `collapse` what they are versions of; threads may share it."""

    def __init__(
        self, snapshot: Snapshot, columns: Mapping[str, FacetColumn], versions: Versions
    ) -> None:
        self._snapshot = snapshot
        self._columns = columns
        self._versions = versions
        self._lock = threading.Lock()
        self._totals: dict[tuple[str, bool], NDArray[np.int64]] = {}
        self._buckets: dict[tuple[Interval, bool], DateBuckets] = {}

    def values(self, facet: str, docs: Docs, *, collapse: bool) -> dict[str, int]:
        """How many of these documents carry each value that any of them carries."""
        counts = self._counts(facet, docs, collapse)
        values = self._columns[facet].values
        return {v: n for v, n in zip(values, counts.tolist(), strict=True) if n}

    def _counts(self, facet: str, docs: Docs, collapse: bool) -> NDArray[np.int64]:
        if docs is not self._snapshot.everything:
            return self._counted(facet, docs, collapse)
        if (facet, collapse) not in self._totals:
            self._totals[facet, collapse] = self._counted(facet, docs, collapse)
        return self._totals[facet, collapse]

    def _counted(self, facet: str, docs: Docs, collapse: bool) -> NDArray[np.int64]:
        column = self._columns[facet]
        return self._versions.groups.counts(column, docs) if collapse else column.counts(docs)

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
