"""The first k of a total order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels import tops
from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.scored import Scored
from indexer.kernels.tops import Precedence

SCORE_DECIMALS = 6
"""Scores that agree in this many decimals are equal: sums differ in the last bits by the order
in which they were added, and that must not change the order of hits."""

SHARE = 0.5
"""What the newest documents get on top of their score, as a share of it."""
HALF_LIFE = 3 * 365.25
"""Days in which that share halves: a preference that a clearly better match still outweighs."""


def freshness(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of its score that each document gets on top, by its day; 0 is an unknown day.

    Age counts from the newest document, so that the same index always answers the same.
    """
    age = days.max(initial=0.0) - days
    return np.where(days > 0, SHARE * 0.5 ** (age / HALF_LIFE), 0.0)


def by_date(days: NDArray[Any], ids: NDArray[np.int32], *, oldest: bool = False) -> Precedence:
    """The newest first, or the oldest; those of an unknown day, 0, last; then by id."""
    keys = days.astype(np.int64)
    if oldest:
        keys = np.where(keys > 0, _LAST_DAY - keys, 0)
    keys <<= 32
    keys += np.iinfo(np.int32).max - ids
    return keys


_LAST_DAY = 1 << 30
"""Later than any date."""


def best(found: Scored, precedence: Precedence, start: int, stop: int) -> tuple[Docs, Scores]:
    """Hits number `start` to `stop` (excluded) by score, then by precedence; and rounded scores."""
    docs, scores = found.docs, found.scores
    if not found.positive and not scores.any():
        level = first(docs, precedence, start, stop)
        return level, np.zeros(len(level))
    if stop < 1:
        return docs[:0], scores[:0]
    docs, scores = loops.best(docs, scores, precedence, stop, SCORE_DECIMALS)
    return docs[start:], scores[start:]


def first(docs: Docs, precedence: Precedence, start: int, stop: int) -> Docs:
    """Hits number `start` to `stop` (excluded) by precedence alone."""
    return tops.first(docs, precedence, stop)[start:] if stop > 0 else docs[:0]
