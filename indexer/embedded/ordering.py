"""The order of hits: by score, freshness, date and id, each group of releases once."""

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.snapshot import Snapshot
from indexer.embedded.versions import Versions
from indexer.kernels import ranking
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.ranking import SCORE_DECIMALS
from indexer.kernels.scored import Scored
from indexer.kernels.tops import Precedence
from indexer.request import Sort

BY_SCORE = (Sort.RELEVANCE, Sort.RECENT)
"""The orders in which scores come first."""


class Ordering:
    """Orders the hits of one snapshot; threads may share it."""

    def __init__(self, snapshot: Snapshot, versions: Versions) -> None:
        self._snapshot = snapshot
        self._versions = versions

    @cached_property
    def _freshness(self) -> NDArray[np.float64]:
        return ranking.freshness(self._snapshot.column("first_day"))

    def precedence(self, sort: Sort) -> Precedence:
        """By date and then by id: the newest first, or the oldest; unknown dates last."""
        return self._oldest if sort is Sort.OLDEST else self._newest

    @cached_property
    def _newest(self) -> Precedence:
        return ranking.by_date(self._snapshot.column("first_day"), self._snapshot.id_ranks)

    @cached_property
    def _oldest(self) -> Precedence:
        days, ids = self._snapshot.column("first_day"), self._snapshot.id_ranks
        return ranking.by_date(days, ids, oldest=True)

    def listed(self, hits: Scored, sort: Sort, *, collapse: bool) -> Scored:
        """The hits with the scores that order them, each group once if it is collapsed."""
        if sort is Sort.RECENT:
            scores = hits.scores * (1 + self._freshness.take(hits.docs))
            hits = replace(hits, scores=scores)
        if not collapse:
            return hits
        return self._versions.groups.first_of_each(
            hits, self.precedence(sort), by_score=sort in BY_SCORE
        )

    def ordered(self, hits: Scored, sort: Sort, start: int, stop: int) -> tuple[Docs, Scores]:
        """The hits from `start` to `stop` (excluded), and their scores, rounded."""
        if start >= len(hits):
            return np.empty(0, np.int32), np.empty(0)
        if sort in BY_SCORE:
            return ranking.best(hits, self.precedence(sort), start, stop)
        docs = ranking.first(hits.docs, self.precedence(sort), start, stop)
        return docs, np.round(scores_of(docs, hits), SCORE_DECIMALS)


def scores_of(docs: Docs, found: Scored) -> Scores:
    """The scores that these documents, all of them found, have."""
    scores: Scores = found.scores.take(np.searchsorted(found.docs, docs))
    return scores
