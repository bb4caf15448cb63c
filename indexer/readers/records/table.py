"""CSV (RFC 4180) and its kin with semicolons or tabs: one release a row, below a header."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from indexer.readers.draft import Draft, Fault
from indexer.readers.records.fields import draft_of, text_names

MAX_FIELD = 64 * 1024 * 1024
"""The longest field and the longest line that is read, in characters."""
DELIMITERS = ",;\t"
_MENDED_QUOTES = 10
"""After so many quotes that are never closed the rest of the file is given up."""
_LINE_TOO_LONG = "the row is longer than 64 MB; split it"
_OPEN_QUOTE = "a quote in the row is never closed; close it or double it"
_GIVEN_UP = "too many quotes are never closed; the rest of the file is not read: mend them"
_PIECE = 1 << 20
_NEEDED = "a column named text, body or content is needed; the header has {}"


class _Lines:
    """The lines of a table, remembered since the row began, so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.at_end = False
        self.was_cut = False
        self._length = 0

    def begin(self) -> None:
        """Forget the lines of the last row."""
        self.taken.clear()
        self._length = 0
        self.was_cut = False

    def reread(self) -> None:
        """Put the row's lines back."""
        self._again.extendleft(reversed(self.taken))
        self.at_end = False

    def reread_from_second(self) -> None:
        """Put the row's lines back, but for the first."""
        del self.taken[:1]
        self.reread()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(MAX_FIELD)
        if not line:
            self.at_end = True
            raise StopIteration
        self.taken.append(line)
        self._length += len(line)
        if self._length > MAX_FIELD and len(self.taken) > 1:
            raise csv.Error("the row is too long")
        if len(line) == MAX_FIELD:
            self._skip(line)
        return line

    def _skip(self, line: str) -> None:
        """Read past the rest of a line that is too long."""
        self.was_cut = True
        while line and not line.endswith("\n"):
            line = self._stream.readline(_PIECE)


def read_table(stream: TextIO) -> Iterator[Draft | Fault]:
    """Yield the release of each row; the first row below the header is number 1."""
    csv.field_size_limit(MAX_FIELD)  # of the whole process; the default is 131,072
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
    """The rows that are not blank; for a row that cannot be read, why.

    A quote that is never closed would take all rows below it into its own; they are read again.
    """
    delimiter = _delimiter_of(lines)
    reader = csv.reader(lines, delimiter=delimiter)
    mended = 0
    while True:
        lines.begin()
        row = _next_row(reader)
        if row is None:
            return
        if lines.was_cut:
            yield _LINE_TOO_LONG
        elif isinstance(row, str) or (lines.at_end and _is_open(lines.taken, delimiter)):
            mended += 1
            if mended > _MENDED_QUOTES:
                yield _GIVEN_UP
                return
            yield _OPEN_QUOTE
            lines.reread_from_second()
        elif any(row):
            yield row


def _next_row(reader: Iterator[list[str]]) -> list[str] | str | None:
    try:
        return next(reader, None)
    except csv.Error:
        return _OPEN_QUOTE


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether a quoted field of the row is not closed."""
    try:
        deque(csv.reader(lines, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _delimiter_of(lines: _Lines) -> str:
    """The separator that the header has most often; the comma where none is there."""
    lines.begin()
    header = next((line for line in lines if line.strip()), "")
    lines.reread()
    return max(DELIMITERS, key=header.count)
