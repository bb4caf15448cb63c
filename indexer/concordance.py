"""Keyword in context: every place that matches, with the words around it, one a line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.analysis import normalize, tokenize
from indexer.release import Release
from indexer.response import MarkedText

WIDTH = 80
"""Characters of context on either side, at the most."""
MOST_RELEASES = 300
MOST_CHARACTERS = 1_000_000
MOST_LINES = 5_000
"""What is read ends behind the release that reaches one of these; a concordance of more says so."""

Marked = Callable[[Release], tuple[MarkedText, MarkedText]]
"""Title and body of a release with what matches."""


class Order(StrEnum):
    """The order of lines; those that are equal in it stay in the order of hits."""

    HITS = "hits"
    """As the releases rank, and as the words stand in them."""
    LEFT = "left"
    """By the words before, the nearest first."""
    RIGHT = "right"
    """By the words behind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place that matches; words side by side that match are one place."""

    release: Release
    part: str
    """title or body."""
    number: int
    """Which mark of the release is its first one, through title and body, from 1."""
    before: str
    keyword: str
    after: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a search, or of as many of its hits as were read."""

    lines: Sequence[Line]
    read: int
    """So many releases."""


def keywords_in_context(releases: Iterable[Release], marked: Marked, order: Order) -> Concordance:
    """The lines of the first hits, within bounds of time and memory."""
    lines: list[Line] = []
    read = characters = 0
    for release in releases:
        if read == MOST_RELEASES or characters > MOST_CHARACTERS or len(lines) > MOST_LINES:
            break
        lines += lines_of(release, *marked(release))
        read += 1
        characters += len(release.title) + len(release.body)
    if order is not Order.HITS:
        lines.sort(key=_left_words if order is Order.LEFT else _right_words)
    return Concordance(lines, read)


def lines_of(release: Release, title: MarkedText, body: MarkedText) -> Iterator[Line]:
    """The lines of one release, in the order of its text."""
    number = 1
    for part, whole in (("title", title), ("body", body)):
        for start, end, marks in _places(whole):
            before, after = _before(whole.text, start), _after(whole.text, end)
            keyword = " ".join(whole.text[start:end].split())
            yield Line(release, part, number, before, keyword, after)
            number += marks


def _places(whole: MarkedText) -> Iterator[tuple[int, int, int]]:
    """Start and end of each place, and the number of marks that it joins."""
    waiting: tuple[int, int, int] | None = None
    for start, end in whole.marks:
        if waiting and _side_by_side(whole.text[waiting[1] : start]):
            waiting = (waiting[0], end, waiting[2] + 1)
            continue
        if waiting:
            yield waiting
        waiting = (start, end, 1)
    if waiting:
        yield waiting


def _side_by_side(between: str) -> bool:
    return between.isspace() and between.count("\n") < 2


def _before(text: str, start: int) -> str:
    cut = max(0, start - WIDTH)
    around = text[cut:start]
    if cut and not text[cut - 1].isspace():
        around = around.partition(" ")[2]
    return " ".join(around.split())


def _after(text: str, end: int) -> str:
    cut = min(len(text), end + WIDTH)
    around = text[end:cut]
    if cut < len(text) and not text[cut].isspace():
        around = around.rpartition(" ")[0]
    return " ".join(around.split())


def _left_words(line: Line) -> list[str]:
    return _words(line.before)[::-1]


def _right_words(line: Line) -> list[str]:
    return _words(line.after)


def _words(text: str) -> list[str]:
    return [normalize(token.text) for token in tokenize(text)]
