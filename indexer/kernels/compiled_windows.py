"""The windows of `windows`, compiled: one walk through the places of all words in their order."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numba import njit

from indexer.kernels.dense import Docs, Scores
from indexer.kernels.windows import BITS, Places

_compiled = njit(cache=True, nogil=True)

_BEHIND = np.iinfo(np.int64).max
"""Behind every place."""


def windows(words: Sequence[Places], needed: Sequence[int], width: int) -> tuple[Docs, Scores]:
    """See `windows.windows`."""
    bounds = np.array([0, *accumulate(map(len, words))], np.int64)
    counts = np.array(needed, np.int64)
    docs, found = _windows(np.concatenate(words), bounds, counts, width, min(map(len, words)))
    return docs, found


@_compiled
def _windows(
    places: Places, bounds: Places, needed: Places, width: int, most: int
) -> tuple[Docs, Scores]:
    """`bounds` tells where the places of each word begin; `most` documents have all words."""
    docs: Any = np.empty(most, np.int32)
    counts: Any = np.zeros(most, np.float64)
    at = bounds[:-1].copy()
    found, before = 0, -1
    for _ in range(len(places)):
        end = _next(places, bounds, at)
        begin = _begin(places, bounds, at, needed, end >> BITS << BITS)
        # Of all windows that begin at one place the first to end holds no smaller one.
        if begin > before and end - begin < width:
            if not found or docs[found - 1] != end >> BITS:
                docs[found] = end >> BITS
                found += 1
            counts[found - 1] += 1
        before = begin
    return docs[:found], counts[:found]


@_compiled
def _next(places: Places, bounds: Places, at: Places) -> int:
    """The first of the places at which the words stand now; its word goes on to its next one."""
    first, own = _BEHIND, 0
    for word in range(len(at)):
        if at[word] < bounds[word + 1] and places[at[word]] < first:
            first, own = places[at[word]], word
    at[own] += 1
    return first


@_compiled
def _begin(places: Places, bounds: Places, at: Places, needed: Places, start: int) -> int:
    """Where a window must begin that has all words that were passed, from `start`; else -1."""
    begin = _BEHIND
    for word in range(len(at)):
        place = at[word] - needed[word]
        if place < bounds[word] or places[place] < start:
            return -1
        begin = min(begin, places[place])
    return begin
