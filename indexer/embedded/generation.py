"""One build, opened: what its files say is checked, and it stays in its place."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.embedded import sealed
from indexer.embedded.fixity import BUILD, FileRecord, files_in
from indexer.embedded.locks import Hold
from indexer.errors import IndexCorrupt, IndexUnavailable

KEPT = "kept"
"""The folder of a build for the texts that are kept beside the releases."""

_TOC = re.compile(r"_MAIN_[0-9]+\.toc")


class Generation:
    """One build; until it is closed, or forgotten, no writer removes it."""

    def __init__(self, path: Path) -> None:
        """Raises FileNotFoundError where it is not there, or going; else as `check` does."""
        self.path = path
        self.id = path.name
        self._hold = Hold(path / BUILD)
        text = self._content(BUILD)
        try:
            self.record: dict[str, Any] = sealed.load(text.decode())
            self.files = files_in(self.record)
        except (ValueError, TypeError) as error:
            raise IndexCorrupt(f"{path / BUILD} is damaged: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it."""
        self.close()

    def close(self) -> None:
        """Let go of it; calling it twice is no error."""
        self._hold.close()

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(file.size for file in self.files.values())

    def check(self) -> None:
        """Compare all sizes, and the table of contents, which is read by Whoosh, whole.

        Raises IndexCorrupt, with the name of the file that is missing or damaged, or
        IndexUnavailable where the system gives no access.
        """
        for name, record in self.files.items():
            try:
                size = (self.path / name).stat().st_size
            except FileNotFoundError:
                raise IndexCorrupt(
                    f"build {self.id} is incomplete: {name} is missing in {self.path}"
                ) from None
            except OSError as error:
                raise self._unreadable(error) from error
            if size != record.size:
                raise IndexCorrupt(
                    f"build {self.id} is damaged: {name} has {size:,} bytes, not {record.size:,}"
                )
        for name in filter(_TOC.fullmatch, self.files):
            self.text(name, encoding="latin-1")

    def text(self, name: str, *, encoding: str = "utf-8") -> str:
        """A whole file, checked. Raises IndexCorrupt or IndexUnavailable."""
        if name not in self.files:
            raise IndexCorrupt(f"build {self.id} is incomplete: it has no {name}")
        found = self._content(name)
        if hashlib.sha256(found).hexdigest() != self.files[name].sha256:
            raise self._damaged(name)
        return found.decode(encoding)

    def lines(self, name: str) -> Iterator[str]:
        """The lines that were kept under a name, none where none were.

        Raises IndexCorrupt, at the latest behind the last line, where they are not as they were
        written.
        """
        name = f"{KEPT}/{name}"
        if name in self.files:
            yield from self._checked_lines(name, self.files[name])

    def _checked_lines(self, name: str, record: FileRecord) -> Iterator[str]:
        digest = hashlib.sha256()
        try:
            with (self.path / name).open("rb") as file:
                for line in file:
                    digest.update(line)
                    yield line.rstrip(b"\n").decode()
        except UnicodeDecodeError as error:
            raise self._damaged(name) from error
        except FileNotFoundError as error:
            raise IndexCorrupt(f"build {self.id} is incomplete: {name} is missing") from error
        except OSError as error:
            raise self._unreadable(error) from error
        if digest.hexdigest() != record.sha256:
            raise self._damaged(name)

    def _content(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError as error:
            raise IndexCorrupt(f"build {self.id} is incomplete: {name} is missing") from error
        except OSError as error:
            raise self._unreadable(error) from error

    def _damaged(self, name: str) -> IndexCorrupt:
        return IndexCorrupt(f"build {self.id} is damaged: the SHA-256 of {name} differs")

    def _unreadable(self, error: OSError) -> IndexUnavailable:
        return IndexUnavailable(f"build {self.id} cannot be read: {error}")
