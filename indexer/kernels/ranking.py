"""The first k of a total order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.scored import Scored

SCORE_DECIMALS = 6
"""Scores that agree in this many decimals are equal: sums differ in the last bits by the order
in which they were added, and that must not change the order of hits."""
_SLACK = 10.0**-SCORE_DECIMALS
"""Scores that are further apart are not equal, however they are rounded."""

Precedence = NDArray[np.int64]
"""A number for each document, no two alike: of equals the one with the larger comes first."""


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


def by_date(days: NDArray[Any], ids: NDArray[np.int32]) -> tuple[Precedence, Precedence]:
    """The newest first, and the oldest first; those of an unknown day, 0, last; then by id."""
    first = days.astype(np.int64)
    by_id = np.iinfo(np.int32).max - ids.astype(np.int64)
    age = np.where(first > 0, _LAST_DAY - first, 0)
    return (first << 32) + by_id, (age << 32) + by_id


_LAST_DAY = 1 << 30
"""Later than any date."""


def best(found: Scored, precedence: Precedence, start: int, stop: int) -> Docs:
    """Hits number `start` to `stop` (excluded) by score, then by precedence."""
    docs, scores = found.docs, found.scores
    if not found.positive and not scores.any():
        return first(docs, precedence, start, stop)
    if 0 < stop < len(docs):
        near = np.flatnonzero(scores >= loops.reached(scores, stop) - _SLACK)
        docs, scores = docs.take(near), scores.take(near)
    rounded = np.round(scores, SCORE_DECIMALS)
    if 0 < stop < len(docs):
        docs, rounded = _contenders(docs, rounded, precedence, stop)
    return docs[np.lexsort((-precedence.take(docs), -rounded))][start:stop]


def _contenders(
    docs: Docs, scores: Scores, precedence: Precedence, stop: int
) -> tuple[Docs, Scores]:
    """All above the last of the first scores; of those that have it, as many as there is room."""
    last = np.partition(scores, len(scores) - stop)[len(scores) - stop]
    above = np.flatnonzero(scores > last)
    level = first(docs[scores == last], precedence, 0, stop - len(above))
    kept = np.concatenate([scores.take(above), np.full(len(level), last)])
    return np.concatenate([docs.take(above), level]), kept


def first(docs: Docs, precedence: Precedence, start: int, stop: int) -> Docs:
    """Hits number `start` to `stop` (excluded) by precedence alone."""
    keys = precedence.take(docs)
    if 0 < stop < len(docs):
        near = np.flatnonzero(keys >= loops.reached(keys, stop))
        docs, keys = docs.take(near), keys.take(near)
    return docs[np.argsort(-keys)][start:stop]
