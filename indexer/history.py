"""The history of sources: the builds in which each file was first seen, last changed, and gone.

It outlives the ledger, which says only what is so now: a source that is gone stays in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from indexer.errors import IndexCorrupt
from indexer.ledger import Entry

HISTORY = "history.jsonl"


class SourceChange(StrEnum):
    """What a build found of a source, beside the build before."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """One file; builds are named by their ids."""

    path: str
    """Its absolute path."""
    source: str
    """The file as the archivist named it."""
    sha256: str
    """As it was read last."""
    first: str
    changed: str
    """The build that read these bytes first."""
    gone: str | None = None
    """The build that found it no longer there; None where it is there."""

    def change_in(self, build: str) -> SourceChange | None:
        """What that build found; None of a source that was gone before."""
        if self.gone:
            return SourceChange.REMOVED if self.gone == build else None
        if self.changed != build:
            return SourceChange.UNCHANGED
        return SourceChange.NEW if self.first == build else SourceChange.CHANGED


def continued(
    history: Mapping[str, SourceHistory],
    ledger: Iterable[Entry],
    names: Mapping[str, str],
    build: str,
) -> dict[str, SourceHistory]:
    """The history once a build has this ledger: its files in their order, then those gone.

    `names` has the files that the build looked at, by their paths, as the archivist named them.
    """
    found: dict[str, SourceHistory] = {}
    for path, entries in groupby(ledger, attrgetter("path")):
        entry = next(entries)
        name = names.get(path) or (history[path].source if path in history else entry.source)
        found[path] = _met(history.get(path), path, name, entry.sha256, build)
    for path, known in history.items():
        if path not in found:
            found[path] = known if known.gone else replace(known, gone=build)
    return found


def _met(
    known: SourceHistory | None, path: str, name: str, sha256: str, build: str
) -> SourceHistory:
    if known is None:
        return SourceHistory(path, name, sha256, build, build)
    if known.gone or known.sha256 != sha256:
        return SourceHistory(path, name, sha256, known.first, build)
    return replace(known, source=name)


def dump(history: Iterable[SourceHistory]) -> Iterator[str]:
    """The lines of a history; in ASCII, because the bytes of a path need not be UTF-8."""
    return (json.dumps(astuple(source)) for source in history)


def load(lines: Iterable[str]) -> Iterator[SourceHistory]:
    """The sources of a history. Raises IndexCorrupt, which names the line."""
    for number, line in enumerate(lines, 1):
        try:
            yield SourceHistory(*json.loads(line))
        except (ValueError, TypeError) as error:
            raise IndexCorrupt(f"line {number} of {HISTORY} is damaged: {error}") from error


def beside(
    ledger: Iterable[Entry], history: Iterable[SourceHistory]
) -> Iterator[tuple[Entry | None, SourceHistory | None]]:
    """Each entry with the history of its file, then the files that are gone, one at a time.

    An index that is older than its history has entries alone. Raises IndexCorrupt where a ledger
    and a history are not of one build.
    """
    sources = iter(history)
    source: SourceHistory | None = next(sources, None)
    without = source is None
    for entry in ledger:
        if source is not None and source.path != entry.path:
            source = next(sources, None)
        if not without and (source is None or source.path != entry.path):
            raise IndexCorrupt(f"the ledger and {HISTORY} differ at {entry.source}")
        yield entry, source
    if source is not None and source.gone:
        yield None, source
    for source in sources:
        yield None, source
