"""Finished work as it is kept on disk: one file a process, which only grows.

A piece of work is a line with its kind, its name and its size, then the SHA-256 of its bytes, then
the bytes. A process that dies leaves half a piece at the worst, at the end of its file.
"""

import hashlib
import os
import secrets
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ENDING = ".journal"
LONGEST_LINE = 256
_DIGEST = hashlib.sha256().digest_size


class Place(NamedTuple):
    """Where the bytes of a piece lie, with their SHA-256 before them."""

    path: Path
    start: int
    size: int


class Journal:
    """The pieces that other processes left in a folder, and a file for those of this one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: int | None = None
        self.close: Callable[[], object] = lambda: None
        """Ends the file of this process; so does forgetting the journal."""

    def find(self, kind: str, name: str) -> bytes | None:
        """The bytes under a name; None where there are none, or not all of them as written."""
        place = self._places.get((kind, name))
        if place is None:
            return None
        try:
            with place.path.open("rb") as file:
                file.seek(place.start)
                kept = file.read(_DIGEST + place.size)
        except OSError:
            return None
        seal, content = kept[:_DIGEST], kept[_DIGEST:]
        return content if hashlib.sha256(content).digest() == seal else None

    def count(self, kind: str) -> int:
        """How many pieces of a kind other processes left."""
        return Counter(kind for kind, _ in self._places)[kind]

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], Place]:
        files = sorted(self._folder.glob(f"*{ENDING}")) if self._folder.is_dir() else []
        return {key: place for path in files for key, place in _pieces(path)}

    def keep(self, kind: str, name: str, content: bytes) -> None:
        """Add a piece. Raises OSError."""
        if self._own is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{secrets.token_hex(8)}{ENDING}"
            self._own = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
            self.close = weakref.finalize(self, os.close, self._own)
        line = f"{kind} {name} {len(content)}\n".encode()
        rest = memoryview(line + hashlib.sha256(content).digest() + content)
        # A disk that is nearly full takes a part, and refuses the next one.
        while rest:
            rest = rest[os.write(self._own, rest) :]


def _pieces(path: Path) -> Iterator[tuple[tuple[str, str], Place]]:
    """The pieces of a file, up to the first that is not there whole."""
    try:
        with path.open("rb") as file:
            end = os.fstat(file.fileno()).st_size
            while line := file.readline(LONGEST_LINE):
                kind, name, size = line.decode("ascii").split()
                place = Place(path, file.tell(), int(size))
                if place.size < 0 or place.start + _DIGEST + place.size > end:
                    return
                yield (kind, name), place
                file.seek(_DIGEST + place.size, os.SEEK_CUR)
    except (OSError, ValueError):
        return
