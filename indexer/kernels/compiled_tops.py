"""The first few of a ranking, compiled: one pass over the scores, as `tops` without sorting."""

from typing import Any

import numpy as np
from numba import njit

from indexer.kernels import tops
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.tops import Precedence

_compiled = njit(cache=True, nogil=True)

MOST = 128
"""Hits that are kept in order while others are looked at."""
_PATIENCE = 32
"""Where scores rise from hit to hit, or are equal, many are put in the middle: then it is faster
to sort."""


def best(
    docs: Docs, scores: Scores, precedence: Precedence, wanted: int, decimals: int
) -> tuple[Docs, Scores]:
    """See `tops.best`."""
    if wanted <= MOST:
        found, known = _best(docs, scores, precedence, wanted, decimals)
        if len(found):
            return found, known
    return tops.best(docs, scores, precedence, wanted, decimals)


@_compiled
def _best(
    docs: Docs, scores: Scores, precedence: Precedence, wanted: int, decimals: int
) -> tuple[Docs, Scores]:
    """Those documents and scores; none where that would take too long."""
    found: Any = np.empty(wanted, np.int32)
    known: Any = np.empty(wanted, np.float64)
    keys: Any = np.empty(wanted, np.int64)
    scale, count, moves = 10.0**decimals, 0, 0
    slack = 1 / scale
    last = wanted - 1
    # The newest documents are the last ones as a rule, and of equals they come first.
    for at in range(len(docs) - 1, -1, -1):
        if count == wanted and scores[at] < known[last] - slack:
            continue
        score, key = np.rint(scores[at] * scale) / scale, precedence[docs[at]]
        place = count
        while place and (
            score > known[place - 1] or (score == known[place - 1] and key > keys[place - 1])
        ):
            place -= 1
        if place == wanted:
            continue
        count = min(count + 1, wanted)
        for later in range(count - 1, place, -1):
            known[later], keys[later] = known[later - 1], keys[later - 1]
            found[later] = found[later - 1]
        known[place], keys[place], found[place] = score, key, docs[at]
        moves += 1
        if moves > _PATIENCE * wanted + len(docs) // _PATIENCE:
            return found[:0], known[:0]
    return found[:count], known[:count]
