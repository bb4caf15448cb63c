"""What every engine is asked and what it answers, so that answers can be laid side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PAGE_SIZE = 10


class QueryClass(StrEnum):
    """A kind of query, as its row in the tables is called."""

    RARE = "one rare word"
    COMMON = "one common word"
    OR = "OR of 2-5 words"
    AND = "AND of 2-5 words"
    PHRASE = "phrase of common words"
    PREFIX = "prefix"
    WILDCARD = "wildcard"
    FUZZY = "fuzzy, one edit"
    ALL = "everything, filtered"


class Mode(StrEnum):
    """What is asked for besides the ten best and the total."""

    TOP = "top 10"
    FACETS = "+ 4 facets"
    SIDEWAYS = "+ 4 facets, one selected"


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: the ten best with the exact total, and counts of these facets.

    A pattern is the one word of its query: `gover` for a prefix, `go*ment` for a wildcard.
    """

    query_class: QueryClass
    words: tuple[str, ...]
    selected: tuple[str, str] | None = None
    """A facet and its value: hits must carry it, but the facet itself is counted without it."""
    facets: tuple[str, ...] = ()


Counts = Mapping[str, Mapping[str, int]]
"""By facet and value, how many documents; values that none carries are left out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an engine."""

    total: int
    top: tuple[int, ...]
    """Numbers of at most ten documents, the best first."""
    facets: Counts = field(default_factory=dict)
    notice: str = ""
    """What the engine itself says of its answer, such as that a bound was applied."""
