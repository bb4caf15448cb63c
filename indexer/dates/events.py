"""When that took place, or will, of which a release tells: the days its first sentences name."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from indexer.dates.forms import WrittenDate
from indexer.dates.inference import recalls_past, sentences
from indexer.dates.news import lead_sentences, news_dates
from indexer.dates.places import dateline
from indexer.dates.stated import LABEL
from indexer.dates.words import ACTS, TODAY, TOMORROW, YESTERDAY
from indexer.release import Certainty, EventDate, Precision, PublicationDate


class _Named(NamedTuple):
    """Days as they are named in a sentence."""

    written: WrittenDate
    coming: bool
    """Whether the sentence tells of them as of the future."""
    words: str
    sentence: str


_HAS_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"(?: год[а]?)?,?\s\d{1,2}:\d\d")
_AFTER_STAMP = re.compile(r"\s*(?:[-–—:|/]|\Z)|[^\W\d_]")
_AFTER_LABEL = re.compile(rf"{LABEL}\Z")
_BEGINNING = re.compile(r"\bbeginning (?:on )?\Z")
_GOES_ON = re.compile(r"[,.]?\s[a-z]")
_LEADS_IN = re.compile(
    r"(?:\b[a-z]+|\b(?:On|From|In|For|By|Between|During|The))[,(]?\s\(?"
    r"(?:[Tt]he\s|(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day,?\s(?:the\s)?)?\Z"
)
_ALONE = re.compile(r"[\s.,:։]*\Z")
_RELATIVE = re.compile(
    rf"\b(?:(?P<today>{TODAY})|(?P<yesterday>{YESTERDAY})|(?P<tomorrow>{TOMORROW}))\b",
    re.IGNORECASE,
)
_SHIFTS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_LABEL_LENGTH = 40
_TITLE = 300
_TITLE_SENTENCES = 2
_OPENING = 120
"""Characters of the first sentence within which `today` is the day of the news."""
_LONGEST_AGO = timedelta(days=366)
_LONGEST_AHEAD = timedelta(days=731)
_LONGEST = timedelta(days=100)
"""What lasts longer is a period of report, no event."""
_NEAR = timedelta(days=150)
"""How far from its publication a day without a year can lie and still be told from its namesake."""
_NEXT = timedelta(days=300)
"""The same for a day that is to come."""
_EARLY, _LATE = 3, 10
"""Months whose days are of the year of publication, where no more than that year is known."""


def event_date(
    *, body: str, title: str, language: str, published: PublicationDate
) -> EventDate | None:
    """The first and the last day of the event that a release tells of, or None.

    The days that title or first sentences name, a range before a single day within it. A year
    that is not written follows from `this year` or from the publication date. Treaty dates,
    horizons, limits and days too far from the publication are not taken; `today` only where the
    day of publication is printed. `language` is an ISO 639-1 code.
    """
    lead = lead_sentences(body)
    heads = list(islice(sentences(title[:_TITLE]), _TITLE_SENTENCES))
    named = _named([*heads, *lead], language)
    found = [event for one in named if (event := _dated(one, published))]
    relative = _relative(lead[0], published) if lead else None
    if not found or (relative and found[0].evidence not in title and _recalls(found[0], relative)):
        return relative
    return next((event for event in found if _spans(event, found[0])), found[0])


def _recalls(event: EventDate, relative: EventDate) -> bool:
    """Whether news of today or yesterday names an earlier day: held for those lost on 30 May."""
    return event.first == event.last < relative.first


def _spans(event: EventDate, day: EventDate) -> bool:
    """Whether an event's days are a range with the day in it: that of which the day is a part."""
    return event.first < event.last and event.first <= day.first <= day.last <= event.last


def _named(parts: list[str], language: str) -> Iterator[_Named]:
    for sentence in parts:
        if not _HAS_DIGIT.search(sentence):
            continue
        for written, coming in news_dates(sentence, language):
            if written.day and not _is_stamp(sentence, written, language):
                words = sentence[written.start : written.end].strip(" ,(")
                yield _Named(written, coming, words, sentence)


