"""Which files a build reads: what changed, and what a change elsewhere concerns."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from indexer.bookkeeping import Books
from indexer.cleaning import PagePrints, Repeated, repeated
from indexer.errors import CorpusError
from indexer.fixity import fixity
from indexer.ledger import Entry, Outcome
from indexer.pipeline import READING_VERSION
from indexer.readers import SourceFile, walk
from indexer.reading import SourceReading


@dataclass
class Plan:
    """Which files are read, and which entries of the old ledger stay."""

    to_read: list[SourceReading] = field(default_factory=list)
    kept: list[Entry] = field(default_factory=list)
    dropped_ids: set[str] = field(default_factory=set)
    unchanged: int = 0
    gone: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the index is up to date with its sources."""
        return not self.to_read and not self.gone


class Planner:
    """Compares the files of the sources with the books of the last build."""

    def __init__(
        self, sources: Sequence[Path], books: Books, *, only_rejected: bool = False
    ) -> None:
        """With `only_rejected`, files are read of which something was rejected, and no others.

        Raises CorpusError where a source does not exist.
        """
        self._only_rejected = only_rejected
        self._entries: dict[str, list[Entry]] = {}
        for entry in books.ledger:
            self._entries.setdefault(entry.path, []).append(entry)
        self._prints = books.prints
        self._found = {str(file.path.absolute()): file for file in walk(sources)}
        self._roots = [source.absolute() for source in sources]

    def changed(self) -> list[SourceReading]:
        """Files that are new, of another SHA-256, or read by other rules, in the sources' order."""
        return self._sources(path for path in self._found if not self._is_known(path))

    def plan(self, prints: dict[str, list[PagePrints]], known: Repeated) -> Plan:
        """The plan, once the prints of what changed and what repeats now are known.

        A file is read as well where a line of it repeats now and did not before, or the reverse,
        and where it repeats a release that goes away.
        """
        before = repeated(list(chain.from_iterable(self._prints.values())))
        turned = Repeated(before.top ^ known.top, before.bottom ^ known.bottom)
        again = set(prints)
        if turned.top or turned.bottom:
            again |= {
                path
                for path, pages in self._prints.items()
                if path in self._found and any(map(turned.touches, pages))
            }
        while more := self._repeating(self._dropped(again)) - again:
            again |= more
        return self._plan(again)

    @property
    def names(self) -> dict[str, str]:
        """How the archivist named the files of the sources, by their paths."""
        return {path: file.name for path, file in self._found.items()}

    def kept_prints(self, changed: Iterable[SourceReading]) -> dict[str, list[PagePrints]]:
        """The prints of the last build that still hold."""
        again = {source.path for source in changed}
        return {
            path: pages
            for path, pages in self._prints.items()
            if path not in again and not self._is_gone(path)
        }

    def _is_known(self, path: str) -> bool:
        known, file = self._entries.get(path), self._found[path]
        if self._only_rejected:
            return not any(entry.outcome is Outcome.REJECTED for entry in known or ())
        return (
            known is not None
            and known[0].reading == READING_VERSION
            and known[0].beside_sha256 == beside_sha256(file)
            and known[0].sha256 == fixity(file.path)
        )

    def _is_gone(self, path: str) -> bool:
        return (
            not self._only_rejected
            and path not in self._found
            and _is_under(Path(path), self._roots)
        )

    def _sources(self, paths: Iterable[str]) -> list[SourceReading]:
        return [SourceReading(self._found[path], path) for path in paths]

    def _dropped(self, again: set[str]) -> set[str]:
        return {
            entry.id
            for path, known in self._entries.items()
            if path in again or self._is_gone(path)
            for entry in known
            if entry.outcome is Outcome.INDEXED and entry.id
        }

    def _repeating(self, dropped: set[str]) -> set[str]:
        """Files that repeat a release which goes away: one of them becomes the release."""
        return {
            path
            for path, known in self._entries.items()
            if path in self._found
            and any(e.outcome is Outcome.DUPLICATE and e.id in dropped for e in known)
        }

    def _plan(self, again: set[str]) -> Plan:
        plan = Plan(self._sources(path for path in self._found if path in again))
        plan.dropped_ids = self._dropped(again)
        for path, known in self._entries.items():
            if self._is_gone(path):
                plan.gone += 1
            elif path not in again:
                plan.kept += known
                plan.unchanged += path in self._found
        return plan


def refuse_emptied(sources: Iterable[Path], books: Books) -> None:
    """Raise CorpusError for a source that had files and has none: its disk may be away.

    The history tells what it had, because a rebuild begins without a ledger.
    """
    for source in sources:
        if next(walk([source]), None) is None:
            root = [source.absolute()]
            had = sum(
                not one.gone and _is_under(Path(one.path), root) for one in books.history.values()
            )
            if had:
                gone = "is gone" if had == 1 else "are gone"
                files = "the only file" if had == 1 else f"all {had:,} files"
                raise CorpusError(
                    f"{files} of {source} {gone}, and nothing was removed from the "
                    "index; check that its disk is mounted, or confirm with --allow-empty"
                )


def beside_sha256(file: SourceFile) -> str | None:
    """The SHA-256 of what a sitemap beside a file says of it; None where none does."""
    return hashlib.sha256(repr(file.page).encode()).hexdigest() if file.page else None


def _is_under(path: Path, roots: Iterable[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)
