"""Writing: releases go into a new generation of segments, which then becomes the current one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from whoosh.index import create_in, open_dir

from indexer.authority import Authority
from indexer.embedded import generations, stored
from indexer.embedded.batch import Batch
from indexer.embedded.codec.segment import ArraySegment
from indexer.embedded.codec.segments import Segments
from indexer.embedded.generation import KEPT
from indexer.embedded.locks import WriterLock
from indexer.embedded.parts import EmbeddedPartWriter, unwritten
from indexer.embedded.schema import make_schema
from indexer.engine import Due, Part, Place, Revision
from indexer.errors import CommuniqueError, IndexUnavailable
from indexer.release import Release

MEMORY_WORDS = 8_000_000
"""Words that are held in memory before they are written as a segment: 4 bytes each, and some 40
more while the longest field is sorted. The segments of one batch are merged when it ends."""


class EmbeddedWriter:
    """The only writer of an index; what it writes appears at once, at `commit`."""

    def __init__(
        self,
        folder: Path,
        lock: WriterLock,
        authority: Authority,
        languages: Iterable[str],
        *,
        due: Due,
        keep: int | None = None,
    ) -> None:
        """Begin a batch under a lock, which ends with it. Raises as `generations` does."""
        self._folder = folder
        self.authority = authority
        self.due = due
        self._facets = authority.facets
        self._keep = keep
        self._summary = ""
        empty = due in (Due.RELEASES, Due.SOURCES)
        self._staged = generations.stage(folder, from_current=not empty)
        self.build = generations.build_of(self._staged)
        """The build that the commit makes."""
        self._index = (
            create_in(str(self._staged), make_schema(self._facets, languages))
            if empty
            else open_dir(str(self._staged))
        )
        self._segments = Segments(self._index)
        self._batch = Batch(self._staged, self._facets)
        self._lock: WriterLock | None = lock

    def add(self, release: Release) -> None:
        """Add a release; one of the same id is replaced."""
        with self._writing():
            self._batch.replace(release)
            self._segments.delete("id", release.id.encode())
            if self._batch.size >= MEMORY_WORDS:
                self._end_batch()

    def delete(self, id: str) -> None:
        """Delete a release; an id that is not there is no error."""
        self._check_open()
        self._segments.delete("id", id.encode())
        self._batch.delete(id)

    def part_writer(self) -> EmbeddedPartWriter:
        """An empty writer of parts, to be sent to another process."""
        return EmbeddedPartWriter(self._folder, self._staged, self._facets)

    def take(
        self, parts: Sequence[Part], without: Collection[Place], revised: Mapping[Place, Revision]
    ) -> None:
        """Take what part writers wrote, but for the releases `without`, and as revised."""
        with self._writing():
            for part in parts:
                assert isinstance(part, ArraySegment)  # noqa: S101  # from our own part writers
                for place in (*without, *revised):
                    if place.part == part.file_name:
                        part.delete_document(place.number)
                for known in self._segments.take(part, "id"):
                    self._batch.delete(known.decode())
                for place, revision in revised.items():
                    if place.part == part.file_name:
                        fields = self._segments.stored(part, place.number)
                        self.add(replace(stored.load(fields["release"]), **revision._asdict()))

    def keep(self, name: str, lines: Iterable[str]) -> None:
        """Keep a text beside the releases; it appears with this batch."""
        with self._writing():
            path = self._staged / KEPT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # The file may be shared with the current build: replace it, never write into it.
            path.unlink(missing_ok=True)
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(line + "\n" for line in lines)

    def forget(self, name: str) -> None:
        """Keep no text under that name from this batch on."""
        with self._writing():
            (self._staged / KEPT / name).unlink(missing_ok=True)

    def describe(self, summary: str) -> None:
        """Say in one line what this batch is; it is kept with the build."""
        self._summary = " ".join(summary.split())

    def compact(self) -> bool:
        """Make one segment of all at the commit; False where there already is no more than that."""
        self._check_open()
        return self._segments.compact()

    def commit(self) -> None:
        """Flush everything to disk and make it the current build.

        Where that fails the batch is dropped, and the index stays as it was. Raises
        IndexUnavailable where the disk is full or cannot be written, or memory is used up.
        """
        with self._writing():
            self._end_batch()
            self._segments.commit()
            generations.switch(self._folder, self._staged, self._summary, self._keep)
        self._end()

    def rollback(self) -> None:
        """Drop the batch; the index stays as it was."""
        if self._lock is None:
            return
        # A folder that cannot be cleared now, the next writer clears.
        with suppress(OSError, CommuniqueError):
            generations.prune(self._folder)
        self._end()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What fails ends the batch: half of one must never be committed."""
        self._check_open()
        try:
            yield
        except (OSError, MemoryError) as error:
            self.rollback()
            raise unwritten(self._folder, error) from error
        except BaseException:
            self.rollback()
            raise

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

    def _check_open(self) -> None:
        if self._lock is None:
            raise IndexUnavailable("this writer has ended; open another one")

    def _end_batch(self) -> None:
        batch, self._batch = self._batch, Batch(self._staged, self._facets)
        if len(batch):
            self._segments.add(batch.write())

    def _end(self) -> None:
        self._batch.discard()
        self._segments.close()
        self._index.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
