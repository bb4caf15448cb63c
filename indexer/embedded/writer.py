"""Writing: releases go into a new generation of segments, which then becomes the current one."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from whoosh.index import FileIndex, create_in, open_dir
from whoosh.util.filelock import FileLock
from whoosh.writing import SegmentWriter

from indexer.analysis import has_stems, normalize, stem, tokenize
from indexer.embedded import generations, stored
from indexer.embedded.schema import PARTS, WORDS, facet_field, make_schema, text_field
from indexer.errors import IndexUnavailable
from indexer.facets import Facets
from indexer.release import Release

KEPT = "kept"
"""The folder of a generation for the texts that are kept beside the releases."""

MEMORY_MB = 256


def fields_of(release: Release, facets: Facets) -> dict[str, object]:
    """The Whoosh document of a release."""
    fields: dict[str, object] = {
        "id": release.id,
        "release": stored.dump(release),
        "first_day": release.date.value.toordinal() if release.date.value else 0,
        "last_day": release.date.last_day.toordinal() if release.date.last_day else 0,
    }
    for part in PARTS:
        words = [normalize(token.text) for token in tokenize(getattr(release, part))]
        fields[text_field(part, WORDS)] = words
        language = release.language.code
        if has_stems(language):
            fields[text_field(part, language)] = [stem(word, language) for word in words]
    for name, facet in facets.items():
        fields[facet_field(name)] = facet.values_of(release)
    return fields


class EmbeddedWriter:
    """The only writer of an index; what it writes appears at once, at `commit`."""

    def __init__(
        self, folder: Path, facets: Facets, languages: Iterable[str], *, rebuild: bool
    ) -> None:
        self._folder = folder
        self._facets = facets
        self._lock: FileLock | None = generations.lock(folder)
        try:
            self._staged = generations.stage(folder, from_current=not rebuild)
            self._index: FileIndex = (
                create_in(str(self._staged), make_schema(facets, languages))
                if rebuild
                else open_dir(str(self._staged))
            )
        except BaseException:
            self._release_lock()
            raise
        self._segment: SegmentWriter | None = None
        self._ids_in_segment: set[str] = set()

    def add(self, release: Release) -> None:
        """Add a release; one of the same id is replaced."""
        # Whoosh deletes only what earlier segments hold: an id that comes twice in one segment
        # would stay twice, so the segment ends before the second one.
        if release.id in self._ids_in_segment:
            self._end_segment()
        self._open_segment().update_document(**fields_of(release, self._facets))
        self._ids_in_segment.add(release.id)

    def delete(self, id: str) -> None:
        """Delete a release; an id that is not there is no error."""
        if id in self._ids_in_segment:
            self._end_segment()
        self._open_segment().delete_by_term("id", id)

    def keep(self, name: str, lines: Iterable[str]) -> None:
        """Keep a text beside the releases; it appears with this batch."""
        path = self._staged / KEPT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # The file may be shared with the current generation: replace it, never write into it.
        path.unlink(missing_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)

    def commit(self) -> None:
        """Flush everything to disk and make it the current generation."""
        self._end_segment()
        self._index.close()
        generations.switch(self._folder, self._staged)
        self._release_lock()

    def rollback(self) -> None:
        """Drop the batch; the index stays as it was."""
        if self._segment is not None:
            self._segment.cancel()
            self._segment = None
        self._index.close()
        generations.prune(self._folder)
        self._release_lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or roll back where an exception passes."""
        if self._lock is None:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def _open_segment(self) -> SegmentWriter:
        if self._lock is None:
            raise IndexUnavailable("this writer has ended; open another one")
        if self._segment is None:
            self._segment = self._index.writer(limitmb=MEMORY_MB)
        return self._segment

    def _end_segment(self) -> None:
        if self._segment is not None:
            self._segment.commit()
            self._segment = None
            self._ids_in_segment.clear()

    def _release_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
