"""Hits by date: each release in the bucket in which its whole known period lies."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.collapse import Groups
from indexer.kernels.dense import Docs
from indexer.request import Interval
from indexer.response import Bucket, Histogram

_UNITS = {Interval.YEAR: "Y", Interval.MONTH: "M", Interval.DAY: "D"}
_EPOCH = np.datetime64("1970-01-01").astype(int) - date(1970, 1, 1).toordinal()
"""What is added to an ordinal of Python's dates to make one of numpy's."""
_WIDER, _UNKNOWN = 0, 1


class DateBuckets:
    """The buckets of one length, and in which of them each document is."""

    def __init__(
        self,
        interval: Interval,
        first: NDArray[np.int64],
        last: NDArray[np.int64],
        live: Docs,
        groups: Groups | None = None,
    ) -> None:
        """`first` and `last` are the days of each document's known period; 0 is unknown.

        Documents of one of the `groups` count once in a bucket.
        """
        self._interval = interval
        self._groups = groups
        starts, ends = (_bucket(days, interval) for days in (first, last))
        lies = (first > 0) & (starts == ends)
        self._starts, numbers = np.unique(starts[live][lies[live]], return_inverse=True)
        self._ordinals = np.where(first > 0, _WIDER, _UNKNOWN).astype(np.int32)
        self._ordinals[live[lies[live]]] = numbers + 2
        self._releases = self._counted(live)

    def _counted(self, docs: Docs) -> list[int]:
        if self._groups is not None:
            docs = self._groups.distinct(docs, self._ordinals)
        counts: list[int] = loops.counted(self._ordinals, docs, len(self._starts) + 2).tolist()
        return counts

    def histogram(self, docs: Docs) -> Histogram:
        """How many of these documents are in each bucket."""
        hits = self._counted(docs)
        starts = self._starts.astype("datetime64[D]").tolist()
        counted = zip(hits[2:], self._releases[2:], starts, strict=True)
        return Histogram(
            self._interval,
            tuple(Bucket(*each) for each in counted),
            Bucket(hits[_WIDER], self._releases[_WIDER]),
            Bucket(hits[_UNKNOWN], self._releases[_UNKNOWN]),
        )


def _bucket(days: NDArray[np.int64], interval: Interval) -> NDArray[np.datetime64]:
    since = (days.astype(np.int64) + _EPOCH).astype("datetime64[D]")
    whole: NDArray[np.datetime64] = since.astype(f"datetime64[{_UNITS[interval]}]")
    return whole
