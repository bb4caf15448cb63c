"""The registry of formats: the reader of a file by the ending of its name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from indexer.readers.draft import Draft, Fault
from indexer.readers.json_records import read_json, read_json_lines
from indexer.readers.markdown_text import has_front_matter, read_markdown
from indexer.readers.plain_text import read_text
from indexer.readers.table import read_table
from indexer.readers.web_page import declared_encoding, read_page


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A format that is read as one text, so that its files have a limit."""

    read: Callable[[str], Iterator[Draft | Fault]]
    declared: Callable[[bytes], str | None] = lambda _: None
    """The encoding that the file itself names."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A format that is read record by record, so that its files may have any size."""

    read: Callable[[TextIO], Iterator[Draft | Fault]]


FORMATS: dict[str, WholeFile | Streamed] = {
    ".txt": WholeFile(read_text),
    ".md": WholeFile(read_markdown),
    ".html": WholeFile(read_page, declared_encoding),
    ".htm": WholeFile(read_page, declared_encoding),
    ".json": WholeFile(read_json),
    ".jsonl": Streamed(read_json_lines),
    ".ndjson": Streamed(read_json_lines),
    ".csv": Streamed(read_table),
    ".tsv": Streamed(read_table),
}

_ABOUT = re.compile(
    r"(?:README|LICEN[CS]E|CHANGELOG).*|(?i:(?:readme|licen[cs]e|changelog)(?:[._-][a-z]{2,3})?)"
)


def format_of(name: str) -> WholeFile | Streamed | None:
    """The format of a file of this name; None where no reader knows it."""
    return FORMATS.get(_parted(name)[1].lower())


def ending_of(name: str) -> str:
    """The ending of the file's name with its dot; the empty string where it has none."""
    return _parted(name)[1]


def describes_folder(name: str, text: str) -> bool:
    """Whether a text by its name is about its folder, and has no front matter of a release."""
    return bool(_ABOUT.fullmatch(_parted(name)[0])) and not has_front_matter(text)


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return (stem, dot + ending) if stem else (ending, "")
