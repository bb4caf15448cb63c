"""One tokenizer for every language: words with their places in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_STRESS = "\u0300-\u036f"
_ARMENIAN_ACCENTS = "\u055a-\u055e"
_APOSTROPHES = "'\u2019\u02bc\u02b9"
_CYRILLIC = "\u0400-\u052f"

WORD = re.compile(
    # A letter or digit, then letters, digits and combining marks; Armenian accents stand inside
    # words (ի՞նչ); an apostrophe joins Cyrillic letters (аб’яднаны), and carries an English 's.
    rf"[^\W_](?:[^\W_{_CYRILLIC}]|[{_CYRILLIC}](?:[{_APOSTROPHES}](?=[{_CYRILLIC}]))?"
    rf"|[{_STRESS}{_ARMENIAN_ACCENTS}])*(?:['\u2019]s(?!\w))?"
)


class Token(NamedTuple):
    """A word of a text: characters `start` to `end` (excluded)."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """The words of `text` in order; hyphens, slashes and all other signs divide words."""
    for match in WORD.finditer(text):
        yield Token(match.group(), match.start(), match.end())
