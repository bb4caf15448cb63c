"""The hits of a page: loaded, marked, explained, with the other versions of each."""

from collections.abc import Sequence

import numpy as np

from indexer.embedded.explain import Explainer
from indexer.embedded.finding import Found
from indexer.embedded.loading import Releases
from indexer.embedded.ordering import scores_of
from indexer.embedded.reasons import Reasons
from indexer.embedded.versions import Versions
from indexer.facets import Facets
from indexer.highlight import Marker
from indexer.kernels.dense import Docs
from indexer.release import Release
from indexer.response import Explanation, Hit, Version


class Hits:
    """Makes hits of the documents of one snapshot; threads may share it."""

    def __init__(self, releases: Releases, versions: Versions, facets: Facets) -> None:
        self._releases = releases
        self._versions = versions
        self._facets = facets

    def of(
        self, found: Found, docs: Docs, scores: Sequence[float], *, explain: bool
    ) -> tuple[Hit, ...]:
        """What a search found, for these documents in their order, which have these scores."""
        marker = Marker(found.query.root, self._facets, found.without)
        releases = [self._releases.load(doc) for doc in docs.tolist()]
        explained: Sequence[Explanation | None] = [None] * len(releases)
        if explain:
            explained = self._explained(found, docs, scores, releases)
        return tuple(
            Hit(
                release,
                score,
                marker.title(release),
                marker.snippet(release),
                explanation,
                self._others(doc),
            )
            for doc, release, score, explanation in zip(
                docs.tolist(), releases, scores, explained, strict=True
            )
        )

    def _others(self, doc: int) -> tuple[Version, ...]:
        return tuple(
            Version(m.id, m.language, self._releases.load(other).title, m.rule, m.evidence)
            for other, m in self._versions.others(doc)
        )

    def _explained(
        self, found: Found, docs: Docs, scores: Sequence[float], releases: Sequence[Release]
    ) -> list[Explanation]:
        explainer = Explainer(found.leaves, np.sort(docs))
        gave = explainer.contributions(found.evaluated.root)
        gave += map(explainer.here, found.refinements)
        reasons = Reasons(gave, found.query.text, self._facets, found.without)
        bare = scores_of(docs, found.matched).tolist()
        return [
            reasons.of(doc, release, score, score - without)
            for doc, release, score, without in zip(
                docs.tolist(), releases, scores, bare, strict=True
            )
        ]
