"""What is kept of each document: lengths of fields, values of facets, columns of numbers or texts.

All are arrays with one entry a document, or two: ends and content.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec.container import SectionFile, SectionWriter
from indexer.embedded.codec.packing import Offsets, differences, narrow
from indexer.embedded.codec.postings import Run

NUMBERS, TEXTS, KEYS = "numbers", "texts", "keys"
"""Kinds of columns; keys are the values of the field itself, of which each document has one."""


class DocumentsWriter:
    """Writes whole columns."""

    def __init__(self, sections: SectionWriter) -> None:
        self._sections = sections
        self._lengths: list[str] = []
        self._values: dict[str, bool] = {}
        self._columns: dict[str, str] = {}

    def lengths(self, field: str, lengths: Offsets) -> None:
        """The number of tokens of a field, document by document."""
        self._lengths.append(field)
        self._sections.append(f"lengths.{field}", narrow(lengths))

    def values(self, field: str, run: Run, documents: int) -> None:
        """Which of the terms of a field each document has; `run` holds all of them."""
        counts = np.bincount(run.docs, minlength=documents)
        terms = np.repeat(np.arange(len(run.frequencies)), run.frequencies)
        single = bool((counts == 1).all())
        self._values[field] = single
        self._sections.append(f"values.{field}", narrow(terms[np.argsort(run.docs, kind="stable")]))
        if not single:
            ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
            self._sections.append(f"values.{field}.ends", narrow(ends))

    def keys(self, field: str) -> None:
        """The values of this field, one a document, are a column as well."""
        self._columns[field] = KEYS

    def numbers(self, column: str, numbers: NDArray[Any]) -> None:
        """A column of numbers."""
        self._columns[column] = NUMBERS
        self._sections.append(f"column.{column}", numbers)

    def texts(self, column: str, texts: list[bytes]) -> None:
        """A column of byte strings."""
        self._columns[column] = TEXTS
        sizes = np.array([0, *map(len, texts)], np.int64)
        self._sections.append(f"column.{column}", np.frombuffer(b"".join(texts), np.uint8))
        self._sections.append(f"column.{column}.ends", narrow(np.cumsum(sizes)))

    def finish(self) -> dict[str, object]:
        """What the reader needs to know."""
        return {"lengths": self._lengths, "values": self._values, "columns": self._columns}


class DocumentsReader:
    """Reads whole columns, as they lie in the file."""

    def __init__(self, file: SectionFile, count: int, about: Mapping[str, Any]) -> None:
        self._file = file
        self.count = count
        """Documents, deleted ones included."""
        self.lengths_of = frozenset(about["lengths"])
        self.values_of: Mapping[str, bool] = about["values"]
        """The fields with values; True where each document has exactly one."""
        self.columns: Mapping[str, str] = about["columns"]

    def lengths(self, field: str) -> NDArray[Any] | None:
        """The number of tokens of a field in each document; None where no document has it."""
        return self._file.array(f"lengths.{field}") if field in self.lengths_of else None

    def values(self, field: str) -> tuple[NDArray[np.int32], NDArray[Any]]:
        """Which document has which term of a field: documents, and terms one for one."""
        if field not in self.values_of:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        ordinals = self._file.array(f"values.{field}")
        numbers = np.arange(self.count, dtype=np.int32)
        if self.values_of[field]:
            return numbers, ordinals
        ends = self._file.array(f"values.{field}.ends").astype(np.int64)
        return np.repeat(numbers, differences(ends)), ordinals

    def numbers(self, column: str) -> NDArray[Any]:
        """A column of numbers."""
        return self._file.array(f"column.{column}")

    def texts(self, column: str) -> list[bytes]:
        """A column of byte strings."""
        ends = self._file.array(f"column.{column}.ends").tolist()
        content = self._file.array(f"column.{column}").tobytes()
        return [content[a:b] for a, b in pairwise(ends)]
