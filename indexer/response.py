"""What a search answers: frozen values, the same from every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

from indexer.release import Release
from indexer.request import Interval


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text with the characters that matched: a snippet, a title or a whole body."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Sorted, disjoint (start, end) pairs, end excluded."""
    cut_before: bool = False
    cut_after: bool = False

    def to_html(self) -> str:
        """Escaped HTML with <mark> around what matched, and … where the text was cut."""
        pieces, at = [], 0
        for start, end in self.marks:
            pieces += [escape(self.text[at:start]), f"<mark>{escape(self.text[start:end])}</mark>"]
            at = end
        pieces.append(escape(self.text[at:]))
        return self._with_ellipses("".join(pieces))

    def to_plain(self) -> str:
        """The bare text, with … where it was cut."""
        return self._with_ellipses(self.text)

    def _with_ellipses(self, text: str) -> str:
        return ("… " if self.cut_before else "") + text + (" …" if self.cut_after else "")


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which a hit matches the query."""

    asked: str
    """The part of the query, as typed."""
    rule: str
    """exact, folded, stem, variant, glossary, phrase, prefix, wildcard, fuzzy, facet, date,
    authority, all words, kindred, alike or recent."""
    language: str | None
    """The language whose stems matched, where stems did."""
    forms: tuple[str, ...]
    """The words of the release that matched, as they stand there."""
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit is there: the score is what the reasons give together."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A copy or a language version of a hit; whether it matches itself makes no difference."""

    id: str
    language: str
    title: str
    rule: str
    """Why it is one with the others, by `indexer.grouping.RULES`."""
    evidence: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that matches; of several versions the best that does and passes the filters."""

    release: Release
    score: float
    title: MarkedText
    snippet: MarkedText
    explanation: Explanation | None = None
    versions: tuple[Version, ...] = ()
    """The other members of its group, first the one that stands for it."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the number of hits that it would give."""

    value: str
    label: str
    count: int
    selected: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket of a histogram."""

    hits: int
    releases: int
    """All releases of the bucket, so that no hits among many differ from no hits among none."""
    start: date | None = None
    """Its first day; None for what has no place in a bucket."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Hits by date of publication, whatever the filter on dates.

    Each release counts once: in a bucket where its whole known period lies, in `wider` where the
    period is longer than that, such as a year among months, in `unknown` without a date.
    """

    interval: Interval
    buckets: tuple[Bucket, ...]
    """From the oldest; those in which there is no release at all are left out."""
    wider: Bucket
    unknown: Bucket


@dataclass(frozen=True, slots=True)
class Help:
    """A part of a search without which there would be hits."""

    dropped: str
    """A part of the query as typed, or the name of a facet or of `date`."""
    query: str
    """The query without it."""
    facet: str | None
    """The facet whose filter is left out; None where words are."""
    total: int
    """The hits that this gives, exactly, counted as those of the search."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page of an answer as ids and scores alone: no release is read."""

    total: int
    """All hits, exactly: `releases` where versions are collapsed, else `files`."""
    releases: int
    """All that matches, copies and language versions counted as one."""
    files: int
    """All that matches, each copy and language version counted."""
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    """One for one; 0 where nothing is scored."""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By facet and value the number of hits that the value would give; only values that some hit
    has, and those that are chosen."""
    histogram: Histogram | None = None
    notices: tuple[str, ...] = ()
    """What the user should know of how the query was read."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer."""

    query: str
    total: int
    """All hits, exactly: `releases` where versions are collapsed, else `files`."""
    page_number: int
    page_size: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    suggestion: str | None = None
    """A query that would give hits, where this one gave none."""
    help: tuple[Help, ...] = ()
    """Where no release has all that was asked: what would give hits, most of them first."""
    notices: tuple[str, ...] = ()
    """What the user should know of how the query was read."""
    build: str = ""
    """The build of the index that gave this answer."""
    took_ms: float = 0.0
    histogram: Histogram | None = None
    releases: int = 0
    """All that matches, copies and language versions counted as one."""
    files: int = 0
    """All that matches, each copy and language version counted."""

    @property
    def page_count(self) -> int:
        """How many pages the answer has."""
        return -(-self.total // self.page_size)
