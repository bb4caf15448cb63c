"""What a searcher reads of one index: postings, lengths and columns, as arrays.

Whoosh's table of contents names the segments; their arrays are read straight from their files.
Whoosh's collectors are not used: in every version they return wrong top hits for nested queries.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC, FileIndex

from indexer.embedded.codec import SegmentData
from indexer.embedded.codec.segments import checked
from indexer.embedded.schema import facet_field
from indexer.kernels.bm25 import FieldStatistics, Frequencies
from indexer.kernels.counts import FacetColumn
from indexer.kernels.phrases import Occurrences
from indexer.kernels.scored import Docs

TITLE_WEIGHT = 3.0
"""A word in the title counts as three in the body: titles are short and name what a release is
about."""

CACHED_POSTINGS = 8_000_000
"""How many unpacked postings and positions a snapshot keeps, 8 to 20 bytes each."""


class _Segment(NamedTuple):
    data: SegmentData
    base: int
    """The number of its first document."""
    live: NDArray[np.bool_] | None
    """For each document whether it is there; None where no document is deleted."""


class _Listed(NamedTuple):
    """What one segment has of one term."""

    segment: _Segment
    number: int
    docs: Docs
    counts: NDArray[np.uint32]


class Postings:
    """A term in one field: its documents, how often, and where."""

    def __init__(self, listed: list[_Listed]) -> None:
        self._listed = listed

    @cached_property
    def size(self) -> int:
        """Postings and positions together."""
        return sum(len(one.docs) + int(one.counts.sum()) for one in self._listed)

    @cached_property
    def frequencies(self) -> Frequencies:
        """The live documents that have the term, and how often."""
        docs = [_numbers(one) for one in self._listed]
        counts = [one.counts for one in self._listed]
        kept = [_kept(one) for one in self._listed]
        return Frequencies(
            _joined([d if k is None else d[k] for d, k in zip(docs, kept, strict=True)], np.int32),
            _joined([c if k is None else c[k] for c, k in zip(counts, kept, strict=True)], float),
        )

    @cached_property
    def occurrences(self) -> Occurrences:
        """Every place of the term in live documents; none in a field without positions."""
        docs, places = [], []
        for one in self._listed:
            own = np.repeat(_numbers(one), one.counts)
            found = one.segment.data.postings.positions(one.number, one.counts)
            kept = _kept(one)
            if kept is not None:
                stays = np.repeat(kept, one.counts)
                own, found = own[stays], found[stays]
            docs.append(own)
            places.append(found)
        return Occurrences(_joined(docs, np.int32), _joined(places, np.int32))


def _numbers(one: _Listed) -> Docs:
    return one.docs + np.int32(one.segment.base) if one.segment.base else one.docs


def _kept(one: _Listed) -> NDArray[np.bool_] | None:
    return None if one.segment.live is None else one.segment.live[one.docs]


def _joined(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0].astype(kind, copy=False)
    return np.concatenate([np.empty(0, kind), *parts], dtype=kind)


class Snapshot:
    """One commit of an index, opened once; what it answers never changes.

    The arrays may be read by many threads at once; the lock guards the caches.
    """

    def __init__(self, index: FileIndex) -> None:
        """Raises IndexCorrupt or IndexUnavailable."""
        self._lock = threading.RLock()
        toc = TOC.read(index.storage, index.indexname)
        self._fields = frozenset(toc.schema.names())
        self._segments: list[_Segment] = []
        self.size = 0
        """The number of document numbers; some may be deleted."""
        for segment in map(checked, toc.segments):
            live = ~segment.deleted if segment.has_deletions() else None
            self._segments.append(_Segment(segment.data(index.storage), self.size, live))
            self.size += segment.doc_count_all()
        self.live = _joined(
            [np.ones(s.data.count, np.bool_) if s.live is None else s.live for s in self._segments],
            np.bool_,
        )
        self.documents = int(self.live.sum())
        """The number of releases."""
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self._statistics: dict[str, FieldStatistics] = {}
        self._lexicons: dict[str, tuple[str, ...]] = {}

    @property
    def segments(self) -> int:
        """The number of Whoosh segments."""
        return len(self._segments)

    def close(self) -> None:
        """Let go of the caches; the files go with the last array that is in use."""
        with self._lock:
            self._cache.clear()
            self._cached = 0

    def postings(self, field: str, term: str) -> Postings:
        """A term's postings in live documents; none for a term that is not there."""
        key = (field, term)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
        found = self._read_postings(field, term.encode())
        with self._lock:
            if key not in self._cache:
                self._remember(key, found)
            return self._cache[key]

    def _remember(self, key: tuple[str, str], found: Postings) -> None:
        self._cache[key] = found
        self._cached += found.size
        while self._cached > CACHED_POSTINGS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= dropped.size

    def _read_postings(self, field: str, term: bytes) -> Postings:
        listed = []
        for segment in self._segments:
            postings = segment.data.postings
            number = postings.find(field, term)
            if number is not None:
                docs = postings.docs(number)
                listed.append(_Listed(segment, number, docs, postings.counts(number)))
        return Postings(listed)

    def lexicon(self, field: str) -> tuple[str, ...]:
        """The terms of a field, sorted."""
        with self._lock:
            if field not in self._lexicons:
                parts = [segment.data.postings.terms(field) for segment in self._segments]
                terms = parts[0] if len(parts) == 1 else sorted(set().union(*parts))
                self._lexicons[field] = tuple(term.decode() for term in terms)
            return self._lexicons[field]

    def statistics(self, field: str, weight: float) -> FieldStatistics:
        """Lengths in tokens of a text field, exact."""
        with self._lock:
            if field not in self._statistics:
                lengths = self._gathered(lambda data: _lengths(data, field), np.float64)
                lengths[~self.live] = 0
                present = lengths[lengths > 0]
                average = float(present.mean()) if len(present) else 1.0
                self._statistics[field] = FieldStatistics(lengths, average, weight)
            return self._statistics[field]

    def _gathered(self, read: Callable[[SegmentData], NDArray[Any]], kind: type) -> NDArray[Any]:
        parts = [read(segment.data) for segment in self._segments]
        return np.concatenate([np.empty(0, kind), *parts], dtype=kind)

    def column(self, name: str) -> NDArray[np.float64]:
        """A numeric column, document by document."""
        return self._gathered(lambda data: data.documents.numbers(name), np.float64)

    def ids(self) -> list[str]:
        """The ids of all live documents, sorted."""
        ids = self.lexicon("id")
        there = np.zeros(len(ids), np.bool_)
        there[self.id_ranks()[self.live]] = True
        return [ids[at] for at in np.flatnonzero(there).tolist()]

    def id_ranks(self) -> NDArray[np.int32]:
        """For each document number the place of its id among all ids, sorted."""
        return _joined([self._ordinals("id", s)[1] for s in self._segments], np.int32)

    def document(self, id: str) -> int | None:
        """The number of the live document with this id, or None."""
        docs = self.postings("id", id).frequencies.docs
        return int(docs[0]) if len(docs) else None

    def _ordinals(self, field: str, segment: _Segment) -> tuple[Docs, NDArray[np.int32]]:
        """Which document of a segment has which of the values in the lexicon of all segments."""
        docs, own = segment.data.documents.values(field)
        if len(self._segments) == 1:
            return docs, own.astype(np.int32)
        values = {value: at for at, value in enumerate(self.lexicon(field))}
        terms = segment.data.postings.terms(field)
        moved = np.array([values[term.decode()] for term in terms], np.int32)
        return docs, moved[own]

    def facet_column(self, facet: str) -> FacetColumn:
        """The values of one facet in live documents."""
        field = facet_field(facet)
        docs, ordinals = [], []
        for segment in self._segments:
            own, numbers = self._ordinals(field, segment)
            kept = slice(None) if segment.live is None else segment.live[own]
            docs.append(own[kept] + np.int32(segment.base))
            ordinals.append(numbers[kept])
        values = self.lexicon(field)
        return FacetColumn(values, _joined(docs, np.int32), _joined(ordinals, np.int32))

    def stored(self, doc: int) -> str:
        """The stored release of a document, as JSON. Raises IndexCorrupt."""
        segment = next(s for s in reversed(self._segments) if s.base <= doc)
        return segment.data.records.read(doc - segment.base)["release"]


def _lengths(data: SegmentData, field: str) -> NDArray[Any]:
    lengths = data.documents.lengths(field)
    return np.zeros(data.count, np.uint8) if lengths is None else lengths
