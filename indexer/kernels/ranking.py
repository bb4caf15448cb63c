"""The first k of a total order."""

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.scored import Docs, Scored

SCORE_DECIMALS = 6
"""Scores that agree in this many decimals are equal: sums differ in the last bits by the order
in which they were added, and that must not change the order of hits."""


def best(found: Scored, tie_order: NDArray[np.int32], start: int, stop: int) -> Docs:
    """Hits number `start` to `stop` (excluded) by score, then by `tie_order` (lower first)."""
    scores = np.round(found.scores, SCORE_DECIMALS)
    docs = found.docs
    if 0 < stop < len(docs):
        threshold = np.partition(scores, len(scores) - stop)[len(scores) - stop]
        contenders = scores >= threshold
        docs, scores = docs[contenders], scores[contenders]
    return docs[np.lexsort((tie_order[docs], -scores))][start:stop]


def first(docs: Docs, order: NDArray[np.int32], start: int, stop: int) -> Docs:
    """Hits number `start` to `stop` (excluded) by `order`, in which no two are equal."""
    keys = order[docs]
    if 0 < stop < len(docs):
        docs = docs[np.argpartition(keys, stop - 1)[:stop]]
        keys = order[docs]
    return docs[np.argsort(keys)][start:stop]
