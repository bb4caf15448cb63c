"""The loops of `loops`, compiled by numba when each is first called, and kept on disk.

They let other threads run. Only plain arrays go in and out.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from indexer.kernels import loops
from indexer.kernels.dense import Docs, Scores

Places = NDArray[np.intp]

NAME = "numba"

_FEW = 32

reached = loops.reached
"""numpy compares several numbers at once, and no loop is faster."""

_compiled = njit(cache=True, nogil=True)


@_compiled
def add(total: Scores, docs: Docs, scores: Scores) -> None:
    """See `loops.add`."""
    for at in range(len(docs)):
        total[docs[at]] += scores[at]


@_compiled
def raise_to(best: Scores, docs: Docs, scores: Scores) -> None:
    """See `loops.raise_to`."""
    for at in range(len(docs)):
        if scores[at] > best[docs[at]]:
            best[docs[at]] = scores[at]


@_compiled
def above_zero(total: Scores) -> Docs:
    """See `loops.above_zero`."""
    docs = np.empty(len(total) + 1, np.int32)
    count = 0
    for doc in range(len(total)):
        # No branch, which could not be foreseen.
        docs[count] = doc
        count += total[doc] != 0
    return docs[:count].copy()


@_compiled
def taken(total: Scores, docs: Docs) -> Scores:
    """See `loops.taken`."""
    found = np.empty(len(docs), np.float64)
    for at in range(len(docs)):
        found[at] = total[docs[at]]
        total[docs[at]] = 0
    return found


@_compiled
def common(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """See `loops.common`."""
    if len(docs) * _FEW < len(among):
        return _looked_up(docs, among)
    if not len(docs):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    marks = np.zeros(max(docs[-1], among[-1]) + 1, np.uint8)
    for at in range(len(among)):
        marks[among[at]] = 1
    own = _marked(docs, marks)
    marks[:] = 0
    for at in range(len(own)):
        marks[docs[own[at]]] = 1
    return own, _marked(among, marks)


@_compiled
def _marked(docs: Docs, marks: NDArray[np.uint8]) -> Places:
    """The places of the documents that have a mark."""
    places = np.empty(len(docs) + 1, np.intp)
    count = 0
    for at in range(len(docs)):
        # No branch, which could not be foreseen.
        places[count] = at
        count += marks[docs[at]]
    return places[:count]


@_compiled
def _looked_up(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """Each of a few documents looked up among many."""
    own, their = np.empty(len(docs) + 1, np.intp), np.empty(len(docs) + 1, np.intp)
    count = place = 0
    for at in range(len(docs)):
        place = _galloped(among, place, docs[at])
        if place == len(among):
            break
        own[count], their[count] = at, place
        count += among[place] == docs[at]
    return own[:count], their[:count]


@_compiled
def _galloped(among: Any, first: int, wanted: Any) -> int:
    """The first place from `first` on whose number is not below the wanted one."""
    step, low = 1, first
    while low + step < len(among) and among[low + step] < wanted:
        low += step
        step *= 2
    high = min(low + step, len(among))
    while low < high:
        middle = (low + high) // 2
        if among[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@_compiled
def counted(ordinals: NDArray[np.int32], docs: Docs, values: int) -> NDArray[np.int64]:
    """See `loops.counted`."""
    # Neighbours often have the same value, and adding to one counter twice has to wait.
    counts: NDArray[np.int64] = np.zeros((4, values), np.int64)
    whole = len(docs) // 4 * 4
    for at in range(0, whole, 4):
        counts[0, ordinals[docs[at]]] += 1
        counts[1, ordinals[docs[at + 1]]] += 1
        counts[2, ordinals[docs[at + 2]]] += 1
        counts[3, ordinals[docs[at + 3]]] += 1
    for at in range(whole, len(docs)):
        counts[0, ordinals[docs[at]]] += 1
    total: NDArray[np.int64] = counts.sum(axis=0)
    return total


@_compiled
def counted_many(
    ends: NDArray[np.int32], ordinals: NDArray[np.int32], docs: Docs, values: int
) -> NDArray[np.int64]:
    """See `loops.counted_many`."""
    counts = np.zeros(values, np.int64)
    for at in range(len(docs)):
        for place in range(ends[docs[at]], ends[docs[at] + 1]):
            counts[ordinals[place]] += 1
    return counts


@_compiled
def follow(starts: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """See `loops.follow`."""
    found = np.empty(min(len(starts), len(others)) + 1, np.int64)
    count = at = place = 0
    if len(starts) * _FEW < len(others):
        for at in range(len(starts)):
            place = _galloped(others, place, starts[at])
            if place == len(others):
                break
            found[count] = starts[at]
            count += others[place] == starts[at]
    else:
        while at < len(starts) and place < len(others):
            one, other = starts[at], others[place]
            found[count] = one
            count += one == other
            at += one <= other
            place += other <= one
    return found[:count]


@_compiled
def sums_of_parts(
    units: NDArray[Any], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """See `loops.sums_of_parts`."""
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
    """See `loops.sums_of_long_parts`."""
    found = np.empty(sizes.sum() + 1, np.uint32)
    at = number = count = 0
    for part in range(len(starts)):
        # No unit is read behind the last one, whatever a damaged file says.
        while number < starts[part] and at < len(units):
            number += units[at] != more
            at += 1
        total, end = np.uint32(0), count + sizes[part]
        while count < end and at < len(units):
            total += np.uint32(units[at])
            found[count] = total
            count += units[at] != more
            at += 1
        number += sizes[part]
    return found[:count]
