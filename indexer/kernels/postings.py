"""Postings as they lie in files: looked up, unpacked and weighed, in numpy.

`compiled_postings` has the same loops.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.dense import Docs, Scores


def at_or_after(
    text: NDArray[np.uint8], ends: NDArray[Any], low: int, high: int, wanted: bytes
) -> int:
    """The number of the first word, of those from `low` to `high` (excluded), not before this one.

    `ends` gives where each word begins in `text` and the last one ends; they are sorted.
    """
    while low < high:
        middle = (low + high) // 2
        if text[int(ends[middle]) : int(ends[middle + 1])].tobytes() < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def weighed(
    docs: Docs,
    counts: NDArray[Any],
    lengths: NDArray[Any],
    slope: float,
    base: float,
    weight: float,
) -> Scores:
    """Frequencies times a weight, each divided by `slope` times the document's length + `base`."""
    scores: Scores = counts * (weight / (lengths.take(docs) * slope + base))
    return scores


def running_sums(units: NDArray[Any], more: int, count: int) -> NDArray[np.uint32]:
    """The running sums of so many numbers, modulo 2 to the 32nd.

    Where there are more units than numbers, those that are `more` go on in the next one.
    """
    total = np.cumsum(units, dtype=np.uint32)
    return total if len(units) == count else total[units != more]


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
