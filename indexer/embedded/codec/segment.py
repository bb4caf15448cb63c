"""A segment: what Whoosh's table of contents keeps of it, and its opened file."""

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec, Segment
from whoosh.filedb.filestore import FileStorage

from indexer.embedded.codec.container import SectionFile, SectionWriter
from indexer.embedded.codec.documents import KEYS, DocumentsReader, DocumentsWriter
from indexer.embedded.codec.postings import PostingsReader, PostingsWriter
from indexer.embedded.codec.records import RecordsReader, RecordsWriter
from indexer.errors import IndexCorrupt

EXTENSION = ".seg"


def folder_of(storage: Any) -> Path | None:
    """The folder of a storage of Whoosh; None where it lies in memory."""
    return Path(storage.folder) if isinstance(storage, FileStorage) else None


class SegmentData:
    """The opened file of a segment; safe to share between threads."""

    def __init__(self, file: SectionFile) -> None:
        self.file = file
        about = file.about
        self.documents = DocumentsReader(file, about["documents"], about["columns"])
        self.postings = PostingsReader(file, about["fields"])
        self.records = RecordsReader(file, about["stored"])

    @property
    def count(self) -> int:
        """Documents, deleted ones included."""
        return self.documents.count

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Fields whose values, one a document, are columns and stored as well."""
        return tuple(name for name, kind in self.documents.columns.items() if kind == KEYS)

    def key_terms(self, field: str) -> list[bytes]:
        """The value of a key in each document."""
        terms = self.postings.terms(field)
        return [terms[ordinal] for ordinal in self.documents.values(field)[1].tolist()]

    def key_of(self, field: str, doc: int) -> str:
        """The value of a key in one document."""
        ordinal = int(self.documents.values(field)[1][doc])
        return self.postings.term(self.postings.fields[field].first + ordinal).decode()


class SegmentBuilder:
    """Writes the file of a segment."""

    def __init__(self, folder: Path | None, stored: tuple[str, ...]) -> None:
        self._sections = SectionWriter(folder)
        self.postings = PostingsWriter(self._sections)
        self.documents = DocumentsWriter(self._sections)
        self.records = RecordsWriter(self._sections, stored)

    def encoded(self, documents: int) -> bytes:
        """The whole file, for a storage that has no folder."""
        target = BytesIO()
        self._finish(target, documents)
        return target.getvalue()

    def write(self, path: Path, documents: int) -> None:
        """Write the file; flushing it to the disk is the business of the generation.

        Raises FileExistsError: builds share files, and one that is there is never written into.
        """
        with path.open("xb") as target:
            self._finish(target, documents, path.stem)

    def _finish(self, target: IO[bytes], documents: int, name: str | None = None) -> None:
        about = {
            "segment": name,
            "documents": documents,
            "fields": self.postings.finish(),
            "columns": self.documents.finish(),
            "stored": self.records.finish(),
        }
        self._sections.finish(target, about)

    def discard(self) -> None:
        """Let go of what was collected."""
        self._sections.discard()


class ArraySegment(Segment):  # type: ignore[misc]  # Whoosh has no types
    """What the table of contents keeps: a name, a number of documents, a bitmap of deleted ones."""

    def __init__(self, codec: Codec, indexname: str) -> None:
        super().__init__(indexname)
        self._codec = codec
        self._count = 0
        self._deleted = bytearray()
        self._data: SegmentData | None = None
        self.builder: SegmentBuilder | None = None
        """What Whoosh's writer fills; None before and after."""

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        """A name of its own; those of Whoosh come again in a program that seeds `random`."""
        return token_hex(size // 2)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_data": None, "builder": None}

    def codec(self) -> Codec:
        """The codec that reads this segment."""
        return self._codec

    def should_assemble(self) -> bool:
        """It is one file already."""
        return False

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return str(self.make_filename(EXTENSION))

    def data(self, storage: Any) -> SegmentData:
        """Its file, opened once. Raises IndexCorrupt or IndexUnavailable."""
        if self._data is None:
            data = SegmentData(self._file(storage))
            self._check_own(data)
            self._data = data
        return self._data

    def _check_own(self, data: SegmentData) -> None:
        # A segment that lies in memory, or is older than this check, has no name in its file.
        name = data.file.about.get("segment") or self.segment_id()
        if name != self.segment_id() or data.count != self._count:
            raise IndexCorrupt(
                f"{self.file_name} is the file of another segment: it holds {data.count} "
                f"documents of {name}, not {self._count} of {self.segment_id()}"
            )

    def _file(self, storage: Any) -> SectionFile:
        folder = folder_of(storage)
        if folder is not None:
            return SectionFile.open(folder / self.file_name)
        with storage.open_file(self.file_name) as file:
            return SectionFile(self.file_name, np.frombuffer(file.read(), np.uint8))

    def set_doc_count(self, count: int) -> None:
        """Set the number of documents, deleted ones included."""
        self._count = count

    def doc_count_all(self) -> int:
        """The number of documents, deleted ones included."""
        return self._count

    @property
    def deleted(self) -> NDArray[np.bool_]:
        """For each document whether it is deleted."""
        if not self._deleted:
            return np.zeros(self._count, np.bool_)
        bits = np.frombuffer(self._deleted, np.uint8)
        return np.unpackbits(bits, count=self._count, bitorder="little").view(np.bool_)

    @deleted.setter
    def deleted(self, deleted: NDArray[np.bool_]) -> None:
        bits = np.packbits(deleted, bitorder="little").tobytes() if deleted.any() else b""
        self._deleted = bytearray(bits)

    def deleted_count(self) -> int:
        """The number of deleted documents."""
        return int.from_bytes(self._deleted, "little").bit_count()

    def deleted_docs(self) -> Iterator[int]:
        """The deleted documents."""
        return iter(np.flatnonzero(self.deleted).tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._deleted) and bool(self._deleted[docnum >> 3] >> (docnum & 7) & 1)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or bring it back."""
        if not 0 <= docnum < self._count:
            raise IndexError(f"segment {self.segid} has no document {docnum}")
        if not self._deleted:
            self._deleted = bytearray(-(-self._count // 8))
        flag = 1 << (docnum & 7)
        if delete:
            self._deleted[docnum >> 3] |= flag
        else:
            self._deleted[docnum >> 3] &= ~flag
