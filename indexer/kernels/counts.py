"""Facet values of documents: masks for filters, and counts."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.scored import Docs

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Which document carries which value: pairs of a document and the number of a value."""

    values: tuple[str, ...]
    docs: Docs
    ordinals: NDArray[np.int32]

    def mask(self, wanted: Iterable[str], documents: int) -> Mask:
        """True for the documents that carry at least one of the wanted values."""
        numbers = [i for i, value in enumerate(self.values) if value in set(wanted)]
        mask = np.zeros(documents, np.bool_)
        mask[self.docs[np.isin(self.ordinals, numbers)]] = True
        return mask

    def counts(self, among: Mask) -> NDArray[np.int64]:
        """For each value, the number of documents in `among` that carry it."""
        return np.bincount(self.ordinals[among[self.docs]], minlength=len(self.values))


def mask_of(docs: Docs, documents: int) -> Mask:
    """A mask that is true for these documents."""
    mask = np.zeros(documents, np.bool_)
    mask[docs] = True
    return mask
