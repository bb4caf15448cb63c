"""The files of an archive: which there are, and the account of those that are not read."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.errors import CorpusError
from indexer.readers.decoding import decode
from indexer.readers.feeds.saved_pages import SavedPages
from indexer.readers.feeds.sitemap import SitemapEntry, is_sitemap, parse_sitemap
from indexer.release import Source

MAX_SITEMAP = 50 * 1024 * 1024
"""Bytes; the protocol allows no more (sitemaps.org/faq.html)."""

_SITEMAP_NAME = re.compile(r"sitemap.*\.xml", re.IGNORECASE | re.DOTALL)
_ODD_BYTE = re.compile("[%\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read: where it lies, and how it is shown."""

    path: Path
    name: str
    """The source folder's own name and the path below it; for a file source its file name."""
    size: int
    """Bytes; 0 where that cannot be told."""
    page: SitemapEntry | None = None
    """What a sitemap that lies beside the file, or above it in the source, says of it."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a record in it, that is not read, and why in one line.

    The SHA-256 of the source is the empty string where the file's bytes were not read.
    """

    source: Source
    reason: str


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is being walked."""

    path: str
    shown: str
    below: str = ""
    """Its path from the source, with a slash at the end; the source's own is the empty string."""
    sitemaps: tuple[tuple[str, SavedPages], ...] = ()
    """The sitemaps that count in it, the nearest first, each with the `below` of its folder."""

    def inner(self, entry: os.DirEntry[str]) -> "_Folder":
        """The folder that is this entry."""
        shown = f"{self.shown}/{_shown(entry.name)}"
        return _Folder(entry.path, shown, f"{self.below}{entry.name}/", self.sitemaps)

    def file(self, entry: os.DirEntry[str]) -> SourceFile:
        """The file that is this entry."""
        shown = f"{self.shown}/{_shown(entry.name)}"
        return SourceFile(Path(entry.path), shown, _size_of(entry), self._page_of(entry.name))

    def _page_of(self, name: str) -> SitemapEntry | None:
        path = self.below + name
        found = (pages.page_of(path[len(below) :]) for below, pages in self.sitemaps)
        return next((page for page in found if page), None)


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
    root = _Folder(str(source), _shown(source.name or source.resolve().name))
    if not source.is_dir():
        yield SourceFile(source, root.shown, _size_of(source))
        return
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[os.DirEntry[str] | None, _Folder]] = [(None, root)]
    while waiting:
        entry, folder = waiting.pop()
        if entry and not _is_folder(entry):
            yield folder.file(entry)
            continue
        inner = folder.inner(entry) if entry else folder
        try:
            if _is_new(inner, seen):
                waiting.extend(_entries_of(inner))
        except OSError:
            yield SourceFile(Path(inner.path), inner.shown, 0)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself, which fails when it is read


def _is_new(folder: _Folder, seen: set[tuple[int, int]]) -> bool:
    status = Path(folder.path).stat()
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _entries_of(folder: _Folder) -> list[tuple[os.DirEntry[str], _Folder]]:
    """What lies in the folder, the last name first, because the end of the list is next."""
    with os.scandir(folder.path) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(".")]
    entries.sort(key=lambda entry: entry.name, reverse=True)
    named = [entry for entry in entries if _SITEMAP_NAME.fullmatch(entry.name)]
    if named:
        pages = SavedPages(chain.from_iterable(map(_sitemap_entries, reversed(named))))
        folder = replace(folder, sitemaps=((folder.below, pages), *folder.sitemaps))
    return [(entry, folder) for entry in entries]


def _sitemap_entries(entry: os.DirEntry[str]) -> list[SitemapEntry]:
    """The pages that the file names; none where it cannot be read, which its own reading tells."""
    try:
        if not entry.is_file() or entry.stat().st_size > MAX_SITEMAP:
            return []
        text = decode(Path(entry.path).read_bytes())
        return parse_sitemap(text) if is_sitemap(text) else []
    except (OSError, CorpusError):
        return []


def _size_of(entry: os.DirEntry[str] | Path) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _shown(name: str) -> str:
    """The name as text: bytes of it that are no UTF-8 are written as in an address, `%FF`.

    So two such names stay two. A percent sign is written `%25`, in such names alone.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        spelled = _ODD_BYTE.sub(lambda found: f"%{ord(found[0]) & 0xFF:02X}", name)
        return spelled.encode("utf-8", "replace").decode()
    return name
