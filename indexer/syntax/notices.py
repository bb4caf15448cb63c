"""What the user is told of a query that was mended: each kind once, with its first place."""

from enum import StrEnum


class Notice(StrEnum):
    """The texts; `{place}` is a character of the query, counted from 1."""

    OPEN_QUOTE = (
        "The quotation mark at character {place} is not closed: the phrase runs to the end."
    )
    STRAY_PARENTHESIS = "The parenthesis at character {place} has no partner and was ignored."
    IDLE_OPERATOR = "The operator at character {place} has nothing to join and was ignored."
    OPERATORS_AS_WORDS = "AND, OR and NOT stand alone here and were searched as words."
    FUZZY_ON_MANY = "The ~ at character {place} was ignored: it works on a single whole word."
    NOTHING_LEFT = "The query has no letters or digits to search for, so it matches nothing."


class Notices:
    """The notices on one query, in the order in which they arose."""

    def __init__(self) -> None:
        self._texts: dict[Notice, str] = {}

    def add(self, notice: Notice, position: int = 0) -> None:
        """Note it, unless that kind was noted before; `position` counts from 0."""
        self._texts.setdefault(notice, notice.value.format(place=position + 1))

    def texts(self) -> tuple[str, ...]:
        """What to show."""
        return tuple(self._texts.values())
