"""The codec: what Whoosh asks when it opens a segment, or writes one with `codec=ArrayCodec()`."""

from typing import Any

from whoosh.codec.base import Codec

from indexer.embedded.codec.readers import ArrayPerDocReader, ArrayTermsReader
from indexer.embedded.codec.segment import ArraySegment
from indexer.embedded.codec.writers import ArrayFieldWriter, ArrayPerDocWriter


class ArrayCodec(Codec):  # type: ignore[misc]  # Whoosh has no types
    """Postings, lengths and columns as arrays in one file for each segment.

    It has no settings: all that a segment needs to be read is in its file.
    """

    length_stats = False
    """Lengths are written with the postings, not asked back for them."""

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> ArrayPerDocWriter:
        return ArrayPerDocWriter(storage, segment)

    def field_writer(self, storage: Any, segment: ArraySegment) -> ArrayFieldWriter:
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(segment.data(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayPerDocReader:
        return ArrayPerDocReader(segment.data(storage), segment)

    def supports_columns(self) -> bool:
        return True

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002
        return ArraySegment(self, indexname)
