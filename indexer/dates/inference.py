"""The year that a text does not print, from what it says: names with a year, plans, this year."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.dates.forms import find_dates
from indexer.dates.words import (
    ANNIVERSARIES,
    ANNIVERSARY_STEMS,
    FUTURE,
    FUTURE_ENGLISH,
    HORIZON_AFTER,
    HORIZON_BEFORE,
    LAST_YEAR,
    NEXT_YEAR,
    PLAN_OF_YEAR,
    PLAN_STEMS,
    RECALLED,
    RECALLED_STEMS,
    STRATEGIES,
    THIS_YEAR,
    TOLD_YEAR,
    YEAR_STEMS,
    YEAR_STEMS_ENGLISH,
)


class YearEvidence(NamedTuple):
    """A year, the words that it follows from, and the name of the rule that read them."""

    year: int
    words: str
    rule: str


_YEAR_OF_NAME = re.compile(
    r"[»”\"]?\s?[-‐‑‒–—]\s?(?P<year>(?:19|20)\d\d|\d\d(?=[»”\"]))(?![\w%]|\s?[-–—]\s?\d)"
)
_NAME = re.compile(r"[^\W\d_]{3,40}(?:-[^\W\d_]{1,40}){0,3}\Z")
_QUOTED_NAME = re.compile(r"(?<=[«“„\"])[^\W\d_a-zа-яёіўա-ֆ][^«»“”„\"\d\n]{2,50}\Z")
_THIS_YEAR = re.compile(rf"\b(?:{THIS_YEAR})", re.IGNORECASE)
_THIS_YEAR_ENGLISH = re.compile(r"\b(?:this|current) year\b", re.IGNORECASE)
_LAST_YEAR = re.compile(rf"\b(?:{LAST_YEAR})", re.IGNORECASE)
_NEXT_YEAR = re.compile(rf"\b(?:{NEXT_YEAR})", re.IGNORECASE)
_FUTURE = re.compile(rf"\b(?:{FUTURE})\b", re.IGNORECASE)
_FUTURE_ENGLISH = re.compile(rf"\b(?:{FUTURE_ENGLISH})\b", re.IGNORECASE)
_DASH = re.compile(r"[-‐‑‒–—]\s?\d\d")
_RECALLED = re.compile(rf"\b(?:{RECALLED})\b", re.IGNORECASE)
_PLAN_OF_YEAR = re.compile(PLAN_OF_YEAR, re.IGNORECASE)
_HORIZON_BEFORE = re.compile(rf"\b(?:{HORIZON_BEFORE})\s\(?\Z", re.IGNORECASE)
_HORIZON_AFTER = re.compile(HORIZON_AFTER, re.IGNORECASE)
_ANNIVERSARIES = [(re.compile(form, re.IGNORECASE), base) for form, base in ANNIVERSARIES]
_TOLD_YEAR = re.compile(TOLD_YEAR)
_SENTENCE_END = re.compile(
    r"[.!?։…:](?<!\b[гстжթA-ZА-ЯЁ].)(?<!\bгг.)(?<!\bSt.)(?<!\bMr.)(?<!\bDr.)[\"»”')\]]*"
    r"(?:[ \t\xa0]+(?=[\"«“(\[–—-]?\s?[^\W_a-zа-яёі])|\s*\n)|\n"
)
"""A stop before a capital letter or a figure, or the end of a line; initials end nothing."""
_FIGURES = re.compile(r"\d\d")
_AROUND = 60


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text in their order."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()].strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()


def has_year(sentence: str) -> bool:
    """Whether a sentence has figures that can be a year."""
    return _FIGURES.search(sentence) is not None


def future_words(sentence: str) -> re.Match[str] | None:
    """The words by which a sentence tells of what is still to come, or None."""
    return (_FUTURE_ENGLISH if sentence.isascii() else _FUTURE).search(sentence)


def tells_future(sentence: str) -> bool:
    """Whether a sentence tells of what is still to come."""
    return future_words(sentence) is not None


def _has_any(sentence: str, stems: tuple[str, ...]) -> bool:
    lower = sentence.lower()
    # A loop, because a generator costs as much again.
    for stem in stems:  # noqa: SIM110
        if stem in lower:
            return True
    return False


def names_year(sentence: str) -> bool:
    """Whether figures follow a dash, as in the name of an exercise; cheap, so asked first."""
    return _DASH.search(sentence) is not None


def recalls_past(sentence: str) -> bool:
    """Whether a sentence recalls what was years ago, such as an anniversary."""
    return _has_any(sentence, RECALLED_STEMS) and _RECALLED.search(sentence) is not None


def named_year(parts: Iterable[str]) -> YearEvidence | None:
    """The latest year in the names of operations and exercises: Search-2019, «Нелегал-21».

    A sentence that says `last year` beside the name was written a year after it, and one that
    says `next year` a year before.
    """
    found = [
        evidence
        for sentence in parts
        if names_year(sentence)
        for evidence in _named_years(sentence)
    ]
    return max(found, default=None, key=lambda evidence: evidence.year)


def _named_years(sentence: str) -> Iterator[YearEvidence]:
    for year in _YEAR_OF_NAME.finditer(sentence):
        name = _named(sentence, year.start())
        if not name or _is_horizon(name.group()):
            continue
        number = int(year["year"]) + (2000 if len(year["year"]) == 2 else 0)
        last, coming = _LAST_YEAR.search(sentence), _NEXT_YEAR.search(sentence)
        words = sentence[name.start() : year.end()]
        words += "".join(f" … {mark.group()}" for mark in (last, coming) if mark)
        yield YearEvidence(number + bool(last) - bool(coming), words, "named-year")


def _named(sentence: str, end: int) -> re.Match[str] | None:
    """The name that ends there: one word with a capital, or several behind a quotation mark."""
    name = _NAME.search(sentence, max(0, end - _AROUND), end)
    if name and name.group()[0].isupper():
        return name
    return _QUOTED_NAME.search(sentence, max(0, end - _AROUND), end)


def _is_horizon(name: str) -> bool:
    return name.lower().rsplit("-", 1)[-1] in STRATEGIES


def plan_year(parts: Iterable[str]) -> YearEvidence | None:
    """The year of the plan by which an event took place: `the plan of joint training for 2019`."""
    for sentence in parts:
        found = _PLAN_OF_YEAR.search(sentence) if _has_any(sentence, PLAN_STEMS) else None
        if found and found.lastgroup and not _NEXT_YEAR.search(sentence):
            return YearEvidence(int(found[found.lastgroup]), found.group(), "plan-year")
    return None


def anniversary_year(parts: Iterable[str]) -> YearEvidence | None:
    """The year in which an act of a known year has its anniversary."""
    for sentence in parts:
        for form, base in _ANNIVERSARIES if _has_any(sentence, ANNIVERSARY_STEMS) else ():
            found = form.search(sentence)
            if found:
                return YearEvidence(base + int(found["years"]), found.group(), "anniversary")
    return None


def may_say_this_year(text: str) -> bool:
    """Whether a text can say `this year` at all: a cheap look before its sentences are parted."""
    return _has_any(text, YEAR_STEMS_ENGLISH if text.isascii() else YEAR_STEMS)


def this_year(parts: Iterable[str]) -> Iterator[str]:
    """The sentences that say `this year`."""
    for sentence in parts:
        form = _THIS_YEAR_ENGLISH if sentence.isascii() else _THIS_YEAR
        if may_say_this_year(sentence) and form.search(sentence):
            yield sentence


def words_of_this_year(sentence: str) -> str:
    """Where a sentence says `this year`: that, with its day or a few words before it."""
    for written in find_dates(sentence):
        if written.shift == 0 and written.day:
            return sentence[written.start : written.end]
    found = _THIS_YEAR.search(sentence)
    return _with_words_before(sentence, found.start(), found.end()) if found else ""


def has_day_of_this_year(sentence: str) -> bool:
    """Whether a sentence names a day of this year: `on June 28-29 this year`."""
    return any(written.shift == 0 and written.day for written in find_dates(sentence))


def told_year(parts: Iterable[str]) -> YearEvidence | None:
    """The latest year of which a text tells as past: no horizon of a plan, nothing to come."""
    latest: YearEvidence | None = None
    for sentence in parts:
        for found in _TOLD_YEAR.finditer(sentence):
            before = sentence[max(0, found.start() - _AROUND) : found.start()]
            if _HORIZON_BEFORE.search(before) or _HORIZON_AFTER.match(sentence, found.end()):
                continue
            year = int(found[found.lastgroup or 0])
            if latest is None or year > latest.year:
                words = _with_words_before(sentence, found.start(), found.end())
                latest = YearEvidence(year, words, "told-year")
    return latest


def _with_words_before(sentence: str, start: int, end: int) -> str:
    words = sentence[max(0, start - _AROUND) : start].split(" ")[-5:]
    return " ".join((*words[:-1], words[-1] + sentence[start:end])).strip()
