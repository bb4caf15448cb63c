"""Phrases and proximity over positions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.bm25 import Frequencies
from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs

_STRIDE = np.int64(1) << 32


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place of a term in one field: document and position, sorted by both."""

    docs: Docs
    positions: NDArray[np.int32]

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return int(self.docs.nbytes + self.positions.nbytes)


def adjacent(words: Sequence[Occurrences]) -> Frequencies:
    """How often the words stand side by side, in order."""
    if not words or not all(len(word.docs) for word in words):
        return Frequencies(np.empty(0, np.int32), np.empty(0))
    together = _together(words)
    keys = sorted((_starts(word, at, together) for at, word in enumerate(words)), key=len)
    starts = reduce(loops.follow, keys)
    docs, counts = np.unique((starts // _STRIDE).astype(np.int32), return_counts=True)
    return Frequencies(docs, counts.astype(np.float64))


def _together(words: Sequence[Occurrences]) -> NDArray[np.bool_]:
    """For each document whether it has all of these words."""
    length = max(int(word.docs[-1]) for word in words) + 1
    together = np.ones(length, np.bool_)
    for word in words:
        there = np.zeros(length, np.bool_)
        there[word.docs] = True
        together &= there
    return together


def _starts(word: Occurrences, offset: int, among: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Where a phrase starts that has the word so many words behind its start, one number each.

    Only documents in `among` count, and no place from which the phrase would start before the
    text.
    """
    fits = np.flatnonzero(among.take(word.docs) & (word.positions >= offset))
    return word.docs.take(fits) * _STRIDE + (word.positions.take(fits) - np.int32(offset))


def near(words: Sequence[Occurrences], terms: Sequence[str], slop: int) -> Frequencies:
    """How often all words stand together, in any order, with at most `slop` others between.

    `terms` names the words, so that a word asked for twice needs two places. Only windows that
    hold no smaller one are counted.
    """
    if not words or not all(len(word.docs) for word in words):
        return Frequencies(np.empty(0, np.int32), np.empty(0))
    together = _together(words)
    needed = Counter(terms)
    places = {t: _starts(w, 0, together) for t, w in zip(terms, words, strict=True)}
    ends = np.sort(np.concatenate(list(places.values())))
    begins = reduce(
        np.minimum, (_latest(places[term], count, ends) for term, count in needed.items())
    )
    # Of all windows that begin at one place the first to end holds no smaller one.
    smallest = (begins >= 0) & (np.diff(begins, prepend=-1) > 0)
    fits = smallest & (ends - begins < len(terms) + slop)
    docs, counts = np.unique((ends[fits] // _STRIDE).astype(np.int32), return_counts=True)
    return Frequencies(docs, counts.astype(np.float64))


def _latest(places: NDArray[np.int64], count: int, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a window must begin to have a word `count` times before each end; -1 where none can."""
    at = np.searchsorted(places, ends, "right") - count
    found = places[np.maximum(at, 0)]
    return np.where((at >= 0) & (found // _STRIDE == ends // _STRIDE), found, -1)


def less(found: Occurrences, others: Occurrences) -> Occurrences:
    """The places of a term at which another one, which it stands for, does not stand."""
    own, their = ((each.docs.astype(np.int64) << 32) + each.positions for each in (found, others))
    kept = ~np.isin(own, their)
    return Occurrences(found.docs[kept], found.positions[kept])
