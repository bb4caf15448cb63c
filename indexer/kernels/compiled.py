"""The loops of `loops`, compiled by numba when each is first called, and kept on disk.

They let other threads run. Only plain arrays go in and out.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from indexer.kernels import compiled_postings, compiled_tops, compiled_unions
from indexer.kernels.compiled_windows import windows as windows
from indexer.kernels.dense import Docs, Scores, numbers

best = compiled_tops.best
added, highest, summed = compiled_unions.added, compiled_unions.highest, compiled_unions.summed
at_or_after, running_sums = compiled_postings.at_or_after, compiled_postings.running_sums
weighed = compiled_postings.weighed
sums_of_parts = compiled_postings.sums_of_parts
sums_of_long_parts = compiled_postings.sums_of_long_parts

Places = NDArray[np.intp]

NAME = "numba"

_FEW = 16
"""Looking up each of a few documents among so many times as many is faster than going through."""

_compiled = njit(cache=True, nogil=True)


def common(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """See `loops.common`."""
    own, their = _common(docs, among, _room(docs, among))
    return own, their


def both(docs: Docs, scores: Scores, among: Docs, others: Scores) -> tuple[Docs, Scores]:
    """See `loops.both`."""
    found, sums = _both(docs, scores, among, others, _room(docs, among))
    return found, sums


def _room(docs: Docs, among: Docs) -> NDArray[np.int32]:
    """A number for each document, where each is not looked up."""
    if len(docs) * _FEW < len(among) or not len(docs) or not len(among):
        return _NO_ROOM
    return numbers(max(int(docs[-1]), int(among[-1])) + 1)


_NO_ROOM = np.empty(0, np.int32)


@_compiled
def _both(
    docs: Docs, scores: Scores, among: Docs, others: Scores, places: Any
) -> tuple[Docs, Scores]:
    own, their = _common(docs, among, places)
    found, sums = np.empty(len(own), np.int32), np.empty(len(own), np.float64)
    for at in range(len(own)):
        found[at] = docs[own[at]]
        sums[at] = scores[own[at]] + others[their[at]]
    return found, sums


@_compiled
def _common(docs: Docs, among: Docs, places: Any) -> tuple[Places, Places]:
    """`places` has room for the place of each document; what stands there before is no matter."""
    if len(docs) * _FEW < len(among) or not len(among):
        return _looked_up(docs, among)
    own, their = np.empty(len(docs) + 1, np.intp), np.empty(len(docs) + 1, np.intp)
    for at in range(len(among)):
        places[among[at]] = at
    count = 0
    for at in range(len(docs)):
        place = places[docs[at]]
        place = place if place < len(among) else 0
        # No branch, which could not be foreseen.
        own[count], their[count] = at, place
        count += among[place] == docs[at]
    return own[:count], their[:count]


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
def passing(docs: Docs, scores: Scores, mask: NDArray[np.bool_]) -> tuple[Docs, Scores]:
    """See `loops.passing`."""
    found, kept = np.empty(len(docs) + 1, np.int32), np.empty(len(docs) + 1, np.float64)
    count = 0
    for at in range(len(docs)):
        # No branch, which could not be foreseen.
        found[count], kept[count] = docs[at], scores[at]
        count += mask[docs[at]]
    return found[:count], kept[:count]


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
def counted_rows(table: Any, docs: Docs, values: int) -> NDArray[np.int64]:
    """See `loops.counted_rows`."""
    # Two halves count for themselves: adding to one counter twice has to wait.
    counts: NDArray[np.int64] = np.zeros((2, values), np.int64)
    half, width = len(docs) // 2, table.shape[1]
    for at in range(half):
        one, other = docs[at], docs[half + at]
        for place in range(width):
            counts[0, table[one, place]] += 1
            counts[1, table[other, place]] += 1
    for at in range(2 * half, len(docs)):
        for place in range(width):
            counts[0, table[docs[at], place]] += 1
    total: NDArray[np.int64] = counts[0] + counts[1]
    return total


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
