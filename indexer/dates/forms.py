"""Dates as they are written in the working languages, found in running text.

Numbers (26.05.2023, 2023-05-26, 26 / 6 / 2024), words (26 мая 2023 года, May 16, 2024,
2025 жылдың 27 қарашасында, 2023 թ. մայիսի 26) and ranges of days, of which the last day counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.cleaning.date_words import month_number
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

    @property
    def value(self) -> date | None:
        """The first day of what is written, where the year is."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    def in_year(self, year: int) -> "WrittenDate | None":
        """The same day or month of another year, or None where that year has no such day."""
        return replace(self, year=year) if _exists(year, self.month or 1, self.day or 1) else None


_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SUFFIX = r"(?:-?(?:st|nd|rd|th|го|ого|ое|е|уми|юми|ум|юм|ին|ից|ը|ն))?"
_TO = (
    r"(?:\s?[-‐‑‒–—]\s?"
    r"|\s(?:to|and|through|till|until|по|до|и|па|да|і|то|ва|және|пен|мен|жана)\s)"
)
_NUMERIC = re.compile(
    rf"(?<![\w.,/-])(?P<first>\d{{1,2}}(?:\.\d{{1,2}}(?:\.\d{{4}})?)?\s?[-–—]\s?)?"
    rf"(?P<day>\d{{1,2}})(?P<mark> / |[./-])(?P<month>\d{{1,2}})(?P=mark){_YEAR}"
    r"|(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<m1>[./-])(?P<m>\d{1,2})(?P=m1)(?P<d>\d{1,2})(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR_WORD = (
    r"(?:жылдың|жылғы|жылы|жылдын|жылкы|жыл|թվականի|թվականին|թ[.․]?|տարվա|года|год|году|г\.|соли)"
)
_BEFORE = re.compile(
    rf"(?:{_YEAR}\s?-?{_YEAR_WORD}[,.]?\s+)?"
    rf"(?:(?:(?P<first>(?<![\d:.])\d{{1,2}}){_SUFFIX}(?:,\s|{_TO}))*(?<![\d.,:])(?P<day>\d{{1,2}}){_SUFFIX}"
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
    r"\s?(?:[-–—]|to|and|till|until|through|по|до|и|па|да|і|то|ва|և|մինչև|жана|және)\s?\Z"
)
_FILE_NAME = re.compile(r"(?:image|img|photo|video|scr\w*)[\s_-]*\Z", re.IGNORECASE)
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
    found = sorted(
        [*_numeric_dates(text, language), *_worded_dates(text)], key=lambda one: one.start
    )
    apart: list[WrittenDate] = []
    for written in found:
        if not apart or written.start >= apart[-1].end:
            apart.append(written)
            if len(apart) > 1 and _are_range(text, apart[-2], written):
                first = apart.pop(-2)
                apart[-1] = replace(written, start=first.start, is_range=True)
    return apart


def _are_range(text: str, first: WrittenDate, second: WrittenDate) -> bool:
    between = text[first.end : second.start]
    if len(between) > 8 or first.day is None or second.day is None:
        return False
    blank = not between.strip() and _ABLATIVE.search(text[first.start : first.end]) is not None
    return (first.year is None or first.year == second.year) and (
        blank or _JOINED.match(between) is not None
    )


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
            yield WrittenDate(found.start(), found.end(), year, month, day, is_range=ranged)


def _worded_dates(text: str) -> Iterator[WrittenDate]:
    for word in _WORD.finditer(text):
        month = month_number(word.group())
        if month is None:
            continue
        written = _around_month(text, word.start(), word.end(), month)
        if written and _exists(written.year or 2000, month, written.day or 1):
            yield written


def _around_month(text: str, start: int, end: int, month: int) -> WrittenDate | None:
    """The date that a month's name belongs to: the day before or behind it, the year, a range."""
    before = _BEFORE.search(text[max(0, start - _WINDOW) : start])
    left = before.groupdict() if before else {}
    day, year, ranged = left.get("day"), left.get("year"), left.get("first") is not None
    behind = None if day else _day_behind(text, start, end)
    if behind:
        day, end = behind["last"] or behind["first"], behind.end()
        year, ranged = year or behind["year"], behind["last"] is not None
    if year is None:
        year, end = _year_behind(text, end, day is not None)
    start -= len(before.group()) if before else 0
    shift = None
    if year is None:
        shift, end = _shift(text, start, end)
    if day is None and year is None and shift is None and not _is_month(text, start, end):
        return None
    return WrittenDate(
        start, end, _full_year(year), month, int(day) if day else None, shift, ranged
    )


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
