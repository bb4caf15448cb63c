"""The rules for a release's publication date, in the order in which they are trusted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, islice

from indexer.cleaning import DateLine
from indexer.dates.forms import WrittenDate, find_dates
from indexer.dates.inference import (
    YearEvidence,
    anniversary_year,
    has_day_of_this_year,
    has_year,
    may_say_this_year,
    named_year,
    names_year,
    plan_year,
    sentences,
    tells_future,
    this_year,
    told_year,
    words_of_this_year,
)
from indexer.dates.news import lead_sentences, news_dates
from indexer.dates.parsing import as_printed, parse_date, precision_of
from indexer.dates.stated import labelled_date, stated_date
from indexer.dates.words import ACTS
from indexer.release import Certainty, Precision, PublicationDate

_UNKNOWN = PublicationDate()
_READ_CHARACTERS = 200_000
"""Characters of a body that are read for its year."""
_URL_DATE = re.compile(
    r"[/=_-](?P<year>(?:19|20)\d\d)(?:(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]))?)?(?![\d])"
)
_MOST_MENTIONS = 50
_OPENING = 40
"""Characters within which a sentence must name its date to be about it."""
_CLOCK = re.compile(r"(?: год[а]?)?,?\s\d{1,2}:\d\d")
_ZONES = timedelta(days=1)
"""A page can be fetched on the day before its own, by the clock of another zone."""
_LATEST_MONTH_BEFORE = 2
"""Up to this month news is often of an event of the year before, or announced in it."""


@dataclass(frozen=True)
class _Text:
    """What the rules read, and what they find in it."""

    title: str
    body: str
    language: str
    url: str | None
    own_dates: tuple[WrittenDate, ...]
    """Dates without a year from the article's date lines."""

    @cached_property
    def lead(self) -> list[str]:
        return lead_sentences(self.body)

    @cached_property
    def all_sentences(self) -> list[str]:
        return [self.title, *sentences(self.body[:_READ_CHARACTERS])]

    @cached_property
    def now(self) -> list[str]:
        """The first sentences that say `this year`."""
        if not may_say_this_year(self.title + "\n" + self.body[:_READ_CHARACTERS]):
            return []
        return list(islice(this_year(self.all_sentences), _MOST_MENTIONS))

    @cached_property
    def dates(self) -> list[tuple[WrittenDate, bool, str]]:
        """The lead's dates of news: the date, whether it is to come, and its sentence."""
        return [
            (written, coming, sentence)
            for sentence in self.lead
            for written, coming in news_dates(sentence, self.language)
        ]


def publication_date(
    *,
    title: str,
    body: str,
    language: str,
    date_lines: Sequence[DateLine | str] = (),
    hint: str | None = None,
    url: str | None = None,
    crawled: date | None = None,
    cards: Sequence[str] = (),
) -> PublicationDate:
    """The publication date, the words that gave it and the name of the rule that read them.

    In the order of trust: the date behind the repeated title, a date line below the title, a
    date that is glued to the text (`date_lines`, the most trusted first); `hint`, the date that
    the source states beside the text; the date that the page labels as its own (`Published: `),
    in the text or in `cards`, which cleaning cut from it; the day of the news in the first
    sentence. What else the text or the address says gives inferred dates. A treaty's date, a
    plan's horizon, a coming event and a crawler's stamp are never taken; what is not known stays
    unknown.
    `language` is an ISO 639-1 code; `crawled`, the day on which the page was fetched, is the
    latest that is believed, but of a date line.
    """
    lines = [
        line if isinstance(line, DateLine) else DateLine(line, "own-line") for line in date_lines
    ]
    for line in lines:
        printed = parse_date(line.text, language)
        if printed:
            return replace(printed, evidence=line.text, rule=line.rule)
    partial = tuple(chain.from_iterable(find_dates(line.text, language) for line in lines))
    text = _Text(title, body, language, url, partial)
    latest = _latest(crawled)
    for found in _candidates(text, hint, cards, latest):
        if found and found.value and found.value <= latest:
            return found
    return _UNKNOWN


def _candidates(
    text: _Text, hint: str | None, cards: Sequence[str], latest: date
) -> Iterator[PublicationDate | None]:
    """What each rule finds, the most trusted first."""
    yield _stated_or_told(text, hint, cards, latest)
    yield _told_below(text)
    yield _address_day(text.url)
    yield _day_with_year_elsewhere(text)
    yield _year_elsewhere(text)
    yield _coming_year(text)


def _latest(crawled: date | None) -> date:
    return crawled + _ZONES if crawled and crawled < date.max else date.max


def _stated_or_told(
    text: _Text, hint: str | None, cards: Sequence[str], latest: date
) -> PublicationDate | None:
    """The date that source or page states; the first sentence, where it tells the day of that."""
    told = _told(text)
    stated = stated_date(hint, text.language, latest)
    stated = stated or labelled_date(text.body, cards, text.language)
    if stated is None or stated.value is None:
        return told
    longer = stated.precision is not Precision.DAY and stated.last_day
    if told and told.value and longer and stated.value <= told.value <= longer:
        return told
    return stated


