"""Fixity of a build: the size and SHA-256 of each of its files, in `build.json`."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from indexer.embedded import sealed

BUILD = "build.json"


class FileRecord(NamedTuple):
    """What a file was when it was written."""

    size: int
    sha256: str


def files_of(folder: Path) -> dict[str, Path]:
    """The files of a build by their names in it."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        # A program that opens the index with Whoosh alone leaves the file of its lock.
        if path.is_file() and path.name != BUILD and not path.name.endswith("LOCK")
    }


def sha256(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record(path: Path) -> FileRecord:
    """What a file is now. Raises OSError."""
    return FileRecord(path.stat().st_size, sha256(path))


def files_in(record: Mapping[str, object]) -> dict[str, FileRecord]:
    """The files in the record of a build. Raises ValueError."""
    listed = record.get("files")
    if not isinstance(listed, dict):
        raise ValueError("it lists no files")  # for the caller all of it is damage
    return {name: FileRecord(int(size), str(digest)) for name, (size, digest) in listed.items()}


def damage(folder: Path, known: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
    """Files of a build that are not as they were written, each with what is wrong.

    `known` has the SHA-256 of files that were looked at before, by device and inode; builds share
    files.
    """
    try:
        listed = files_in(sealed.load((folder / BUILD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        yield BUILD, f"the list of files is damaged: {error}"
        return
    there = files_of(folder)
    for name, record in listed.items():
        fault = _fault(there[name], record, known) if name in there else "this file is missing"
        if fault:
            yield name, fault
    for name in sorted(there.keys() - listed.keys()):
        yield name, "this file is no part of the build"


def _fault(path: Path, record: FileRecord, known: dict[tuple[int, int], str]) -> str | None:
    try:
        status = path.stat()
        if status.st_size != record.size:
            return f"this file has {status.st_size:,} bytes, not {record.size:,}"
        place = (status.st_dev, status.st_ino)
        if place not in known:
            known[place] = sha256(path)
        if known[place] != record.sha256:
            return "this file is not as it was written: its SHA-256 differs"
    except OSError as error:
        return f"this file cannot be read: {error}"
    return None
