"""One tokenizer for every language: words with their places in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u055a-\u055e"
"""Stress, and the Armenian accents that stand inside words (ի՞նչ)."""
_APOSTROPHES = "'\u2019\u02bc\u02b9"
_CYRILLIC = "\u0400-\u052f"

WORD = re.compile(
    # A letter or digit, then runs of letters, digits and combining marks; an apostrophe joins
    # Cyrillic letters (аб’яднаны), and carries an English 's. No run can be read in two ways, so
    # none is ever given back (the doubled signs).
    rf"[^\W_](?:[A-Za-z0-9]++|[{_CYRILLIC}]++(?:[{_APOSTROPHES}](?=[{_CYRILLIC}]))?"
    rf"|[^\W_{_CYRILLIC}]++|[{_MARKS}]++)*+(?:['\u2019]s(?!\w))?"
)
ASCII_WORD = re.compile(r"[A-Za-z0-9]++(?:'s(?!\w))?")
"""What WORD finds in a text of ASCII alone, at twice the speed."""

_NOT_POSSESSIVE = re.compile(r"'(?:(?<![A-Za-z0-9].)|(?!s(?!\w)))")
"""In a text of ASCII alone: the apostrophes that are in no word."""
_ONLY_WORDS = bytes(sign if chr(sign).isalnum() and sign < 128 else 32 for sign in range(256))
"""Every ASCII character that is in no word as a blank."""
_WITH_APOSTROPHES = _ONLY_WORDS[:39] + b"'" + _ONLY_WORDS[40:]
"""The same, but for apostrophes."""


class Token(NamedTuple):
    """A word of a text: characters `start` to `end` (excluded)."""

    text: str
    start: int
    end: int


def word_pattern(text: str) -> re.Pattern[str]:
    """What finds the words of a text one after another."""
    return ASCII_WORD if text.isascii() else WORD


def tokenize(text: str) -> Iterator[Token]:
    """The words of `text` in order; hyphens, slashes and all other signs divide words."""
    new = tuple.__new__  # What Token(...) does in the end, at half the time.
    for match in word_pattern(text).finditer(text):
        yield new(Token, (match[0], *match.span()))


def token_texts(text: str) -> list[str]:
    """The texts of the tokens that `tokenize` gives, in order: many times as fast."""
    if not text.isascii():
        return WORD.findall(text)
    if "'" in text:
        if "'s's" in text:  # Only one of the two is a possessive.
            return ASCII_WORD.findall(text)
        text = _NOT_POSSESSIVE.sub(" ", text)
    return text.encode("ascii").translate(_WITH_APOSTROPHES).decode("ascii").split()


def spellings(text: str) -> list[str]:
    """The words of `text` in order, without their places: much faster than `tokenize`.

    In a text of ASCII alone the s of an English possessive is a word of its own.
    """
    if text.isascii():
        return text.encode("ascii").translate(_ONLY_WORDS).decode("ascii").split()
    return WORD.findall(text)
