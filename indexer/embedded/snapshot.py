"""What a searcher reads of one index: postings, lengths and columns, as arrays.

Whoosh's table of contents names the segments; their arrays are read straight from their files.
Whoosh's collectors are not used: in every version they return wrong top hits for nested queries.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC, FileIndex

from indexer.embedded.cache import BoundedCache
from indexer.embedded.codec import SegmentData
from indexer.embedded.codec.segments import checked
from indexer.embedded.schema import facet_field
from indexer.embedded.segment import Segment
from indexer.kernels import scored
from indexer.kernels.bm25 import FieldStatistics, Frequencies
from indexer.kernels.counts import FacetColumn
from indexer.kernels.dense import Docs
from indexer.kernels.phrases import Occurrences
from indexer.lexicon import Lexicon
from indexer.patterns import MAX_TERMS, Pattern, nearest, terms_like

IDS_KEPT = 65_536
"""Ids of documents that were hits, kept: some 10 MB."""
FREQUENCIES_BYTES = 64 * 2**20
"""Unpacked postings of words, kept: 8 bytes a document, so eight million of them."""


FREQUENCIES_KEPT = 65_536
"""Words of which it is remembered in how many documents they stand."""


def _joined(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0].astype(kind, copy=False)
    return np.concatenate([np.empty(0, kind), *parts], dtype=kind)


class Snapshot:
    """One commit of an index, opened once; what it answers never changes.

    The arrays may be read by many threads at once; the lock guards what is read when first asked.
    """

    def __init__(self, index: FileIndex) -> None:
        """Raises IndexCorrupt or IndexUnavailable."""
        self._lock = threading.RLock()
        toc = TOC.read(index.storage, index.indexname)
        self._segments: list[Segment] = []
        self.size = 0
        """The number of document numbers; some may be deleted."""
        for segment in map(checked, toc.segments):
            live = ~segment.deleted if segment.has_deletions() else None
            self._segments.append(Segment(segment.data(index.storage), self.size, live))
            self.size += segment.doc_count_all()
        self.live = _joined(
            [np.ones(s.data.count, np.bool_) if s.live is None else s.live for s in self._segments],
            np.bool_,
        )
        self.documents = int(self.live.sum())
        """The number of releases."""
        self._kept: BoundedCache[Frequencies] = BoundedCache(FREQUENCIES_BYTES)
        self._id = lru_cache(IDS_KEPT)(partial(_id_in, self._segments))
        # Of the segments, not of the snapshot: nothing that it holds may hold it.
        self._frequency = lru_cache(FREQUENCIES_KEPT)(partial(_frequency_in, self._segments))
        self._statistics: dict[str, FieldStatistics] = {}
        self._values: dict[str, tuple[str, ...]] = {}

    @property
    def segments(self) -> int:
        """The number of Whoosh segments."""
        return len(self._segments)

    def close(self) -> None:
        """Let go of the caches; the files go with the last array that is in use."""
        self._kept.clear()

    @cached_property
    def everything(self) -> Docs:
        """All live documents."""
        return np.flatnonzero(self.live).astype(np.int32)

    def frequencies(self, field: str, term: str) -> Frequencies:
        """The live documents that have a term, and how often; kept for the next time."""
        return self._kept.get((field, term), lambda: self._read(field, term.encode()))

    def _read(self, field: str, encoded: bytes) -> Frequencies:
        found = [segment.frequencies(field, encoded) for segment in self._segments]
        return Frequencies(
            _joined([one.docs for one in found], np.int32),
            _joined([one.counts for one in found], np.uint32),
        )

    def occurrences(self, field: str, terms: Sequence[str]) -> list[Occurrences]:
        """Every place of some words, at least one, in the live documents that have all of them."""
        encoded = [term.encode() for term in terms]
        found = [segment.occurrences(field, encoded) for segment in self._segments]
        return [
            Occurrences(
                _joined([one.docs for one in parts], np.int32),
                _joined([one.positions for one in parts], np.int32),
            )
            for parts in ([one[at] for one in found] for at in range(len(terms)))
        ]

    def like(
        self, fields: Sequence[str], pattern: Pattern, without: Collection[str] = ()
    ) -> tuple[list[Frequencies], bool]:
        """How often a word of this shape stands in each document, field by field.

        The same words count in all fields, but for those `without`; True where a bound cut them.
        Raises UserError for a pattern that cannot be read.
        """
        parts = [
            (field, segment, *terms_like(pattern, segment.lexicon(field)))
            for field in fields
            for segment in self._segments
        ]
        words = {
            (field, segment): segment.lexicon(field).words(numbers)
            for field, segment, numbers, _ in parts
        }
        allowed = nearest(pattern, set().union(*words.values()).difference(without))
        cut = len(allowed) > MAX_TERMS or any(cut for *_, cut in parts)
        chosen = set(allowed[:MAX_TERMS])
        found: dict[str, list[Frequencies]] = {field: [] for field in fields}
        for field, segment, numbers, _ in parts:
            own = [word in chosen for word in words[field, segment]]
            found[field].append(segment.frequencies_of(field, np.sort(numbers[own])))
        return [_summed(found[field]) for field in fields], cut

    def lexicons(self, field: str) -> list[Lexicon]:
        """The terms of a field, segment by segment."""
        return [segment.lexicon(field) for segment in self._segments]

    def beginning(self, field: str, prefix: str, limit: int) -> set[str]:
        """Of the terms that begin so, the most frequent of each segment, so many at the most."""
        found: set[str] = set()
        for segment in self._segments:
            lexicon = segment.lexicon(field)
            top = segment.most_frequent(field, lexicon.with_prefix(prefix), limit)
            found.update(lexicon.words(top))
        return found

    def frequency(self, field: str, term: str) -> int:
        """How many live documents have a term."""
        return self._frequency(field, term)

    def statistics(self, field: str, weight: float) -> FieldStatistics:
        """Lengths in tokens of a text field, exact."""
        with self._lock:
            if field not in self._statistics:
                lengths = self._gathered(lambda data: _lengths(data, field))
                own = lengths if len(self.everything) == self.size else lengths[self.live]
                present = int(np.count_nonzero(own))
                average = int(own.sum(dtype=np.int64)) / present if present else 1.0
                self._statistics[field] = FieldStatistics(lengths, average, weight)
            return self._statistics[field]

    def _gathered(self, read: Callable[[SegmentData], NDArray[Any]]) -> NDArray[Any]:
        parts = [read(segment.data) for segment in self._segments]
        return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.uint8), *parts])

    def column(self, name: str) -> NDArray[Any]:
        """A numeric column, document by document."""
        return self._gathered(lambda data: data.documents.numbers(name))

    def ids(self) -> list[str]:
        """The ids of all live documents, sorted."""
        ids = self._terms("id")
        there = np.zeros(len(ids), np.bool_)
        there[self.id_ranks[self.live]] = True
        return [ids[at] for at in np.flatnonzero(there).tolist()]

    @cached_property
    def id_ranks(self) -> NDArray[np.int32]:
        """For each document number the place of its id among all ids, sorted."""
        return _joined([self._ordinals("id", s)[1] for s in self._segments], np.int32)

    def id(self, doc: int) -> str:
        """The id of a document; kept for the next time."""
        return self._id(doc)

    def ids_of(self, docs: Docs) -> tuple[str, ...]:
        """The ids of some documents, in their order."""
        return tuple(map(self._id, docs.tolist()))

    def document(self, id: str) -> int | None:
        """The number of the live document with this id, or None."""
        docs = self._read("id", id.encode()).docs
        return int(docs[0]) if len(docs) else None

    def documents_of(self, ids: Collection[str]) -> dict[str, int]:
        """The numbers of those live documents that have one of many ids."""
        found: dict[str, int] = {}
        for segment in self._segments if ids else ():
            lexicon = segment.lexicon("id")
            chosen = np.zeros(len(lexicon), np.bool_)
            chosen[lexicon.numbers_of(ids)] = True
            there = chosen.take(segment.id_ordinals)
            docs = np.flatnonzero(there if segment.live is None else there & segment.live)
            words = lexicon.words(segment.id_ordinals.take(docs))
            found |= zip(words, (docs + segment.base).tolist(), strict=True)
        return found

    def _terms(self, field: str) -> tuple[str, ...]:
        """All terms of a field, of which there are few, or which are needed all."""
        with self._lock:
            if field not in self._values:
                parts = [s.data.postings.terms(field) for s in self._segments]
                terms = parts[0] if len(parts) == 1 else sorted(set().union(*parts))
                self._values[field] = tuple(term.decode() for term in terms)
            return self._values[field]

    def _ordinals(self, field: str, segment: Segment) -> tuple[Docs, NDArray[np.int32]]:
        """Which document of a segment has which of the values in the lexicon of all segments."""
        docs, own = segment.data.documents.values(field)
        if len(self._segments) == 1:
            return docs, own.astype(np.int32)
        values = {value: at for at, value in enumerate(self._terms(field))}
        terms = segment.data.postings.terms(field)
        moved = np.array([values[term.decode()] for term in terms], np.int32)
        return docs, moved[own]

    def facet_column(self, facet: str) -> FacetColumn:
        """The values of one facet, document by document."""
        field = facet_field(facet)
        if all(segment.data.documents.values_of.get(field) for segment in self._segments):
            parts = [self._ordinals(field, segment)[1] for segment in self._segments]
            return FacetColumn.single(self._terms(field), _joined(parts, np.int32))
        docs, ordinals = [], []
        for segment in self._segments:
            own, numbers = self._ordinals(field, segment)
            docs.append(own + np.int32(segment.base))
            ordinals.append(numbers)
        return FacetColumn.of(
            self._terms(field), _joined(docs, np.int32), _joined(ordinals, np.int32), self.size
        )

    def stored(self, doc: int) -> str:
        """The stored release of a document, as JSON. Raises IndexCorrupt."""
        segment = _segment_of(self._segments, doc)
        return segment.data.records.read(doc - segment.base)["release"]


def _segment_of(segments: Sequence[Segment], doc: int) -> Segment:
    return next(segment for segment in reversed(segments) if segment.base <= doc)


def _id_in(segments: Sequence[Segment], doc: int) -> str:
    segment = _segment_of(segments, doc)
    return segment.lexicon("id").word(int(segment.id_ordinals[doc - segment.base]))


def _frequency_in(segments: Sequence[Segment], field: str, term: str) -> int:
    return sum(segment.frequency(field, term.encode()) for segment in segments)


def _summed(parts: Sequence[Frequencies]) -> Frequencies:
    docs = np.concatenate([np.empty(0, np.int32), *(one.docs for one in parts)])
    counts = np.concatenate([np.empty(0), *(one.counts for one in parts)])
    found = scored.added(docs, counts)
    return Frequencies(found.docs, found.scores)


def _lengths(data: SegmentData, field: str) -> NDArray[Any]:
    lengths = data.documents.lengths(field)
    return np.zeros(data.count, np.uint8) if lengths is None else lengths
