"""What every engine offers, and the laws that it keeps.

The contract suite in `tests/engine_contract.py` checks each law by its number.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import TracebackType
from typing import NamedTuple, Protocol, Self, TypeAlias

from indexer.authority import Authority
from indexer.facets import Facets
from indexer.query import Query
from indexer.release import Release
from indexer.request import SearchRequest
from indexer.response import Hit, Ranking, SearchPage


@dataclass(frozen=True, slots=True)
class EngineStatistics:
    """The size of an index."""

    releases: int
    segments: int
    bytes: int
    build: str


@dataclass(frozen=True, slots=True)
class Build:
    """One commit of an index that is kept: every answer names the one that gave it."""

    id: str
    """Its number and six random digits, as 000007-ab12cd: two copies of an index differ in them."""
    made: datetime
    """In UTC, as the clock of the writer said."""
    summary: str
    """What was done, in one line."""
    bytes: int
    """Files that builds share count in each."""
    current: bool


@dataclass(frozen=True, slots=True)
class Compaction:
    """What a compaction did: the size before and after; the same build where it was not needed."""

    before: EngineStatistics
    after: EngineStatistics


class Due(Enum):
    """What of an index is to be done again, because it was made with other things than now."""

    NOTHING = "nothing"
    SETTINGS = "settings"
    """The texts of authority files and glossary that are kept with it."""
    RELEASES = "releases"
    """All releases are to be tagged and written again; their sources need not be read."""
    SOURCES = "sources"
    """All sources are to be read."""


class Searcher(Protocol):
    """A snapshot: it MUST answer the same for as long as it is open, whatever writers do.

    It MUST be safe to use from several threads at once.
    """

    @property
    def facets(self) -> Facets:
        """The facets of the index."""
        ...

    def search(self, request: SearchRequest) -> SearchPage:
        """The page of `rank`, its releases loaded, marked and, if asked, explained."""
        ...

    def rank(self, request: SearchRequest) -> Ranking:
        """One page of hits in a total order: score, then date, then id.

        Counts MUST be exact. The values of a facet MUST be counted without that facet's own
        filter, the histogram without the filter on dates, and a selected value MUST be listed,
        even at 0. Raises UserError where the request names what the index has not; an engine
        that cannot answer MUST raise, never answer with no hits. It MUST NOT read a release.
        """
        ...

    def understood(self, request: SearchRequest) -> Query:
        """The query as it is evaluated: facets resolved; names, spellings, translations added.

        Raises UserError as `rank` does.
        """
        ...

    def walk(self, request: SearchRequest) -> Iterator[str]:
        """The ids of all hits in the order of `rank`, whatever the page."""
        ...

    def release(self, id: str) -> Release | None:
        """The release of that id, or None."""
        ...

    def similar(self, id: str, limit: int) -> Sequence[Hit]:
        """Releases that share words and names with one, none of its own versions among them.

        Each has an explanation of what it shares. Raises UserError where there is no such release.
        """
        ...

    def ids(self) -> Iterator[str]:
        """The ids of all releases, sorted."""
        ...

    def complete(self, prefix: str, limit: int) -> Sequence[str]:
        """Words of releases that begin so, normalized, the most frequent first."""
        ...

    def statistics(self) -> EngineStatistics:
        """The size of the index."""
        ...

    def kept(self, name: str) -> Iterator[str]:
        """The lines that its commit kept under this name; none where it kept none.

        Raises IndexCorrupt, at the latest behind the last line, where they are damaged.
        """
        ...

    def close(self) -> None:
        """Let go of the index; calling it twice is no error."""
        ...


class Place(NamedTuple):
    """Where a part writer put a release."""

    part: str
    number: int


class Revision(NamedTuple):
    """What else is to be true of a release that is written already."""

    id: str
    changed: date | None = None
    """As `Release.changed`."""


Part: TypeAlias = object
"""What a part writer wrote: it can be sent between processes, and its engine alone opens it."""


class PartWriter(Protocol):
    """Writes releases of a batch in a process of its own, which it MUST be possible to send it to.

    It replaces nothing: what counts of two releases of one id is told when the parts are taken.
    """

    def add(self, release: Release) -> Place:
        """Add a release. Raises IndexUnavailable where it cannot be written."""
        ...

    def finish(self) -> Sequence[Part]:
        """End the parts that were begun, and hand them over."""
        ...


class Writer(Protocol):
    """A batch of changes that appears at once, at `commit`, or not at all."""

    @property
    def build(self) -> str:
        """The id of the build that the commit makes."""
        ...

    @property
    def authority(self) -> Authority:
        """The authority files that the index has from the commit on."""
        ...

    @property
    def due(self) -> Due:
        """What this batch has to do again; from `Due.RELEASES` on it begins empty."""
        ...

    def add(self, release: Release) -> None:
        """Add a release; one of the same id is replaced, also within the batch."""
        ...

    def delete(self, id: str) -> None:
        """Delete a release; an id that is not there is no error."""
        ...

    def part_writer(self) -> PartWriter:
        """An empty one, whose parts this writer takes."""
        ...

    def take(
        self, parts: Sequence[Part], without: Collection[Place], revised: Mapping[Place, Revision]
    ) -> None:
        """Take what part writers wrote as if it were added, but for the releases `without`.

        Those that are `revised` come so; all ids of the parts MUST then be different.
        """
        ...

    def keep(self, name: str, lines: Iterable[str]) -> None:
        """Keep a text beside the releases, such as the ledger; it MUST appear with this batch."""
        ...

    def describe(self, summary: str) -> None:
        """Say in one line what this batch is; it is kept with the build."""
        ...

    def commit(self) -> None:
        """Make the batch visible to searchers that are opened from now on."""
        ...

    def rollback(self) -> None:
        """Drop the batch."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or roll back where an exception passes."""
        ...


class Engine(Protocol):
    """One index that can be searched and written."""

    def searcher(self) -> Searcher:
        """A snapshot of the newest commit. Raises IndexUnavailable or IndexCorrupt."""
        ...

    def writer(self, *, rebuild: bool = False, keep: int | None = None) -> Writer:
        """The only writer; with `rebuild` it starts empty.

        `keep` is how many builds stay from its commit on; None: as many as before. Raises
        IndexUnavailable where another writer is at work.
        """
        ...

    def update(
        self, authority: Authority | None, *, rebuild: bool = False, keep: int | None = None
    ) -> Writer:
        """The only writer, which says in `due` what is to be done again.

        Authority files take the place of those that the index has. It MUST work where another
        analysis or another schema made the index. `keep` and errors are those of `writer`.
        """
        ...

    def stored(self, wanted: Callable[[str], bool]) -> Iterator[Release]:
        """The releases of the newest commit whose ids are wanted, whatever analysis made it.

        Raises IndexCorrupt.
        """
        ...

    def builds(self) -> Sequence[Build]:
        """The builds that are kept, from the oldest on."""
        ...

    def compact(self) -> Compaction:
        """Make one segment of all, without what is deleted; searchers go on answering.

        Raises IndexUnavailable where a writer is at work.
        """
        ...

    def kept(self, name: str) -> Iterator[str]:
        """The lines that the newest commit kept under this name; none where it kept none."""
        ...

    def verify(self) -> Mapping[str, str]:
        """Faults by the name of the damaged part; empty where all is well."""
        ...
