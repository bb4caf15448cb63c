"""One file that is compressed by gzip, bzip2 or xz: page.html.gz."""

import io
from collections.abc import Iterator

from indexer.readers.archives.compressed import Unpacked, buffered, magic_of
from indexer.readers.draft import Entry, Fault
from indexer.readers.limits import Budget

_NOT_PACKED = "this is not compressed, whatever its name says; take the last ending off its name"


def read_packed(stream: io.BufferedReader, budget: Budget) -> Iterator[Entry | Fault]:
    """Yield the one file, as far as it can be unpacked, and why not further."""
    magic = magic_of(stream)
    if magic is None:
        yield Fault(_NOT_PACKED)
        return
    unpacked = Unpacked(stream, magic, budget.limits)
    content = buffered(unpacked)
    if content.peek(1) or not unpacked.fault:
        yield Entry("", lambda: content)
    if unpacked.fault:
        yield Fault(unpacked.fault)
