"""What a searcher reads of one Whoosh index: postings, lengths and columns, as arrays.

This is the only place where Whoosh's readers and matchers are used to answer queries. Its
collectors are not: in every version they return wrong top hits for nested queries.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound

from indexer.embedded.schema import facet_field
from indexer.kernels.bm25 import FieldStatistics, Frequencies
from indexer.kernels.counts import FacetColumn
from indexer.kernels.phrases import Occurrences

TITLE_WEIGHT = 3.0
"""A word in the title counts as three in the body: titles are short and name what a release is
about."""

CACHED_POSTINGS = 8_000_000
"""How many decoded postings a snapshot keeps, 12 to 16 bytes each."""

_Segment = tuple[IndexReader, int]


@dataclass(frozen=True, slots=True)
class Postings:
    """A term in one field: its documents, how often, and where."""

    frequencies: Frequencies
    occurrences: Occurrences

    @property
    def size(self) -> int:
        """Postings and positions together."""
        return len(self.frequencies.docs) + len(self.occurrences.positions)


def _no_postings() -> Postings:
    none = np.empty(0, np.int32)
    return Postings(Frequencies(none, np.empty(0)), Occurrences(none, none))


class Snapshot:
    """One commit of an index, opened once; what it answers never changes.

    Whoosh reads through a shared file position, so one lock guards every read.
    """

    def __init__(self, index: FileIndex) -> None:
        self._lock = threading.RLock()
        self._reader: IndexReader = index.reader()
        self.size: int = self._reader.doc_count_all()
        """The number of document numbers; some may be deleted."""
        # The reader of an empty index has no columns.
        self._segments: list[_Segment] = [
            (reader, base) for reader, base in self._reader.leaf_readers() if reader.doc_count_all()
        ]
        self.live = self._live()
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
        """Close the files."""
        with self._lock:
            self._reader.close()

    def _live(self) -> NDArray[np.bool_]:
        deleted = [
            base + doc
            for reader, base in self._segments
            if reader.has_deletions()
            for doc in range(reader.doc_count_all())
            if reader.is_deleted(doc)
        ]
        live = np.ones(self.size, np.bool_)
        live[deleted] = False
        return live

    def postings(self, field: str, term: str) -> Postings:
        """A term's postings in live documents; none for a term that is not there."""
        key = (field, term)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            found = self._read_postings(field, term)
            self._remember(key, found)
            return found

    def _remember(self, key: tuple[str, str], found: Postings) -> None:
        self._cache[key] = found
        self._cached += found.size
        while self._cached > CACHED_POSTINGS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= dropped.size

    def _read_postings(self, field: str, term: str) -> Postings:
        docs: list[int] = []
        counts: list[float] = []
        places: list[list[int]] = []
        for matcher, base in self._matchers(field, term):
            while matcher.is_active():
                doc = base + matcher.id()
                if self.live[doc]:
                    docs.append(doc)
                    counts.append(matcher.weight())
                    places.append(matcher.value_as("positions"))
                matcher.next()
        if not docs:
            return _no_postings()
        numbers = np.array(docs, np.int32)
        positions = np.array([p for found in places for p in found], np.int32)
        repeated = np.repeat(numbers, [len(found) for found in places])
        return Postings(Frequencies(numbers, np.array(counts)), Occurrences(repeated, positions))

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, int]]:
        for reader, base in self._segments:
            try:
                yield reader.postings(field, term.encode()), base
            except TermNotFound:
                continue

    def lexicon(self, field: str) -> tuple[str, ...]:
        """The terms of a field, sorted."""
        with self._lock:
            if field not in self._lexicons:
                terms = self._reader.lexicon(field) if field in self._reader.schema else ()
                self._lexicons[field] = tuple(sorted(term.decode() for term in terms))
            return self._lexicons[field]

    def statistics(self, field: str, weight: float) -> FieldStatistics:
        """Lengths in tokens of a text field."""
        with self._lock:
            if field not in self._statistics:
                lengths = self._numbers(lambda r, doc: r.doc_field_length(doc, field, 0))
                lengths[~self.live] = 0
                present = lengths[lengths > 0]
                average = float(present.mean()) if len(present) else 1.0
                self._statistics[field] = FieldStatistics(lengths, average, weight)
            return self._statistics[field]

    def _numbers(self, read: Callable[[IndexReader, int], float]) -> NDArray[np.float64]:
        return np.array(
            [read(r, doc) for r, _ in self._segments for doc in range(r.doc_count_all())],
            np.float64,
        )

    def column(self, name: str) -> NDArray[np.float64]:
        """A numeric column, document by document."""
        with self._lock:
            parts = [list(r.column_reader(name)) for r, _ in self._segments]
        return np.array([value for part in parts for value in part], np.float64)

    def ids(self) -> list[str]:
        """The id of every document number, deleted ones included."""
        with self._lock:
            parts = [list(r.column_reader("id")) for r, _ in self._segments]
        return [value for part in parts for value in part]

    def facet_column(self, facet: str) -> FacetColumn:
        """The values of one facet in live documents."""
        values = self.lexicon(facet_field(facet))
        docs: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
        ordinals: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
        for number, value in enumerate(values):
            carrying = self._documents_with(facet_field(facet), value)
            docs.append(carrying)
            ordinals.append(np.full(len(carrying), number, np.int32))
        return FacetColumn(values, np.concatenate(docs), np.concatenate(ordinals))

    def _documents_with(self, field: str, term: str) -> NDArray[np.int32]:
        with self._lock:
            found = [
                base + doc
                for matcher, base in self._matchers(field, term)
                for doc in matcher.all_ids()
            ]
        docs = np.array(found, np.int32)
        return docs[self.live[docs]]

    def stored(self, doc: int) -> str:
        """The stored release of a document, as JSON."""
        with self._lock:
            return str(self._reader.stored_fields(doc)["release"])
