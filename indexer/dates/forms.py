"""Dates as they are written in the working languages, found in running text.

Numbers (26.05.2023, 2023-05-26, 26 / 6 / 2024), words (26 мая 2023 года, May 16, 2024,
2025 жылдың 27 қарашасында, 2023 թ. մայիսի 26) and ranges of days. A range is one date: its last
day, which also knows the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from indexer.dates.months import month_names
from indexer.dates.words import LAST_YEAR, NEXT_YEAR, THIS_YEAR


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at its place in a text, as far as it is written there."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    """What stands for the year: 0 for this year, -1 for last year, 1 for next year."""
    is_range: bool = False
    """Whether it is the last day of several."""
    since: tuple[int, int] | None = None
    """Month and day of the first of several, where they are read."""

    @property
    def value(self) -> date | None:
        """The first day of what is written, where the year is."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    def days(self, year: int) -> tuple[date, date] | None:
        """The first and the last day, the last in `year`; None where no day is written.

        A range whose first day would come after its last began in the year before.
        """
        if self.month is None or self.day is None or (self.is_range and self.since is None):
            return None
        first = self.since or (self.month, self.day)
        began = year - (first > (self.month, self.day))
        if not _exists(year, self.month, self.day) or not _exists(began, *first):
            return None
        return date(began, *first), date(year, self.month, self.day)

    def in_year(self, year: int) -> "WrittenDate | None":
        """The same day or month of another year, or None where that year has no such day."""
        return replace(self, year=year) if _exists(year, self.month or 1, self.day or 1) else None


