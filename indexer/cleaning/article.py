"""What stands between a title and its article: the title again, dates, credits, other titles."""

import re
from itertools import dropwhile

from indexer.cleaning.copies import (
    begins_article,
    dated_download,
    glued_date,
    is_copy,
    is_other_wording,
)
from indexer.cleaning.date_words import looks_like_date
from indexer.cleaning.furniture import furniture_rule
from indexer.cleaning.page import HEAD, Page, Part, Piece
from indexer.cleaning.tables import DOWNLOAD, SOURCE_LINE
from indexer.cleaning.text import after_prefix, is_headline, script
from indexer.languages import detect
from indexer.release import UNKNOWN

_BYLINE_WORDS = 6
_SIGNED_DATE = 90
_TIME = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\Z")
_KEYWORDS = 3
_TELLING = 30
"""Characters of a line whose language is told."""
_SURE = 0.9
_BETWEEN = 8
"""Lines between a title and its article, at the most."""


def cut_below_title(page: Page, title: str) -> None:
    """Claim the lines below the title that are not yet the article, up to its first paragraph."""
    lines = page.head()[: _BETWEEN + 1]
    for at, piece in enumerate(lines[:_BETWEEN]):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if not (
            _cut_repeated_title(piece, title)
            or _cut_date(page, piece)
            or _cut_credit(page, piece, title)
            or (following and _cut_other_title(piece, title, following))
            or is_headline(piece.text)
        ):
            break
    cut_glued_date(page)


def cut_leading_dates(page: Page) -> None:
    """A page without a title: the date lines that stand above its text."""
    for piece in page.head()[:_BETWEEN]:
        if not _cut_date(page, piece):
            break


def _cut_repeated_title(piece: Piece, title: str) -> bool:
    if is_copy(piece.text, title):
        end = after_prefix(piece.text, title) or len(piece.text)
        if piece.text[end:].strip():
            date = piece.split(end)
            date.mark(Part.DATE, "behind-repeated-title")
        piece.cut("repeated-title", "repeated-title")
        return True
    if begins_article(piece.text, title):
        piece.split(after_prefix(piece.text, title) or 0)
        piece.cut("repeated-title", "title-before-article")
    return False


def _cut_date(page: Page, piece: Piece) -> bool:
    if looks_like_date(piece.text) or _is_signed_date(piece.text):
        piece.mark(Part.DATE, "second-date" if page.dates() else "own-line")
        return True
    download = dated_download(piece.text)
    if download:
        piece.split(download).cut("boilerplate", "download-line")
        piece.mark(Part.DATE, "own-line")
        return True
    found = DOWNLOAD.match(piece.text)
    if found:
        piece.cut("boilerplate", "download-line")
    return found is not None


def _is_signed_date(text: str) -> bool:
    """Whether a line is one to three words and a date with its time: `Agency 1.2.2024 18:47`."""
    words = text.split()
    return (
        len(text) < _SIGNED_DATE
        and bool(_TIME.search(text))
        and any(looks_like_date(" ".join(words[at:])) for at in range(1, min(4, len(words))))
    )


def _cut_credit(page: Page, piece: Piece, title: str) -> bool:
    """Template 10: a reprint's address, key words, byline and credit of its photograph."""
    reprint = _is_reprint(page)
    furniture = furniture_rule(piece.text)
    if furniture:
        piece.cut("boilerplate", furniture)
    elif SOURCE_LINE.match(piece.text):
        piece.cut("boilerplate", "source-line")
    elif reprint and is_headline(piece.text) and _is_keywords(piece.text, title):
        piece.cut("boilerplate", "foreign-keywords")
    elif reprint and _is_byline(piece.text):
        piece.cut("signature", "byline")
    else:
        return False
    return True


def _is_reprint(page: Page) -> bool:
    """Whether the page has another source's date and time, or its address below the title."""
    if any(line.rule == "second-date" and _TIME.search(line.text) for line in page.dates()):
        return True
    titled = dropwhile(lambda piece: piece.part is not Part.TITLE, page.pieces[:HEAD])
    return any(piece.rule == "source-line" for piece in titled)


def _is_keywords(text: str, title: str) -> bool:
    """Whether a line is in another script, or a list of words in small letters."""
    listed = text.count(",") >= _KEYWORDS - 1 and text[0].islower()
    return script(text) != script(title) or listed


def _is_byline(text: str) -> bool:
    """A few words that are neither quoted nor spoken, as a headline or a question would be."""
    plain = text[0].isalpha() and text[-1].isalpha()
    return plain and is_headline(text) and len(text.split()) <= _BYLINE_WORDS


def _cut_other_title(piece: Piece, title: str, following: Piece) -> bool:
    """Template 7 and 8: the title in another language, or in another translation."""
    if is_other_wording(title, piece.text):
        piece.cut("repeated-title", "second-translation")
    elif is_headline(piece.text) and _is_foreign(piece.text, title, following.text):
        piece.cut("repeated-title", "title-in-other-language")
    else:
        return False
    return True


def _is_foreign(text: str, title: str, article: str) -> bool:
    """Whether a line is in another language than both the title and what stands below it."""
    if len(article) <= len(text) and not is_copy(article, title):
        return False
    if script(text) != script(title):
        return script(title) == script(article)
    if text.isascii() or len(text) < _TELLING:
        return False
    own, other = detect(text), {detect(title).code, detect(article).code}
    return own.confidence >= _SURE and len(other) == 1 and not {own.code, UNKNOWN} & other


def cut_glued_date(page: Page) -> None:
    """Template 5: a date that is glued to the first word of the article."""
    for piece in page.head()[:1]:
        date = glued_date(piece.text)
        if date:
            piece.split(date)
            piece.mark(Part.DATE, "glued")
