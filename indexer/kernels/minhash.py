"""MinHash: how much two texts have in common, told from a few numbers of each.

Broder, “On the resemblance and containment of documents” (1997); the bands are those of
Leskovec, Rajaraman and Ullman, “Mining of Massive Datasets”, chapter 3.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]
"""`SIZE` minima, one for each hash function."""

SIZE = 64
SHINGLE = 4
"""Words that are hashed together: shorter ones repeat in any two texts of a field."""
BANDS = 16
ROWS = SIZE // BANDS
"""Two texts are compared where all minima of a band agree: of those that have half of their
shingles in common 64 % are found, and 99.98 % of those that have four fifths."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_RANDOM = np.random.default_rng(1997)
_FACTORS = _RANDOM.integers(1, 1 << 63, SIZE, dtype=np.uint64) | np.uint64(1)
_SHIFT = np.uint64(32)


def signature(words: Sequence[bytes]) -> Signature:
    """The signature of a text by its words in their order; the same on every machine."""
    if not words:
        return np.full(SIZE, np.iinfo(np.uint32).max, dtype=np.uint32)
    codes = np.fromiter(map(crc32, words), np.uint64, len(words))
    # Multiply-shift hashing: the high half of a product with an odd number (Dietzfelbinger, 1997).
    # The smallest product has the smallest high half, so that only the minima are shifted.
    minima = (_FACTORS[:, None] * _shingles(codes)[None, :]).min(axis=1)
    found: Signature = (minima >> _SHIFT).astype(np.uint32)
    return found


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One number for each run of `SHINGLE` words; for a shorter text one for all of it."""
    length = min(SHINGLE, len(words))
    count = len(words) - length + 1
    total = np.zeros(count, dtype=np.uint64)
    for at in range(length):
        total = (total + words[at : at + count]) * _BASE
        total ^= total >> _SHIFT
    return total


def resemblance(one: Signature, other: Signature) -> float:
    """The estimated share of shingles in common (Jaccard), from 0 to 1; ±0.06 at 0.5."""
    return float(np.mean(one == other))


def candidates(signatures: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Pairs of rows that agree in a band: shape (pairs, 2), the smaller row first, sorted.

    Of many rows that agree in one band each is paired with the next one alone, so that a block
    which stands in every text does not make a pair of all of them.
    """
    pairs: list[NDArray[np.int64]] = []
    for band in range(BANDS):
        rows = np.ascontiguousarray(signatures[:, band * ROWS : (band + 1) * ROWS])
        keys = rows.view(f"V{rows.itemsize * ROWS}").ravel()
        order = np.argsort(keys, kind="stable")
        same = keys[order[1:]] == keys[order[:-1]]
        pairs.append(np.column_stack([order[:-1][same], order[1:][same]]))
    found = np.concatenate(pairs) if pairs else np.empty((0, 2), dtype=np.int64)
    return np.unique(np.sort(found, axis=1), axis=0)
