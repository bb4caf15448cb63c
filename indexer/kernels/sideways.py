"""Drill sideways: the documents under all filters, and under all but those of one facet."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

import numpy as np

from indexer.kernels.counts import Mask
from indexer.kernels.dense import Docs
from indexer.kernels.scored import Scored, restrict


class Sideways:
    """What a query matches, under filters on facets, each a mask over all documents."""

    def __init__(self, matched: Scored, masks: Mapping[str, Mask]) -> None:
        self._matched = matched
        self._passing = {facet: mask.take(matched.docs) for facet, mask in masks.items()}

    @property
    def filtered(self) -> AbstractSet[str]:
        """The facets that have a filter."""
        return self._passing.keys()

    @cached_property
    def hits(self) -> Scored:
        """The documents that pass every filter."""
        if not self._passing:
            return self._matched
        return restrict(self._matched, np.logical_and.reduce(list(self._passing.values())))

    def without(self, facet: str) -> Docs:
        """The documents that pass the filters on all other facets."""
        if facet not in self._passing:
            return self.hits.docs
        others = [passing for name, passing in self._passing.items() if name != facet]
        if not others:
            return self._matched.docs
        return self._matched.docs[np.logical_and.reduce(others)]