def _told(text: _Text) -> PublicationDate | None:
    """The day of the news, printed in the first sentence with its year."""
    for written, coming, sentence in text.dates:
        if not (written.year and written.day) or coming or sentence != text.lead[0]:
            continue
        if written.value not in ACTS:
            return as_printed(written, sentence[written.start : written.end], "first-sentence")
    return None


def _told_below(text: _Text) -> PublicationDate | None:
    """A month with its year that opens the first sentence; a day that opens a later one.

    A day with the time of day is a stamp wherever it stands in the first paragraph.
    """
    for written, coming, sentence in text.dates:
        if coming or not written.year or not written.month:
            continue
        opens = written.start <= _OPENING
        first = sentence == text.lead[0]
        stamped = written.day and _CLOCK.match(sentence, written.end)
        if stamped or (opens and bool(written.day) is not first):
            return _as_inferred(written, sentence[written.start : written.end], "lead")
    return None


def _as_inferred(written: WrittenDate, evidence: str, rule: str) -> PublicationDate:
    value, precision = written.value, precision_of(written)
    return PublicationDate(value, precision, Certainty.INFERRED, evidence, rule)


def _address_day(url: str | None) -> PublicationDate | None:
    found = _address(url)
    return found if found and found.precision is not Precision.YEAR else None


def _address(url: str | None) -> PublicationDate | None:
    """The date or year among the parts of an address: /2018/05/28/, ?date=20180528."""
    for found in _URL_DATE.finditer(url or ""):
        year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
        written = WrittenDate(0, 0, year, month or None, day or None).in_year(year)
        if written:
            return _as_inferred(written, found.group().strip("/=_-"), "address")
    return None


def _day_with_year_elsewhere(text: _Text) -> PublicationDate | None:
    """A day or month without its year, in the year that something else in the text gives."""
    for written, coming, words in _without_year(text):
        year = _year(text, dated=True)
        if year and year.rule == "named-year" and not coming and _opens_year(written):
            return None
        dated = written.in_year(year.year) if year else None
        if year is None or dated is None:
            return None
        evidence = _joined(words, year.words)
        if coming:
            return _as_inferred(WrittenDate(0, 0, year.year), evidence, year.rule)
        return _as_inferred(dated, evidence, year.rule)
    return None


def _opens_year(written: WrittenDate) -> bool:
    """Whether a date is so early in its year that a named event is mostly of the year before."""
    return written.shift is None and (written.month or 12) <= _LATEST_MONTH_BEFORE


def _without_year(text: _Text) -> Iterator[tuple[WrittenDate, bool, str]]:
    for written in text.own_dates:
        yield written, False, "…"
    for written, coming, sentence in text.dates:
        if written.year is None and written.shift in (None, 0, 1):
            yield written, coming, sentence[written.start : written.end]


def _year_elsewhere(text: _Text) -> PublicationDate | None:
    year = _year(text, dated=False)
    if year is None:
        return None
    if year.rule == "named-year" and any(_opens_year(one) for one, _, _ in _without_year(text)):
        return None
    return _as_inferred(WrittenDate(0, 0, year.year), year.words, year.rule)


def _year(text: _Text, *, dated: bool) -> YearEvidence | None:
    """The year of the news: of a name in title or lead; given a date or `this year`, of others."""
    top = [text.title, *text.lead]
    named = named_year(top)
    if named:
        return named
    now = text.now
    if dated or now:
        with_year = [sentence for sentence in text.all_sentences if has_year(sentence)]
        names = [sentence for sentence in with_year if names_year(sentence)]
        found = plan_year(with_year) or named_year(_past(names)) or _address_year(text.url)
        day = next((sentence for sentence in now if has_day_of_this_year(sentence)), None)
        found = found or (told_year(_past(with_year)) if day else None)
        if found:
            mark = words_of_this_year(day or now[0]) if now else None
            return found._replace(words=_joined(mark, found.words))
    return anniversary_year(top[:2]) or _address_year(text.url)


def _past(parts: list[str]) -> Iterator[str]:
    return (sentence for sentence in parts if not tells_future(sentence))


def _address_year(url: str | None) -> YearEvidence | None:
    found = _address(url)
    return (
        YearEvidence(found.value.year, found.evidence or "", "address")
        if found and found.value
        else None
    )


def _coming_year(text: _Text) -> PublicationDate | None:
    """The year of a coming event with its date, where it is too late in its year to be the next."""
    for written, coming, sentence in text.dates:
        if coming and written.year and (written.month or 12) > _LATEST_MONTH_BEFORE:
            evidence = sentence[written.start : written.end]
            return _as_inferred(WrittenDate(0, 0, written.year), evidence, "coming-event")
    return None


def _joined(*parts: str | None) -> str:
    return " … ".join(part for part in parts if part)
