"""Dates that are stated of a release: by its source, and by its page behind a label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indexer.dates.forms import find_dates
from indexer.dates.parsing import as_printed, is_crawler_stamp, parse_date
from indexer.dates.words import LABELS
from indexer.release import PublicationDate

LABEL = rf"\b(?:{'|'.join(LABELS)})(?: on| at)?\s?[:՝]\s{{0,3}}"
"""A label before a page's own date, as a regular expression."""
_LABEL = re.compile(LABEL)
_LABELLED = 60
"""Characters behind a label that can belong to its date."""
_PAGE_TOP, _PAGE_END = 1_500, 800
"""Characters of a body in which a page states its date."""


def stated_date(hint: str | None, language: str, latest: date) -> PublicationDate | None:
    """The source's date, unless a crawler put it there or it is later than `latest`."""
    stated = parse_date(hint, language) if hint else None
    if not hint or not stated or not stated.value or stated.value > latest:
        return None
    if is_crawler_stamp(hint, stated.value):
        return None
    return replace(stated, evidence=hint, rule="stated-date")


def labelled_date(body: str, cards: Sequence[str], language: str) -> PublicationDate | None:
    """The date behind a label such as `Published:` in `cards`, at the top or the end of a body."""
    for part in (*cards, body[:_PAGE_TOP], body[_PAGE_TOP:][-_PAGE_END:]):
        for label in _LABEL.finditer(part) if any(word in part for word in LABELS) else ():
            behind = part[label.end() : label.end() + _LABELLED]
            written = next(iter(find_dates(behind, language)), None)
            if written and written.start == 0 and written.year and written.day:
                return as_printed(written, label.group() + behind[: written.end], "labelled-date")
    return None
