"""Whoosh's readers over our arrays: terms, cursors, columns, documents."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.columns import ColumnReader, NumericColumn
from whoosh.reading import TermInfo, TermNotFound

from indexer.embedded.codec.documents import KEYS, NUMBERS
from indexer.embedded.codec.matcher import ArrayMatcher
from indexer.embedded.codec.segment import ArraySegment, SegmentData

Term = tuple[str, bytes]


class NoTerm(TermNotFound, KeyError):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh expects the one from a matcher, and the other where it asks how often."""


class ArrayTermsReader(TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The dictionary of a segment."""

    def __init__(self, data: SegmentData) -> None:
        self._data = data
        self._postings = data.postings

    def __contains__(self, term: Term) -> bool:
        return self._postings.find(*term) is not None

    def _number(self, field: str, text: bytes) -> int:
        number = self._postings.find(field, text)
        if number is None:
            raise NoTerm(f"No term {field}:{text!r}")
        return number

    def indexed_field_names(self) -> list[str]:
        return [name for name, field in self._postings.fields.items() if field.terms]

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArrayCursor":
        return ArrayCursor(self._data, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        for name in sorted(self._postings.fields):
            for text in self._postings.terms(name):
                yield name, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for name in sorted(self._postings.fields):
            if name < fieldname:
                continue
            field = self._postings.fields[name]
            start = self._postings.at_or_after(name, prefix if name == fieldname else b"")
            for number in range(start, field.first + field.terms):
                yield name, self._postings.term(number)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return info(self._data, fieldname, self._number(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        number = self._number(fieldname, text)
        if not self._postings.fields[fieldname].counted:
            return float(self._postings.frequencies[number])
        return float(self._postings.counts(number).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return int(self._postings.frequencies[self._number(fieldname, text)])

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        return ArrayMatcher(
            self._data, fieldname, self._number(fieldname, text), format_, scorer=scorer
        )


def info(data: SegmentData, field: str, number: int) -> TermInfo:
    """What Whoosh's scorers want to know of a term."""
    docs = data.postings.docs(number)
    counted = data.postings.fields[field].counted
    counts = data.postings.counts(number) if counted else np.ones(len(docs), np.uint32)
    lengths = data.documents.lengths(field)
    own = np.zeros(1, np.uint32) if lengths is None else lengths[docs]
    return TermInfo(
        weight=float(counts.sum()),
        df=len(docs),
        minlength=int(own.min()),
        maxlength=int(own.max()),
        maxweight=float(counts.max()),
        minid=int(docs[0]),
        maxid=int(docs[-1]),
    )


class ArrayCursor(FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place in the sorted terms of one field."""

    def __init__(self, data: SegmentData, field: str, fieldobj: Any) -> None:
        self._data = data
        self._field = field
        self._fieldobj = fieldobj
        own = data.postings.fields.get(field)
        self._first = own.first if own else 0
        self._stop = own.first + own.terms if own else 0
        self._number = self._first

    def is_valid(self) -> bool:
        return self._number < self._stop

    def first(self) -> str | None:
        self._number = self._first
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        wanted = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        if self._stop > self._first:
            self._number = self._data.postings.at_or_after(self._field, wanted)
        return self.text()

    def next(self) -> str | None:
        self._number = min(self._number + 1, self._stop)
        return self.text()

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        return str(self._fieldobj.from_bytes(self._data.postings.term(self._number)))

    def term(self) -> str | None:
        return self.text()

    def term_info(self) -> TermInfo | None:
        return info(self._data, self._field, self._number) if self.is_valid() else None


class ArrayColumn(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A column that is an array or a list."""

    def __init__(self, values: list[Any], *, numeric: bool) -> None:
        self._values = values
        self._numeric = numeric
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        return -self._values[docnum] if self._reverse else self._values[docnum]

    def set_reverse(self) -> None:
        if not self._numeric:
            raise NotImplementedError("only a column of numbers is read in reverse")
        self._reverse = True


class ArrayPerDocReader(PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """What is kept of each document of a segment."""

    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self._data = data
        self._segment = segment

    def doc_count(self) -> int:
        return self._data.count - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._data.count

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._data.documents.columns

    def list_columns(self) -> list[str]:
        return list(self._data.documents.columns)

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumn:
        kind = self._data.documents.columns[fieldname]
        if kind == NUMBERS:
            values = self._data.documents.numbers(fieldname).tolist()
            return ArrayColumn(values, numeric=isinstance(column, NumericColumn))
        if kind == KEYS:
            return ArrayColumn(self._data.key_terms(fieldname), numeric=False)
        return ArrayColumn(self._data.documents.texts(fieldname), numeric=False)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._data.documents.lengths(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = self._data.documents.lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._data.documents.lengths(fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._data.documents.lengths(fieldname)
        return 0 if lengths is None else int(lengths.max())

    def stored_fields(self, docnum: int) -> dict[str, str]:
        keys = {name: self._data.key_of(name, docnum) for name in self._data.keys}
        return {**keys, **self._data.records.read(docnum)}
