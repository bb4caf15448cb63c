"""Sets of documents with scores, and the boolean algebra on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int32]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents, sorted and each once, and their scores, one for one."""

    docs: Docs
    scores: Scores

    def __len__(self) -> int:
        return len(self.docs)


def nothing() -> Scored:
    """The empty set."""
    return Scored(np.empty(0, np.int32), np.empty(0, np.float64))


def constant(docs: Docs, score: float = 0.0) -> Scored:
    """These documents, all with one score."""
    return Scored(docs, np.full(len(docs), score))


DENSE = 16
"""One array over all documents is faster than sorting where there is a posting for each so many."""


def _spread(parts: Sequence[Scored]) -> int:
    """The length of an array that has a place for each document; 0 where sorting is faster."""
    length = max(int(part.docs[-1]) for part in parts) + 1
    return length if sum(map(len, parts)) * DENSE >= length else 0


def _grouped(parts: Sequence[Scored]) -> tuple[Docs, NDArray[np.intp], Scores]:
    docs, group = np.unique(np.concatenate([p.docs for p in parts]), return_inverse=True)
    return docs, group, np.concatenate([p.scores for p in parts])


def _present(parts: Sequence[Scored], length: int) -> Docs:
    present = np.zeros(length, np.bool_)
    for part in parts:
        present[part.docs] = True
    return np.flatnonzero(present).astype(np.int32)


def union_sum(parts: Sequence[Scored]) -> Scored:
    """OR: documents in any part; scores add up."""
    parts = [p for p in parts if len(p)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    length = _spread(parts)
    if not length:
        docs, group, scores = _grouped(parts)
        total = np.bincount(group, weights=scores, minlength=len(docs)).astype(np.float64)
        return Scored(docs, total)
    total = np.zeros(length)
    for part in parts:
        total[part.docs] += part.scores
    docs = _present(parts, length)
    return Scored(docs, total[docs])


def union_max(parts: Sequence[Scored]) -> Scored:
    """Dis-max: documents in any part; the best score counts once."""
    parts = [p for p in parts if len(p)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    length = _spread(parts)
    if not length:
        docs, group, scores = _grouped(parts)
        best = np.full(len(docs), -np.inf)
        np.maximum.at(best, group, scores)
        return Scored(docs, best)
    best = np.full(length, -np.inf)
    for part in parts:
        best[part.docs] = np.maximum(best[part.docs], part.scores)
    docs = _present(parts, length)
    return Scored(docs, best[docs])


def within(docs: NDArray[np.integer[Any]], among: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """For each number whether it is among others; those are sorted."""
    if not len(among):
        return np.zeros(len(docs), np.bool_)
    places = np.searchsorted(among, docs)
    places[places == len(among)] = 0
    found: NDArray[np.bool_] = among[places] == docs
    return found


def intersect_sum(parts: Sequence[Scored]) -> Scored:
    """AND: documents in every part; scores add up. At least one part is needed."""
    rarest_first = sorted(parts, key=len)
    docs = rarest_first[0].docs
    for part in rarest_first[1:]:
        docs = docs[within(docs, part.docs)]
    total = np.zeros(len(docs))
    for part in parts:
        total += part.scores[np.searchsorted(part.docs, docs)]
    return Scored(docs, total)


def subtract(base: Scored, removed: Docs) -> Scored:
    """Documents of `base` that are not in `removed`."""
    return restrict(base, ~within(base.docs, removed))


def restrict(base: Scored, keep: NDArray[np.bool_]) -> Scored:
    """Those documents of `base` for which `keep`, one for one, is true."""
    return Scored(base.docs[keep], base.scores[keep])
