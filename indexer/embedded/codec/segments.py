"""The segments of an index that is being written, and Whoosh's table of contents of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import _DEF_INDEX_NAME, TOC, FileIndex, clean_files

from indexer.embedded.codec import merge_policy
from indexer.embedded.codec.codec import ArrayCodec
from indexer.embedded.codec.merging import Source, merge, stored_fields
from indexer.embedded.codec.segment import ArraySegment, SegmentBuilder
from indexer.errors import IndexUnavailable


def new_segment() -> ArraySegment:
    """A segment with a name of its own, not yet part of an index."""
    return ArraySegment(ArrayCodec(), _DEF_INDEX_NAME)


class Segments:
    """What was there, with deletions, and what is added; `commit` makes it the index."""

    def __init__(self, index: FileIndex) -> None:
        """Raises IndexUnavailable where another codec wrote a segment."""
        toc = TOC.read(index.storage, index.indexname)
        self.storage = index.storage
        self.schema = toc.schema
        self.folder = Path(index.storage.folder)
        self._name = index.indexname
        self._generation = toc.generation
        self._old: list[ArraySegment] = [checked(segment) for segment in toc.segments]
        self._new: list[ArraySegment] = []
        self._whole = False

    def add(self, segment: ArraySegment) -> None:
        """Add a segment whose file is written."""
        self._new.append(segment)

    def take(self, segment: ArraySegment, key: str) -> set[bytes]:
        """Add a segment whose keys replace the same ones in the others; returns them."""
        data = segment.data(self.storage)
        every = np.array(data.key_terms(key), object)
        kept = set(every[~segment.deleted].tolist())
        for other in (*self._old, *self._new):
            for doc, known in enumerate(other.data(self.storage).key_terms(key)):
                if known in kept:
                    other.delete_document(doc)
        self._new.append(segment)
        return kept

    def stored(self, segment: ArraySegment, doc: int) -> dict[str, str]:
        """The stored fields of a document."""
        return segment.data(self.storage).records.read(doc)

    def delete(self, field: str, term: bytes) -> None:
        """Delete every document that has this term."""
        for segment in (*self._old, *self._new):
            postings = segment.data(self.storage).postings
            number = postings.find(field, term)
            if number is not None:
                for doc in postings.docs(number).tolist():
                    segment.delete_document(doc)

    def compact(self) -> bool:
        """Merge all at the commit; False where that changes nothing."""
        self._whole = True
        there = (*self._old, *self._new)
        return len(there) > 1 or any(segment.has_deletions() for segment in there)

    def commit(self) -> None:
        """Merge what the policy says, and write the table of contents."""
        there = [segment for segment in (*self._old, *self._new) if segment.doc_count()]
        # By its name in the module: that is where tests replace the policy.
        merged = there if self._whole else merge_policy.to_merge(there)
        left = [segment for segment in there if not any(segment is one for one in merged)]
        left += [self._merged(merged)] if merged else []
        toc = TOC(self.schema, left, self._generation + 1)
        toc.write(self.storage, self._name)
        clean_files(self.storage, self._name, self._generation + 1, left)

    def close(self) -> None:
        """Let go of the files."""
        self._old, self._new = [], []

    def _merged(self, segments: list[ArraySegment]) -> ArraySegment:
        sources = list(self._sources(segments))
        target = new_segment()
        builder = SegmentBuilder(self.folder, stored_fields(sources))
        try:
            count = merge(sources, builder)
            builder.write(self.folder / target.file_name, count)
        finally:
            builder.discard()
        target.set_doc_count(count)
        return target

    def _sources(self, segments: list[ArraySegment]) -> Iterator[Source]:
        for segment in segments:
            yield Source(segment.data(self.storage), ~segment.deleted)


def checked(segment: Any) -> ArraySegment:
    """The segment, if this codec wrote it; else raises IndexUnavailable."""
    if not isinstance(segment, ArraySegment):
        raise IndexUnavailable(
            f"segment {segment.segment_id()} was written by another codec of Whoosh "
            f"({type(segment).__name__}); rebuild the index with: "
            "communique index SOURCE --index DIR --rebuild"
        )
    return segment
