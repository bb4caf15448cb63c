"""Building an index from sources: what changed is read, what is gone is dropped, all is accounted.

The books of the last build say which files were read and what became of them. A file whose
SHA-256 is the same is not read again, unless what is true of its neighbours changed it: it
repeats a release that goes away, or a line of it is now known to repeat across the archive.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from indexer.account import Account
from indexer.authority import Authority
from indexer.bookkeeping import Books
from indexer.cleaning import repeated
from indexer.engine import Place, Writer
from indexer.grouping import group
from indexer.ledger import Entry, Outcome
from indexer.parallel import Workers
from indexer.plan import Plan, Planner, beside_sha256
from indexer.reading import Written, make_releases, take_prints


class Progress(Protocol):
    """Told how a build goes on, in bytes of source files."""

    def start(self, task: str, total: int) -> None:
        """A part of the build begins, in which so many bytes are to be read."""
        ...

    def advance(self, done: int) -> None:
        """So many more bytes are read."""
        ...

    def end(self) -> None:
        """The build is over."""
        ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The account of a build: `indexed + duplicates + rejected` are the inputs of the index."""

    indexed: int
    duplicates: int
    rejected: int
    files: int
    files_read: int
    files_unchanged: int
    files_gone: int
    rejections: tuple[Entry, ...]

    @property
    def inputs(self) -> int:
        """Files that hold one release, and records of files that hold many."""
        return self.indexed + self.duplicates + self.rejected


def build(
    sources: Sequence[Path],
    books: Books,
    writer: Writer,
    authority: Authority,
    *,
    jobs: int,
    progress: Progress,
) -> BuildReport:
    """Bring what the writer writes up to date with the sources, and the books with it.

    Raises CorpusError where a source does not exist.
    """
    planner = Planner(sources, books)
    changed = planner.changed()
    size = sum(source.file.size for source in changed)
    with Workers(authority, jobs, size, writer.part_writer()) as workers:
        progress.start("reading", size)
        new = take_prints(changed, workers, progress.advance)
        prints = planner.kept_prints(changed) | new
        known = repeated(list(chain.from_iterable(prints.values())))
        plan = planner.plan(new, known)
        for gone in sorted(plan.dropped_ids):
            writer.delete(gone)
        beside = {source.path: beside_sha256(source.file) for source in plan.to_read}
        account = Account(plan.kept, books.fingerprints, beside)
        progress.start("indexing", sum(source.file.size for source in plan.to_read))
        repeating: set[Place] = set()
        renamed: dict[Place, str] = {}
        for made in make_releases(plan.to_read, prints, known, workers, progress.advance):
            settled = account.settle(made)
            if isinstance(made.result, Written) and made.fingerprint:
                if settled is None:
                    repeating.add(made.result.place)
                elif settled != made.fingerprint.id:
                    renamed[made.result.place] = settled
        writer.take(workers.finish(), repeating, renamed)
        progress.end()
    books.ledger, books.prints = account.entries, prints
    books.fingerprints = account.fingerprints
    books.groups = group(list(account.fingerprints.values()))
    return _report(plan, account.entries)


def _report(plan: Plan, entries: Sequence[Entry]) -> BuildReport:
    outcomes = Counter(entry.outcome for entry in entries)
    return BuildReport(
        indexed=outcomes[Outcome.INDEXED],
        duplicates=outcomes[Outcome.DUPLICATE],
        rejected=outcomes[Outcome.REJECTED],
        files=len({entry.path for entry in entries}),
        files_read=len(plan.to_read),
        files_unchanged=plan.unchanged,
        files_gone=plan.gone,
        rejections=tuple(entry for entry in entries if entry.outcome is Outcome.REJECTED),
    )
