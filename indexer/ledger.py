"""The ledger: what became of every input, record by record; kept with the index as JSON lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from sys import intern

from indexer.errors import IndexCorrupt

LEDGER = "ledger.jsonl"

_SHARED = ("reading", "first_build", "build")
"""Fields that are the same in many entries: kept once in memory."""


class Outcome(StrEnum):
    """How an input ended; every one ends in exactly one of these."""

    INDEXED = "indexed"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: a file, or one record of a file."""

    path: str
    """The file's absolute path."""
    source: str
    """The file as the archivist named it."""
    record: int | None
    sha256: str
    """Of the whole file."""
    outcome: Outcome
    id: str | None = None
    """The release that it became, or that it repeats."""
    reason: str | None = None
    """Why it was rejected, with how to mend it."""
    text_sha256: str | None = None
    """Of title and body: releases that agree in it are duplicates."""
    beside_sha256: str | None = None
    """Of what a sitemap beside the file says of it, where one does."""
    reading: str = ""
    """The version of the rules by which it was read."""
    first_build: str | None = None
    """The build that indexed the release first, by its id; of other inputs, the same as `build`."""
    build: str | None = None
    """The build that read it last."""
    changed: str | None = None
    """The day on which a build found another text than before, in the form of ISO 8601."""


def dump(entries: Iterable[Entry]) -> Iterator[str]:
    """The ledger's lines; in ASCII, because the bytes of a path need not be UTF-8."""
    return (json.dumps(asdict(entry)) for entry in entries)


def load(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of a ledger. Raises IndexCorrupt, which names the line."""
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            shared = {name: intern(fields[name]) for name in _SHARED if fields.get(name)}
            yield Entry(**{**fields, **shared, "outcome": Outcome(fields["outcome"])})
        except (ValueError, TypeError, KeyError) as error:
            raise IndexCorrupt(f"line {number} of the ledger is damaged: {error}") from error
