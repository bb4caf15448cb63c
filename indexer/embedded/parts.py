"""Parts of a batch that processes of their own write, each a segment or several."""

from pathlib import Path

from indexer.embedded.batch import Batch
from indexer.embedded.codec.segment import ArraySegment
from indexer.engine import Place
from indexer.errors import IndexUnavailable
from indexer.facets import Facets
from indexer.release import Release

PART_WORDS = 4_000_000
"""Words that a process holds in memory before it writes them as a segment."""


class EmbeddedPartWriter:
    """Writes segments into the folder of the new generation, where nobody knows them yet."""

    def __init__(self, folder: Path, staged: Path, facets: Facets) -> None:
        self._folder = folder
        self._staged = staged
        self._facets = facets
        self._batch: Batch | None = None
        self._segments: list[ArraySegment] = []

    def add(self, release: Release) -> Place:
        """Add a release. Raises IndexUnavailable where the disk is full or cannot be written."""
        try:
            if self._batch is None:
                self._batch = Batch(self._staged, self._facets)
            batch = self._batch
            place = Place(batch.segment.file_name, batch.add(release))
            if batch.size >= PART_WORDS:
                self._end_batch()
        except (OSError, MemoryError) as error:
            raise unwritten(self._folder, error) from error
        return place

    def finish(self) -> list[ArraySegment]:
        """The segments that were written. Raises IndexUnavailable."""
        try:
            self._end_batch()
        except (OSError, MemoryError) as error:
            raise unwritten(self._folder, error) from error
        segments, self._segments = self._segments, []
        return segments

    def _end_batch(self) -> None:
        batch, self._batch = self._batch, None
        if batch is not None and len(batch):
            self._segments.append(batch.write())


def unwritten(folder: Path, error: OSError | MemoryError) -> IndexUnavailable:
    """What a writer says where the disk is full, memory is used up, or it cannot write."""
    fault = "out of memory" if isinstance(error, MemoryError) else error
    return IndexUnavailable(
        f"the index in {folder} could not be written: {fault}; it still answers as it did before "
        "this batch"
    )
