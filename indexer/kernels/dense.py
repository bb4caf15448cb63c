"""One array over all documents, used again and again: making and clearing it is what costs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int32]
Scores = NDArray[np.float64]

_own = threading.local()
"""An array for each thread, of 8 bytes for each document of the largest index that it searched."""


@contextmanager
def scores(length: int) -> Iterator[Scores]:
    """So many scores, all 0; they MUST be all 0 again at the end. Never two at a time."""
    kept: Scores | None = _own.__dict__.pop("scores", None)
    if kept is None or len(kept) < length:
        kept = np.zeros(length)
    yield kept[:length]
    # Not reached after an error: an array that may not be clean is not kept.
    _own.scores = kept
