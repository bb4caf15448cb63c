"""Rules for lines that belong to no article: headers of a source, navigation, signatures."""

import re
from collections.abc import Iterable

from indexer.cleaning.date_words import looks_like_date
from indexer.cleaning.page import Page, Part, Piece
from indexer.cleaning.tables import (
    CONTINUED_CUES,
    ISSUER,
    LISTING,
    NAVIGATION,
    PHOTO_CUES,
    SIGNATURE_CUES,
    SOURCE_LINE,
    STATUS_LINE,
    TAIL_CUES,
)
from indexer.cleaning.text import is_closed, is_headline, key

_NAVIGATION = frozenset(line for lines in NAVIGATION.values() for line in lines)
_LINK = re.compile(r"\[([^\]]{1,80})\]\([^)\s]{0,300}\)\Z")
_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")
_TAIL_LINE = 200
_CREDIT_LINE = 140
_LONGEST_LINK = 400
_HEADER_LINES = 14
_SEPARATOR = re.compile(r"[\W_]{3,}\Z")
_CRAWL_PREFIX = re.compile(r"date \d{4}-\d\d-\d\d(?=\s|\Z)")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+\Z")


def _link_text(text: str) -> str:
    """A short line without link marks, arrows and quotation marks, as the tables spell it."""
    link = _LINK.match(text)
    return _AROUND.sub("", key(link.group(1) if link else text))


def is_navigation(text: str) -> bool:
    """Whether the line is a link of the page's own navigation."""
    return len(text) < _LONGEST_LINK and _link_text(text) in _NAVIGATION


def _starts_with_cue(text: str, cues: Iterable[str], marks: tuple[str, ...]) -> bool:
    start = key(text[:60]).lstrip("[*_ ")
    return any(
        start == cue or start.startswith(tuple(cue + mark for mark in marks)) for cue in cues
    )


def is_photo_credit(text: str) -> bool:
    """Whether the line credits a photograph, as in `Photo: archive`."""
    short = len(text) <= _CREDIT_LINE and not is_closed(text)
    return short and _starts_with_cue(text, PHOTO_CUES, (":", "՝", " из архива", " from the arch"))


def tail_rule(text: str) -> str | None:
    """The rule for a line that stands under articles (sharing, tags, credits), or None."""
    if len(text) > _TAIL_LINE:
        return None
    for rule, cues in TAIL_CUES.items():
        if _starts_with_cue(text, cues, (":", "՝", " ") if rule in CONTINUED_CUES else (":", "՝")):
            return rule
    return "photo-credit" if is_photo_credit(text) else None


def is_signature(text: str) -> bool:
    """Whether the line is the name of a press secretary or a press service and no sentence."""
    words = text.split()
    if len(text) > _CREDIT_LINE or len(words) > 14 or (is_closed(text) and len(words) > 8):
        return False
    start = " ".join(key(text).split()[:7])
    return any(cue in start for cue in SIGNATURE_CUES)


def cut_invisible(page: Page) -> None:
    """Lines of nothing but zero-width characters."""
    for piece in page.pieces:
        if _INVISIBLE.match(piece.text):
            piece.cut("furniture", "invisible-characters")


def cut_crawl_prefix(page: Page) -> None:
    """Template 14: ` date YYYY-MM-DD` that a crawler put before the text."""
    head = page.head()[:1]
    for piece in head:
        found = _CRAWL_PREFIX.match(piece.text)
        if found and found.end() < len(piece.text):
            piece.split(found.end())
        if found:
            piece.cut("stamp", "crawl-prefix")


def cut_source_header(page: Page) -> None:
    """Lines such as `Cite:`, an address, `For Immediate Release`, and the issuer's letterhead.

    The letterhead is cut only where one of the other lines shows that there is a header.
    """
    letterhead: list[Piece] = []
    has_header = False
    for piece in page.head()[:_HEADER_LINES]:
        status = STATUS_LINE.match(piece.text)
        if SOURCE_LINE.match(piece.text):
            piece.cut("boilerplate", "source-line")
        elif status:
            _cut_status(piece, status.end())
        elif _SEPARATOR.match(piece.text):
            letterhead.append(piece)
            continue
        elif ISSUER.match(piece.text):
            letterhead.append(piece)
            continue
        elif not (looks_like_date(piece.text) or is_headline(piece.text)):
            break
        else:
            continue
        has_header = True
    if has_header:
        for piece in letterhead:
            piece.cut("boilerplate", "letterhead")


def _cut_status(piece: Piece, end: int) -> None:
    """Cut `For Immediate Release`; what follows it on the line is the release's date."""
    if end < len(piece.text):
        piece.split(end).mark(Part.DATE, "own-line")
    piece.cut("boilerplate", "release-status")


def cut_navigation(page: Page) -> None:
    """Template 1, 6, 7: links at the end, and the short lines that follow them."""
    seen = False
    for piece in reversed(page.tail()):
        if is_navigation(piece.text):
            seen = True
            listing = _link_text(piece.text) in LISTING
            piece.cut("navigation", "listing-page" if listing else "navigation-line")
        elif seen and is_headline(piece.text) and len(piece.text) < 80:
            piece.cut("navigation", "after-navigation")


def cut_tail_lines(page: Page) -> None:
    """Signatures, and lines for sharing, tags, sources and photographs under the article."""
    for piece in page.tail():
        rule = tail_rule(piece.text)
        if rule:
            piece.cut("boilerplate", rule)
        elif is_signature(piece.text):
            piece.cut("signature", "press-secretary")
        else:
            break
