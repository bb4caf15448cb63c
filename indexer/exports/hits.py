"""All hits of a search, from one commit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from indexer.facets import Facets
from indexer.grouping import Group
from indexer.release import Release
from indexer.request import SearchRequest
from indexer.response import MarkedText


@dataclass(frozen=True, slots=True)
class AllHits:
    """What a request finds, all of it: counted at once, read one by one."""

    request: SearchRequest
    build: str
    """The build of the index that answers, to the end."""
    made: datetime | None
    """When that build was made; None where it is no longer kept."""
    held: int
    """All releases of the build."""
    total: int
    """How many hits there are."""
    files: int
    """How many match, each copy and language version counted: more than `total` where the request
    collapses them."""
    notices: tuple[str, ...]
    releases: Iterator[Release]
    """In the order of the request; they can be gone through once."""
    facets: Facets
    marked: Callable[[Release], tuple[MarkedText, MarkedText]]
    """Title and body of a release with what matches."""
    groups: Callable[[], Mapping[str, Group]]
    """What releases are one with others, by the ids of all of them."""
