"""The readers: from the files of an archive to releases, one format a file.

A reader never raises for what stands in a file: each fault is a `Rejection` with its reason,
and the rest of the file is read.
"""

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from indexer.errors import CorpusError
from indexer.readers.decoding import decode, sha256_of, survey
from indexer.readers.draft import Draft, Fault, release_of
from indexer.readers.registry import (
    FORMATS,
    Streamed,
    WholeFile,
    describes_folder,
    ending_of,
    format_of,
)
from indexer.readers.sources import Rejection, SourceFile, walk
from indexer.release import RawRelease, Source

__all__ = ["FORMATS", "MAX_BYTES", "Rejection", "SourceFile", "read", "walk"]

MAX_BYTES = 64 * 1024 * 1024
"""The size to which a file is read that is not a stream of records."""

_EMPTY = "the file is empty; remove it or fetch it again"
_BLANK = "there is no text in it; remove it or fetch it again"
_ABOUT = "describes the folder, it is no release; give it front matter with a title if it is one"
_TOO_LONG = "the file is longer than {} MB; split it into releases or write them as .jsonl"
_UNREADABLE = "cannot be read: {}; check that it is there and may be opened"


def read(file: SourceFile) -> Iterator[RawRelease | Rejection]:
    """Yield the releases of a file in its order, and what in it is not read and why.

    The number of a record is its line in .jsonl, its row below the header in .csv, and its
    place in a list in .json, each from 1.
    """
    source = Source(file.name, "")
    try:
        found = format_of(file.name)
        with _opened(file, found) as stream:
            if isinstance(found, Streamed):
                yield from _read_stream(found, stream, file.name)
            elif found:
                yield from _read_whole(found, stream, file.name)
    except CorpusError as error:
        yield Rejection(source, str(error))
    except OSError as error:
        yield Rejection(source, _UNREADABLE.format(error.strerror or error))


def _opened(file: SourceFile, found: WholeFile | Streamed | None) -> BinaryIO:
    mode = file.path.stat().st_mode
    if stat.S_ISDIR(mode):
        next(file.path.iterdir(), None)
        raise CorpusError("the folder could not be listed; check that it may be opened")
    if not stat.S_ISREG(mode):
        raise CorpusError("this is no ordinary file; copy its content into one")
    if found is None:
        ending = ending_of(file.name) or "no ending"
        raise CorpusError(f"not a format that is read: {ending}; formats: {', '.join(FORMATS)}")
    return file.path.open("rb")


def _read_whole(found: WholeFile, stream: BinaryIO, name: str) -> Iterator[RawRelease | Rejection]:
    if os.fstat(stream.fileno()).st_size > MAX_BYTES:
        reason = _TOO_LONG.format(MAX_BYTES // (1024 * 1024))
        yield Rejection(Source(name, sha256_of(stream)), reason)
        return
    data = stream.read(MAX_BYTES)
    source = Source(name, sha256_of(io.BytesIO(data)))
    try:
        text = decode(data, found.declared(data)).removeprefix("\ufeff")
        yield from _accounts(_drafts(found, text, name), source, len(data))
    except CorpusError as error:
        yield Rejection(source, str(error))


def _drafts(found: WholeFile, text: str, name: str) -> Iterator[Draft | Fault]:
    if not text.strip():
        return iter(())
    if describes_folder(name, text):
        return iter([Fault(_ABOUT)])
    return found.read(text)


def _read_stream(found: Streamed, stream: BinaryIO, name: str) -> Iterator[RawRelease | Rejection]:
    told = survey(stream)
    source = Source(name, told.sha256)
    if told.fault:
        yield Rejection(source, told.fault)
        return
    stream.seek(0)
    with io.TextIOWrapper(stream, told.encoding, errors="replace") as text:
        yield from _accounts(found.read(text), source, told.size)


def _accounts(
    drafts: Iterator[Draft | Fault], source: Source, size: int
) -> Iterator[RawRelease | Rejection]:
    """The account of each draft; a file without any is rejected itself."""
    blank = True
    for draft in drafts:
        blank = False
        yield _account(draft, source)
    if blank:
        yield Rejection(source, _BLANK if size else _EMPTY)


def _account(draft: Draft | Fault, source: Source) -> RawRelease | Rejection:
    """The release or the rejection, with the record that it came from."""
    place = Source(source.path, source.sha256, draft.record)
    if isinstance(draft, Fault):
        return Rejection(place, draft.reason)
    place = replace(place, crawled=draft.crawled)
    return release_of(draft, place) if draft.text.strip() else Rejection(place, _BLANK)
