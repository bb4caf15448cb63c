"""The unions of `unions`, compiled. One bit a document tells which of them are there."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from indexer.kernels.dense import Accumulators, Docs, Marks, Scores
from indexer.kernels.unions import Parts

Put = Callable[[Scores, Marks, Docs, Scores], None]

_compiled = njit(cache=True, nogil=True)


def summed(parts: Parts) -> tuple[Docs, Scores]:
    """See `unions.summed`."""
    return _united(parts, _add)


def highest(parts: Parts) -> tuple[Docs, Scores]:
    """See `unions.highest`."""
    return _united(parts, _raise)


def added(docs: Docs, values: Scores) -> tuple[Docs, Scores]:
    """See `unions.added`."""
    with Accumulators(int(docs.max()) + 1) as (total, marks):
        _add(total, marks, docs, values)
        return _collected(total, marks, len(docs))


def _united(parts: Parts, put: Put) -> tuple[Docs, Scores]:
    with Accumulators(max(int(docs[-1]) for docs, _ in parts) + 1) as (total, marks):
        for docs, scores in parts:
            put(total, marks, docs, scores)
        return _collected(total, marks, sum(len(docs) for docs, _ in parts))


@_compiled
def _add(total: Scores, marks: Marks, docs: Docs, scores: Scores) -> None:
    for at in range(len(docs)):
        doc = docs[at]
        total[doc] += scores[at]
        marks[doc >> 6] |= np.uint64(1) << np.uint64(doc & 63)


@_compiled
def _raise(best: Scores, marks: Marks, docs: Docs, scores: Scores) -> None:
    for at in range(len(docs)):
        doc = docs[at]
        best[doc] = max(best[doc], scores[at])
        marks[doc >> 6] |= np.uint64(1) << np.uint64(doc & 63)


_SEQUENCE = 0x03F79D71B4CB0A89
"""A de Bruijn sequence: its 64 windows of six bits are all different. Leiserson, Prokop and
Randall, “Using de Bruijn Sequences to Index a 1 in a Computer Word”, 1998."""


def _numbers_of_bits() -> NDArray[np.uint8]:
    """By the first six bits of the sequence moved to the left, by how many bits it was moved."""
    numbers = np.zeros(64, np.uint8)
    for bit in range(64):
        numbers[(_SEQUENCE << bit & (1 << 64) - 1) >> 58] = bit
    return numbers


_NUMBERS = _numbers_of_bits()


@_compiled
def _collected(total: Scores, marks: Marks, most: int) -> tuple[Docs, Scores]:
    """The marked documents, at most so many, and their totals; both are cleared."""
    docs: Any = np.empty(most, np.int32)
    scores: Any = np.empty(most, np.float64)
    count = 0
    for word in range(len(marks)):
        left = marks[word]
        if left == 0:
            continue
        marks[word] = 0
        while left:
            lowest = left & (~left + np.uint64(1))
            left ^= lowest
            doc = (word << 6) + _NUMBERS[lowest * np.uint64(_SEQUENCE) >> np.uint64(58)]
            docs[count], scores[count] = doc, total[doc]
            total[doc] = 0
            count += 1
    # What is kept for later should not keep much that is empty.
    if count < most - most // 4:
        return docs[:count].copy(), scores[:count].copy()
    return docs[:count], scores[:count]
