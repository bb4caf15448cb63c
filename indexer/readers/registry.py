"""The registry of formats: the reader of a file by the ending of its name."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from indexer.readers.archives.packed_file import read_packed
from indexer.readers.archives.tar_archive import read_tar
from indexer.readers.archives.wacz import read_wacz
from indexer.readers.archives.warc import read_warc
from indexer.readers.archives.zip_archive import read_zip
from indexer.readers.draft import Draft, Entry, Fault, Member
from indexer.readers.feeds.xml_file import declared_xml_encoding, read_xml
from indexer.readers.limits import Budget
from indexer.readers.markdown_text import has_front_matter, read_markdown
from indexer.readers.pages.web_page import declared_encoding, read_page
from indexer.readers.plain_text import read_text
from indexer.readers.records.json_records import read_json, read_json_lines
from indexer.readers.records.table import read_table


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A text format that is read as one text, so that its files have a limit."""

    read: Callable[[str], Iterator[Draft | Fault]]
    declared: Callable[[bytes], str | None] = lambda _: None
    """The encoding that the file itself names."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A text format that is read record by record, so that its files may have any size."""

    read: Callable[[TextIO], Iterator[Draft | Fault]]


@dataclass(frozen=True, slots=True)
class Document:
    """A binary format that is read as a whole, so that its files have a limit."""

    read: Callable[[bytes], Iterator[Draft | Fault | Member]]


@dataclass(frozen=True, slots=True)
class Container:
    """A format of files in a file, read one member at a time."""

    read: Callable[[io.BufferedReader, Budget], Iterator[Entry | Member | Fault]]
    numbered: bool = False
    """Whether its members are known by their numbers, and not by paths of their own."""
    forward: bool = True
    """Whether it is read in one go, so that within another container it may have any size."""


Format = WholeFile | Streamed | Document | Container

_PACKED = Container(read_packed)
_TAR = Container(read_tar)
_WARC = Container(read_warc, numbered=True)
_PAGE = WholeFile(read_page, declared_encoding)
_XML = WholeFile(read_xml, declared_xml_encoding)


def _read_pdf(data: bytes) -> Iterator[Draft | Fault | Member]:
    from indexer.readers.documents.pdf import read_pdf  # here, because its import takes time

    return read_pdf(data)


def _read_docx(data: bytes) -> Iterator[Draft | Fault | Member]:
    from indexer.readers.documents.docx import read_docx  # here, because its import takes time

    return read_docx(data)


def _read_mail(data: bytes) -> Iterator[Draft | Fault | Member]:
    from indexer.readers.documents.mail import read_mail  # here, because its import takes time

    return read_mail(data)


def _read_saved_page(data: bytes) -> Iterator[Draft | Fault | Member]:
    from indexer.readers.documents.mail import (
        read_saved_page,  # here, because its import takes time
    )

    return read_saved_page(data)


FORMATS: dict[str, Format] = {
    ".txt": WholeFile(read_text),
    ".md": WholeFile(read_markdown),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".json": WholeFile(read_json),
    ".jsonl": Streamed(read_json_lines),
    ".ndjson": Streamed(read_json_lines),
    ".csv": Streamed(read_table),
    ".tsv": Streamed(read_table),
    ".xml": _XML,
    ".rss": _XML,
    ".atom": _XML,
    ".pdf": Document(_read_pdf),
    ".docx": Document(_read_docx),
    ".eml": Document(_read_mail),
    ".mht": Document(_read_saved_page),
    ".mhtml": Document(_read_saved_page),
    ".zip": Container(read_zip, forward=False),
    ".tar": _TAR,
    ".tar.gz": _TAR,
    ".tgz": _TAR,
    ".tar.bz2": _TAR,
    ".tar.xz": _TAR,
    ".gz": _PACKED,
    ".bz2": _PACKED,
    ".xz": _PACKED,
    ".warc": _WARC,
    ".warc.gz": _WARC,
    ".wacz": Container(read_wacz, forward=False),
}

_ABOUT = re.compile(
    r"(?:README|LICEN[CS]E|CHANGELOG).*|(?i:(?:readme|licen[cs]e|changelog)(?:[._-][a-z]{2,3})?)"
)


def format_of(name: str) -> Format | None:
    """The format of a file of this name; None where no reader knows it."""
    return FORMATS.get(ending_of(name).lower())


def ending_of(name: str) -> str:
    """The ending of the file's name with its dot, of two parts where that is a format.

    The empty string where it has none.
    """
    return _parted(name)[1]


def stem_of(name: str) -> str:
    """The file's name, without its folder and its ending."""
    return _parted(name)[0]


def describes_folder(name: str, text: str) -> bool:
    """Whether a text by its name is about its folder, and has no front matter of a release."""
    return bool(_ABOUT.fullmatch(stem_of(name))) and not has_front_matter(text)


def _parted(name: str) -> tuple[str, str]:
    name = name.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if not stem:
        return ending, ""
    rest, _, inner = stem.rpartition(".")
    if rest and f".{inner}.{ending}".lower() in FORMATS:
        return rest, f".{inner}.{ending}"
    return stem, dot + ending