_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SUFFIX = r"(?:-?(?:st|nd|rd|th|го|ого|ое|е|уми|юми|ум|юм|ին|ից|ը|ն))?"
_TO = (
    r"(?:\s?[-‐‑‒–—−]\s?"
    r"|\s(?:to|and|through|till|until|по|до|и|па|да|і|то|ва|және|пен|мен|жана)\s)"
)
_NUMERIC = re.compile(
    rf"(?<![\w.,/-])(?P<first>\d{{1,2}}(?:\.\d{{1,2}}(?:\.\d{{4}})?)?\s?[-–—−]\s?)?"
    rf"(?P<day>\d{{1,2}})(?P<mark> / |[./-])(?P<month>\d{{1,2}})(?P=mark){_YEAR}"
    r"|(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<m1>[./-])(?P<m>\d{1,2})(?P=m1)(?P<d>\d{1,2})(?!\d)"
)
_YEAR_WORD = (
    r"(?:жылдың|жылғы|жылы|жылдын|жылкы|жыл|թվականի|թվականին|թ[.․]?|տարվա|года|год|году|г\.|соли)"
)
_BEFORE = re.compile(
    rf"(?:{_YEAR}\s?-?{_YEAR_WORD}[,.]?\s+)?"
    rf"(?:(?:(?P<first>(?<![\d:.])\d{{1,2}}){_SUFFIX}(?:,\s|{_TO})"
    rf"(?:(?<![\d:.])\d{{1,2}}{_SUFFIX}(?:,\s|{_TO}))*)?(?<![\d.,:])(?P<day>\d{{1,2}}){_SUFFIX}"
    r"(?:\s?-|\s)?\s?(?:of\s)?)?\Z"
)
_YEAR_AFTER = re.compile(
    rf"[.,]?\s?-?\s?(?:соли\s|of\s|жылы\s)?{_YEAR}(?!\s?[-–—]\s?(?:19|20)\d\d)"
)
_DAY_AFTER = re.compile(
    rf"[.,]?\s(?P<first>\d{{1,2}}){_SUFFIX}"
    rf"(?:(?:{_TO}|(?<=ից)\s(?:մինչև\s)?)(?P<last>\d{{1,2}}){_SUFFIX})?"
    rf"(?![\d%]|[:.,]\d)(?:,?\s{_YEAR})?"
)
_RUSSIAN_YEAR_AFTER = re.compile(r"\s(?:19|20)\d\d\s(?:года?\b|г\.)")
_SHORT_YEAR = re.compile(r"[.,]?\s'?(?P<year>\d\d)(?=\s*\Z|\s+\d{1,2}:)")
_SHIFT_AFTER = re.compile(
    rf"[\s,(]*(?:of\s)?(?:(?P<this>{THIS_YEAR})|(?P<last>{LAST_YEAR})|(?P<next>{NEXT_YEAR}))",
    re.IGNORECASE,
)
_SHIFT_BEFORE = re.compile(
    rf"(?:(?P<this>{THIS_YEAR})|(?P<last>{LAST_YEAR})|(?P<next>{NEXT_YEAR}))\s(?:on\s)?\Z",
    re.IGNORECASE,
)
_SHIFTS = {"this": 0, "last": -1, "next": 1}
_IN_MONTH = re.compile(
    r"(?:\b(?:in|of|early|late|mid|since|during|last|this|в|во|у|ў|на|моҳи|начале|конце|середине"
    r"|пачатку|канцы|сярэдзіне)\s)\Z",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(r"(?:д[аеоө]|т[аеоө]|ին|ում)\Z")
_ABLATIVE = re.compile(r"[аеоө]н\Z")
_GENITIVE = re.compile(r"[дтн](?:ың|ің|ын|ин|ун|үн)\Z")
_JOINED = re.compile(
    r"\s?(?:[-–—−]|to|and|till|until|through|по|до|и|па|да|і|то|ва|և|մինչև|жана|және|мен|пен|бен|менен)\s?\Z"
)
_FILE_NAME = re.compile(r"(?:image|img|photo|video|scr\w*)[\s_-]*\Z", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_MAY_BE_NUMERIC = re.compile(r"\d\s?[./-]\s?\d")
_REMEMBERED = 2_000
"""Characters of the longest text whose dates are kept for the next rule that asks."""
_WINDOW = 48
"""Characters before and after the name of a month that can belong to the date."""


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def find_dates(text: str, language: str | None = None) -> list[WrittenDate]:
    """All dates of a text in their order, each range as one date, its last day.

    `language` decides how 05/06/2023 is read: in English it is ambiguous, elsewhere 5 June.
    """
    if len(text) > _REMEMBERED:
        return list(_found(text, language))
    return list(_remembered(text, language))


@lru_cache(maxsize=64)
def _remembered(text: str, language: str | None) -> tuple[WrittenDate, ...]:
    """The dates of a sentence, which several rules ask for one after another."""
    return _found(text, language)


def _found(text: str, language: str | None) -> tuple[WrittenDate, ...]:
    numeric = _numeric_dates(text, language) if _MAY_BE_NUMERIC.search(text) else ()
    found = sorted([*numeric, *_worded_dates(text)], key=lambda one: one.start)
    apart: list[WrittenDate] = []
    for written in found:
        if not apart or written.start >= apart[-1].end:
            apart.append(written)
            if len(apart) > 1 and _are_range(text, apart[-2], written):
                apart[-2:] = [_range(apart[-2], written)]
    return tuple(apart)


def _range(first: WrittenDate, last: WrittenDate) -> WrittenDate:
    since = first.since or (first.month or 0, first.day or 0)
    year = last.year
    if year is None and first.year is not None:
        year = first.year + (since > (last.month or 0, last.day or 0))
    last = replace(last, start=first.start, is_range=True, since=since)
    # The last day may be one that its year does not have: then it stays without a year.
    return last if year is None else last.in_year(year) or last


def _are_range(text: str, first: WrittenDate, second: WrittenDate) -> bool:
    between = text[first.end : second.start]
    if len(between) > 8 or first.day is None or second.day is None:
        return False
    blank = not between.strip() and _ABLATIVE.search(text[first.start : first.end]) is not None
    return _may_follow(first, second) and (blank or _JOINED.match(between) is not None)


def _may_follow(first: WrittenDate, second: WrittenDate) -> bool:
    """Whether the years of two days are those of one range, which may go on into the next year.

    The year may stand at the first alone: 2023 жылғы 22 мамырдан 26 мамырға дейін.
    """
    if first.year in (None, second.year) or (second.year is None and second.shift is None):
        return True
    over_year = (first.month or 0, first.day or 0) > (second.month or 0, second.day or 0)
    return over_year and second.year == first.year + 1


def _numeric_dates(text: str, language: str | None) -> Iterator[WrittenDate]:
    for found in _NUMERIC.finditer(text):
        if _FILE_NAME.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        year = int(found["year"] or found["y"])
        day, month = int(found["day"] or found["d"]), int(found["month"] or found["m"])
        slashes = found["mark"] == "/"
        if slashes and day <= 12 < month:
            day, month = month, day
        if slashes and day <= 12 and day != month and language in (None, "en"):
            # 05/06/2023 is read in two ways; only its year is certain.
            yield WrittenDate(found.start(), found.end(), year)
        elif _exists(year, month, day):
            ranged = found["first"] is not None
            since = _first_of_numbers(found["first"], month, day) if ranged else None
            yield WrittenDate(
                found.start(), found.end(), year, month, day, is_range=ranged, since=since
            )


def _first_of_numbers(first: str, month: int, day: int) -> tuple[int, int] | None:
    """Month and day before the dash: 13-17.10.2025, 28.09-03.10.2025."""
    numbers = [int(part) for part in _FIGURES.findall(first)]
    since = (numbers[1] if len(numbers) > 1 else month, numbers[0])
    # The 2000 is a leap year: only that the day can be is asked here.
    known = _exists(2000, *since) and (len(numbers) > 1 or since[1] <= day)
    return since if known else None


def _worded_dates(text: str) -> Iterator[WrittenDate]:
    for start, end, month in month_names(text):
        written = _around_month(text, start, end, month)
        if written and _exists(written.year or 2000, month, written.day or 1):
            yield written


def _around_month(text: str, start: int, end: int, month: int) -> WrittenDate | None:
    """The date that a month's name belongs to: the day before or behind it, the year, a range."""
    before = _BEFORE.search(text[max(0, start - _WINDOW) : start])
    left = before.groupdict() if before else {}
    day, year, first = left.get("day"), left.get("year"), left.get("first")
    ranged = first is not None
    if year and day and before and _RUSSIAN_YEAR_AFTER.match(text, end):
        # The year before belongs to what stands there: … за 2023 год 12 февраля 2024 года.
        start -= before.end() - before.end("year")
        before, year = None, None
    behind = None if day else _day_behind(text, start, end)
    if behind:
        day, end = behind["last"] or behind["first"], behind.end()
        year, ranged = year or behind["year"], behind["last"] is not None
        first = behind["first"]
    if year is None:
        year, end = _year_behind(text, end, day is not None)
    start -= len(before.group()) if before else 0
    shift = None
    if year is None:
        shift, end = _shift(text, start, end)
    if day is None and year is None and shift is None and not _is_month(text, start, end):
        return None
    last = int(day) if day else None
    # Days that do not follow each other are no range that can be trusted: 31-2 May.
    ordered = ranged and first and last and int(first) <= last
    since = (month, int(first)) if ordered and first else None
    return WrittenDate(start, end, _full_year(year), month, last, shift, ranged, since)


def _day_behind(text: str, start: int, end: int) -> re.Match[str] | None:
    """The day behind a month, where it is written so: May 16, մայիսի 16, тамыздың 31-і."""
    english = text[start : start + 3].isascii() and text[start].isupper()
    armenian = "\u0530" <= text[start] <= "\u058f"
    if not english and not armenian and not _GENITIVE.search(text, start, end):
        return None
    found = _DAY_AFTER.match(text, end, end + _WINDOW)
    return found if found and _means_day(text, start, found["year"]) else None


def _year_behind(text: str, end: int, has_day: bool) -> tuple[str | None, int]:
    found = _YEAR_AFTER.match(text, end, end + _WINDOW)
    if not found and has_day and len(text) < _WINDOW:
        found = _SHORT_YEAR.match(text, end)
    return (found["year"], found.end()) if found else (None, end)


def _means_day(text: str, start: int, year: str | None) -> bool:
    """Whether a number behind a month is its day: May 16; not `In May 16 people`."""
    return year is not None or not _IN_MONTH.search(text[max(0, start - 10) : start])


def _full_year(year: str | None) -> int | None:
    if year is None:
        return None
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 69 else 2000)


def _shift(text: str, start: int, end: int) -> tuple[int | None, int]:
    """Whether `this year` or the like stands beside a date, and where it then ends."""
    around = text[max(0, start - _WINDOW) : end + _WINDOW]
    if around.isascii() and "year" not in around.lower():
        return None, end
    after = _SHIFT_AFTER.match(text, end, end + _WINDOW)
    if after:
        return _SHIFTS[str(after.lastgroup)], after.end()
    before = _SHIFT_BEFORE.search(text[max(0, start - _WINDOW) : start])
    return (_SHIFTS[str(before.lastgroup)] if before else None), end


def _is_month(text: str, start: int, end: int) -> bool:
    """Whether a month's name without day and year is used as one: in May, декабрда."""
    word = text[start:end]
    named = _IN_MONTH.search(text[max(0, start - 12) : start]) is not None
    if word.isascii():
        return named and word[0].isupper()
    return named or _LOCATIVE.search(word) is not None
