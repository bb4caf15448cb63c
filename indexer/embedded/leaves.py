"""What each leaf of a query finds in a snapshot, kept for the next query that has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import has_stems
from indexer.embedded.cache import BoundedCache
from indexer.embedded.readings import Reading, reading_of, readings
from indexer.embedded.schema import WORDS, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.kernels import scored
from indexer.kernels.bm25 import FieldStatistics, Frequencies, bm25f, idf
from indexer.kernels.counts import FacetColumn, Mask
from indexer.kernels.dense import Docs
from indexer.kernels.phrases import adjacent, near
from indexer.kernels.scored import Scored
from indexer.patterns import Pattern
from indexer.query import (
    ANY_VALUE,
    NOWHERE,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    Leaf,
    Phrase,
    Prefix,
    Translation,
    Wildcard,
    Word,
)
from indexer.release import UNKNOWN
from indexer.request import Filter

FIELD_WEIGHTS = {"title": 3.0, "body": 1.0}
"""A word in the title counts as three in the body: titles are short and name what a release is
about."""

SCORED_BYTES = 128 * 2**20
"""Scores of words, phrases and patterns, kept: 12 bytes a document, so eleven million of them.
A common word of a million releases takes 4 MiB; of 70,000 releases thousands of words fit."""

MASKS_BYTES = 16 * 2**20
"""Filters, kept: a byte a release each."""

Parts = tuple[str, ...]
"""Parts of a release that are searched: title, body."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that a leaf matches."""

    scored: Scored
    cut: bool = False
    """Whether a bound left words out for which a pattern stands."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.scored.nbytes


class Leaves:
    """Looks leaves up; threads may share it."""

    def __init__(self, snapshot: Snapshot, facets: Mapping[str, FacetColumn]) -> None:
        self.snapshot = snapshot
        self._facets = facets
        self._kept: BoundedCache[Found] = BoundedCache(SCORED_BYTES)
        self._masks: BoundedCache[Mask] = BoundedCache(MASKS_BYTES)
        self._days = (snapshot.column("first_day"), snapshot.column("last_day"))

    def close(self) -> None:
        """Let go of what is kept."""
        self._kept.clear()
        self._masks.clear()

    @cached_property
    def languages(self) -> list[str]:
        """The languages of the index whose words are stemmed."""
        return [code for code in self._facets["language"].values if has_stems(code)]

    def everything(self) -> Scored:
        """All documents."""
        return scored.constant(self.snapshot.everything)

    def find(self, leaf: Leaf, parts: Parts) -> Found:
        """The documents that a leaf matches. Raises UserError for one that cannot be read."""
        if isinstance(leaf, Everything):
            return Found(self.everything())
        key = (replace(leaf, span=NOWHERE), parts)
        return self._kept.get(key, lambda: self._look_up(leaf, parts))

    def _look_up(self, leaf: Leaf, parts: Parts) -> Found:
        match leaf:
            case Word() | ExactWord() | Phrase():
                found = [self.read(one, parts) for one in self.readings(leaf)]
                return Found(scored.union_max(found))
            case Prefix() | Wildcard() | Fuzzy():
                return self._like(leaf, parts)
            case FieldValue(name, value):
                return Found(scored.constant(self.carrying(name, value)))
            case DateRange(start, end):
                return Found(scored.constant(_docs(self._within(start, end))))
            case Everything():
                return Found(self.everything())

    def readings(self, leaf: Word | ExactWord | Phrase) -> list[Reading]:
        """Every way in which a leaf is looked up."""
        return readings(leaf, self.languages)

    def translated(self, translation: Translation, parts: Parts) -> Scored:
        """The documents that have a translation in its language, if the index has that."""
        if translation.language not in self.languages:
            return scored.nothing()
        return self.read(reading_of(translation), parts)

    def read(self, reading: Reading, parts: Parts) -> Scored:
        """The documents that one reading of a leaf matches."""
        found = self._kept.get((reading, parts), lambda: Found(self._score(reading, parts)))
        return scored.scaled(found.scored, reading.weight)

    def _score(self, reading: Reading, parts: Parts) -> Scored:
        fields = [text_field(part, reading.form) for part in parts]
        statistics = [self._statistics(part, reading.form) for part in parts]
        if len(reading.terms) == 1:
            (term,) = reading.terms
            counted = [self.snapshot.frequencies(field, term) for field in fields]
            return self._bm25f(counted, statistics)
        counted = [self._together(reading, field) for field in fields]
        weight = sum(
            idf(self.snapshot.documents, self.snapshot.containing(fields, term))
            for term in reading.terms
        )
        return self._bm25f(counted, statistics, weight)

    def _together(self, reading: Reading, field: str) -> Frequencies:
        words = [self.snapshot.occurrences(field, term) for term in reading.terms]
        return near(words, reading.terms, reading.slop) if reading.slop else adjacent(words)

    def _like(self, pattern: Pattern, parts: Parts) -> Found:
        """The words that a pattern stands for, scored as if they were one word."""
        fields = [text_field(part, WORDS) for part in parts]
        counted, cut = self.snapshot.like(fields, pattern)
        statistics = [self._statistics(part, WORDS) for part in parts]
        return Found(self._bm25f(counted, statistics), cut)

    def _statistics(self, part: str, form: str) -> FieldStatistics:
        return self.snapshot.statistics(text_field(part, form), FIELD_WEIGHTS[part])

    def _bm25f(
        self,
        counted: Sequence[Frequencies],
        statistics: Sequence[FieldStatistics],
        weight: float | None = None,
    ) -> Scored:
        fields = list(zip(counted, statistics, strict=True))
        return bm25f(fields, self.snapshot.documents, weight_of_term=weight)

    def carrying(self, facet: str, value: str) -> Docs:
        """The documents that carry a value of a facet, or any known one."""
        column = self._facets[facet]
        known = [one for one in column.values if one != UNKNOWN]
        return _docs(column.mask(known if value == ANY_VALUE else [value]) & self.snapshot.live)

    def mask(self, chosen: Filter) -> Mask:
        """For each document whether it passes a filter; of deleted ones that means nothing."""
        return self._masks.get(chosen, lambda: self._mask(chosen))

    def _mask(self, chosen: Filter) -> Mask:
        if chosen.facet == "date":
            return self._within(chosen.start, chosen.end)
        return self._facets[chosen.facet].mask(chosen.values)

    def _within(self, start: date | None, end: date | None) -> Mask:
        """Documents whose known period touches the days from `start` to `end`."""
        first, last = self._days
        touches = self.snapshot.live & (first > 0)
        if start is not None:
            touches &= last >= start.toordinal()
        if end is not None:
            touches &= first <= end.toordinal()
        return touches


def _docs(mask: Mask) -> NDArray[np.int32]:
    return np.flatnonzero(mask).astype(np.int32)
