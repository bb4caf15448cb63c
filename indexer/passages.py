"""Which passage of a marked text to show."""

import re
from bisect import bisect_right

from indexer.response import MarkedText

SNIPPET_LENGTH = 280
_LEAD_IN = 60
_SENTENCE_START = re.compile(r"(?:^|[.!?։]\s+|\n\s*)(?=\S)")


def passage(whole: MarkedText, among: range | None = None) -> MarkedText:
    """The passage that holds the most different marked words.

    It has `SNIPPET_LENGTH` characters, or a few more or less. Where `among` is given, one of the
    marks that begin there comes first in it.
    """
    text = whole.text
    first = _best_start(whole, among or range(len(text)))
    start = _start_of_passage(text, first)
    end = _end_of_passage(text, start + SNIPPET_LENGTH)
    marks = tuple((a - start, b - start) for a, b in whole.marks if start <= a and b <= end)
    return MarkedText(text[start:end], marks, start > 0, end < len(text.rstrip()))


def _best_start(whole: MarkedText, among: range) -> int:
    starts = [start for start, _ in whole.marks]
    words = [whole.text[start:end].casefold() for start, end in whole.marks]
    best, best_count = 0, 0
    for number, start in enumerate(starts):
        until = bisect_right(starts, start + SNIPPET_LENGTH - _LEAD_IN)
        # A window has room for so many words at the most.
        count = len(set(words[number : min(until, number + SNIPPET_LENGTH)]))
        if count > best_count and start in among:
            best, best_count = start, count
    return best


def _start_of_passage(text: str, at: int) -> int:
    """The sentence's start if it is near, else the start of a word a little before."""
    window = max(0, at - 2 * _LEAD_IN)
    sentences = [m.end() for m in _SENTENCE_START.finditer(text, window, at + 1)]
    near = [start for start in sentences if start <= at]
    if near and (near[-1] > 0 or window == 0):
        return near[-1]
    blank = text.find(" ", max(0, at - _LEAD_IN), at)
    return blank + 1 if blank >= 0 else at


def _end_of_passage(text: str, at: int) -> int:
    if at >= len(text):
        return len(text.rstrip())
    blank = text.rfind(" ", max(0, at - _LEAD_IN), at)
    return blank if blank > 0 else at
