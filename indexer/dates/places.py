"""The place of a release: that of its dateline, or of the stamp above its text.

MOSCOW in `MOSCOW, October 14. /TASS/`, Москва, Кремль in `3 июля 2024 года 11:20 Москва, Кремль`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.cleaning import DateLine
from indexer.cleaning.date_words import WEEKDAYS, month_number
from indexer.dates.forms import find_dates
from indexer.dates.gazetteer import CITIES, NO_PLACES, REGION_WORDS
from indexer.release import Place


class Dateline(NamedTuple):
    """A dateline at the start of a text: its place, and where it ends."""

    place: str
    end: int


_WORD = r"[^\W\d_a-zа-яёўіґқңғәөұүһҷҳӣӯա-և][^\W\d_]*(?:[-‐‑'’][^\W\d_]+)*"
_REGION = "|".join(sorted(REGION_WORDS))
_WORDS = rf"(?:(?:St|Ft|Mt)\.\s)?{_WORD}(?:\s{_WORD}){{0,3}}(?:\s(?:{_REGION})\b)?"
_STATE = r"D\.\s?C\.?|D\sC\b|[A-Z][A-Z]\b|[A-Z][a-z]{2,5}\."
_PLACE = re.compile(rf"(?P<city>{_WORDS})(?P<more>,\s?(?:(?P<state>{_STATE})|{_WORDS}))?")
_BEFORE_DATE = re.compile(r"[,.]\s\(?|\s\(")
_AFTER_DATE = re.compile(r"\s?(?:года?|г\.|թ[.․])?")
_AGENCY = re.compile(r"\)?[.,]?\s?(?:/[^/\n]{2,40}/|\([A-Z][A-Za-z ]{1,20}\))")
_NAMED_AGENCY = re.compile(r"[,.]\s[^\W\d_][^,.:—–\n]{1,24}(?:\.(?=\s)|\s?(?:--+|[—–]|-(?=\s)))")
_DASH = re.compile(r"\)?[.,]?\s?(?:--+|[—–]|(?<=\s)[-_](?=\s))")
_STOP = re.compile(r"\)?[.:։](?=\s|\Z)|\)?\Z")
_PLACE_BEFORE_AGENCY = re.compile(rf",\s(?P<place>{_WORDS})\s/[^/\n]{{2,40}}/\.?")
_MINUTES = re.compile(r":\d\d\s+")
_DAY_BEFORE = re.compile(
    r"(?:\d{1,2}\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\s\d{1,2},)\s(?:19|20)\d\d"
    r"(?:\s[^\W\d_]{1,6}\.?)?,?\s\d{1,2}\Z"
)
_STAMPED_PLACE = re.compile(
    rf"(?P<city>{_WORD})(?:\s(?P<region>[^\W\d_]+))?(?P<more>,\s(?P<second>{_WORD}))?"
)
_NEXT_WORD = re.compile(r"\s+([^\W\d_])")
_SPEAKER = re.compile(rf"\s(?:[^\W\d_]\.\s?){{1,2}}{_WORD}\s?:")
# Monday in Tajik is the name of the capital as well.
_WEEKDAYS = WEEKDAYS - CITIES
_DIGIT = re.compile(r"\d")
_LONGEST_DATE = 40
_OPENING = 160
"""Characters within which a dateline ends."""
_LINES = 3
_STAMPED = 3_000
"""Characters of a body within which a stamp with its place is looked for."""


def place_of(*, title: str, body: str, date_lines: Sequence[DateLine | str] = ()) -> Place | None:
    """The place where a release was datelined, or None where none is printed.

    Read at the start of the first lines, in date lines, and behind a date with its time. A place
    whose end cannot be told from what follows is left out.
    """
    lines = [line if isinstance(line, str) else line.text for line in date_lines]
    for line in (*lines, title, *_first_lines(body)):
        found = dateline(line)
        # A title that ends with its date is a heading such as `Notes from the road, 21 February`.
        if found and (line is not title or found.end < len(title)):
            return Place(found.place, line[: found.end].strip(), "dateline")
    for text in (*lines, body[:_STAMPED]):
        stamped = _behind_stamp(text)
        if stamped:
            return stamped
    return None


def _first_lines(body: str) -> list[str]:
    lines = (line.strip() for line in body[: 4 * _OPENING].split("\n"))
    return [line for line in lines if line][:_LINES]


def dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with: place and date, agency or dash."""
    text = text[:_OPENING]
    found = _PLACE.match(text)
    if not found:
        return _behind_date(text)
    place = _without_month(found)
    if not _may_be_place(place):
        return None
    known = _is_known(found, place)
    dated = _dated_end(text, len(place), known)
    end = _agency_end(text, dated or len(place))
    if end is None and dated:
        end = (known and _end(_NAMED_AGENCY, text, dated)) or _end(_STOP, text, dated)
    if end is None and (dated or known):
        end = _end(_DASH, text, dated or len(place))
    return Dateline(place, end) if end else None


