"""CSV (RFC 4180) and its kin with semicolons or tabs: one release a row, below a header."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from indexer.readers.draft import Draft, Fault
from indexer.readers.fields import draft_of, text_names

MAX_FIELD = 64 * 1024 * 1024
"""The longest field and the longest line that is read, in characters."""
DELIMITERS = ",;\t"
_MENDED_QUOTES = 10
"""After so many quotes that are never closed the rest of the file is given up."""
_LINE_TOO_LONG = "the row is longer than 64 MB; split it"
_NEEDED = "a column named text, body or content is needed; the header has {}"


class _Lines:
    """The lines of a table, remembered since the row began, so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.at_end = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(MAX_FIELD)
        if not line:
            self.at_end = True
            raise StopIteration
        self.taken.append(line)
        return line

    def reread_from_second(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))
        self.at_end = False


def read_table(stream: TextIO) -> Iterator[Draft | Fault]:
    """Yield the release of each row; the first row below the header is number 1."""
    csv.field_size_limit(MAX_FIELD)
    lines = _Lines(stream)
    rows = _rows(lines)
    header = next(rows, None)
    if not isinstance(header, list):
        yield Fault(header or "the file is empty")
    elif not text_names(header):
        yield Fault(_NEEDED.format(", ".join(header)[:200]))
    else:
        yield from _drafts(header, rows)


def _drafts(header: list[str], rows: Iterator[list[str] | str]) -> Iterator[Draft | Fault]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield Fault(row, number) if isinstance(row, str) else _draft_of(header, row, number)
    if not number:
        yield Fault("there are no rows below the header")


def _draft_of(header: list[str], row: list[str], number: int) -> Draft | Fault:
    if len(row) > len(header):
        counts = f"{len(row)} fields where the header has {len(header)}"
        return Fault(f"the row has {counts}; quote fields that hold the separator", number)
    return draft_of(_named(header, row), number)


def _named(header: list[str], row: list[str]) -> dict[str, object]:
    """The row's fields by name; where a name comes twice, the later one gets its number."""
    fields: dict[str, object] = {}
    for at, (name, value) in enumerate(zip(header, row, strict=False), 1):
        fields[name if name not in fields else f"{name} (column {at})"] = value
    return fields


def _rows(lines: _Lines) -> Iterator[list[str] | str]:
    """The rows that are not blank; a row that cannot be read is the reason in one line."""
    delimiter, mended = "", 0
    reader = iter(())
    while mended <= _MENDED_QUOTES:
        if not delimiter or lines.taken is None:
            delimiter = _delimiter_of(lines)
        reader = csv.reader(lines, delimiter=delimiter)
