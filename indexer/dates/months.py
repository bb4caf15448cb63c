"""Where the names of months stand in a text."""

import re
from collections.abc import Iterator

from indexer.cleaning.date_words import MONTHS, month_number

_WORD = re.compile(r"[^\W\d_]{3,}")
# Forms with the Latin i for the Cyrillic one are looked for as well.
_PREFIXES = frozenset(form[:3] for month in MONTHS for form in (month, month.replace("і", "i")))
_ENGLISH_PREFIXES = frozenset(prefix for prefix in _PREFIXES if prefix.isascii())


def month_names(text: str) -> Iterator[tuple[int, int, int]]:
    """The names of months in a text: start, end and number, looked for by their first letters."""
    lower = text.lower()
    if len(lower) != len(text):
        # A letter that is longer in lower case, such as the Turkish İ, would shift the places.
        lower = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    prefixes = _ENGLISH_PREFIXES if lower.isascii() else _PREFIXES
    for start in sorted(at for prefix in prefixes for at in _occurrences(lower, prefix)):
        word = _WORD.match(lower, start)
        if word and not (start and lower[start - 1].isalpha()):
            month = month_number(word.group())
            if month is not None:
                yield start, word.end(), month


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