def _may_be_place(place: str) -> bool:
    """Whether none of the words is a weekday, a month, a preposition or a heading's."""
    words = place.lower().replace(",", " ").split()
    other = any(word in NO_PLACES or word in _WEEKDAYS for word in words)
    return not other and len(words[0]) > 1 and month_number(words[0]) is None


def _without_month(found: re.Match[str]) -> str:
    """The place without a month that was taken for a second name: MOSCOW, October."""
    more = (found["more"] or "").lstrip(", ").split(" ")[0]
    return found["city"] if month_number(more.rstrip(".")) is not None else found.group()


def _dated_end(text: str, start: int, known: bool) -> int | None:
    """Where the date ends that follows a place at once, or None.

    A full stop may part them behind a known city alone.
    """
    before = _BEFORE_DATE.match(text, start)
    if not before or (text[start] == "." and not known):
        return None
    if not _DIGIT.search(text, before.end(), before.end() + _LONGEST_DATE):
        return None
    for written in find_dates(text):
        if written.day and written.start == before.end():
            after = _AFTER_DATE.match(text, written.end)
            return after.end() if after else written.end
    return None


def _agency_end(text: str, start: int) -> int | None:
    """Where the agency ends behind place or date: `/TASS/.`, `(AP) _`."""
    end = _end(_AGENCY, text, start)
    if end is None:
        return None
    slashed = text[end - 1] == "/"
    dash = _end(_DASH, text, end)
    if dash is None and slashed:
        return end + (text[end : end + 1] == ".")
    return dash


def _end(form: re.Pattern[str], text: str, start: int) -> int | None:
    found = form.match(text, start)
    return found.end() if found else None


def _is_known(found: re.Match[str], place: str) -> bool:
    """Whether a place needs no date to be known for one: a known city, or with its state."""
    has_state = found["state"] is not None and place != found["city"]
    return has_state or found["city"].lower() in CITIES


def _behind_date(text: str) -> Dateline | None:
    """The place between date and agency, as in `16 мая, Минск /Корр. БЕЛТА/.` of BelTA."""
    if not _DIGIT.match(text):
        return None
    written = next(iter(find_dates(text[:_OPENING])), None)
    if written is None or written.start or not written.day:
        return None
    found = _PLACE_BEFORE_AGENCY.match(text, written.end)
    return Dateline(found["place"], found.end()) if found else None


def _behind_stamp(text: str) -> Place | None:
    """The place behind a date with its time, where a sentence of its own begins behind it."""
    for minutes in _MINUTES.finditer(text):
        start = max(0, minutes.start() - _LONGEST_DATE)
        day = _DAY_BEFORE.search(text[start : minutes.start()])
        found = _STAMPED_PLACE.match(text, minutes.end()) if day else None
        end = _stamped_end(text, found) if found else None
        if day and end:
            evidence = text[start + day.start() : end]
            return Place(text[minutes.end() : end], evidence, "stamped-place")
    return None


def _stamped_end(text: str, found: re.Match[str]) -> int | None:
    region = found["region"]
    is_region = region is not None and region in REGION_WORDS
    if region and not is_region:
        # The second word is the first of a sentence; only a known place stands alone.
        return _alone(text, found)
    if found["second"]:
        end = found.end()
        following = _NEXT_WORD.match(text, end)
        return None if following and following[1].islower() else end
    return found.end() if is_region else _alone(text, found)


def _alone(text: str, found: re.Match[str]) -> int | None:
    """The end of one name without a second: it is known, or a speaker's name follows."""
    end = found.end("city")
    following = _NEXT_WORD.match(text, end)
    if following and following[1].islower():
        return None
    known = found["city"].lower() in CITIES or _SPEAKER.match(text, end)
    return end if known else None
