"""What stands above the title: teasers of other releases, menus, the day's stamp."""

from collections.abc import Sequence

from indexer.cleaning.date_words import looks_like_date, names_weekday
from indexer.cleaning.page import Page, Part, Piece
from indexer.cleaning.text import is_headline

_MENU_LINES = 14
_MENU_LINE = 90
"""Characters of the longest line of a menu or stamp."""


def cut_above(pieces: Sequence[Piece], rule: str) -> None:
    """Cut what stands above the title that `rule` found: dates, teasers, boilerplate.

    A date right above the title has no teaser below it, so it is the article's.
    """
    if pieces and looks_like_date(pieces[-1].text):
        pieces[-1].mark(Part.DATE, "own-line")
        pieces = pieces[:-1]
    dated = any(looks_like_date(piece.text) for piece in pieces)
    for piece in pieces:
        if rule == "title-before-article":
            piece.cut("boilerplate", "above-repeated-title")
        elif looks_like_date(piece.text):
            piece.cut("date-line", "teaser-date")
        elif rule == "stated-title" and not dated and is_headline(piece.text):
            piece.cut("navigation", "above-stated-title")
        else:
            piece.cut("teaser", "dated-teaser" if dated else _teaser_rule(pieces))


def _teaser_rule(pieces: Sequence[Piece]) -> str:
    return "compact-teaser" if all(piece.gap == 0 for piece in pieces) else "teaser"


def cut_agency_menu(page: Page) -> None:
    """Template 14: menus of an agency around the stamp of the day on which the page was read.

    The stamp is a line with a weekday and a date that is more than a date, or that a second
    date line follows. Below it stand either menus, the release's date and its title, or the
    title itself.
    """
    if page.has_header:
        return
    head = page.head()[:_MENU_LINES]
    stamp = _find_stamp(head)
    if stamp is None:
        _cut_bare_menu(head)
        return
    for piece in head[:stamp]:
        piece.cut("navigation", "menu-line")
    head[stamp].cut("stamp", "day-stamp")
    date = _first_date(head, stamp + 1)
    if date is not None and _is_headline_at(head, date + 1) and date + 2 < len(head):
        _claim_menu(head, stamp + 1, date)


def _claim_menu(head: Sequence[Piece], start: int, date: int) -> None:
    for piece in head[start:date]:
        piece.cut("navigation", "menu-line")
    head[date].mark(Part.DATE, "own-line")


def _cut_bare_menu(head: Sequence[Piece]) -> None:
    """A menu without a stamp: three short adjacent lines or more, the last of them a date."""
    date = _first_date(head, 2)
    if date is None or any(piece.gap for piece in head[1 : date + 1]):
        return
    short = all(len(piece.text) <= _MENU_LINE // 2 for piece in head[:date])
    if short and _is_headline_at(head, date + 1) and head[date + 1].gap and date + 2 < len(head):
        _claim_menu(head, 0, date)


def _find_stamp(head: Sequence[Piece]) -> int | None:
    for at, piece in enumerate(head):
        if len(piece.text) > _MENU_LINE or not is_headline(piece.text):
            return None
        if names_weekday(piece.text):
            more = not looks_like_date(piece.text) and at > 0
            return at if more or _first_date(head, at + 1) is not None else None
    return None


def _first_date(head: Sequence[Piece], start: int) -> int | None:
    """The first line that is a date, with nothing but headlines between."""
    for at in range(start, len(head)):
        if looks_like_date(head[at].text):
            return at
        if not is_headline(head[at].text):
            return None
    return None


def _is_headline_at(head: Sequence[Piece], at: int) -> bool:
    return at < len(head) and is_headline(head[at].text)