def _is_stamp(sentence: str, written: WrittenDate, language: str) -> bool:
    """Whether a date is the page's or the agency's, or but the start of something that lasts.

    The first stand in a dateline, behind a label, alone, or with the time of day.
    """
    line = dateline(sentence)
    before = sentence[: written.start]
    if (line and written.start < line.end) or _AFTER_LABEL.search(before[-_LABEL_LENGTH:]):
        return True
    if not written.is_range and _BEGINNING.search(before):
        return True
    opens = not before.strip()
    if opens and _ALONE.match(sentence, written.end):
        return True
    if written.year is None:
        return False
    if opens and _AFTER_STAMP.match(sentence, written.end):
        return True
    if language == "en" and not _is_said(sentence, written, opens):
        return True
    return _CLOCK.match(sentence, written.end) is not None


def _is_said(sentence: str, written: WrittenDate, opens: bool) -> bool:
    """Whether an English sentence goes on around its date: `met on 5 May 2023`.

    A stamp stands between words that begin with capitals: `Contact May 2, 2006 Washington`.
    """
    if opens:
        return _GOES_ON.match(sentence, written.end) is not None
    return (
        _LEADS_IN.search(sentence[max(0, written.start - _LABEL_LENGTH) : written.start])
        is not None
    )


def _dated(named: _Named, published: PublicationDate) -> EventDate | None:
    written, value = named.written, published.value
    if written.year is not None:
        days = written.days(written.year)
        told_later = value is None or value.year != written.year
        if days and told_later and days[1] in ACTS:
            return None
        if value is None and recalls_past(named.sentence):
            return None
        rule = "event-days" if days and days[0] < days[1] else "event-day"
        return _event(days, Certainty.PRINTED, named.words, rule, published)
    if value is None:
        return None
    if written.shift is not None:
        days, rule = written.days(value.year + written.shift), "event-this-year"
    else:
        days, rule = _nearest(named, published), "event-near-publication"
    return _event(days, Certainty.INFERRED, named.words, rule, published)


def _event(
    days: tuple[date, date] | None,
    certainty: Certainty,
    words: str,
    rule: str,
    published: PublicationDate,
) -> EventDate | None:
    """The event, unless it lasts too long or is too far from the day on which it was told."""
    if days is None or days[1] - days[0] > _LONGEST:
        return None
    value, last_day = published.value, published.last_day
    if value and last_day:
        # Ordinals: a date near the end of the calendar has no day two years later.
        early = days[1].toordinal() < value.toordinal() - _LONGEST_AGO.days
        late = days[0].toordinal() > last_day.toordinal() + _LONGEST_AHEAD.days
        if early or late:
            return None
    return EventDate(*days, certainty, words, rule)


def _nearest(named: _Named, published: PublicationDate) -> tuple[date, date] | None:
    """The days without a year that are nearest to the publication; of what is to come, the next."""
    written, value, last_day = named.written, published.value, published.last_day
    if value is None or last_day is None:
        return None
    if published.precision is Precision.YEAR:
        sure = named.coming or _EARLY <= (written.month or 0) <= _LATE
        return written.days(value.year) if sure else None
    every = [days for year in range(-1, 2) if (days := written.days(value.year + year))]
    if named.coming:
        every = [days for days in every if value <= days[1] and days[0] - last_day <= _NEXT]
        return every[0] if every else None
    every = [days for days in every if _distance(days, value, last_day) <= _NEAR]
    return min(every, key=lambda days: _distance(days, value, last_day), default=None)


def _distance(days: tuple[date, date], first: date, last: date) -> timedelta:
    """The time between two periods; nothing where they share a day."""
    return max(first - days[1], days[0] - last, timedelta())


def _relative(sentence: str, published: PublicationDate) -> EventDate | None:
    """The event of today, yesterday or tomorrow, where the day of publication is printed."""
    known = published.precision is Precision.DAY and published.certainty is Certainty.PRINTED
    if published.value is None or not known:
        return None
    found = _RELATIVE.search(sentence, 0, _OPENING)
    if not found:
        return None
    ordinal = published.value.toordinal() + _SHIFTS[str(found.lastgroup)]
    if not 0 < ordinal <= date.max.toordinal():
        return None
    day = date.fromordinal(ordinal)
    return EventDate(day, day, Certainty.INFERRED, found.group(), "event-today")
