"""Bytes to text: which character encoding a file is in.

The order of trust: a byte order mark, valid UTF-8, what the server said, what the file declares,
detection.
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
    (b"%PDF-", "a PDF file", "give it the ending .pdf"),
    (b"{\\rtf", "an RTF file", "save it as .docx or .txt"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "give it the ending .zip or .docx"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as .docx or .txt"),
    (b"\x1f\x8b", "a gzip archive", "add the ending .gz"),
    (b"\xfd7zXZ\x00", "an xz archive", "add the ending .xz"),
    (b"Rar!\x1a\x07", "a RAR archive", "pack it as .zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "pack it as .zip"),
    (b"\x89PNG", "an image", "run text recognition on it"),
    (b"GIF8", "an image", "run text recognition on it"),
    (b"\xff\xd8\xff", "an image", "run text recognition on it"),
)
"""First bytes of files that are no text, whatever their name says; and how to mend that."""

_PYTHON_ONLY = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7")
)
"""Encodings that Python knows, and in which no page on the web may be."""

CODE_PAGES = ["cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252"]
"""The encodings of one byte a character that are told apart by detection."""

_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])
_MARKED = (*(signature for signature, *_ in SIGNATURES), *(mark for mark, _ in _BOMS))
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


def decode(data: bytes, *declared: str | None) -> str:
    """The text of the bytes; what is no character in their encoding becomes U+FFFD.

    Of the declared encodings the first is trusted in which the bytes are text.

    Raises:
        CorpusError: it is no text, or its encoding cannot be told.
    """
    if not data.startswith(_MARKED):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if not _has_controls(data):
                return text
    return data.decode(encoding_of(data, *declared), "replace")


def encoding_of(data: bytes, *declared: str | None) -> str:
    """The name of the encoding of a text.

    Raises:
        CorpusError: it is no text, or its encoding cannot be told.
    """
    for signature, what, mend in SIGNATURES:
        if data.startswith(signature):
            raise CorpusError(f"this is {what}, whatever its name says; {mend}")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\x00" in data:
        return _two_byte_encoding(data)
    if len(data) - len(data.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(data):
        raise CorpusError("the file is binary, not text; remove it or save it as text")
    if _is_utf8(data):
        return "utf-8"
    trusted = next((name for name in declared if name and _decodes(data, name)), None)
    return _meant(trusted) if trusted else _detected(data)


def _has_controls(data: bytes) -> bool:
    """Whether there is NUL or another byte that hardly is in a text."""
    return len(data.translate(None, _CONTROLS + b"\x00")) < len(data)


def _meant(name: str) -> str:
    """Windows-1252 where ISO 8859-1 or ASCII is declared (WHATWG Encoding, 4.2)."""
    latin = codecs.lookup(name).name in ("iso8859-1", "ascii")
    return "cp1252" if latin else name


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
        if codecs.lookup(name).name in _PYTHON_ONLY:
            return False
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
