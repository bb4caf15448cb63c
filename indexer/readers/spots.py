"""Where the files in a file lie: their paths below it, and what is said of them there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as day

from indexer.errors import CorpusError
from indexer.readers.archives.member_names import OUTSIDE, member_path
from indexer.readers.draft import Entry, Fault, Member
from indexer.readers.registry import stem_of


@dataclass(frozen=True, slots=True)
class Hints:
    """What is said of a file by what it lies in, or beside.

    Where the file holds many releases, only encoding and day are true of each of them.
    """

    url: str | None = None
    date: str | None = None
    title: str | None = None
    encoding: str | None = None
    crawled: day | None = None
    alternates: tuple[str, ...] = ()


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file lies, and what is said of it there."""

    path: str
    """As it is shown."""
    number: int | None = None
    """Its number in a container without paths."""
    depth: int = 0
    """The containers that it lies in."""
    hints: Hints = NO_HINTS


class Inside:
    """The members of a container: which paths they have."""

    def __init__(self, outer: Spot, numbered: bool, titles: Mapping[str, str]) -> None:
        self.outer = outer
        self._numbered = numbered
        self._titles = titles
        self._count = 0
        self._taken: set[int] = set()
        """Hashes of the paths, because there may be a million."""

    def name_of(self, each: Entry | Member) -> str:
        """The member's name; the one file of a compressed stream has that of the stream."""
        return each.name or stem_of(self.outer.path)

    def spot_of(self, each: Entry | Member | Fault) -> Spot | None:
        """Where the member lies; None where it is hidden.

        Raises:
            CorpusError: its name leads out of the archive.
        """
        self._count += 1
        if isinstance(each, Fault) and each.name is None:
            return self.outer
        if self._numbered and isinstance(each, Member):
            return self._spot(each, self.outer.path, each.record)
        name = each.name if isinstance(each, Fault) else self.name_of(each)
        below = member_path(name or "")
        if below is None:
            return None
        if not below:
            raise CorpusError(OUTSIDE)
        return self._spot(each, self._own_path(f"{self.outer.path}/{below}"), None)

    def _own_path(self, path: str) -> str:
        """The path; with the member's number where another member had it before."""
        if hash(path) in self._taken:
            return f"{path}#{self._count}"
        self._taken.add(hash(path))
        return path

    def _spot(self, each: Entry | Member | Fault, path: str, number: int | None) -> Spot:
        hints = NO_HINTS
        if isinstance(each, Member):
            title = each.title or self._titles.get(each.url or "")
            hints = Hints(each.url, each.date, title, each.encoding, each.crawled)
        return Spot(path, number, self.outer.depth + 1, hints)
