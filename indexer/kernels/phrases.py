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
    docs = words[0].docs
    for word in words[1:]:
        docs = np.intersect1d(docs, word.docs)
    found = [(doc, _windows(_places(words, terms, doc), terms, slop)) for doc in np.unique(docs)]
    found = [(doc, count) for doc, count in found if count]
    return Frequencies(
        np.array([doc for doc, _ in found], np.int32), np.array([n for _, n in found], np.float64)
    )


def _places(
    words: Sequence[Occurrences], terms: Sequence[str], doc: np.int32
) -> list[tuple[int, str]]:
    places: set[tuple[int, str]] = set()
    for word, term in zip(words, terms, strict=True):
        first, last = np.searchsorted(word.docs, [doc, doc + 1])
        places.update((int(p), term) for p in word.positions[first:last])
    return sorted(places)


def _windows(places: list[tuple[int, str]], terms: Sequence[str], slop: int) -> int:
    needed = Counter(terms)
    missing, first, count = len(terms), 0, 0
    for position, term in places:
        missing -= needed[term] > 0
        needed[term] -= 1
        if missing:
            continue
        while needed[places[first][1]] < 0:
            needed[places[first][1]] += 1
            first += 1
        count += position - places[first][0] + 1 - len(terms) <= slop
        needed[places[first][1]] += 1
        first += 1
        missing = 1
    return count


def less(found: Occurrences, others: Occurrences) -> Occurrences:
    """The places of a term at which another one, which it stands for, does not stand."""
    own, their = ((each.docs.astype(np.int64) << 32) + each.positions for each in (found, others))
    kept = ~np.isin(own, their)
    return Occurrences(found.docs[kept], found.positions[kept])
