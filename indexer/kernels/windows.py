"""Windows of a text that hold all of some words, in numpy. `compiled_windows` finds the same.

A place is one number: the document times 2 to the 32nd, and the position there.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.dense import Docs, Scores

Places = NDArray[np.int64]

BITS = 32
"""Bits of the position in a place."""


def windows(words: Sequence[Places], needed: Sequence[int], width: int) -> tuple[Docs, Scores]:
    """How many windows of at most so many places hold each word as often as it is needed.

    `words` are the places of each, sorted, none without any; no place has two words. Only windows
    that hold no smaller one count. Documents that have one, and how many.
    """
    longest = max(words, key=len)
    cuts = longest[_AT_ONCE::_AT_ONCE] >> BITS << BITS
    parts = [np.split(own, np.searchsorted(own, cuts)) for own in words]
    found = [
        _windows(part, needed, width) for part in zip(*parts, strict=True) if all(map(len, part))
    ]
    docs = (ends >> BITS for ends in found)
    there, counts = np.unique(np.concatenate([_NONE, *docs]), return_counts=True)
    return there.astype(np.int32), counts.astype(np.float64)


_AT_ONCE = 1 << 14
"""Places of the commonest word that are looked at together, with those of the others in the same
documents: they stay in the nearest cache."""
_NONE = np.empty(0, np.int64)


def _windows(words: Sequence[Places], needed: Sequence[int], width: int) -> Places:
    """The ends of the windows."""
    places = np.concatenate(words)
    order = np.argsort(places, kind="stable")
    ends, first = places.take(order), 0
    starts = ends >> BITS << BITS
    begins = np.full(len(ends), np.iinfo(np.int64).max)
    for own, count in zip(words, needed, strict=True):
        of_word = (order >= first) & (order < first + len(own))
        at = np.cumsum(of_word, dtype=np.int32) - count
        latest = own.take(np.maximum(at, 0))
        # Where a window must begin to have the word so often before each end; -1 where none can.
        begins = np.minimum(begins, np.where((at >= 0) & (latest >= starts), latest, -1))
        first += len(own)
    # Of all windows that begin at one place the first to end holds no smaller one.
    smallest = (begins >= 0) & (np.diff(begins, prepend=-1) > 0)
    fits = smallest & (ends - begins < width)
    found: Places = ends[fits]
    return found
