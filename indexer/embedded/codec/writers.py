"""Whoosh's own writer with this codec: for programs that index with Whoosh, and for comparison.

It takes what Whoosh hands over, one posting at a time; `embedded.writer` is many times faster.
"""

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, PerDocumentWriter
from whoosh.columns import NumericColumn
from whoosh.formats import Existence, Frequency, Positions

from indexer.embedded.codec.packing import differences
from indexer.embedded.codec.postings import Run
from indexer.embedded.codec.segment import ArraySegment, SegmentBuilder, folder_of

_FORMATS = (Existence, Frequency, Positions)


class ArrayPerDocWriter(PerDocumentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Collects lengths, columns and stored texts of the documents of one segment."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._stored: list[dict[str, str]] = []
        self._lengths: dict[str, dict[int, int]] = {}
        self._columns: dict[str, tuple[Any, dict[int, Any]]] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        if docnum != len(self._stored):
            raise ValueError(f"document {docnum} cannot follow {len(self._stored)} others")
        self._stored.append({})

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:  # noqa: ARG002
        if value is not None:
            if not isinstance(value, str):
                raise ValueError(f"field {fieldname}: this codec stores texts, not {value!r}")
            self._stored[-1][fieldname] = value
        if length:
            self._lengths.setdefault(fieldname, {})[len(self._stored) - 1] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        column = self._columns.setdefault(fieldname, (columnobj, {}))
        column[1][len(self._stored) - 1] = value

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:  # noqa: ARG002
        raise ValueError(f"field {fieldname}: this codec keeps no term vectors")

    def cancel_doc(self) -> None:
        """Take back the document that was begun last; later lines of Whoosh ask for it."""
        self._stored.pop()
        for kept in (*self._lengths.values(), *(values for _, values in self._columns.values())):
            kept.pop(len(self._stored), None)

    def close(self) -> None:
        self.is_closed = True
        count = len(self._stored)
        fields = tuple(dict.fromkeys(name for texts in self._stored for name in texts))
        builder = SegmentBuilder(folder_of(self._storage), fields)
        for texts in self._stored:
            builder.records.add(texts)
        for name, lengths in self._lengths.items():
            builder.documents.lengths(name, _column(lengths, count, np.dtype(np.int64), 0))
        for name, (column, values) in self._columns.items():
            if isinstance(column, NumericColumn):
                kind = np.dtype(column._typecode).newbyteorder("<")
                default = column.default_value()
                builder.documents.numbers(name, _column(values, count, kind, default))
            else:
                builder.documents.texts(name, [_bytes(name, values.get(n)) for n in range(count)])
        self._segment.set_doc_count(count)
        self._segment.builder = builder


def _column(values: dict[int, Any], count: int, kind: "np.dtype[Any]", rest: Any) -> NDArray[Any]:
    column = np.full(count, rest, kind)
    column[list(values)] = list(values.values())
    return column


def _bytes(field: str, value: Any) -> bytes:
    if value is not None and not isinstance(value, bytes):
        raise ValueError(f"column {field}: this codec keeps numbers and bytes, not {value!r}")
    return value or b""


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Collects the postings of one field after another."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._field = ""
        self._format: Any = None
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        if type(fieldobj.format) not in _FORMATS:
            kept = ", ".join(kind.__name__ for kind in _FORMATS)
            raise ValueError(f"field {fieldname}: this codec keeps the formats {kept}")
        self._field, self._format = fieldname, fieldobj.format
        self._terms: list[bytes] = []
        self._firsts, self._docs = array("q"), array("i")
        self._counts, self._gaps = array("I"), array("I")

    def start_term(self, text: bytes) -> None:
        self._terms.append(text)
        self._firsts.append(len(self._docs))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:  # noqa: ARG002
        count = int(weight)
        if count != weight or not count:
            raise ValueError(f"field {self._field}: this codec keeps counts, no weight of {weight}")
        self._docs.append(docnum)
        self._counts.append(count)
        if isinstance(self._format, Positions):
            places = self._format.decode_positions(vbytes)
            if len(places) != count:
                raise ValueError(f"field {self._field}: {len(places)} places for {count} tokens")
            self._gaps.extend(b - a for a, b in zip([0, *places], places, strict=False))

    def finish_term(self) -> None:
        pass

    def finish_field(self) -> None:
        builder = self._segment.builder
        if builder is None:
            raise ValueError("postings come after the documents")
        counted = not isinstance(self._format, Existence)
        positioned = isinstance(self._format, Positions)
        docs = np.array(self._docs, np.int32)
        run = Run(
            differences(np.array([*self._firsts, len(docs)], np.int64)),
            docs,
            np.array(self._counts, np.uint32) if counted else None,
            np.array(self._gaps, np.uint32) if positioned else None,
        )
        builder.postings.start(self._field, counted=counted, positioned=positioned)
        builder.postings.add(self._field, self._terms, run)
        if not counted:
            builder.documents.values(self._field, run, self._segment.doc_count_all())

    def close(self) -> None:
        self.is_closed = True
        builder, self._segment.builder = self._segment.builder, None
        if builder is None:
            return
        folder = folder_of(self._storage)
        if folder is not None:
            builder.write(folder / self._segment.file_name, self._segment.doc_count_all())
        else:
            with self._storage.create_file(self._segment.file_name) as file:
                file.write(builder.encoded(self._segment.doc_count_all()))
