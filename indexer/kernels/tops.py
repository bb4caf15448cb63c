"""The first few of a ranking, in numpy. `compiled_tops` has a faster way for the first pages."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.dense import Docs, Scores

Precedence = NDArray[np.int64]
"""A number for each document, no two alike: of equals the one with the larger comes first."""

_COLUMNS = 256


def best(
    docs: Docs, scores: Scores, precedence: Precedence, wanted: int, decimals: int
) -> tuple[Docs, Scores]:
    """The first of these documents by score, rounded, then by precedence; and these scores.

    There is one at least, and at least one is wanted.
    """
    if wanted < len(docs):
        # Scores that are further apart are not equal, however they are rounded.
        near = np.flatnonzero(scores >= reached(scores, wanted) - 10.0**-decimals)
        docs, scores = docs.take(near), scores.take(near)
    rounded = np.round(scores, decimals)
    if wanted < len(docs):
        docs, rounded = _contenders(docs, rounded, precedence, wanted)
    order = np.lexsort((-precedence.take(docs), -rounded))
    return docs.take(order), rounded.take(order)


def _contenders(
    docs: Docs, scores: Scores, precedence: Precedence, wanted: int
) -> tuple[Docs, Scores]:
    """All above the last of the first scores; of those that have it, as many as there is room."""
    last = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
    above = np.flatnonzero(scores > last)
    level = first(docs[scores == last], precedence, wanted - len(above))
    kept = np.concatenate([scores.take(above), np.full(len(level), last)])
    return np.concatenate([docs.take(above), level]), kept


def first(docs: Docs, precedence: Precedence, wanted: int) -> Docs:
    """The first of these documents by precedence alone; at least one is wanted."""
    keys = precedence.take(docs)
    if wanted < len(docs):
        near = np.flatnonzero(keys >= reached(keys, wanted))
        docs, keys = docs.take(near), keys.take(near)
    return docs[np.argsort(-keys)][:wanted]


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
