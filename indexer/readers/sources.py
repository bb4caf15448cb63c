"""The files of an archive: which there are, and the account of those that are not read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import CorpusError
from indexer.release import Source


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read: where it lies, and how it is shown."""

    path: Path
    name: str
    """The source folder's own name and the path below it; for a file source its file name."""
    size: int
    """Bytes; 0 where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a record in it, that is not read, and why in one line.

    The SHA-256 of the source is the empty string where the file's bytes were not read.
    """

    source: Source
    reason: str


def walk(sources: Sequence[Path]) -> Iterator[SourceFile]:
    """Yield the files of the sources, in the order of the sources and sorted by name in each.

    Hidden files and folders are skipped. A folder that links lead to more than once is visited
    once. A folder that cannot be listed is yielded itself, and fails when it is read.

    Raises:
        CorpusError: a source does not exist.
    """
    for source in sources:
        if not source.exists():
            raise CorpusError(f"there is no file or folder {source}; check the spelling")
    return (file for source in sources for file in _files_of(source))


def _files_of(source: Path) -> Iterator[SourceFile]:
    seen: set[tuple[int, int]] = set()
    waiting = [(source, source.name or source.resolve().name)]
    while waiting:
        path, name = waiting.pop()
        if not path.is_dir():
            yield SourceFile(path, _shown(name), _size_of(path))
            continue
        try:
            if _is_new(path, seen):
                waiting.extend(_entries_of(path, name))
        except OSError:
            yield SourceFile(path, _shown(name), 0)


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _entries_of(folder: Path, name: str) -> list[tuple[Path, str]]:
    """What lies in the folder, the last name first, because the end of the list is next."""
    names = (path.name for path in folder.iterdir())
    shown = sorted((each for each in names if not each.startswith(".")), reverse=True)
    return [(folder / each, f"{name}/{each}") for each in shown]


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _shown(name: str) -> str:
    """The name as text: bytes of it that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
