"""Sets of documents with scores, and the boolean algebra on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs, Scores


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents, sorted and each once, and their scores, one for one; none is below 0."""

    docs: Docs
    scores: Scores
    positive: bool = False
    """Whether all scores are known to be above 0."""

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


def union_sum(parts: Sequence[Scored]) -> Scored:
    """OR: documents in any part; scores add up."""
    return _united(parts, loops.summed)


def union_max(parts: Sequence[Scored]) -> Scored:
    """Dis-max: documents in any part; the best score counts once."""
    return _united(parts, loops.highest)


def _united(parts: Sequence[Scored], union: Callable[..., tuple[Docs, Scores]]) -> Scored:
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    docs, scores = union([(part.docs, part.scores) for part in parts])
    return Scored(docs, scores, all(part.positive for part in parts))


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
        docs, scores = loops.both(docs, scores, part.docs, part.scores)
    positive = first.positive or any(part.positive for part in others)
    return Scored(docs, scores, positive)


def subtract(base: Scored, removed: Docs) -> Scored:
    """Documents of `base` that are not in `removed`."""
    return restrict(base, ~within(base.docs, removed))


def restrict(base: Scored, keep: NDArray[np.bool_]) -> Scored:
    """Those documents of `base` for which `keep`, one for one, is true."""
    return at(base, keep.nonzero()[0])


def at(base: Scored, places: NDArray[np.intp]) -> Scored:
    """The documents of `base` at these places, which are sorted."""
    return Scored(base.docs.take(places), base.scores.take(places), base.positive)


def scaled(base: Scored, weight: float) -> Scored:
    """The same documents, each score times a weight above 0."""
    return base if weight == 1.0 else Scored(base.docs, base.scores * weight, base.positive)


def added(docs: Docs, values: Scores) -> Scored:
    """The sums of values above 0; documents come in any order, and several times."""
    if not len(docs):
        return nothing()
    found, sums = loops.added(docs, values)
    return Scored(found, sums, positive=True)
