"""The year that a text does not print, from what it says: names with a year, plans, this year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.dates.words import (
    FUTURE,
    LAST_YEAR,
    NEXT_YEAR,
    PLAN_AFTER,
    PLAN_BEFORE,
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
    r"(?P<name>[^\W\d_][\w’'-]*)(?:\s?[-‐‑‒–—]\s?|\s)(?P<year>(?:19|20)\d\d|\d\d(?=[»”\"]))(?![\d%])"
    r"(?!\s?[-–—]\s?(?:19|20)?\d\d)"
)
_NAME_CUE = re.compile(r"[«“\"„][^»”\"«“„]{0,80}\Z")
_THIS_YEAR = re.compile(THIS_YEAR, re.IGNORECASE)
_LAST_YEAR = re.compile(LAST_YEAR, re.IGNORECASE)
_NEXT_YEAR = re.compile(NEXT_YEAR, re.IGNORECASE)
_FUTURE = re.compile(rf"\b(?:{FUTURE})", re.IGNORECASE)
_PLAN_OF_YEAR = re.compile(PLAN_OF_YEAR, re.IGNORECASE)
_PLAN_BEFORE = re.compile(rf"\b(?:{PLAN_BEFORE})\s\(?\Z", re.IGNORECASE)
_PLAN_AFTER = re.compile(rf"[\s-]?(?:{PLAN_AFTER})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,:/–—-])(?:19|20)\d\d(?![\d/%–—]|-\d|[.,]\d)")
_URL_DATE = re.compile(
    r"[/=_-](?P<year>(?:19|20)\d\d)(?:[/_-]?(?P<month>0[1-9]|1[0-2])(?:[/_-]?(?P<day>\d\d))?)?(?!\d)"
)
"""A date or a year among the parts of an address."""
