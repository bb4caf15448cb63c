"""The body of an HTTP answer (RFC 9110, 9112): chunks joined, compression undone."""

import io
import zlib
from collections.abc import Callable

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders

from indexer.errors import CorpusError
from indexer.readers.archives.compressed import BROKEN_DATA, Decompressor, Inflater
from indexer.readers.limits import Limits

_MISSING = "it is compressed by {}, which is not read here; install the package brotli"
_UNKNOWN = "it is compressed by {}, which is not read"
_DAMAGED = "its compressed data ({}) is damaged or cut off before any text"
_PIECE = 1 << 16


def body_of(data: bytes, headers: StatusAndHeaders | None, limits: Limits) -> bytes:
    """The body as the server meant it.

    Raises:
        CorpusError: it cannot be decompressed, or beyond the limits.
    """
    if headers is None:
        return data
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = ChunkedDataReader(io.BytesIO(data)).read()
    for coding in reversed((headers.get_header("Content-Encoding") or "").lower().split(",")):
        if coding.strip() not in ("", "identity"):
            data = _decoded(data, coding.strip(), limits)
    return data


def _decoded(data: bytes, coding: str, limits: Limits) -> bytes:
    """Undo one content coding; data that is not coded so stays, as crawlers undo it at times."""
    if coding in ("gzip", "x-gzip"):
        return _inflated(data, Inflater, coding, limits) if data[:2] == b"\x1f\x8b" else data
    if coding == "deflate":  # with zlib's header by the standard, without it by many servers
        zlib_header = data[:1] == b"\x78" and int.from_bytes(data[:2]) % 31 == 0
        bits = zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
        return _inflated(data, lambda: Inflater(bits), coding, limits)
    if coding == "br":
        return _unbrotlied(data, limits)
    raise CorpusError(_UNKNOWN.format(coding[:40]))


def _inflated(data: bytes, start: Callable[[], Decompressor], coding: str, limits: Limits) -> bytes:
    inner, found, waiting = start(), bytearray(), data
    try:
        while not inner.eof:
            piece = inner.decompress(waiting, _PIECE)
            waiting = b""
            if not piece and inner.needs_input:
                break
            found += piece
            _check(len(found), len(data), limits)
    except BROKEN_DATA as error:
        if not found:
            raise CorpusError(_DAMAGED.format(coding)) from error
    return bytes(found)


def _unbrotlied(data: bytes, limits: Limits) -> bytes:
    try:
        import brotli  # type: ignore[import-not-found]  # it is no dependency, but may be there
    except ImportError as error:
        raise CorpusError(_MISSING.format("brotli")) from error
    inner, found = brotli.Decompressor(), bytearray()
    try:
        for at in range(0, len(data), _BROTLI_PIECE):
            found += inner.process(data[at : at + _BROTLI_PIECE])
            _check(len(found), len(data), limits)
    except brotli.error as error:
        raise CorpusError(_DAMAGED.format("brotli")) from error
    return bytes(found)


_BROTLI_PIECE = 64
"""Bytes put in at once; brotli may give back 16 MB for a few bytes."""


def _check(size: int, packed: int, limits: Limits) -> None:
    if size > limits.member:
        raise CorpusError(limits.too_large())
    if size > max(limits.ratio_from, limits.ratio * packed):
        raise CorpusError(limits.too_dense())
