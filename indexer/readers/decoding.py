"""Bytes to text: which character encoding a file is in.

The order of trust: a byte order mark, valid UTF-8, what the file declares, detection.
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from indexer.errors import CorpusError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
)
"""First bytes of files that are no text, whatever their name says."""

CODE_PAGES = ["cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252"]
"""The encodings of one byte a character that are told apart by detection."""

_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.02
_CHARACTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_FIRST_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass over a file tells: its fixity and its encoding."""

    sha256: str
    size: int
    encoding: str = "utf-8"
    fault: str | None = None
    """Why it is no text, where it is none."""


def survey(stream: BinaryIO) -> Survey:
    """Read a file once, in pieces, for its SHA-256 and its encoding.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    first, broken, size = b"", b"", 0
    for chunk in _chunks(stream):
        digest.update(chunk)
        first = first or chunk
        size += len(chunk)
        if not broken and not _feeds(decoder, chunk):
            broken = chunk
    marked = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    sample = first if marked or b"\x00" in first else broken or first
    try:
        return Survey(digest.hexdigest(), size, encoding_of(sample))
    except CorpusError as error:
        return Survey(digest.hexdigest(), size, fault=str(error))


def sha256_of(stream: BinaryIO) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    for chunk in _chunks(stream):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _feeds(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of the bytes; what is no character in their encoding becomes U+FFFD.

    Raises:
        CorpusError: it is no text, or its encoding cannot be told.
    """
    return data.decode(encoding_of(data, declared), "replace")


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The name of the encoding of a text.

    Raises:
        CorpusError: it is no text, or its encoding cannot be told.
    """
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise CorpusError(f"this is {what}, whatever its name says; save it as plain text")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\x00" in data:
        return _two_byte_encoding(data)
    if len(_CONTROL.findall(data)) > _MAX_CONTROL_SHARE * len(data):
        raise CorpusError("the file is binary, not text; remove it or save it as text")
    if _is_utf8(data):
        return "utf-8"
    if declared and _decodes(data, declared):
        return declared
    return _detected(data)


def _two_byte_encoding(data: bytes) -> str:
    """UTF-16 without a byte order mark; alphabets lie below U+0600, so most of its text does."""
    for name in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(name, "replace")
        low = sum("\t" <= char < "\u0600" for char in text)
        if "\x00" not in text and low > 0.6 * len(text):
            return name
    raise CorpusError("the file is binary (it has NUL bytes); remove it or save it as text")


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, but for a character cut at the end or a few broken ones."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return error.start > 0
        broken = data.decode("utf-8", "replace").count("\ufffd")
        return len(_CHARACTER.findall(data)) >= 10 * broken
    return True


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (LookupError, ValueError):
        return False
    return True


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # here, because few files need it

    high = _FIRST_HIGH_BYTE.search(data)
    start = max(0, high.start() - _SAMPLE // 2) if high else 0
    best = from_bytes(data[start : start + _SAMPLE], cp_isolation=CODE_PAGES).best()
    if best is None:
        raise CorpusError("the character encoding cannot be told; save the file as UTF-8")
    return best.encoding
