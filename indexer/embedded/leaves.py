"""What each leaf of a query finds in a snapshot, kept for the next query that has it."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import has_stems
from indexer.embedded.cache import BoundedCache
from indexer.embedded.readings import (
    EXACT_BONUS,
    STEMS,
    Reading,
    reading_of,
    readings,
)
from indexer.embedded.schema import WORDS, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.terms import Terms
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
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    Leaf,
    Node,
    Phrase,
    Prefix,
    Translated,
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

    def __init__(
        self,
        snapshot: Snapshot,
        facets: Mapping[str, FacetColumn],
        without: Collection[str] = (),
    ) -> None:
        """`without` are words that must not match, in these forms."""
        self.snapshot = snapshot
        self._terms = Terms(snapshot, without)
        self._facets = facets
        self._kept: BoundedCache[Found] = BoundedCache(SCORED_BYTES)
        self._masks: BoundedCache[Mask] = BoundedCache(MASKS_BYTES)
        self._days = (snapshot.column("first_day"), snapshot.column("last_day"))

    def without(self, forms: Collection[str]) -> "Leaves":
        """The same where these forms of words must not match; it keeps nothing for others."""
        return Leaves(self.snapshot, self._facets, forms) if forms else self

    def close(self) -> None:
        """Let go of what is kept."""
        self._kept.clear()
        self._masks.clear()

    @cached_property
    def languages(self) -> list[str]:
        """The languages of the index whose words are stemmed."""
        return [code for code, count in self._spoken.items() if count and has_stems(code)]

    @cached_property
    def _spoken(self) -> dict[str, int]:
        """How many documents each language has."""
        column = self._facets["language"]
        counts = column.counts(self.snapshot.everything).tolist()
        return dict(zip(column.values, counts, strict=True))

    @cached_property
    def everything(self) -> Scored:
        """All documents."""
        return scored.constant(self.snapshot.everything)

    def find(self, leaf: Leaf, parts: Parts) -> Found:
        """The documents that a leaf matches. Raises UserError for one that cannot be read."""
        if isinstance(leaf, Everything):
            return Found(self.everything)
        return self._kept.get(_key(leaf, parts), lambda: self._look_up(leaf, parts))

    def _look_up(self, leaf: Leaf, parts: Parts) -> Found:
        match leaf:
            case Word() | ExactWord() | Phrase():
                found = [self.read(one, parts) for one in self.readings(leaf, parts)]
                best = scored.union_max(found)
                return Found(
                    scored.union_sum([best, exact_bonus(found)]) if len(found) > 1 else best
                )
            case Prefix() | Wildcard() | Fuzzy():
                return self._like(leaf, parts)
            case FieldValue(name, value):
                return Found(scored.constant(self.carrying(name, value)))
            case DateRange(start, end):
                return Found(scored.constant(_docs(self._within(start, end))))
            case Everything():
                return Found(self.everything)

    def readings(self, leaf: Word | ExactWord | Phrase, parts: Parts) -> list[Reading]:
        """Every way in which a leaf is looked up; the first is the exact one.

        A form is not rarer than the word that it is a form of: otherwise plain `seizures` would
        find texts about seizures better by this than by all its forms.
        """
        found = readings(leaf, self.languages)
        stems = self._least_rare([one for one in found if one.rule in STEMS], parts)
        return [self._no_rarer(one, stems, parts) for one in found[:1]] + found[1:]

    def _least_rare(self, found: Sequence[Reading], parts: Parts) -> float | None:
        """The smallest rarity of those that find something; None where none does."""
        there = [one for one in found if len(self._unweighted(one, parts))]
        return min((self._rarity(one, parts) for one in there), default=None)

    def _no_rarer(self, reading: Reading, than: float | None, parts: Parts) -> Reading:
        if than is None:
            return reading
        most = min(1.0, than / self._rarity(reading, parts))
        return replace(reading, weight=reading.weight * most)

    def _rarity(self, reading: Reading, parts: Parts) -> float:
        """The inverse document frequencies of the terms together."""
        if len(reading.terms) == 1:
            counts = [len(self._unweighted(reading, parts))]
        else:
            fields = [text_field(part, reading.form) for part in parts]
            counts = [self._terms.containing(fields, term) for term in reading.terms]
        return sum(idf(self.size(reading.form), count) for count in counts)

    def size(self, form: str) -> int:
        """How many documents have a form: among these a term is common or rare."""
        return self.snapshot.documents if form == WORDS else self._spoken[form]

    def translated(
        self, translation: Translation, parts: Parts, itself: float | None = None
    ) -> Scored:
        """The documents that have a translation in its language, if the index has that.

        It is not rarer than what it translates, whose rarity is `itself`: otherwise a word that is
        rare in another language would outrank the word that was typed.
        """
        reading = reading_of(translation)
        if reading.language is not None and reading.language not in self.languages:
            return scored.nothing()
        return self.read(self._no_rarer(reading, itself, parts), parts)

    def rarity(self, node: Node, parts: Parts) -> float | None:
        """The rarity of the commonest form of words; None where one of them is nowhere."""
        match node:
            case Word() | ExactWord() | Phrase():
                return self._least_rare(self.readings(node, parts), parts)
            case Translated(child):
                return self.rarity(child, parts)
            case And(children):
                each = [self.rarity(child, parts) for child in children]
                known = [one for one in each if one is not None]
                return sum(known) if len(known) == len(each) else None
            case _:
                return None

    def read(self, reading: Reading, parts: Parts) -> Scored:
        """The documents that one reading of a leaf matches."""
        return scored.scaled(self._unweighted(reading, parts), reading.weight)

    def _unweighted(self, reading: Reading, parts: Parts) -> Scored:
        key = (replace(reading, weight=1.0), parts)
        return self._kept.get(key, lambda: Found(self._score(reading, parts))).scored

    def _score(self, reading: Reading, parts: Parts) -> Scored:
        fields = [text_field(part, reading.form) for part in parts]
        statistics = [self.statistics(part, reading.form) for part in parts]
        if len(reading.terms) == 1:
            (term,) = reading.terms
            counted = [self._terms.frequencies(field, term) for field in fields]
            return _bm25f(counted, statistics, self.size(reading.form))
        counted = [self._together(reading, field) for field in fields]
        size, weight = self.size(reading.form), self._rarity(reading, parts)
        return _bm25f(counted, statistics, size, weight)

    def _together(self, reading: Reading, field: str) -> Frequencies:
        words = self._terms.occurrences(field, reading.terms)
        return near(words, reading.terms, reading.slop) if reading.slop else adjacent(words)

    def _like(self, pattern: Pattern, parts: Parts) -> Found:
        """The words that a pattern stands for, scored as if they were one word."""
        fields = [text_field(part, WORDS) for part in parts]
        counted, cut = self._terms.like(fields, pattern)
        statistics = [self.statistics(part, WORDS) for part in parts]
        return Found(_bm25f(counted, statistics, self.snapshot.documents), cut)

    def statistics(self, part: str, form: str) -> FieldStatistics:
        """What BM25F knows of a part of the releases in a form."""
        return self.snapshot.statistics(text_field(part, form), FIELD_WEIGHTS[part])

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


def _key(leaf: Leaf, parts: Parts) -> Hashable:
    """Alike for leaves that find the same, wherever in the query they stand."""
    if isinstance(leaf, Word | ExactWord):
        return (type(leaf), leaf.text, parts)
    return (leaf if isinstance(leaf, Everything) else replace(leaf, span=NOWHERE), parts)


def exact_bonus(found: Sequence[Scored]) -> Scored:
    """What a word gets on top where it stands as typed; its readings come with the exact first."""
    return scored.scaled(found[0], EXACT_BONUS)


def _bm25f(
    counted: Sequence[Frequencies],
    statistics: Sequence[FieldStatistics],
    documents: int,
    weight: float | None = None,
) -> Scored:
    return bm25f(list(zip(counted, statistics, strict=True)), documents, weight_of_term=weight)


def _docs(mask: Mask) -> NDArray[np.int32]:
    return np.flatnonzero(mask).astype(np.int32)
