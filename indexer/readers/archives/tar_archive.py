"""TAR archives (POSIX.1-2001 pax, GNU, ustar), plain or compressed, read forward only."""

import io
import tarfile
from collections.abc import Generator, Iterator
from functools import partial
from typing import IO, cast

from indexer.errors import CorpusError
from indexer.readers.archives.compressed import Unpacked, buffered, magic_of
from indexer.readers.archives.guarded import guarded
from indexer.readers.archives.member_names import shown
from indexer.readers.draft import Entry, Fault
from indexer.readers.limits import MB, Budget

BROKEN_TAR = (
    *(tarfile.TarError, EOFError, ValueError, LookupError, ArithmeticError),
    *(RuntimeError, TypeError, AttributeError),
)
"""What tarfile raises for archives that it cannot read."""

_BLOCK = 512
_LONGEST = 64 * MB + 512
"""Bytes read at once; pax headers state their own length, which may be anything."""
_PIECE = MB
_NO_TAR = "this is no TAR archive, whatever its name says; fetch it again or rename it"
_CUT = (
    "the TAR archive is cut off or damaged at byte {} (unpacked); the members before it were read"
)
_AFTER = "behind the end of the TAR archive, from byte {} (unpacked), more follows; it is not read"
_LINK = "it is a link to {}; put the file itself into the archive"
_DEVICE = "it is a device or a pipe, no ordinary file; leave it out of the archive"


class _Forward:
    """A stream that is only read forward, in the small steps that tarfile takes."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self.last = b""
        """The last block that was read."""

    def tell(self) -> int:
        return self._at

    def seek(self, target: int) -> int:
        while self._at < target:
            step = len(self._stream.read(min(_PIECE, target - self._at)))
            if not step:
                break
            self._at += step
        if self._at > target:
            raise tarfile.ReadError("the archive leads back")
        return self._at

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _LONGEST:
            raise tarfile.ReadError("a header is too long")
        data = self._stream.read(size)
        self._at += len(data)
        self.last = data[-_BLOCK:]
        return data

    def rest_is_blank(self) -> bool:
        """Read to the end; whether there are only zeros."""
        blank = True
        while piece := self._stream.read(_PIECE):
            blank = blank and not piece.strip(b"\x00")
        return blank


def read_tar(stream: io.BufferedReader, budget: Budget) -> Iterator[Entry | Fault]:
    """Yield the members of an archive in its order, and one fault for what cannot be read."""
    magic = magic_of(stream)
    packed = Unpacked(stream, magic, budget.limits) if magic else None
    forward = _Forward(buffered(packed) if packed else stream)
    fault = yield from _members(forward)
    if packed and packed.fault:
        yield Fault(packed.fault)
    elif fault:
        yield Fault(fault)


def _members(forward: _Forward) -> Generator[Entry | Fault, None, str | None]:
    """The members; at the end what is wrong with the archive."""
    at = 0
    try:
        archive = tarfile.TarFile(
            fileobj=cast(IO[bytes], forward), encoding="utf-8", errors="surrogateescape"
        )
        while info := archive.next():
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep all of them
            at = archive.offset
            if not info.isdir():
                yield _entry_of(archive, info)
        return _fault_at_end(forward, at)
    except BROKEN_TAR:
        return _CUT.format(at) if at else _NO_TAR


def _fault_at_end(forward: _Forward, at: int) -> str | None:
    """The archive ends with blocks of zeros; tarfile takes whatever is no header for its end."""
    if len(forward.last) < _BLOCK or forward.last.strip(b"\x00"):
        return _CUT.format(at)
    return None if forward.rest_is_blank() else _AFTER.format(at)


def _entry_of(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Entry | Fault:
    if info.issym() or info.islnk():
        return Fault(_LINK.format(shown(info.linkname)), name=info.name)
    if not info.isreg():
        return Fault(_DEVICE, name=info.name)
    return Entry(info.name, partial(_opened, archive, info), info.size)


def _opened(archive: tarfile.TarFile, info: tarfile.TarInfo) -> io.BufferedReader:
    data = archive.extractfile(info)
    if data is None:
        raise CorpusError(_DEVICE)
    return guarded(data, BROKEN_TAR)
