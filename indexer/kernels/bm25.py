"""BM25F: one term over several fields of a document.

The formula is that of Zaragoza, Craswell, Taylor, Saria and Robertson, “Microsoft Cambridge at
TREC-13”, 2004: each field's frequency is weighed and normalized by that field's length, the sum
saturates once. The inverse document frequency is the one that Lucene uses, ln(1 + (N - n + 0.5)
/ (n + 0.5)), which is never negative, times (1 - n / (N + 1))², which takes most of the rest from
the words of every sentence. `bench/README.md` says how the parameters were chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs
from indexer.kernels.scored import Scored, nothing, union_sum

Frequency = TypeVar("Frequency", float, NDArray[np.float64])

K1 = 1.6
"""How late a frequency saturates."""
B = 0.6
"""How much a long field is held against its words."""


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """What BM25F knows of a field: length in tokens by document, and the weight of the field."""

    lengths: NDArray[Any]
    average: float
    """The mean length over the documents that have the field; above 0."""
    weight: float = 1.0
    b: float = B

    def norms(self, docs: Docs) -> NDArray[np.float64]:
        """By what the frequencies in these documents are divided: 1 at the average length."""
        return self.lengths.take(docs) * (self.b / self.average) + (1 - self.b)

    def weighed(self, found: "Frequencies") -> Scored:
        """What frequencies in this field count, times its weight and divided by their norms."""
        slope, base = self.b / self.average, 1 - self.b
        scores = loops.weighed(found.docs, found.counts, self.lengths, slope, base, self.weight)
        return Scored(found.docs, scores, positive=True)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often a term stands in one field: document by document."""

    docs: Docs
    counts: NDArray[Any]
    """Whole numbers above 0."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return int(self.docs.nbytes + self.counts.nbytes)

    def less(self, other: "Frequencies") -> "Frequencies":
        """Without what another term has of them; what it has elsewhere makes no difference."""
        if not len(self.docs) or not len(other.docs):
            return self
        places = np.minimum(np.searchsorted(other.docs, self.docs), len(other.docs) - 1)
        taken = np.where(other.docs[places] == self.docs, other.counts[places], 0)
        left = self.counts.astype(np.int64) - taken
        return Frequencies(self.docs[left > 0], left[left > 0])


def idf(documents: int, containing: int) -> float:
    """Inverse document frequency of a term that stands in `containing` of `documents`."""
    rarity = log(1 + (documents - containing + 0.5) / (containing + 0.5))
    return rarity * (1 - containing / (documents + 1)) ** 2


def saturated(frequency: Frequency, k1: float = K1) -> Frequency:
    """What a frequency, weighed and normalized, counts: k1 + 1 at the most."""
    return (k1 + 1) * frequency / (k1 + frequency)


def bm25f(
    fields: Sequence[tuple[Frequencies, FieldStatistics]],
    documents: int,
    k1: float = K1,
    weight_of_term: float | None = None,
) -> Scored:
    """Score one term in every document that has it in one of these fields.

    `weight_of_term` replaces the inverse document frequency, as for a phrase, whose weight is
    the sum of its words' weights.
    """
    present = [(f, s) for f, s in fields if len(f.docs)]
    if not present:
        return nothing()
    frequency = union_sum([statistics.weighed(found) for found, statistics in present])
    weight = idf(documents, len(frequency)) if weight_of_term is None else weight_of_term
    scores = weight * saturated(frequency.scores, k1)
    return Scored(frequency.docs, scores, positive=True)
