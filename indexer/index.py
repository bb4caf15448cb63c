"""`Index`: what programs hold. It picks the engine, keeps a searcher open, and builds."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer import bundled, earlier
from indexer.audit import changed_sources
from indexer.authority import Authority
from indexer.bookkeeping import load_builds, load_groups
from indexer.build import BuildReport, How, Progress, build
from indexer.earlier import EarlierVersion
from indexer.embedded import EmbeddedEngine
from indexer.engine import Build, Compaction, Due, Engine, EngineStatistics, Searcher, Writer
from indexer.errors import IndexUnavailable
from indexer.exports import AllHits
from indexer.facets import Facets
from indexer.gathering import by_member, gathered, marking
from indexer.grouping import Group
from indexer.history import HISTORY, SourceHistory, beside
from indexer.history import load as load_history
from indexer.ledger import LEDGER, Entry, Outcome
from indexer.ledger import load as load_ledger
from indexer.release import Release
from indexer.request import SearchRequest
from indexer.response import Hit, MarkedText, Ranking, SearchPage
from indexer.resuming import Finished
from indexer.updating import books_of, keep_books

Location = str | PathLike[str]


class _Quiet:
    """No progress is shown."""

    def start(self, task: str, total: int) -> None:
        """Nothing is shown."""

    def advance(self, done: int) -> None:
        """Nothing is shown."""

    def end(self) -> None:
        """Nothing is shown."""

    def note(self, message: str) -> None:
        """Nothing is shown."""


def _folder_of(location: Location) -> Path:
    if "://" in str(location):
        raise IndexUnavailable(
            f"{location} is an address; this version keeps indexes in folders: name a folder"
        )
    return Path(location)


class Index:
    """An index of press releases. Threads may share it.

    A search answers from the newest commit; a commit by another process is noticed at the next
    search.
    """

    def __init__(self, engine: EmbeddedEngine) -> None:
        """Use `create` or `open`."""
        self._engine = engine
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._seen: object = None
        self._groups: dict[str, Group] | None = None
        """By the ids of their members; read when first asked for after a commit."""
        self._grouped: Searcher | None = None
        """The searcher whose groups these are."""

    @classmethod
    def create(cls, location: Location, *, authority: Location | None = None) -> "Index":
        """A new, empty index in a new or an empty folder.

        `authority` is a folder of authority files; those that ship with Communique serve where
        it is None. Raises IndexUnavailable or AuthorityError.
        """
        files = Authority.load(Path(authority) if authority else bundled.authority())
        return cls(EmbeddedEngine.create(_folder_of(location), files))

    @classmethod
    def open(cls, location: Location, *, build: str | None = None) -> "Index":
        """An index that is there. Raises IndexUnavailable or IndexCorrupt.

        With `build`, one of those that `builds` lists, it answers from that one alone, and can
        not be written.
        """
        return cls(EmbeddedEngine.open(_folder_of(location), build=build))

    def at(self, build: str) -> "Index":
        """The same index as one of `builds` has it; it answers from that alone, and never changes.

        Raises IndexUnavailable where that build is not kept, or IndexCorrupt.
        """
        return Index(self._engine.at(build))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Let go of the files; calling it twice is no error."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = self._grouped = self._groups = None

    @property
    def engine(self) -> Engine:
        """The engine behind this index."""
        return self._engine

    @property
    def facets(self) -> Facets:
        """The facets of this index, in the order in which they are shown."""
        return self._engine.authority.facets

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits. Raises UserError, IndexUnavailable or IndexCorrupt."""
        return self._newest().search(request)

    def rank(self, request: SearchRequest) -> Ranking:
        """One page of hits by their ids and scores, no release read. Raises as `search` does."""
        return self._newest().rank(request)

    def walk(self, request: SearchRequest) -> Iterator[Release]:
        """Every hit in order, whatever the page. Raises as `search` does.

        It answers from one commit to its end, and reads one release at a time.
        """
        return self.all_hits(request).releases

    def all_hits(self, request: SearchRequest) -> AllHits:
        """Every hit in order with what an export says of them. Raises as `search` does."""
        return gathered(self._newest(), request, self.builds())

    def complete(self, prefix: str, limit: int = 10) -> Sequence[str]:
        """Words of releases that begin so, the most frequent first, for search as you type."""
        return self._newest().complete(prefix, limit)

    def release(self, id: str) -> Release | None:
        """The release of that id, or None."""
        return self._newest().release(id)

    def similar(self, id: str, limit: int = 10) -> Sequence[Hit]:
        """Releases like one, by words, names and translations that both have; why is explained.

        Copies and versions of it are left out. Raises UserError where there is no such release.
        """
        return self._newest().similar(id, limit)

    def releases(self) -> Iterator[Release]:
        """Every release, in the order of ids."""
        searcher = self._newest()
        for release_id in searcher.ids():
            release = searcher.release(release_id)
            if release is not None:
                yield release

    def marked(self, release: Release, request: SearchRequest) -> tuple[MarkedText, MarkedText]:
        """Title and body of a release with what a search matched. Raises UserError."""
        return marking(self._newest(), request)(release)

    def statistics(self) -> EngineStatistics:
        """The size of the index."""
        return self._newest().statistics()

    def builds(self) -> Sequence[Build]:
        """The builds that are kept, from the oldest on."""
        return self._engine.builds()

    def writer(self, *, rebuild: bool = False, keep: int | None = None) -> Writer:
        """The only writer, for programs that make releases themselves.

        `keep` is how many builds stay from its commit on; None: as many as before, at first 2.
        """
        return self._engine.writer(rebuild=rebuild, keep=keep)

    def compact(self) -> Compaction:
        """Make one segment of all, without what is deleted; searchers go on answering.

        Raises IndexUnavailable where a writer is at work.
        """
        return self._engine.compact()

    def add_corpus(
        self,
        *sources: Location,
        rebuild: bool = False,
        jobs: int = 1,
        authority: Location | None = None,
        progress: Progress | None = None,
        keep: int | None = None,
        if_needed: bool = False,
        retry_rejected: bool = False,
        resume: bool = True,
        allow_empty: bool = False,
    ) -> BuildReport:
        """Bring the index up to date with files and folders; it switches at once, or not at all.

        Only files that changed are read; releases whose file is gone from these sources are
        dropped. With other `authority` files, or another analysis or schema than the index was
        made with, its releases are tagged and written again without reading their sources. With
        `rebuild` everything is read again, and what other sources gave goes. `jobs` is the number
        of processes; with more than one, a script needs the guard `if __name__ == "__main__"`,
        because each process imports it. `keep` is how many builds stay; None: as many as before,
        at first 2. With `if_needed`, nothing is committed where nothing changed;
        with `retry_rejected`, files are read of which something was rejected, and no others.
        A build that was interrupted is gone on with where it was; without `resume` it begins anew.
        Raises CorpusError where a source does not exist, or had files and has none, unless with
        `allow_empty`; IndexUnavailable where another writer is
        at work.
        """
        given = Authority.load(Path(authority)) if authority is not None else None
        with self._engine.update(given, rebuild=rebuild, keep=keep) as writer:
            # Not before the lock: another writer might commit in between.
            books = books_of(self._engine, rebuild=rebuild)
            finished = Finished.of(self._engine.folder, writer.authority)
            if not resume:
                finished.clear()
            stored, told = self._engine.stored, progress or _Quiet()
            how = How(jobs, told, stored, finished, retry_rejected, allow_empty)
            report = build([Path(source) for source in sources], books, writer, how)
            if if_needed and not report.changes and writer.due is Due.NOTHING:
                writer.rollback()
                return replace(report, build=None)
            keep_books(books, self._engine, writer)
            writer.describe(_summary(sources, report, rebuild=rebuild))
        finished.clear()
        if given is not None:
            self._engine = self._engine.reopened()
        return report

    def ledger(self) -> Iterator[Entry]:
        """What became of every input of the last builds."""
        return load_ledger(self._newest().kept(LEDGER))

    def versions(self, id: str) -> Sequence[EarlierVersion]:
        """What a release was before its text changed at the source, from the oldest on."""
        return list(earlier.load(self._newest().kept(earlier.shard_of(id)), id))

    def entry(self, id: str) -> Entry | None:
        """The entry of a release in the ledger: its file, and the builds that read it."""
        for line in self._newest().kept(LEDGER):
            # All lines are looked at; to parse each would take ten times as long.
            if json.dumps(id) in line:
                for found in load_ledger([line]):
                    if found.id == id and found.outcome is Outcome.INDEXED:
                        return found
        return None

    def account(self) -> Iterator[tuple[Entry | None, SourceHistory | None]]:
        """Each entry of the ledger with the history of its file, then the files that are gone."""
        kept = self._newest().kept
        return beside(load_ledger(kept(LEDGER)), load_history(kept(HISTORY)))

    def build_times(self) -> dict[str, str]:
        """The time of each build that read sources, by its id, from the oldest on; in UTC."""
        return load_builds(self._newest().kept)

    def groups(self) -> Sequence[Group]:
        """The copies and language versions that are one release; only groups of two and more."""
        return load_groups(self._newest().kept)

    def group_of(self, id: str) -> Group | None:
        """The group of a release, or None where it stands alone."""
        searcher = self._newest()
        with self._lock:
            if self._groups is None or self._grouped is not searcher:
                self._groups = by_member(searcher)
                self._grouped = searcher
            return self._groups.get(id)

    def verify(self) -> Mapping[str, str]:
        """Faults by the name of the damaged part; empty where all is well."""
        return self._engine.verify()

    def verify_sources(self) -> Mapping[str, str]:
        """What is wrong, by the path of a source file that is not as it was read."""
        return changed_sources(self.ledger())

    def _newest(self) -> Searcher:
        """The open searcher, or a new one where a commit came since."""
        with self._lock:
            seen = self._engine.commit_seen()
            if self._searcher is None or seen != self._seen:
                self._engine = self._engine.reopened()
                # The old searcher may still be answering in another thread: it goes when that
                # thread lets go of it.
                self._searcher = self._engine.searcher()
                self._groups = self._grouped = None
                self._seen = seen
            return self._searcher


def _summary(sources: Sequence[Location], report: BuildReport, *, rebuild: bool) -> str:
    return (
        f"{'rebuilt from' if rebuild else 'brought up to date with'} "
        f"{', '.join(map(str, sources))}: {report.indexed} indexed, {report.duplicates} "
        f"duplicates, {report.rejected} rejected; {report.files_read} files read, "
        f"{report.files_gone} gone"
        f"{f', {report.retagged} releases tagged again' if report.retagged else ''}"
    )


def open_or_create(location: Location, authority: Location | None = None) -> Index:
    """The index of a folder, to be updated; a new one where the folder is new or empty.

    It may have been made by another analysis.
    """
    folder = _folder_of(location)
    try:
        there = folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise IndexUnavailable(f"{folder} cannot be read: {error.strerror}") from error
    if there:
        return Index(EmbeddedEngine.open(folder, update=True))
    return Index.create(folder, authority=authority)
