"""Arrays over all documents, used again and again: making and clearing them is what costs."""

import threading

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int32]
Scores = NDArray[np.float64]
Marks = NDArray[np.uint64]
"""A bit a document, 64 to a number; the lowest bit is the first document."""

_own = threading.local()
"""Arrays for each thread, of 12 bytes for each document of the largest index that it searched."""


class Accumulators:
    """So many scores and marks, all 0; they MUST be all 0 again at the end. Never two at a time."""

    __slots__ = ("_kept", "_length")

    def __init__(self, length: int) -> None:
        self._length = length

    def __enter__(self) -> tuple[Scores, Marks]:
        """The scores and the marks."""
        kept: tuple[Scores, Marks] | None = _own.__dict__.pop("kept", None)
        if kept is None or len(kept[0]) < self._length:
            kept = np.zeros(self._length), np.zeros(_words(self._length), np.uint64)
        self._kept = kept
        return kept[0][: self._length], kept[1][: _words(self._length)]

    def __exit__(self, failed: object, *_: object) -> None:
        """Keep them, but not after an error, when they may not be clean."""
        if failed is None:
            _own.kept = self._kept


def _words(length: int) -> int:
    return (length + 63) >> 6


def numbers(length: int) -> NDArray[np.int32]:
    """So many numbers of 0 or more, whichever; until this thread asks again."""
    kept: NDArray[np.int32] | None = _own.__dict__.get("numbers")
    if kept is None or len(kept) < length:
        kept = _own.numbers = np.zeros(length, np.int32)
    return kept
