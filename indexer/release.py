"""What flows through the indexer: a release as it was read, and as it is indexed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

Day = date
"""The class, where a field is called `date`."""

UNKNOWN = "unknown"
"""The value of a language or a year that is not known; it is a facet value like any other."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a release came from: a file, the record in it, and the file's fixity."""

    path: str
    """The file, as the archivist named it (source folder and the path below it).

    Below an archive the path goes on in it: archive.zip/2018/page.html.
    """
    sha256: str
    """Hexadecimal SHA-256 of the bytes of the file; of an archive, those of the whole archive."""
    record: int | None = None
    """The record's number in the file, from 1; None where the file is one release."""
    crawled: date | None = None
    """The day on which the page was fetched, where the file records it."""

    def __str__(self) -> str:
        return self.path if self.record is None else f"{self.path}#{self.record}"


@dataclass(frozen=True, slots=True)
class RawRelease:
    """One release as its reader found it; hints are what the source says of itself."""

    id: str
    source: Source
    text: str
    url: str | None = None
    title_hint: str | None = None
    date_hint: str | None = None
    language_hint: str | None = None
    removed: "tuple[RemovedText, ...]" = ()
    """What the reader itself left out, such as the furniture of an HTML page."""
    alternates: tuple[str, ...] = ()
    """Addresses at which the source says the same release stands in other languages."""
    keywords: tuple[str, ...] = ()
    """The sections and key words under which the source itself files the release."""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """Text that was cut from a release: never lost, always shown with its rule."""

    kind: str
    """teaser, navigation, signature, repeated-title, date-line, boilerplate, stamp or furniture."""
    rule: str
    """The name of the rule that cut it."""
    text: str


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


class Certainty(StrEnum):
    """How a date is known."""

    PRINTED = "printed"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A publication date with the evidence for it.

    `value` is the first day of the known period: 1 January where only the year is known.
    """

    value: date | None = None
    precision: Precision = Precision.NONE
    certainty: Certainty = Certainty.UNKNOWN
    evidence: str | None = None
    """The words of the text that gave the date, quoted."""
    rule: str | None = None
    """The name of the rule that read them."""

    @property
    def year(self) -> int | None:
        """The year, or None."""
        return self.value.year if self.value else None

    @property
    def last_day(self) -> date | None:
        """The last day of the known period."""
        match self.value, self.precision:
            case None, _:
                return None
            case value, Precision.YEAR:
                return value.replace(month=12, day=31)
            case value, Precision.MONTH:
                return value + timedelta(monthrange(value.year, value.month)[1] - 1)
            case value, _:
                return value


@dataclass(frozen=True, slots=True)
class EventDate:
    """When that took place, or will, of which a release tells: another thing than its date."""

    first: date
    last: date
    """The same as `first` where it was one day."""
    certainty: Certainty
    evidence: str
    """The words of the text, quoted."""
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a release was datelined: MOSCOW in `MOSCOW, October 14. /TASS/`."""

    name: str
    """As it is written there."""
    evidence: str
    """The dateline, quoted."""
    rule: str


@dataclass(frozen=True, slots=True)
class Language:
    """The main language of a release: an ISO 639-1 code or `unknown`, and how sure that is."""

    code: str = UNKNOWN
    confidence: float = 0.0
    """From 0 to 1."""
    also: tuple[str, ...] = ()
    """Codes of other languages that the title or whole sentences of the body are in."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an authority file at its place in a release."""

    facet: str
    """The facet of the authority file, such as operation."""
    id: str
    """The entry, such as channel/arax."""
    text: str
    """The words as they stand there."""
    part: str
    """title or body."""
    start: int
    end: int
    """Characters from `start` to `end` (excluded) of that part."""
    rule: str
    """What shows that the name is meant: name, quoted, stage, cue or list."""


@dataclass(frozen=True, slots=True)
class Release:
    """One press release, cleaned, dated, with its language and its tags.

    Title and body are in Unicode's normal form C; offsets count characters of them.
    """

    id: str
    source: Source
    title: str
    body: str
    url: str | None = None
    language: Language = Language()
    date: PublicationDate = PublicationDate()
    event: EventDate | None = None
    place: Place | None = None
    mentions: tuple[Mention, ...] = ()
    removed: tuple[RemovedText, ...] = ()
    alternates: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    changed: Day | None = None
    """The day on which a build found another text at the source than was indexed before."""
