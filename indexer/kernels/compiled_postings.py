"""The loops of `postings`, compiled."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from indexer.kernels.dense import Docs, Scores

_compiled = njit(cache=True, nogil=True)


def at_or_after(
    text: NDArray[np.uint8], ends: NDArray[Any], low: int, high: int, wanted: bytes
) -> int:
    """See `postings.at_or_after`."""
    found: int = _at_or_after(text, ends, low, high, np.frombuffer(wanted, np.uint8))
    return found


@_compiled
def _at_or_after(text: Any, ends: Any, low: int, high: int, wanted: Any) -> int:
    while low < high:
        middle = (low + high) // 2
        # Numbers with a sign and without one would be compared as floats.
        start = np.int64(ends[middle])
        if _is_before(text[start : np.int64(ends[middle + 1])], wanted):
            low = middle + 1
        else:
            high = middle
    return low


@_compiled
def _is_before(word: Any, other: Any) -> Any:
    for at in range(min(len(word), len(other))):
        if word[at] != other[at]:
            return word[at] < other[at]
    return len(word) < len(other)


@_compiled
def weighed(
    docs: Docs, counts: Any, lengths: Any, slope: float, base: float, weight: float
) -> Scores:
    """See `postings.weighed`."""
    scores = np.empty(len(docs), np.float64)
    for at in range(len(docs)):
        scores[at] = counts[at] * (weight / (lengths[docs[at]] * slope + base))
    return scores


@_compiled
def running_sums(units: Any, more: int, count: int) -> NDArray[np.uint32]:
    """See `postings.running_sums`."""
    found = np.empty(count, np.uint32)
    total = np.uint32(0)
    if len(units) == count:
        for at in range(count):
            total += np.uint32(units[at])
            found[at] = total
        return found
    known = 0
    for at in range(len(units)):
        if known == count:
            break
        total += np.uint32(units[at])
        found[known] = total
        known += units[at] != more
    return found[:known]


@_compiled
def sums_of_parts(
    units: NDArray[Any], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """See `postings.sums_of_parts`."""
    found = np.empty(sizes.sum(), np.uint32)
    count = 0
    for part in range(len(starts)):
        total = np.uint32(0)
        for at in range(starts[part], starts[part] + sizes[part]):
            total += np.uint32(units[at])
            found[count] = total
            count += 1
    return found


@_compiled
def sums_of_long_parts(
    units: NDArray[Any], more: int, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """See `postings.sums_of_long_parts`."""
    found = np.empty(sizes.sum() + 1, np.uint32)
    at = number = count = 0
    for part in range(len(starts)):
        at, number = _passed(units, more, at, number, starts[part])
        total, end = np.uint32(0), count + sizes[part]
        # No unit is read behind the last one, whatever a damaged file says.
        while count < end and at < len(units):
            total += np.uint32(units[at])
            found[count] = total
            count += units[at] != more
            at += 1
        number += sizes[part]
    return found[:count]


_AT_ONCE = 64
"""Units that the processor compares at once, a few instructions for all."""


@_compiled
def _passed(units: Any, more: int, at: int, number: int, wanted: int) -> tuple[int, int]:
    """The place of the wanted number, behind number `number` at `at`; and that number."""
    kind = units.dtype.type(more)
    while number + _AT_ONCE <= wanted and at + _AT_ONCE <= len(units):
        some, ended = units[at : at + _AT_ONCE], 0
        for place in range(_AT_ONCE):
            ended += some[place] != kind
        number += ended
        at += _AT_ONCE
    while number < wanted and at < len(units):
        number += units[at] != kind
        at += 1
    return at, number
