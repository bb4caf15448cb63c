"""Drill sideways: the documents under all filters, and under all but those of one facet."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from indexer.kernels.choice import loops
from indexer.kernels.counts import Mask
from indexer.kernels.dense import Docs
from indexer.kernels.scored import Scored


class Sideways:
    """What a query matches, under filters on facets, each a mask over all documents."""

    def __init__(self, matched: Scored, masks: Mapping[str, Mask]) -> None:
        self._matched = matched
        self._masks = masks
        self.hits = _passing(matched, masks.values())
        """The documents that pass every filter."""

    @property
    def filtered(self) -> AbstractSet[str]:
        """The facets that have a filter."""
        return self._masks.keys()

    def without(self, facet: str) -> Docs:
        """The documents that pass the filters on all other facets."""
        if facet not in self._masks:
            return self.hits.docs
        others = (mask for name, mask in self._masks.items() if name != facet)
        return _passing(self._matched, others).docs


def _passing(found: Scored, masks: Iterable[Mask]) -> Scored:
    for mask in masks:
        docs, scores = loops.passing(found.docs, found.scores, mask)
        found = Scored(docs, scores, found.positive)
    return found
