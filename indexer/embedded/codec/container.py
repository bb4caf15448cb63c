"""One segment in one file: named arrays behind a header, mapped without copying, each checked.

The layout is described in `docs/index-format.md`.
"""

import json
import os
import struct
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec.deflate import deflate
from indexer.errors import IndexCorrupt, IndexUnavailable

MAGIC = b"CMQSEG\r\n"
VERSION = 1
"""Raised whenever an older version of the code could not read what is written."""

PAGE = 4096
ALIGNED = 64
"""Sections that are shorter than a page begin at a multiple of so many bytes."""
CHUNK = 65_536
"""Bytes that share a checksum: what one look at a section has to check at most beyond its need."""

_HEADER = struct.Struct("<8sIIQII")
"""Magic, version, length of the table, its place, its CRC-32, CRC-32 of the fields before."""
_TYPES = frozenset(["|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"])
"""Plain numbers alone: a type of numpy that holds references must never come out of a file."""
_IN_MEMORY = 1 << 20

Bytes = NDArray[np.uint8]


class SectionWriter:
    """Collects sections, several at a time, and writes them one behind the other."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._parts: dict[str, tuple[str, IO[bytes]]] = {}
        # A writer that is dropped after an error leaves no open file behind.
        weakref.finalize(self, _close, self._parts)

    def append(self, name: str, values: NDArray[Any]) -> None:
        """Add values to the end of a section; all of one section have one type."""
        kind = values.dtype.newbyteorder("<").str
        if name not in self._parts:
            folder = None if self._folder is None else str(self._folder)
            part = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=folder)  # noqa: SIM115
            self._parts[name] = (kind, part)
        known, file = self._parts[name]
        if known != kind:
            raise ValueError(f"section {name} holds {known}, not {kind}")
        file.write(np.ascontiguousarray(values, dtype=kind).data)

    def finish(self, target: IO[bytes], about: Mapping[str, object]) -> None:
        """Write the whole file; `about` is kept in its table as JSON."""
        target.write(bytes(_HEADER.size))
        place = _HEADER.size
        sums: list[int] = []
        sections: dict[str, dict[str, object]] = {}
        for name, (kind, part) in self._parts.items():
            size = part.tell()
            start = _aligned(place, PAGE if size >= PAGE else ALIGNED)
            target.write(bytes(start - place))
            first = len(sums)
            sums += _copy(part, target)
            sections[name] = {"type": kind, "start": start, "size": size, "sums": first}
            place = start + size
        table = {"sections": sections, "about": about, "sums": sums}
        encoded = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        target.write(encoded)
        target.seek(0)
        target.write(_header(place, encoded))
        self.discard()

    def discard(self) -> None:
        """Let go of what was collected."""
        _close(self._parts)


def _close(parts: dict[str, tuple[str, IO[bytes]]]) -> None:
    for _, part in parts.values():
        part.close()
    parts.clear()


def _aligned(place: int, step: int) -> int:
    return -(-place // step) * step


def _header(place: int, table: bytes) -> bytes:
    known = struct.pack("<8sIIQI", MAGIC, VERSION, len(table), place, deflate.crc32(table))
    return known + struct.pack("<I", deflate.crc32(known))


def _copy(part: IO[bytes], target: IO[bytes]) -> list[int]:
    part.seek(0)
    sums = []
    while chunk := part.read(CHUNK):
        target.write(chunk)
        sums.append(deflate.crc32(chunk))
    return sums


@dataclass(frozen=True, slots=True)
class _Section:
    kind: np.dtype[Any]
    start: int
    size: int
    sums: list[int]
    checked: bytearray
    """For each chunk whether it was compared with its checksum."""


class SectionFile:
    """A file that `SectionWriter` made. What is read is checked, each chunk once."""

    def __init__(self, name: str, content: Bytes) -> None:
        """Read the header and the table.

        Raises IndexUnavailable for another version, IndexCorrupt where either is damaged.
        """
        self.name = name
        self._content = content
        self.end = 0
        """Where the sections end."""
        table = self._table()
        self.about: Mapping[str, Any] = table["about"]
        self._sections = {
            section: self._section(section, entry, table["sums"])
            for section, entry in table["sections"].items()
        }

    @classmethod
    def open(cls, path: Path) -> "SectionFile":
        """Map a file; nothing of it is copied. Raises IndexUnavailable or IndexCorrupt."""
        try:
            if not os.path.getsize(path):  # noqa: PTH202  # half the time of Path.stat
                raise IndexCorrupt(f"{path.name} is empty")
            content = np.asarray(np.memmap(path, np.uint8, "r"))
        except FileNotFoundError as error:
            raise IndexCorrupt(f"{path.name} is missing") from error
        except OSError as error:
            raise IndexUnavailable(f"{path.name} cannot be read: {error}") from error
        return cls(path.name, content)

    def _table(self) -> dict[str, Any]:
        if len(self._content) < _HEADER.size:
            raise IndexCorrupt(f"{self.name} is cut short: it has no header")
        raw = self._content[: _HEADER.size].tobytes()
        magic, version, length, place, table_sum, own_sum = _HEADER.unpack(raw)
        if magic != MAGIC:
            raise IndexCorrupt(f"{self.name} is no segment: it begins with {magic!r}")
        if deflate.crc32(raw[:-4]) != own_sum:
            raise IndexCorrupt(f"{self.name} is damaged in its header: the checksum differs")
        if version > VERSION:
            raise IndexUnavailable(
                f"{self.name} has format version {version}, this version of Communique reads "
                f"versions up to {VERSION}; install a newer one, or rebuild the index"
            )
        self.end = place
        encoded = self._content[place : place + length].tobytes()
        if len(encoded) != length or deflate.crc32(encoded) != table_sum:
            raise IndexCorrupt(f"{self.name} is damaged in its table: the checksum differs")
        return dict(json.loads(encoded))

    def _section(self, name: str, entry: Mapping[str, Any], sums: list[int]) -> _Section:
        if entry["start"] + entry["size"] > len(self._content):
            raise self._damaged(name, "it is cut short")
        chunks = -(-entry["size"] // CHUNK)
        own = sums[entry["sums"] : entry["sums"] + chunks]
        if entry["type"] not in _TYPES:
            raise self._damaged(name, f"its type is {entry['type']!r}")
        kind = np.dtype(entry["type"])
        return _Section(kind, entry["start"], entry["size"], own, bytearray(chunks))

    def _damaged(self, section: str, fault: str) -> IndexCorrupt:
        return IndexCorrupt(f"{self.name} is damaged in its section {section}: {fault}")

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def sizes(self) -> dict[str, int]:
        """The bytes of each section."""
        return {name: section.size for name, section in self._sections.items()}

    def array(self, name: str, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """Values number `start` to `stop` (excluded) of a section, as they lie in the file.

        Raises IndexCorrupt where there is no such section, or it is not as it was written.
        """
        section = self._sections.get(name)
        if section is None:
            raise self._damaged(name, "it is missing")
        width = section.kind.itemsize
        first, last = start * width, section.size if stop is None else stop * width
        if not 0 <= first <= last <= section.size:
            raise self._damaged(name, f"it has no values {start} to {stop}")
        self._check(name, section, first, last)
        begin = section.start
        return self._content[begin + first : begin + last].view(section.kind)

    def _check(self, name: str, section: _Section, first: int, last: int) -> None:
        for chunk in range(first // CHUNK, -(-last // CHUNK)):
            if not section.checked[chunk]:
                begin = section.start + chunk * CHUNK
                end = min(begin + CHUNK, section.start + section.size)
                if deflate.crc32(self._content[begin:end].data) != section.sums[chunk]:
                    raise self._damaged(name, f"the checksum of its part {chunk} differs")
                section.checked[chunk] = 1

    def damage(self) -> list[str]:
        """What is wrong with each section that is not as it was written."""
        faults = []
        for name in self._sections:
            try:
                self.array(name)
            except IndexCorrupt as error:
                faults.append(str(error))
        return faults
