"""The year that a text does not print, from what it says: names with a year, plans, this year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.dates.words import (
    FUTURE,
    HORIZON_AFTER,
    HORIZON_BEFORE,
    LAST_YEAR,
    NEXT_YEAR,
    PLAN_OF_YEAR,
    STRATEGIES,
    THIS_YEAR,
)


class YearEvidence(NamedTuple):
    """A year, the words that it follows from, and the name of the rule that read them."""

    year: int
    words: str
    rule: str


_NAME_WITH_YEAR = re.compile(
    r"(?P<name>[^\W\d_]{3,40})[»”\"]?\s?[-‐‑‒–—]\s?"
    r"(?P<year>(?:19|20)\d\d|\d\d(?=[»”\"]))(?![\w%]|\s?[-–—]\s?\d)"
)
_THIS_YEAR = re.compile(rf"\b(?:{THIS_YEAR})", re.IGNORECASE)
_LAST_YEAR = re.compile(rf"\b(?:{LAST_YEAR})", re.IGNORECASE)
_NEXT_YEAR = re.compile(rf"\b(?:{NEXT_YEAR})", re.IGNORECASE)
_FUTURE = re.compile(rf"\b(?:{FUTURE})\b", re.IGNORECASE)
_PLAN_OF_YEAR = re.compile(PLAN_OF_YEAR, re.IGNORECASE)
_HORIZON_BEFORE = re.compile(rf"\b(?:{HORIZON_BEFORE})\s\(?\Z", re.IGNORECASE)
_HORIZON_AFTER = re.compile(HORIZON_AFTER, re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,:/–—-])(?:19|20)\d\d(?![\d/%–—]|-\d|[.,]\d)")
_SENTENCE_END = re.compile(
    r"(?<!\b[гстжթA-ZА-ЯЁ])(?<!\bгг)(?<!\bSt)(?<!\bMr)(?<!\bDr)[.!?։…:][\"»”')\]]*\s+(?=[\"«“(\[–—-]?\s?[^\W_a-zа-яёі])"
)
"""Where a sentence ends: a stop, and a capital letter or a figure after the blank."""
_AROUND = 40
MOST_SENTENCES = 2_000


def sentences(text: str, most: int = MOST_SENTENCES) -> Iterator[str]:
    """The first sentences of a text; abbreviations and initials end none."""
    start = 0
    for number, end in enumerate(_SENTENCE_END.finditer(text)):
        if number == most - 1:
            return
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()
