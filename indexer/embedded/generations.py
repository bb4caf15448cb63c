"""The folder of an index: whole generations, and one small file that names the current one.

    INDEX/communique.json         format and current generation; replacing it is the switch
    INDEX/writer.lock             held by the only writer, let go when its process ends
    INDEX/generations/000007/     one complete, immutable index

A commit writes a new generation beside the old one, flushes it to disk, and then replaces
`communique.json`. So a reader sees the old index or the new one, and a dead writer leaves only a
folder that nobody names, which the next writer removes.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from whoosh.util.filelock import FileLock

from indexer.errors import IndexCorrupt, IndexUnavailable

FORMAT = 1
POINTER = "communique.json"
LOCK = "writer.lock"
GENERATIONS = "generations"
CHECKSUMS = "checksums.json"

KEPT_GENERATIONS = 2
"""The current one, and the one that a reader may just be opening."""


def is_index(folder: Path) -> bool:
    """Whether a folder holds an index of any format."""
    return (folder / POINTER).is_file()


def current(folder: Path) -> Path:
    """The folder of the current generation.

    Raises IndexUnavailable where there is no index or one of another format, IndexCorrupt where
    the pointer is damaged.
    """
    try:
        text = (folder / POINTER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexUnavailable(
            f"there is no index in {folder}; "
            f"make one with: communique index SOURCE --index {folder}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailable(f"the index in {folder} cannot be read: {error}") from error
    return folder / GENERATIONS / _generation_named(text, folder)


def _generation_named(text: str, folder: Path) -> str:
    try:
        pointer = json.loads(text)
        found, name = pointer["format"], str(pointer["generation"])
    except (ValueError, TypeError, KeyError):
        raise IndexCorrupt(f"{folder / POINTER} is damaged: it names no generation") from None
    if found != FORMAT:
        raise IndexUnavailable(
            f"the index in {folder} has format {found}, this version reads format {FORMAT}; "
            "make a new one in another folder with: communique index SOURCE --index DIR"
        )
    if not name.isdigit():
        raise IndexCorrupt(f"{folder / POINTER} is damaged: “{name}” is no generation")
    return name


def lock(folder: Path) -> FileLock:
    """Take the writer's lock. Raises IndexUnavailable where another writer holds it."""
    path = folder / LOCK
    held = FileLock(str(path))
    if not held.acquire(blocking=False):
        holder = path.read_text(encoding="utf-8", errors="replace").strip()
        raise IndexUnavailable(
            f"another writer is at work on {folder} ({holder or 'unknown'}); wait for it to end"
        )
    path.write_text(f"process {os.getpid()}\n", encoding="utf-8")
    return held


def stage(folder: Path, *, from_current: bool) -> Path:
    """A new generation, empty or with the files of the current one; nobody sees it yet."""
    generations = folder / GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    # What a dead writer left must go now: after the switch it would pass for the one before.
    with suppress(IndexCorrupt, IndexUnavailable):
        prune(folder)
    numbers = [int(path.name) for path in generations.iterdir() if path.name.isdigit()]
    staged = generations / f"{max(numbers, default=0) + 1:06d}"
    staged.mkdir()
    if from_current:
        for file in sorted(current(folder).rglob("*")):
            target = staged / file.relative_to(current(folder))
            if file.is_dir():
                target.mkdir()
            elif not file.name.endswith("LOCK"):
                _link_or_copy(file, target)
    return staged


def _link_or_copy(file: Path, target: Path) -> None:
    # Files of a generation never change, so two generations may share them.
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copy2(file, target)


def switch(folder: Path, staged: Path) -> None:
    """Make a staged generation the current one, all at once."""
    _seal(staged)
    for path in [*sorted(staged.rglob("*")), staged, staged.parent]:
        _flush(path)
    pointer = folder / f"{POINTER}.new"
    pointer.write_text(json.dumps({"format": FORMAT, "generation": staged.name}) + "\n")
    _flush(pointer)
    pointer.replace(folder / POINTER)
    _flush(folder)
    prune(folder)


def _files(generation: Path) -> list[Path]:
    return [
        path
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path.name != CHECKSUMS and not path.name.endswith("LOCK")
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(generation: Path) -> None:
    sums = {path.relative_to(generation).as_posix(): _sha256(path) for path in _files(generation)}
    (generation / CHECKSUMS).unlink(missing_ok=True)
    (generation / CHECKSUMS).write_text(json.dumps(sums, indent=1), encoding="utf-8")


def damage(generation: Path) -> Iterator[tuple[str, str]]:
    """Files of a generation that are not as they were written, each with what is wrong."""
    try:
        sums = dict(json.loads((generation / CHECKSUMS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        yield CHECKSUMS, f"the list of checksums cannot be read: {error}"
        return
    for name, expected in sums.items():
        path = generation / name
        if not path.is_file():
            yield name, "this file is missing"
        elif _sha256(path) != expected:
            yield name, "this file is not as it was written: its SHA-256 differs"


def _flush(path: Path) -> None:
    # Not every system lets a folder be opened; there its names are flushed with the files.
    with suppress(PermissionError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def prune(folder: Path) -> None:
    """Remove generations that are neither current nor the one before; only a writer may call it."""
    now = int(current(folder).name) if is_index(folder) else 0
    numbered = sorted(p for p in (folder / GENERATIONS).iterdir() if p.name.isdigit())
    older = [path for path in numbered if int(path.name) <= now]
    unnamed = [path for path in numbered if int(path.name) > now]
    for path in older[:-KEPT_GENERATIONS] + unnamed:
        shutil.rmtree(path, ignore_errors=True)
