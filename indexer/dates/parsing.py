"""Dates that stand alone: date lines of a page and the dates that a source states."""

import re
from datetime import date

from indexer.dates.forms import WrittenDate, find_dates
from indexer.release import Certainty, Precision, PublicationDate

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)"
    r"(?:-?(?P<month>0[1-9]|1[0-2])(?:-?(?P<day>[0-3]\d)(?:[T\s]\d.*)?)?)?\Z"
)
_SHORT_NUMERIC = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d\d)(?!\d)")
_LONGEST = 200
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?")
_FIGURES = re.compile(r"\d+")
_NAME = re.compile(r"[^\W\d_]{3,}(?<!GMT)(?<!UTC)")
_MIDNIGHT = re.compile(r"0?0:00(?::00)?\Z")


def parse_date(text: str, language: str | None = None) -> PublicationDate | None:
    """The date that a short text is: ISO 8601, numbers, or words of the working languages.

    Of a range the last day. None where there is no date or its year is not written. The time of
    day and its zone are left aside: the date is that of the place where it was printed.
    """
    text = text.strip()[:_LONGEST]
    written = _iso(text) or _first_with_year(text, language) or _short_numeric(text)
    return as_printed(written, text, "date") if written else None


def _iso(text: str) -> WrittenDate | None:
    found = _ISO.match(text)
    if not found:
        return None
    year, month, day = (int(found[part]) if found[part] else None for part in found.groupdict())
    return _checked(WrittenDate(0, found.end(), year, month, day))


def _first_with_year(text: str, language: str | None) -> WrittenDate | None:
    dates = (written for written in find_dates(text, language) if written.year is not None)
    return next(dates, None)


def _short_numeric(text: str) -> WrittenDate | None:
    found = _SHORT_NUMERIC.match(text)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    return _checked(WrittenDate(0, found.end(), _century(year), month, day))


def _century(year: int) -> int:
    return year + (1900 if year > 69 else 2000)


def _checked(written: WrittenDate) -> WrittenDate | None:
    return written.in_year(written.year) if written.year else None


def precision_of(written: WrittenDate) -> Precision:
    """How much of a date is written."""
    if written.day:
        return Precision.DAY
    return Precision.MONTH if written.month else Precision.YEAR


def as_printed(written: WrittenDate, evidence: str, rule: str) -> PublicationDate:
    """A date with its year as a printed publication date."""
    precision = precision_of(written)
    return PublicationDate(written.value, precision, Certainty.PRINTED, evidence, rule)


def is_crawler_stamp(text: str, value: date) -> bool:
    """Whether a stated date is 1 January at midnight: what crawlers put where they know a year.

    A date in words was written by people.
    """
    clock = _CLOCK.search(text)
    at_midnight = clock is None or _MIDNIGHT.match(clock.group()) is not None
    full = len(_FIGURES.findall(text)) >= 3 or len(text) >= 8
    return (value.month, value.day) == (1, 1) and full and at_midnight and not _NAME.search(text)
