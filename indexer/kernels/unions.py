"""Unions of scored documents, in numpy. `compiled_unions` has the same ones.

A part is a row of documents, sorted and each once, and their scores; no part is empty.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.dense import Accumulators, Docs, Scores

Parts = Sequence[tuple[Docs, Scores]]
Put = Callable[[Scores, NDArray[Any], Scores], None]

DENSE = 16
"""One array over all documents is faster than sorting where there is a posting for each so many."""

_CLEAR = 8
"""Clearing one by one is faster where at most every so many-th was touched."""


def summed(parts: Parts) -> tuple[Docs, Scores]:
    """The documents of all parts, and the sums of their scores."""
    return _united(parts, np.add.at)


def highest(parts: Parts) -> tuple[Docs, Scores]:
    """The documents of all parts, and the best score of each."""
    return _united(parts, _raise)


def added(docs: Docs, values: Scores) -> tuple[Docs, Scores]:
    """The sums of values above 0; documents come in any order, and several times."""
    return _united([(docs, values)], np.add.at)


def _raise(best: Scores, docs: NDArray[Any], scores: Scores) -> None:
    best[docs] = np.maximum(best.take(docs), scores)


def _united(parts: Parts, put: Put) -> tuple[Docs, Scores]:
    length = max(int(docs.max()) for docs, _ in parts) + 1
    if sum(len(docs) for docs, _ in parts) * DENSE < length:
        return _sorted(parts, put)
    with Accumulators(length) as (total, _):
        for docs, scores in parts:
            put(total, docs, scores)
        found = _present(parts, length)
        return found, _taken(total, found)


def _sorted(parts: Parts, put: Put) -> tuple[Docs, Scores]:
    found = np.unique(np.concatenate([docs for docs, _ in parts]))
    total = np.zeros(len(found))
    for docs, scores in parts:
        put(total, np.searchsorted(found, docs), scores)
    return found, total


def _present(parts: Parts, length: int) -> Docs:
    present = np.zeros(length, np.bool_)
    for docs, _ in parts:
        present[docs] = True
    return np.flatnonzero(present).astype(np.int32)


def _taken(total: Scores, docs: Docs) -> Scores:
    """The scores of these documents; afterwards all are 0, of which these were not."""
    found = total.take(docs)
    if len(docs) * _CLEAR < len(total):
        total[docs] = 0
    else:
        total.fill(0)
    return found
