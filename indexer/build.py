"""Building an index from sources: what changed is read, what is gone is dropped, all is accounted.

The books of the last build say which files were read and what became of them. A file whose
SHA-256 is the same is not read again, unless what is true of its neighbours changed it: it
repeats a release that goes away, or a line of it is now known to repeat across the archive.
Where authority files, analysis or schema changed, the stored releases are written again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

from indexer.account import Account
from indexer.bookkeeping import Books
from indexer.cleaning import PagePrints, Repeated, repeated
from indexer.engine import Due, Place, Revision, Writer
from indexer.grouping import group
from indexer.history import continued
from indexer.ledger import Entry, Outcome
from indexer.parallel import Workers
from indexer.plan import Plan, Planner, beside_sha256, refuse_emptied
from indexer.reading import RECORDS, Written, make_releases, take_prints
from indexer.release import Release
from indexer.resuming import Finished
from indexer.retagging import retag

WORTH_KEEPING = 10_000_000
"""Bytes of sources from which on finished work is kept: less is soon read again."""

BYTES_OF_WORD = 7
"""About what a word takes in a text, with the blank behind it."""


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

    def note(self, message: str) -> None:
        """Something that the person who waits should know."""
        ...


@dataclass(frozen=True, slots=True)
class How:
    """How a build is to go about it."""

    jobs: int
    progress: Progress
    stored: Callable[[Callable[[str], bool]], Iterator[Release]]
    """Gives the releases of the last build whose ids are wanted."""
    finished: Finished
    """What a build that was interrupted has done already, and where this one keeps what it does."""
    only_rejected: bool = False
    """Files are read of which something was rejected, and no others."""
    allow_empty: bool = False
    """A source that had files and has none now is taken at its word."""


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
    retagged: int
    """Releases that were tagged and written again without reading their source."""
    rejections: tuple[Entry, ...]
    build: str | None
    """The build that was made; None where none was needed."""
    notices: tuple[str, ...]
    """What else must be known of it."""

    @property
    def inputs(self) -> int:
        """Files that hold one release, and records of files that hold many."""
        return self.indexed + self.duplicates + self.rejected

    @property
    def changes(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.files_read or self.files_gone or self.retagged)


def build(sources: Sequence[Path], books: Books, writer: Writer, how: How) -> BuildReport:
    """Bring what the writer writes up to date with the sources, and the books with it.

    Raises CorpusError where a source does not exist, or has lost all its files, unless that is
    allowed.
    """
    if not (how.allow_empty or how.only_rejected):
        refuse_emptied(sources, books)
    books.builds[writer.build] = datetime.now(UTC).isoformat(timespec="seconds")
    planner = Planner(sources, books, only_rejected=how.only_rejected)
    changed = planner.changed()
    if done := how.finished.count("prints"):
        made, records = how.finished.count("file"), how.finished.count("records")
        how.progress.note(
            f"resuming: of {len(changed):,} files, {done:,} were looked through and {made:,} made "
            "into releases"
            + (f", and {records * RECORDS:,} records of files of many" if records else "")
        )
    again = _size_of(books) if writer.due is Due.RELEASES else 0
    size = sum(source.file.size for source in changed)
    parts = writer.part_writer()
    kept = how.finished if size >= WORTH_KEEPING else None
    with Workers(writer.authority, how.jobs, size + again, parts, kept) as workers:
        how.progress.start("reading", size)
        new = take_prints(changed, workers, how.progress.advance)
        prints = planner.kept_prints(changed) | new
        known = repeated(list(chain.from_iterable(prints.values())))
        plan = planner.plan(new, known)
        retagged = 0
        if writer.due is Due.RELEASES:
            how.progress.start("tagging", again)
            stored = how.stored(lambda known: known not in plan.dropped_ids)
            retagged = _retag(stored, books, workers, how.progress)
        if not plan.is_empty:
            _read(plan, books, prints, known, writer, workers, how.progress)
        elif retagged:
            writer.take(workers.finish(), (), {})
        how.progress.end()
    if retagged or not plan.is_empty:
        books.groups = group(list(books.fingerprints.values()))
    books.history = continued(books.history, books.ledger, planner.names, writer.build)
    return _report(plan, books, retagged, writer.build)


def _retag(releases: Iterator[Release], books: Books, workers: Workers, progress: Progress) -> int:
    retagged = 0
    for taken in retag(releases, workers):
        retagged += 1
        # Programs that make releases themselves keep no fingerprints of them.
        if taken.id in books.fingerprints:
            books.fingerprints[taken.id] = taken
        progress.advance(taken.words * BYTES_OF_WORD)
    return retagged


def _read(
    plan: Plan,
    books: Books,
    prints: dict[str, list[PagePrints]],
    known: Repeated,
    writer: Writer,
    workers: Workers,
    progress: Progress,
) -> None:
    """Read what is planned, drop what is gone, and bring the books up to date."""
    for gone in sorted(plan.dropped_ids):
        writer.delete(gone)
    beside = {source.path: beside_sha256(source.file) for source in plan.to_read}
    account = Account(plan.kept, books, beside, writer.build)
    progress.start("indexing", sum(source.file.size for source in plan.to_read))
    repeating: set[Place] = set()
    revised: dict[Place, Revision] = {}
    for made in make_releases(plan.to_read, prints, known, workers, progress.advance):
        settled = account.settle(made)
        if isinstance(made.result, Written) and made.fingerprint:
            if settled is None:
                repeating.add(made.result.place)
            elif settled != Revision(made.fingerprint.id):
                revised[made.result.place] = settled
    writer.take(workers.finish(), repeating, revised)
    books.ledger, books.prints = account.entries, prints
    books.fingerprints, books.replaced = account.fingerprints, account.replaced


def _size_of(books: Books) -> int:
    """About the bytes of the texts that are indexed."""
    return sum(taken.words for taken in books.fingerprints.values()) * BYTES_OF_WORD


def _report(plan: Plan, books: Books, retagged: int, build: str) -> BuildReport:
    entries = books.ledger
    outcomes = Counter(entry.outcome for entry in entries)
    return BuildReport(
        indexed=outcomes[Outcome.INDEXED],
        duplicates=outcomes[Outcome.DUPLICATE],
        rejected=outcomes[Outcome.REJECTED],
        files=len({entry.path for entry in entries}),
        files_read=len(plan.to_read),
        files_unchanged=plan.unchanged,
        files_gone=plan.gone,
        retagged=retagged,
        rejections=tuple(entry for entry in entries if entry.outcome is Outcome.REJECTED),
        build=build,
        notices=tuple(books.notices),
    )
