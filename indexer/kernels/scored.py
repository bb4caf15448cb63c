"""Sets of documents with scores, and the boolean algebra on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels import dense
from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs, Scores


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents, sorted and each once, and their scores, one for one; none is below 0."""

    docs: Docs
    scores: Scores
    positive: bool = False
    """Whether all scores are above 0, so that a sum of them tells which documents are there."""

    def __len__(self) -> int:
        return len(self.docs)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return int(self.docs.nbytes + self.scores.nbytes)


def nothing() -> Scored:
    """The empty set."""
    return Scored(np.empty(0, np.int32), np.empty(0, np.float64), positive=True)


def constant(docs: Docs, score: float = 0.0) -> Scored:
    """These documents, all with one score."""
    return Scored(docs, np.full(len(docs), score), positive=score > 0)


DENSE = 16
"""One array over all documents is faster than sorting where there is a posting for each so many."""


def _spread(parts: Sequence[Scored]) -> int:
    """The length of an array that has a place for each document; 0 where sorting is faster."""
    length = max(int(part.docs[-1]) for part in parts) + 1
    return length if sum(map(len, parts)) * DENSE >= length else 0


def _grouped(parts: Sequence[Scored]) -> tuple[Docs, NDArray[np.intp], Scores]:
    docs, group = np.unique(np.concatenate([p.docs for p in parts]), return_inverse=True)
    return docs, group, np.concatenate([p.scores for p in parts])


def union_sum(parts: Sequence[Scored]) -> Scored:
    """OR: documents in any part; scores add up."""
    parts = [p for p in parts if len(p)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    length, positive = _spread(parts), all(part.positive for part in parts)
    if not length:
        docs, group, scores = _grouped(parts)
        total = np.bincount(group, weights=scores, minlength=len(docs)).astype(np.float64)
        return Scored(docs, total, positive)
    with dense.scores(length) as total:
        for part in parts:
            loops.add(total, part.docs, part.scores)
        docs = loops.above_zero(total) if positive else _present(parts, length)
        return Scored(docs, loops.taken(total, docs), positive)


def union_max(parts: Sequence[Scored]) -> Scored:
    """Dis-max: documents in any part; the best score counts once."""
    parts = [p for p in parts if len(p)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    length, positive = _spread(parts), all(part.positive for part in parts)
    if not length:
        docs, group, scores = _grouped(parts)
        best = np.zeros(len(docs))
        np.maximum.at(best, group, scores)
        return Scored(docs, best, positive)
    with dense.scores(length) as best:
        for part in parts:
            loops.raise_to(best, part.docs, part.scores)
        docs = loops.above_zero(best) if positive else _present(parts, length)
        return Scored(docs, loops.taken(best, docs), positive)


def _present(parts: Sequence[Scored], length: int) -> Docs:
    present = np.zeros(length, np.bool_)
    for part in parts:
        present[part.docs] = True
    return np.flatnonzero(present).astype(np.int32)


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
    first, *others = sorted(parts, key=len)
    docs, scores = first.docs, first.scores
    for part in others:
        own, their = loops.common(docs, part.docs)
        docs, scores = docs[own], scores[own] + part.scores[their]
    return Scored(docs, scores, any(part.positive for part in parts))


def subtract(base: Scored, removed: Docs) -> Scored:
    """Documents of `base` that are not in `removed`."""
    return restrict(base, ~within(base.docs, removed))


def restrict(base: Scored, keep: NDArray[np.bool_]) -> Scored:
    """Those documents of `base` for which `keep`, one for one, is true."""
    return at(base, np.flatnonzero(keep))


def at(base: Scored, places: NDArray[np.intp]) -> Scored:
    """The documents of `base` at these places, which are sorted."""
    return replace(base, docs=base.docs.take(places), scores=base.scores.take(places))


def scaled(base: Scored, weight: float) -> Scored:
    """The same documents, each score times a weight above 0."""
    return base if weight == 1.0 else replace(base, scores=base.scores * weight)


def added(docs: Docs, values: NDArray[Any]) -> Scored:
    """The sums of values above 0; documents come in any order, and several times."""
    if not len(docs):
        return nothing()
    length = int(docs.max()) + 1
    if len(docs) * DENSE < length:
        found, group = np.unique(docs, return_inverse=True)
        sums = np.bincount(group, weights=values).astype(np.float64)
        return Scored(found, sums, positive=True)
    with dense.scores(length) as total:
        loops.add(total, docs, values)
        found = loops.above_zero(total)
        return Scored(found, loops.taken(total, found), positive=True)
