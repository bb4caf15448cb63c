"""Lines that hold a title once more, or a date and something else."""

import re

from indexer.cleaning.date_words import looks_like_date
from indexer.cleaning.tables import DOWNLOAD
from indexer.cleaning.text import after_prefix, is_closed, key, share

_LONGEST_TITLE = 400
_SHORTEST = 30
"""Characters of a title that no sentence is likely to open with."""
_LEAD = 80
"""Characters of the shortest article that may stand behind its title."""
_FIRST = re.compile(r"\s+[«“\"„(\[]?([^\W_])")
_LONG_TITLE = 180
"""Characters of the shortest title that the councils' pages were seen to translate twice."""
_OTHER_WORDING = 0.45
"""The share of words that two translations of one title have in common, at the least."""
_GLUED = re.compile(
    r"(?:\d\d\.\d\d\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
    r"(?=[«“\"'(]?[^\W\d_]|\d{1,2}[ -]|(?:19|20)\d\d[ -])"
)
"""A date and, without a blank, the first word or figure of the text."""


def is_copy(text: str, title: str) -> bool:
    """Whether the text is the title again, alone or with a date behind it (T, or T D)."""
    end = after_prefix(text, title)
    if end is None:
        return _bare(text) == _bare(title)
    rest = text[end:].strip(" \t\xa0,;|–—-")
    return not rest or looks_like_date(rest)


def _bare(text: str) -> str:
    return key(text).strip('"') if len(text) <= _LONGEST_TITLE else text


def begins_article(text: str, title: str) -> bool:
    """Whether the text is the title and, on the same line, the article (T B).

    A sentence may open with the words of a short title; it goes on in small letters.
    """
    end = after_prefix(text, title)
    if end is None or len(title) < _SHORTEST or len(text) - end <= _LEAD:
        return False
    first = _FIRST.match(text, end)
    return first is not None and not first[1].islower()


def is_other_wording(first: str, second: str) -> bool:
    """Whether two headlines are translations of one title."""
    lengths = sorted((len(first), len(second)))
    return (
        lengths[1] >= _LONG_TITLE
        and lengths[1] <= min(_LONGEST_TITLE, 2 * lengths[0])
        and not is_closed(first)
        and not is_closed(second)
        and share(first, second) >= _OTHER_WORDING
    )


def glued_date(text: str) -> int:
    """The length of a date that is glued to the first word of a text, or 0."""
    found = _GLUED.match(text)
    return found.end() if found else 0


def dated_download(text: str) -> int:
    """The length of the date before `Download document ….docx` on one line, or 0."""
    may_be = len(text) < _LONGEST_TITLE and "." in text[-5:-2]
    found = DOWNLOAD.search(text) if may_be else None
    return found.start() if found and looks_like_date(text[: found.start()].strip()) else 0


def is_dated(text: str) -> bool:
    """Whether a line is a date, or a date and a link to a document's file."""
    return looks_like_date(text) or dated_download(text) > 0
