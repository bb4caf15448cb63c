"""The readers: from the files of an archive to releases, one format a file.

A reader never raises for what stands in a file: each fault is a `Rejection` with its reason,
and the rest of the file is read.
"""

import hashlib
import stat
from collections.abc import Iterator

from indexer.errors import CorpusError
from indexer.readers.decoding import Survey, sha256_of, survey
from indexer.readers.limits import Budget, Exhausted
from indexer.readers.registry import (
    FORMATS,
    Container,
    Document,
    Format,
    Streamed,
    WholeFile,
    ending_of,
    format_of,
)
from indexer.readers.sources import Rejection, SourceFile, walk
from indexer.readers.spots import Hints, Spot
from indexer.readers.unpacking import EMPTY, Unpacker
from indexer.release import RawRelease, Source

__all__ = ["FORMATS", "MAX_BYTES", "Rejection", "SourceFile", "read", "walk"]

MAX_BYTES = 64 * 1024 * 1024
"""The size to which a file is read that is neither an archive nor a stream of records."""

_TOO_LONG = "the file is longer than {} MB; split it into releases or write them as .jsonl"
_UNREADABLE = "cannot be read: {}; check that it is there and may be opened"


def read(file: SourceFile) -> Iterator[RawRelease | Rejection]:
    """Yield the releases of a file in its order, and what in it is not read and why.

    The number of a record is its line in .jsonl, its row below the header in .csv, its place in
    a list in .json, and its record in .warc, each from 1. The path of a member of an archive
    goes on below the archive's own.
    """
    try:
        found = format_of(file.name)
        size = _size_of(file, found)
        if isinstance(found, WholeFile | Document):
            yield from _read_whole(found, file, size)
        elif found:
            yield from _read_stream(found, file, size)
    except CorpusError as error:
        yield Rejection(Source(file.name, ""), str(error))
    except OSError as error:
        reason = _UNREADABLE.format(error.strerror or error)
        yield Rejection(Source(file.name, ""), reason)


def _size_of(file: SourceFile, found: Format | None) -> int:
    """The size of a file that can be read; raises CorpusError where it cannot."""
    status = file.path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(file.path.iterdir(), None)
        raise CorpusError("the folder could not be listed; check that it may be opened")
    if not stat.S_ISREG(status.st_mode):
        raise CorpusError("this is no ordinary file; copy its content into one")
    if found is None:
        ending = ending_of(file.name) or "no ending"
        raise CorpusError(f"not a format that is read: {ending}; formats: {', '.join(FORMATS)}")
    return status.st_size


def _read_whole(
    found: WholeFile | Document, file: SourceFile, size: int
) -> Iterator[RawRelease | Rejection]:
    if size > MAX_BYTES:
        with file.path.open("rb") as stream:
            source = Source(file.name, sha256_of(stream))
        yield Rejection(source, _TOO_LONG.format(MAX_BYTES >> 20))
        return
    with file.path.open("rb", buffering=0) as raw:
        data = raw.readall()
    sha256 = hashlib.sha256(data).hexdigest()
    accounts = Unpacker(sha256, Budget(size)).content(found, data, _spot_of(file))
    yield from _within_limits(accounts, file.name, sha256)


def _read_stream(
    found: Streamed | Container, file: SourceFile, size: int
) -> Iterator[RawRelease | Rejection]:
    """Read a file of any size: once for its fixity, and once for what it holds."""
    with file.path.open("rb") as stream:
        told = survey(stream) if isinstance(found, Streamed) else Survey(sha256_of(stream), size)
        stream.seek(0)
        unpacker, spot = Unpacker(told.sha256, Budget(size)), _spot_of(file)
        if told.fault or not told.size:
            yield Rejection(Source(file.name, told.sha256), told.fault or EMPTY)
            return
        if isinstance(found, Streamed):
            accounts = unpacker.stream(found, stream, told.encoding, spot)
        else:
            accounts = unpacker.container(found, stream, spot)
        yield from _within_limits(accounts, file.name, told.sha256)


def _within_limits(
    accounts: Iterator[RawRelease | Rejection], name: str, sha256: str
) -> Iterator[RawRelease | Rejection]:
    try:
        yield from accounts
    except (CorpusError, Exhausted) as error:
        yield Rejection(Source(name, sha256), str(error))


def _spot_of(file: SourceFile) -> Spot:
    page = file.page
    if page is None:
        return Spot(file.name)
    hints = Hints(url=page.url, date=page.date, title=page.title, alternates=page.alternates)
    return Spot(file.name, hints=hints)
