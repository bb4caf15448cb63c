"""A codec for Whoosh: each segment one file of arrays that numpy maps without copying.

`docs/index-format.md` describes the file.
"""

from indexer.embedded.codec.codec import ArrayCodec
from indexer.embedded.codec.container import SectionFile
from indexer.embedded.codec.segment import EXTENSION, ArraySegment, SegmentData

__all__ = ["EXTENSION", "ArrayCodec", "ArraySegment", "SectionFile", "SegmentData"]
