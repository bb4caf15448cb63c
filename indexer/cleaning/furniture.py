"""Rules for lines that belong to no article: a source's header, links, signatures, credits."""

import re
from collections.abc import Iterable

from indexer.cleaning.date_words import NUMERIC_DATE, looks_like_date
from indexer.cleaning.page import Page, Part, Piece
from indexer.cleaning.tables import (
    BYLINE_CUES,
    CONTINUED_CUES,
    DESK,
    LETTERHEAD,
    LISTING,
    NAVIGATION,
    PHOTO_CUES,
    PHOTO_PHRASES,
    PRESS_CUES,
    RANKS,
    RELEASE_CARD,
    SOURCE_LINE,
    TAIL_CUES,
)
from indexer.cleaning.text import is_closed, is_headline, key

_NAVIGATION = frozenset(line for lines in NAVIGATION.values() for line in lines)
_LINK = re.compile(r"\[([^\]]{1,80})\]\([^)\s]{0,300}\)\Z")
_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")
_TAIL_LINE = 200
_CREDIT_LINE = 140
_LONGEST_LINK = 400
_AFTER_LINKS = 80
_CARD = 800
_HEADER_LINES = 14
_HEADER_DATE = 120
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED_LINK = re.compile(rf"{NUMERIC_DATE.pattern}\s+\S")
_SEPARATOR = re.compile(r"[\W_]{3,}\Z")
_CRAWL_PREFIX = re.compile(r"date \d{4}-\d\d-\d\d(?=\s|\Z)")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+\Z")


def _link_text(text: str) -> str:
    """A short line without link marks, arrows and quotation marks, as the tables spell it."""
    link = _LINK.match(text)
    return _AROUND.sub("", key(link.group(1) if link else text))


def is_navigation(text: str) -> bool:
    """Whether the line is a link of the page's own navigation."""
    if len(text) >= _LONGEST_LINK:
        return False
    link = _link_text(text)
    return link in _NAVIGATION or LISTING.match(link) is not None


