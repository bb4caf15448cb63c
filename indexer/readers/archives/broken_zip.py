"""ZIP archives without a directory that can be read: the members, by their own headers.

The directory stands at the end, so an archive that was cut off while it was fetched has none.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.readers.archives.member_names import decoded_name
from indexer.readers.draft import Fault, Member
from indexer.readers.limits import Limits

_HEADER = struct.Struct("<4sHHHHHIIIHH")
"""Local file header: APPNOTE 4.3.7."""
_LOCAL, _DIRECTORY, _DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08"
_STREAMED, _UTF8, _ENCRYPTED = 0x8, 0x800, 0x1
_STORED, _DEFLATED = 0, 8
_CHUNK = 1 << 16

_NO_ZIP = "this is no ZIP archive, whatever its name says; fetch it again or rename it"
_CUT = "the ZIP archive is cut off or damaged at byte {}; the members before it were read"
_NO_DIRECTORY = "the directory of the ZIP archive is damaged; its {} members were read without it"


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int


class _Lost(Exception):
    """The archive cannot be followed further."""


def read_broken_zip(stream: io.BufferedReader, limits: Limits) -> Iterator[Member | Fault]:
    """Yield the members up to where the archive is damaged, and one fault for the rest."""
    stream.seek(0)
    if stream.peek(4)[:4] != _LOCAL:
        yield Fault(_NO_ZIP)
        return
    read, at = 0, 0
    try:
        while header := _next_header(stream):
            found = _content(stream, header, limits)
            if not header.name.endswith("/"):
                read += isinstance(found, bytes)
                yield _member(header, found)
            at = stream.tell()
        yield Fault(_NO_DIRECTORY.format(read))
    except _Lost:
        yield Fault(_CUT.format(at))


def _member(header: _Header, found: bytes | str) -> Member | Fault:
    if isinstance(found, str):
        return Fault(found, name=header.name)
    return Member(header.name, found)


def _next_header(stream: io.BufferedReader) -> _Header | None:
    """The header of the next member; None where the directory begins."""
    data = stream.read(_HEADER.size)
    if data.startswith(_DIRECTORY):
        return None
    if len(data) < _HEADER.size or not data.startswith(_LOCAL):
        raise _Lost
    _, _, flags, method, _, _, crc, packed, size, name, extra = _HEADER.unpack(data)
    raw = stream.read(name)
    if len(raw) < name or len(stream.read(extra)) < extra:
        raise _Lost
    text = raw.decode("utf-8", "replace") if flags & _UTF8 else decoded_name(raw)
    return _Header(text.replace("\\", "/"), flags, method, crc, packed, size)


def _content(stream: io.BufferedReader, header: _Header, limits: Limits) -> bytes | str:
    """The member's bytes, or why it is not read; the stream is then behind it."""
    if header.method == _DEFLATED and not header.flags & _ENCRYPTED:
        content = _inflated(stream, limits)
        if header.flags & _STREAMED:
            header = _described(stream, header)
    else:
        content = _stored(stream, header, limits)
    if isinstance(content, bytes) and zlib.crc32(content) != header.crc:
        return "its data in the archive is damaged; fetch the archive again"
    return content


def _stored(stream: io.BufferedReader, header: _Header, limits: Limits) -> bytes | str:
    if header.flags & _STREAMED:  # only the directory says how long it is
        raise _Lost
    if header.packed > limits.member:
        stream.seek(header.packed, io.SEEK_CUR)
        return limits.too_large()
    content = stream.read(header.packed)
    if len(content) < header.packed:
        raise _Lost
    if header.flags & _ENCRYPTED:
        return "it is encrypted; unpack the archive with its password"
    return content if header.method == _STORED else "it is packed by a method that is not read"


def _inflated(stream: io.BufferedReader, limits: Limits) -> bytes | str:
    """Unpack until the compressed data itself says that it ends."""
    began = stream.tell()
    inner = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    fault: str | None = None
    while not inner.eof:
        data = inner.unconsumed_tail or stream.read(_CHUNK)
        if not data:
            raise _Lost
        try:
            piece = inner.decompress(data, _CHUNK)
        except zlib.error as error:
            raise _Lost from error
        if fault is None:
            content += piece
            fault = _beyond(len(content), stream.tell() - began, limits)
    stream.seek(-len(inner.unused_data), io.SEEK_CUR)
    return fault or bytes(content)


def _beyond(size: int, packed: int, limits: Limits) -> str | None:
    if size > limits.member:
        return limits.too_large()
    if size > max(limits.ratio_from, limits.ratio * packed):
        return limits.too_dense()
    return None


def _described(stream: io.BufferedReader, header: _Header) -> _Header:
    """The header with the checksum of the data descriptor behind the member (APPNOTE 4.3.9)."""
    marked = stream.peek(4)[:4] == _DESCRIPTOR
    data = stream.read(16 if marked else 12)
    if len(data) < 12:
        raise _Lost
    at = 4 if marked else 0
    (crc,) = struct.unpack_from("<I", data, at)
    return _Header(header.name, header.flags, header.method, crc, header.packed, header.size)
