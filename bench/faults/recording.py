"""A recording of what one operation does to a folder, step by step.

Python tells of each opening, renaming, linking and removing before it happens (PEP 578); os.fsync
is wrapped. At each of these moments the whole folder is read: names, inodes, contents. So every
write is seen, by whatever library, and a step lies between any two operations on names.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
ROOT = 0
"""Stands for the inode of the folder itself."""

Entries = dict[str, int]


@dataclass(frozen=True)
class Step:
    """The folder at one moment, and what of it is on the disk for sure."""

    folders: dict[int, Entries]
    """For each folder the inode of each name in it."""
    contents: dict[int, bytes]
    flushed_folders: dict[int, Entries]
    flushed_contents: dict[int, bytes]


@dataclass
class Recording:
    """The steps of an operation; the same moment is kept once."""

    folder: Path
    steps: list[Step] = field(default_factory=list)
    _flushed_folders: dict[int, Entries] = field(default_factory=dict)
    _flushed_contents: dict[int, bytes] = field(default_factory=dict)

    def begin(self) -> None:
        """All that is there is on the disk."""
        folders, contents = _read(self.folder)
        self._flushed_folders, self._flushed_contents = folders, contents
        self._note()

    def _note(self) -> None:
        folders, contents = _read(self.folder)
        step = Step(folders, contents, dict(self._flushed_folders), dict(self._flushed_contents))
        if not self.steps or step != self.steps[-1]:
            self.steps.append(step)

    def event(self) -> None:
        """Something is about to happen."""
        self._note()

    def flush(self, handle: int) -> None:
        """A file or folder is flushed."""
        self._note()
        status = os.fstat(handle)
        inode = ROOT if os.path.samestat(status, self.folder.stat()) else status.st_ino
        folders, contents = _read(self.folder)
        if inode in folders:
            self._flushed_folders[inode] = folders[inode]
        elif inode in contents:
            self._flushed_contents[inode] = contents[inode]
        self._note()


def _read(folder: Path) -> tuple[dict[int, Entries], dict[int, bytes]]:
    folders: dict[int, Entries] = {}
    contents: dict[int, bytes] = {}

    def visit(place: str, number: int) -> None:
        folders[number] = {}
        with os.scandir(place) as entries:
            for entry in entries:
                folders[number][entry.name] = entry.inode()
                if entry.is_dir():
                    visit(entry.path, entry.inode())
                elif entry.inode() not in contents:
                    contents[entry.inode()] = Path(entry.path).read_bytes()

    visit(str(folder), ROOT)
    return folders, contents


_recording: list[Recording] = []
_busy: list[bool] = []
_hooked: list[bool] = []


def _hook(event: str, _arguments: object) -> None:
    if _recording and not _busy and event in EVENTS:
        _busy.append(True)
        try:
            _recording[-1].event()
        finally:
            _busy.clear()


@contextmanager
def recorded(folder: Path) -> Iterator[Recording]:
    """Record what happens to a folder."""
    if not _hooked:
        # A hook cannot be taken away again; without a recording it does nothing.
        sys.addaudithook(_hook)
        _hooked.append(True)
    recording = Recording(folder)
    fsync = os.fsync

    def flush(handle: int) -> None:
        _busy.append(True)
        try:
            recording.flush(handle)
        finally:
            _busy.clear()

    recording.begin()
    os.fsync = flush  # type: ignore[assignment]
    _recording.append(recording)
    try:
        yield recording
    finally:
        _recording.clear()
        os.fsync = fsync
        recording.event()
