"""Stored texts: whole documents in compressed blocks, found by their number."""

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec.container import SectionFile, SectionWriter
from indexer.embedded.codec.deflate import ERRORS, deflate
from indexer.embedded.codec.packing import differences, narrow
from indexer.errors import IndexCorrupt

BLOCK = 32_768
"""Bytes of text after which a block ends: one page of ten hits unpacks ten blocks at most."""
LEVEL = 3
"""Of zlib: nearly as small as the default, at twice the speed. ISA-L's is smaller still."""
CACHED_BLOCKS = 32


class RecordsWriter:
    """Writes the stored fields of one document after another."""

    def __init__(self, sections: SectionWriter, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        self._sections = sections
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._sizes = array("I")
        self._firsts = array("I")
        self._block_sizes = array("I")
        self.documents = 0

    def add(self, texts: Mapping[str, str]) -> None:
        """Add a document; an empty text is as none."""
        encoded = [texts.get(field, "").encode() for field in self.fields]
        if not self._pending:
            self._firsts.append(self.documents)
        for text in encoded:
            self._pending.append(text)
            self._pending_size += len(text)
            self._sizes.append(len(text))
        self.documents += 1
        if self._pending_size >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """End the block that was begun."""
        if self._pending:
            self._append(deflate.compress(b"".join(self._pending), LEVEL))
            self._pending, self._pending_size = [], 0

    def add_block(self, sizes: NDArray[np.int64], compressed: NDArray[np.uint8]) -> None:
        """Add a whole block as another segment has it."""
        self.flush()
        self._firsts.append(self.documents)
        self._sizes.extend(sizes.tolist())
        self.documents += len(sizes) // max(1, len(self.fields))
        self._append(compressed.tobytes())

    def _append(self, block: bytes) -> None:
        self._sections.append("stored", np.frombuffer(block, np.uint8))
        self._block_sizes.append(len(block))

    def finish(self) -> list[str]:
        """Write where everything lies; returns the stored fields."""
        self.flush()
        if not self.fields:
            return []
        firsts = [*self._firsts, self.documents]
        self._sections.append("stored.firsts", narrow(np.array(firsts, np.int64)))
        for name, sizes in (("stored.blocks", self._block_sizes), ("stored.ends", self._sizes)):
            ends = np.cumsum(np.concatenate([[0], np.frombuffer(sizes, np.uint32)]), dtype=np.int64)
            self._sections.append(name, narrow(ends))
        return list(self.fields)


class _Block:
    """A compressed block, unpacked as far as was asked for; threads may share it."""

    def __init__(self, compressed: NDArray[np.uint8]) -> None:
        self._lock = Lock()
        self._unpacking = deflate.decompressobj()
        self._rest = compressed.tobytes()
        self._content = b""

    def beginning(self, size: int) -> bytes:
        """So many bytes of its text, or more, or all that there is. Raises one of ERRORS."""
        with self._lock:
            if len(self._content) < size and not self._unpacking.eof:
                more = self._unpacking.decompress(self._rest, size - len(self._content))
                self._rest = self._unpacking.unconsumed_tail
                self._content += more
            return self._content


class RecordsReader:
    """Gives back what was stored; keeps the blocks that were used last."""

    def __init__(self, file: SectionFile, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        self._file = file
        self._lock = Lock()
        self._cache: OrderedDict[int, _Block] = OrderedDict()

    @cached_property
    def firsts(self) -> NDArray[Any]:
        """For each block its first document; at the end the number of documents."""
        return self._file.array("stored.firsts")

    @cached_property
    def _blocks(self) -> NDArray[Any]:
        return self._file.array("stored.blocks")

    @cached_property
    def _ends(self) -> NDArray[Any]:
        return self._file.array("stored.ends")

    def read(self, doc: int) -> dict[str, str]:
        """The stored fields of a document. Raises IndexCorrupt where they cannot be read."""
        if not self.fields:
            return {}
        number = int(np.searchsorted(self.firsts, doc, "right")) - 1
        width = len(self.fields)
        base = int(self._ends[int(self.firsts[number]) * width])
        ends = [int(end) - base for end in self._ends[doc * width : (doc + 1) * width + 1]]
        content = self._beginning(number, ends[-1])
        texts = {
            field: content[ends[at] : ends[at + 1]].decode() for at, field in enumerate(self.fields)
        }
        return {field: text for field, text in texts.items() if text}

    def _beginning(self, number: int, size: int) -> bytes:
        """So many bytes of a block, or a few more."""
        fault: object = "it is cut short"
        try:
            content = self._block(number).beginning(size)
            if len(content) >= size:
                return content
        except ERRORS as error:
            fault = error
        raise IndexCorrupt(f"{self._file.name}: stored block {number}: {fault}")

    def _block(self, number: int) -> _Block:
        with self._lock:
            block = self._cache.pop(number, None) or _Block(self.compressed(number))
            self._cache[number] = block
            if len(self._cache) > CACHED_BLOCKS:
                self._cache.popitem(last=False)
            return block

    def compressed(self, number: int) -> NDArray[np.uint8]:
        """A block as it lies in the file."""
        return self._file.array("stored", int(self._blocks[number]), int(self._blocks[number + 1]))

    def sizes(self, number: int) -> NDArray[np.int64]:
        """The length of each text in a block, in bytes, document by document."""
        width = len(self.fields)
        first, stop = int(self.firsts[number]) * width, int(self.firsts[number + 1]) * width
        return differences(self._ends[first : stop + 1].astype(np.int64))
