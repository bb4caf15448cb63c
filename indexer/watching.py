"""Following sources: an index is brought up to date whenever they have changed and come to rest.

Files are asked for their state again and again: that works on every file system, also on one of
another machine, of which the system reports no events, and needs no handle for each folder. A
change is taken up once nothing changes for an interval, because a file that is copied grows for a
while.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from indexer.build import BuildReport
from indexer.errors import CommuniqueError
from indexer.readers import walk

PATIENCE = 10
"""Intervals after which a change is taken up although there is no rest."""


def watch(
    sources: Sequence[Path],
    update: Callable[[], BuildReport],
    stop: Event,
    interval: float,
    tell: Callable[[BuildReport | CommuniqueError], None],
) -> None:
    """Update at once, and after each change, until it is told to stop; that ends no build midway.

    `interval` is in seconds. What fails is told, once for the same message, and tried again: a
    source that is away for a while or another writer ends nothing.
    """
    done, told = b"", ""
    while not stop.is_set():
        try:
            state = _at_rest(sources, done, stop, interval)
            if state != done and not stop.is_set():
                report = update()
                done, told = state, ""
                if report.build:
                    tell(report)
        except CommuniqueError as error:
            if str(error) != told:
                told = str(error)
                tell(error)
        stop.wait(interval)


def _at_rest(sources: Sequence[Path], done: bytes, stop: Event, interval: float) -> bytes:
    """The state of the sources, once it is the same twice, or is that which is done already."""
    state = _state(sources)
    for _ in range(PATIENCE):
        if state == done or not done or stop.wait(interval):
            break
        before, state = state, _state(sources)
        if state == before:
            break
    return state


def _state(sources: Sequence[Path]) -> bytes:
    """A checksum of names, sizes and times. Raises CorpusError where a source is not there."""
    digest = hashlib.sha256()
    for file in walk(sources):
        try:
            found = file.path.stat()
            what = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        except OSError:
            what = (0, 0, 0, 0)
        digest.update(f"{file.path}\0{what}\0".encode("utf-8", "surrogateescape"))
    return digest.digest()