def _starts(cues: Iterable[str], marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(cue + mark for cue in cues for mark in marks)


_RANK_STARTS = tuple(f"{rank} " for rank in RANKS)
_COLON = (":", "՝")
_FURNITURE = tuple(
    (rule, frozenset(cues), _starts(cues, (*_COLON, " ") if rule in CONTINUED_CUES else _COLON))
    for rule, cues in TAIL_CUES.items()
)
_PHOTO_STARTS = _starts(PHOTO_CUES, _COLON)


def furniture_rule(text: str) -> str | None:
    """The rule for a line that stands around articles (sharing, tags, credits), or None."""
    if len(text) > _TAIL_LINE:
        return None
    start = key(text[:60]).lstrip("[*_ ")
    for rule, alone, starts in _FURNITURE:
        if start in alone or start.startswith(starts):
            return rule
    return "photo-credit" if _is_photo_credit(text, start) else None


def _is_photo_credit(text: str, start: str) -> bool:
    if len(text) > _CREDIT_LINE or is_closed(text):
        return False
    phrase = start.startswith(PHOTO_PHRASES) and len(text.split()) <= 7
    return phrase or start.startswith(_PHOTO_STARTS) or start in PHOTO_CUES


def signature_rule(text: str) -> str | None:
    """The rule for a line that is a name and an office and no sentence, or None."""
    if len(text) > _CREDIT_LINE:
        return None
    words = text.split()
    if len(words) > 14 or (is_closed(text) and len(words) > 8):
        return None
    start = " ".join(key(text).split()[:7])
    if any(cue in start for cue in PRESS_CUES):
        return "press-secretary"
    if not is_closed(text) and start.startswith(_RANK_STARTS) and "," in text:
        return "officer"
    short = len(words) <= 7 and not is_closed(text) and text[0].isupper()
    return "byline" if short and (start.startswith(BYLINE_CUES) or DESK.match(text)) else None


def cut_invisible(page: Page) -> None:
    """Lines of nothing but zero-width characters."""
    for piece in page.pieces:
        if _INVISIBLE.match(piece.text):
            piece.cut("furniture", "invisible-characters")


def cut_crawl_prefix(page: Page) -> None:
    """Template 14: ` date YYYY-MM-DD` that a crawler put before the text."""
    for piece in page.head()[:1]:
        found = _CRAWL_PREFIX.match(piece.text)
        if found and found.end() < len(piece.text):
            piece.split(found.end())
        if found:
            piece.cut("stamp", "crawl-prefix")


def cut_source_header(page: Page) -> None:
    """Lines such as `Cite:`, an address, an issuer, `For Immediate Release` with its date.

    The issuer's lines are cut only where one of the others shows that there is a header.
    """
    issuers: list[Piece] = []
    for piece in page.head()[:_HEADER_LINES]:
        letterhead = LETTERHEAD.match(piece.text)
        if SOURCE_LINE.match(piece.text):
            piece.cut("boilerplate", "source-line")
            page.has_header = True
        elif letterhead and letterhead.end() and _may_follow(letterhead, piece.text):
            issuers.append(piece)
            _keep_date(piece, letterhead.end())
            page.has_header |= letterhead["status"] is not None
        elif _SEPARATOR.match(piece.text):
            issuers.append(piece)
        elif not (looks_like_date(piece.text) or is_headline(piece.text)):
            break
    for piece in issuers if page.has_header else ():
        piece.cut("boilerplate", "letterhead")


def _may_follow(letterhead: re.Match[str], text: str) -> bool:
    """Whether a letterhead is all of its line, or a date follows, or it says what it is."""
    rest = text[letterhead.end() :]
    return not rest or looks_like_date(rest) or bool(letterhead["status"] and _dated(rest))


def _dated(rest: str) -> int:
    """The length of a date at the start of a text, up to its year, or 0."""
    year = _YEAR.search(rest, 0, _HEADER_DATE)
    return year.end() if year and looks_like_date(rest[: year.end()]) else 0


def _keep_date(piece: Piece, end: int) -> None:
    """Part a letterhead from the release's own date behind it, and that from the title."""
    if end < len(piece.text):
        date = piece.split(end)
        if not looks_like_date(date.text):
            date.split(_dated(date.text))
        date.mark(Part.DATE, "own-line")


def cut_tail(page: Page) -> None:
    """Links, signatures, credits and the like at the end, from the last line upward.

    Other short lines stop nothing, but they are cut only where a link stands above them.
    """
    held: list[Piece] = []
    for piece in page.tail():
        furniture, signature = furniture_rule(piece.text), signature_rule(piece.text)
        if is_navigation(piece.text):
            listing = LISTING.match(_link_text(piece.text)) is not None
            piece.cut("navigation", "listing-page" if listing else "navigation-line")
            _cut_held(held)
        elif furniture:
            piece.cut("boilerplate", furniture)
        elif signature:
            piece.cut("signature", signature)
        elif is_headline(piece.text) and len(piece.text) < _AFTER_LINKS:
            held.append(piece)
        else:
            break
    _cut_dated_links(held)


def _cut_held(held: list[Piece]) -> None:
    for piece in held:
        piece.cut("navigation", "after-navigation")
    held.clear()


def _cut_dated_links(held: list[Piece]) -> None:
    """Two or more last lines that are a date and a headline each: links to other releases."""
    links = [piece for piece in held if _DATED_LINK.match(piece.text)]
    for piece in links if len(links) > 1 else ():
        piece.cut("teaser", "dated-link")


def cut_release_card(page: Page) -> None:
    """The card with section, date and address that ends a presidential release's text."""
    for piece in page.tail()[:1]:
        start = max(0, len(piece.text) - _CARD)
        found = RELEASE_CARD.search(piece.text, start)
        if found:
            piece.split(found.end()).cut("boilerplate", "release-card")
