"""A page cut into pieces, one a line, each with the part of the release that it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from indexer.release import RemovedText


@dataclass(frozen=True, slots=True)
class DateLine:
    """The article's own date as the page prints it, and the rule that found it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """A release without its page: every visible character stands in exactly one of the fields.

    The title is empty where the page names none. A title that the source stated is not taken
    from the text, so its copy in the text is among `removed`.
    """

    title: str
    body: str
    removed: tuple[RemovedText, ...] = ()
    date_lines: tuple[DateLine, ...] = ()
    """Dates that belong to the article, the most trusted first."""

    @property
    def cut(self) -> tuple[RemovedText, ...]:
        """All that is neither title nor body: `removed`, and the date lines as removed text."""
        dates = (RemovedText("date-line", line.rule, line.text) for line in self.date_lines)
        return (*self.removed, *dates)

    @property
    def is_listing(self) -> bool:
        """Whether the page lists several releases, so that no date in it is its own."""
        return any(removed.rule == "listing-page" for removed in self.removed)


class Part(StrEnum):
    """Where a piece goes."""

    BODY = "body"
    TITLE = "title"
    DATE = "date"
    REMOVED = "removed"


@dataclass(slots=True, eq=False)
class Piece:
    """A line of the page that is not blank, without the blanks around it."""

    text: str
    gap: int = 0
    """Blank lines before it."""
    part: Part = Part.BODY
    kind: str = ""
    rule: str = ""
    rest: "Piece | None" = None
    """What a split left behind this piece, on the same line of the page."""

    @property
    def open(self) -> bool:
        """Whether no rule has claimed it yet."""
        return self.part is Part.BODY

    def cut(self, kind: str, rule: str) -> None:
        """Remove it from the article."""
        self.part, self.kind, self.rule = Part.REMOVED, kind, rule

    def mark(self, part: Part, rule: str) -> None:
        """Give it to the title or to the date lines."""
        self.part, self.rule = part, rule

    def split(self, at: int) -> "Piece":
        """Cut the piece in two at a character; it keeps the first half, the second is returned."""
        rest = Piece(self.text[at:].strip(), rest=self.rest)
        self.text = self.text[:at].strip()
        self.rest = rest
        return rest


HEAD = 80
"""Pieces at the top of a page among which its title is looked for."""
TAIL = 16
"""Pieces at the end of a page among which its navigation is looked for."""


@dataclass(slots=True)
class Page:
    """The pieces of a text in their order."""

    pieces: list[Piece]
    has_header: bool = False
    """Whether it begins with the header of a source; then no teasers stand above its title."""

    def every(self) -> Iterator[Piece]:
        """All pieces, the second halves of split ones after the first."""
        for first in self.pieces:
            piece: Piece | None = first
            while piece is not None:
                yield piece
                piece = piece.rest

    def dates(self) -> list[Piece]:
        """The date lines found so far, among the pieces at the top."""
        return [piece for piece in islice(self.every(), 2 * HEAD) if piece.part is Part.DATE]

    def head(self) -> list[Piece]:
        """The unclaimed pieces at the top."""
        found: list[Piece] = []
        for piece in self.every():
            if piece.open:
                found.append(piece)
            if len(found) == HEAD:
                break
        return found

    def tail(self) -> list[Piece]:
        """The unclaimed pieces at the end, the last first."""
        found: list[Piece] = []
        for piece in reversed(self.pieces):
            if piece.open and piece.rest is None:
                found.append(piece)
            if len(found) == TAIL:
                break
        return found


def pieces_of(text: str) -> list[Piece]:
    """The lines of the text that are not blank, each with the number of blank lines before it."""
    pieces: list[Piece] = []
    gap = 0
    for line in text.splitlines():
        stripped = line.strip()
        if stripped:
            pieces.append(Piece(stripped, gap))
            gap = 0
        else:
            gap += 1
    return pieces
