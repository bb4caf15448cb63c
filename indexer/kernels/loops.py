"""The hottest loops, in numpy. `compiled` has the same ones, with the same answers.

Documents are sorted int32 numbers, each once.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels import postings, tops, unions
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.windows import windows as windows

best = tops.best
added, highest, summed = unions.added, unions.highest, unions.summed
at_or_after, running_sums = postings.at_or_after, postings.running_sums
weighed = postings.weighed
sums_of_parts = postings.sums_of_parts
sums_of_long_parts = postings.sums_of_long_parts

Places = NDArray[np.intp]

NAME = "numpy"
"""What these loops run on."""

_FEW = 32
"""Looking up each of a few documents among so many times as many is faster than marking them."""


def common(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """Where the documents that both have stand in either; it is faster if the first has fewer."""
    if not len(docs) or not len(among):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    if len(docs) * _FEW > len(among):
        return _marked(docs, among)
    places = np.searchsorted(among, docs)
    places[places == len(among)] = 0
    own = np.flatnonzero(among.take(places) == docs)
    return own, places.take(own)


def _marked(docs: Docs, among: Docs) -> tuple[Places, Places]:
    """By marks over all documents."""
    marks = np.zeros(max(int(docs[-1]), int(among[-1])) + 1, np.bool_)
    marks[docs.astype(np.intp)] = True  # Twice as fast as by int32.
    their = np.flatnonzero(marks.take(among))
    marks[docs] = False
    marks[among.take(their)] = True
    return np.flatnonzero(marks.take(docs)), their


def both(docs: Docs, scores: Scores, among: Docs, others: Scores) -> tuple[Docs, Scores]:
    """The documents that both have, and the sums of their scores."""
    own, their = common(docs, among)
    return docs.take(own), scores.take(own) + others.take(their)


def passing(docs: Docs, scores: Scores, mask: NDArray[np.bool_]) -> tuple[Docs, Scores]:
    """The documents for which a mask over all documents is true, and their scores."""
    places = mask.take(docs).nonzero()[0]
    return docs.take(places), scores.take(places)


def counted(ordinals: NDArray[np.int32], docs: Docs, values: int) -> NDArray[np.int64]:
    """For each of so many values, how many of these documents have it; each has one."""
    return np.bincount(ordinals.take(docs), minlength=values)


def counted_many(
    ends: NDArray[np.int32], ordinals: NDArray[np.int32], docs: Docs, values: int
) -> NDArray[np.int64]:
    """The same where a document has the values from its end in `ends` to the next."""
    starts = ends.take(docs)
    sizes = ends.take(docs + np.int32(1)) - starts
    before = np.cumsum(sizes) - sizes
    places = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
    return np.bincount(ordinals.take(places), minlength=values)


def counted_rows(table: NDArray[Any], docs: Docs, values: int) -> NDArray[np.int64]:
    """For each of so many values, how often it stands in the rows of these documents."""
    return np.bincount(table.take(docs, axis=0).ravel(), minlength=values)


def follow(starts: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """What two sorted rows of different numbers have in common."""
    if len(starts) * _FEW < len(others):
        places = np.searchsorted(others, starts)
        places[places == len(others)] = 0
        found: NDArray[np.int64] = starts[others.take(places) == starts]
        return found
    # A stable sort finds the two sorted runs and merges them.
    merged = np.concatenate([starts, others])
    merged.sort(kind="stable")
    both: NDArray[np.int64] = merged[1:][merged[1:] == merged[:-1]]
    return both
