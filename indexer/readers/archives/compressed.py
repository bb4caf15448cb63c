"""Compressed streams (gzip, RFC 1952; bzip2; xz), unpacked piece by piece within limits."""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from indexer.readers.limits import MB, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BROKEN_DATA = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
"""What decompressors raise for data that they cannot read."""

_CHUNK = 1 << 16
_BUFFER = 1 << 18
_XZ_MEMORY = 128 * MB
"""The dictionary of an xz stream may ask for 4 GB; `xz -9` needs 65 MB."""

_CUT = "the compressed data is cut off after byte {}; fetch the file again"
_DAMAGED = "the compressed data is damaged at about byte {}; fetch the file again"
_AFTER = "what follows the compressed data from byte {} is not compressed, and is not read"


class Decompressor(Protocol):
    """What bz2 and lzma offer for one compressed stream."""

    @property
    def eof(self) -> bool:
        """Whether its end is reached."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before more is put in."""

    @property
    def unused_data(self) -> bytes:
        """What was put in beyond its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Put in packed bytes; at most `max_length` unpacked ones."""


class Inflater:
    """zlib's decompressor with the manners of those of bz2 and lzma."""

    def __init__(self, window_bits: int = 16 + zlib.MAX_WBITS) -> None:
        self._inner = zlib.decompressobj(window_bits)

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream is reached."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before more is put in."""
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What was put in beyond the end."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Put in packed bytes; at most `max_length` unpacked ones."""
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


METHODS: dict[bytes, Callable[[], Decompressor]] = {
    b"\x1f\x8b": Inflater,
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY),
}
"""The first bytes of compressed streams, and what unpacks them."""


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a stream, which may be several compressed ones in a row.

    It never raises for bad data: it ends there, and `fault` says why.
    """

    def __init__(self, packed: io.BufferedIOBase, magic: bytes, limits: Limits) -> None:
        self._packed = packed
        self._magic = magic
        self._limits = limits
        self._inner = METHODS[magic]()
        self._chunk = b""
        self._waiting = b""
        self._began = 0
        self._taken = 0
        self._given = 0
        self.fault: str | None = None

    def readable(self) -> bool:
        """It is a stream for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer as far as one piece goes; 0 at the end and at a fault."""
        view = memoryview(buffer)
        piece = self._piece(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def resume(self) -> bool:
        """Go on behind damage with the next compressed stream, if one can be found."""
        if self.fault in (None, self._limits.too_dense()):
            return False
        at = max(1, self._began + 1 - (self._taken - len(self._chunk)))
        found = self._chunk.find(self._magic, at)
        while found < 0:
            last = self._chunk[1 - len(self._magic) :]
            fresh = self._take()
            if not fresh:
                return False
            self._chunk = last + fresh
            found = self._chunk.find(self._magic)
        self.fault = None
        self._begin(self._chunk[found:])
        return True

    def _piece(self, size: int) -> bytes:
        while self.fault is None and self._goes_on():
            data, self._waiting = self._waiting, b""
            try:
                piece = self._inner.decompress(data, size)
            except BROKEN_DATA:
                self.fault = _DAMAGED.format(self._taken)
                return b""
            if piece:
                return self._measured(piece)
        return b""

    def _goes_on(self) -> bool:
        """Whether more is to come, and is at hand; data that ends too early is a fault."""
        if self._inner.eof:
            return self._next_stream()
        if self._inner.needs_input and not self._waiting:
            self._waiting = self._take()
            if not self._waiting:
                self.fault = _CUT.format(self._taken)
        return self.fault is None

    def _next_stream(self) -> bool:
        """Begin the next compressed stream, behind padding; False at the end of all."""
        rest = self._inner.unused_data.lstrip(b"\x00")
        while len(rest) < len(self._magic) and (fresh := self._take()):
            rest = (rest + fresh).lstrip(b"\x00")
        if rest.startswith(self._magic):
            self._begin(rest)
            return True
        if rest:
            self.fault = _AFTER.format(self._taken - len(rest))
        return False

    def _begin(self, data: bytes) -> None:
        self._inner = METHODS[self._magic]()
        self._began = self._taken - len(data)
        self._waiting = data

    def _take(self) -> bytes:
        self._chunk = self._packed.read(_CHUNK)
        self._taken += len(self._chunk)
        return self._chunk

    def _measured(self, piece: bytes) -> bytes:
        self._given += len(piece)
        dense = self._given > self._limits.ratio * self._taken
        if dense and self._given > self._limits.ratio_from:
            self.fault = self._limits.too_dense()
            return b""
        return piece


def magic_of(stream: io.BufferedReader) -> bytes | None:
    """The first bytes by which a compressed stream is known; None where it is not compressed."""
    first = stream.peek(8)[:8]
    return next((magic for magic in METHODS if first.startswith(magic)), None)


def buffered(unpacked: io.RawIOBase) -> io.BufferedReader:
    """The stream with a buffer, so that it can be peeked into."""
    return io.BufferedReader(unpacked, _BUFFER)
