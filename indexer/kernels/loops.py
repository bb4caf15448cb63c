"""The hottest loops, in numpy. `compiled` has the same ones, with the same answers.

Documents are sorted int32 numbers, each once.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.dense import Docs, Scores

Places = NDArray[np.intp]

NAME = "numpy"
"""What these loops run on."""

_FEW = 32
"""Looking up each of a few documents among so many times as many is faster than marking them."""
_COLUMNS = 256
_CLEAR = 8
"""Clearing one by one is faster where at most every so many-th was touched."""


def add(total: Scores, docs: Docs, scores: Scores) -> None:
    """Add scores to those of these documents."""
    np.add.at(total, docs, scores)


def raise_to(best: Scores, docs: Docs, scores: Scores) -> None:
    """Raise the scores of these documents to at least these."""
    best[docs] = np.maximum(best.take(docs), scores)


def above_zero(total: Scores) -> Docs:
    """The documents that have a score above 0."""
    return np.flatnonzero(total != 0).astype(np.int32)


def taken(total: Scores, docs: Docs) -> Scores:
    """The scores of these documents; afterwards all are 0, of which these were not."""
    found = total.take(docs)
    if len(docs) * _CLEAR < len(total):
        total[docs] = 0
    else:
        total.fill(0)
    return found


def common(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """Where the documents that both have stand in either; the first has no more than the other."""
    if not len(docs) or not len(among):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    if len(docs) * _FEW > len(among):
        return _marked(docs, among)
    places = np.searchsorted(among, docs)
    places[places == len(among)] = 0
    own = np.flatnonzero(among.take(places) == docs)
    return own, places.take(own)


def _marked(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """By marks over all documents."""
    marks = np.zeros(max(int(docs[-1]), int(among[-1])) + 1, np.bool_)
    marks[docs.astype(np.intp)] = True  # Twice as fast as by int32.
    their = np.flatnonzero(marks.take(among))
    marks[docs] = False
    marks[among.take(their)] = True
    return np.flatnonzero(marks.take(docs)), their


def reached(scores: NDArray[Any], k: int) -> Any:
    """A number that at least k of these reach, and few more; there are more than k, k > 0."""
    count = len(scores)
    columns = max(_COLUMNS, 8 * k)
    rows = count // columns
    if rows < 2:
        return np.partition(scores, count - k)[count - k]
    # The k-th largest of the maxima of disjoint parts is reached by k scores at the least.
    maxima = scores[: rows * columns].reshape(rows, columns).max(axis=0)
    return np.partition(maxima, columns - k)[columns - k]


def counted(ordinals: NDArray[np.int32], docs: Docs, values: int) -> NDArray[np.int64]:
    """For each of so many values, how many of these documents have it; each has one."""
    return np.bincount(ordinals.take(docs), minlength=values)


def counted_many(
    ends: NDArray[np.int32], ordinals: NDArray[np.int32], docs: Docs, values: int
) -> NDArray[np.int64]:
    """The same where a document has the values from its end in `ends` to the next."""
    starts = ends.take(docs)
    sizes = ends.take(docs + np.int32(1)) - starts
    before = np.cumsum(sizes) - sizes
    places = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
    return np.bincount(ordinals.take(places), minlength=values)


def follow(starts: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """What two sorted rows of different numbers have in common."""
    if len(starts) * _FEW < len(others):
        places = np.searchsorted(others, starts)
        places[places == len(others)] = 0
        found: NDArray[np.int64] = starts[others.take(places) == starts]
        return found
    # A stable sort finds the two sorted runs and merges them.
    merged = np.concatenate([starts, others])
    merged.sort(kind="stable")
    both: NDArray[np.int64] = merged[1:][merged[1:] == merged[:-1]]
    return both


def sums_of_parts(
    units: NDArray[Any], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """The running sums of parts of a row of numbers, each part on its own, one behind the other.

    `starts` gives the first number of each part, `sizes` how many it has; none is empty.
    """
    running = np.cumsum(units.take(_spread(starts, sizes)), dtype=np.uint32)
    return _from_zero(running, sizes)


def sums_of_long_parts(
    units: NDArray[Any], more: int, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """The same where a number may have several units: all but the last of them are `more`."""
    # The numbers that have a unit besides: as many units more stand before each later one.
    further = np.flatnonzero(units == more)
    further -= np.arange(len(further))
    first, stop = (at + np.searchsorted(further, at) for at in (starts, starts + sizes))
    chosen = units.take(_spread(first, stop - first))
    return _from_zero(np.cumsum(chosen, dtype=np.uint32)[chosen != more], sizes)


def _spread(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places from each start on, so many of each."""
    places = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    places += np.arange(len(places))
    return places


def _from_zero(running: NDArray[np.uint32], sizes: NDArray[np.int64]) -> NDArray[np.uint32]:
    before = np.zeros(len(sizes), np.uint32)
    before[1:] = running[np.cumsum(sizes)[:-1] - 1]
    return running - np.repeat(before, sizes)
