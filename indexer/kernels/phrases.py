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
from indexer.kernels.windows import BITS

_STRIDE = np.int64(1) << BITS


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every place of a term in one field: document and position, sorted by both."""

    docs: Docs
    positions: NDArray[np.int32]


def adjacent(words: Sequence[Occurrences]) -> Frequencies:
    """How often the words stand side by side, in order."""
    if not words or not all(len(word.docs) for word in words):
        return Frequencies(np.empty(0, np.int32), np.empty(0))
    keys = sorted((_starts(word, at) for at, word in enumerate(words)), key=len)
    docs = reduce(loops.follow, keys) // _STRIDE
    leads = np.flatnonzero(np.diff(docs, prepend=-1))
    counts = np.diff(leads, append=len(docs))
    return Frequencies(docs[leads].astype(np.int32), counts.astype(np.float64))


def _starts(word: Occurrences, offset: int) -> NDArray[np.int64]:
    """Where a phrase starts that has the word so many words behind its start, one number each.

    No place counts from which the phrase would start before the text.
    """
    keys = word.docs * _STRIDE + (word.positions - np.int32(offset))
    return keys[word.positions >= offset] if offset else keys


def near(words: Sequence[Occurrences], terms: Sequence[str], slop: int) -> Frequencies:
    """How often all words stand together, in any order, with at most `slop` others between.

    `terms` names the words, so that a word asked for twice needs two places. Only windows that
    hold no smaller one are counted.
    """
    if not words or not all(len(word.docs) for word in words):
        return Frequencies(np.empty(0, np.int32), np.empty(0))
    needed = Counter(terms)
    places = {term: _starts(word, 0) for term, word in zip(terms, words, strict=True)}
    docs, counts = loops.windows(
        [places[term] for term in needed], list(needed.values()), len(terms) + slop
    )
    return Frequencies(docs, counts)


def less(found: Occurrences, others: Occurrences) -> Occurrences:
    """The places of a term at which another one, which it stands for, does not stand."""
    own, their = ((each.docs.astype(np.int64) << 32) + each.positions for each in (found, others))
    kept = ~np.isin(own, their)
    return Occurrences(found.docs[kept], found.positions[kept])
