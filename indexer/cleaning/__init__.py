"""Cleaning: a release's text without the page around it.

Press pages are crawled with teasers of other releases, menus, links and dates around the text.
The steps below, each a named function, claim those lines; what no step claims is the article.
Nothing is dropped: what was cut comes back with its kind and the name of the rule that cut it.
Where the signs are weak nothing is cut.
"""

from itertools import pairwise

from indexer.cleaning.article import cut_below_title, cut_glued_date, cut_leading_dates
from indexer.cleaning.furniture import (
    cut_crawl_prefix,
    cut_invisible,
    cut_release_card,
    cut_source_header,
    cut_tail,
)
from indexer.cleaning.page import CleanText, DateLine, Page, Part, Piece, pieces_of
from indexer.cleaning.repetition import (
    PagePrints,
    Repeated,
    cut_repeated,
    packed,
    prints_of,
    repeated,
)
from indexer.cleaning.rules import RULES, TRUST
from indexer.cleaning.teasers import cut_above, cut_agency_menu
from indexer.cleaning.text import is_headline
from indexer.cleaning.titles import (
    HEADER_RULES,
    TITLE_RULES,
    by_repeated_lead,
    by_stated_title,
)
from indexer.release import RemovedText

__all__ = [
    "RULES",
    "CleanText",
    "DateLine",
    "PagePrints",
    "Repeated",
    "clean",
    "packed",
    "prints_of",
    "repeated",
]

STEPS = (
    cut_invisible,
    cut_crawl_prefix,
    cut_source_header,
    cut_release_card,
    cut_tail,
    cut_agency_menu,
)
"""What is done to every page before its title is looked for, in this order."""


def clean(text: str, title: str | None = None, known: Repeated = Repeated()) -> CleanText:
    """Part a release's text from the page around it.

    `text` is in Unicode's normal form C. `title` is a title that the source itself states
    (an element of a page, a column of a table); then the text is mostly the body alone, though
    it may repeat the title or stand under teasers. `known` is what repeats across the archive.
    """
    page = Page(pieces_of(text))
    for step in STEPS:
        step(page)
    stated = " ".join(title.split()) if title else ""
    cut_repeated(page, known, stated)
    found = _article_of_stated(page, stated) if stated else _article_of(page)
    return _gathered(page, stated or found)


def _article_of_stated(page: Page, title: str) -> str:
    head = page.head()
    at = by_stated_title(head, title)
    lead = by_repeated_lead(head) if at is None else None
    if at is not None:
        cut_above(head[:at], "stated-title")
    elif lead is not None:
        cut_above(head[:lead], "repeated-lead")
    cut_below_title(page, title)
    return title


def _article_of(page: Page) -> str:
    """Find the title by the first rule that knows one; the empty string where none does."""
    head = page.head()
    for name, rule in HEADER_RULES if page.has_header else TITLE_RULES:
        at = rule(head)
        if at is not None:
            return _claim_title(page, head, at, name)
    lead = by_repeated_lead(head)
    if lead is not None:
        cut_above(head[:lead], "repeated-lead")
    cut_leading_dates(page)
    cut_glued_date(page)
    return ""


def _claim_title(page: Page, head: list[Piece], at: int, rule: str) -> str:
    if rule in ("title-below-date", "title-below-header"):
        for date in head[:at]:
            date.mark(Part.DATE, "own-line")
    else:
        cut_above(head[:at], rule)
    lines = [head[at], *_further_title_lines(head[at:])]
    for line in lines:
        line.mark(Part.TITLE, rule)
    title = " ".join(line.text for line in lines)
    cut_below_title(page, title)
    return title


def _further_title_lines(lines: list[Piece]) -> list[Piece]:
    """Lines right below a title in capitals that are in capitals as well: it was broken."""
    further: list[Piece] = []
    for above, line in pairwise(lines):
        if line.gap or not (
            above.text.isupper() and line.text.isupper() and is_headline(line.text)
        ):
            break
        further.append(line)
    return further


def _gathered(page: Page, title: str) -> CleanText:
    body: list[str] = []
    removed: list[RemovedText] = []
    dates: list[DateLine] = []
    gap = 0
    for piece in page.every():
        gap = max(gap, piece.gap)
        match piece.part:
            case Part.BODY:
                body.append(("\n\n" if gap else "\n") * bool(body) + piece.text)
                gap = 0
            case Part.REMOVED:
                removed.append(RemovedText(piece.kind, piece.rule, piece.text))
            case Part.DATE:
                dates.append(DateLine(piece.text, piece.rule))
            case Part.TITLE:
                pass
    dates.sort(key=lambda line: TRUST.index(line.rule))
    return CleanText(title, "".join(body), tuple(removed), tuple(dates))
