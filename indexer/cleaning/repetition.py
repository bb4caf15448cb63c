"""What repeats across an archive: teasers above articles, blocks of contacts below them.

A first pass takes the prints of each page: numbers for the lines at its top and at its end, no
text. From all prints together follows which lines repeat on pages of different articles; with
these, `clean` cuts them in a second pass. So an archive of any size is cleaned a page at a time.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

from indexer.cleaning.date_words import looks_like_date
from indexer.cleaning.page import Page, Piece, pieces_of
from indexer.cleaning.text import is_headline, is_paragraph, key, repeated_share

TOP, BOTTOM = 14, 6
"""Lines at the top and at the end of a page whose prints are taken."""
TEASER_PAGES = 2
"""Pages of different articles on which a paragraph stands at the top, for it to be a teaser."""
LINE_PAGES = 3
"""The same for a short line: a title may well come twice."""
BLOCK_PAGES = 5
"""The same for what stands at the end."""
_LINES = 3
"""Short lines that are a block."""
_LEAD = 80
"""Characters of the shortest lead that is a teaser; a shorter line introduces or addresses."""
_LONGEST = 4_000
"""Characters of a line that is printed: a longer one is an article on one line."""


Prints: TypeAlias = "array[int]"
"""Numbers of 64 bits, eight bytes each: an archive has millions."""


def packed(prints: Iterable[int]) -> Prints:
    """The prints as an array."""
    return array("Q", prints)


@dataclass(frozen=True, slots=True)
class PagePrints:
    """The prints of one page; paragraphs have even numbers, short lines odd ones."""

    top: Prints
    bottom: Prints
    """The last line first."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The prints of the lines that repeat across an archive."""

    top: frozenset[int] = frozenset()
    bottom: frozenset[int] = frozenset()

    def touches(self, prints: PagePrints) -> bool:
        """Whether any line of a page is among them."""
        return not (self.top.isdisjoint(prints.top) and self.bottom.isdisjoint(prints.bottom))

    def within(self, prints: PagePrints) -> "Repeated":
        """Those that stand on a page."""
        return Repeated(self.top & frozenset(prints.top), self.bottom & frozenset(prints.bottom))


def print_of(text: str) -> int:
    """The print of a line: 64 bits of its BLAKE2b, the lowest one for its shape."""
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~1 | is_headline(text)


def prints_of(text: str) -> PagePrints:
    """The prints of a page, from its text as it was read."""
    pieces = [piece.text for piece in pieces_of(text)]
    return PagePrints(packed(_prints(pieces[:TOP])), packed(_prints(pieces[-BOTTOM:][::-1])))


def _prints(lines: Iterable[str]) -> Iterator[int]:
    return (print_of(line) for line in lines if len(line) <= _LONGEST and _counts(line))


def _counts(line: str) -> bool:
    return not looks_like_date(line)


def repeated(pages: Sequence[PagePrints]) -> Repeated:
    """What repeats on pages of different articles."""
    tops = Counter(mark for page in pages for mark in set(page.top))
    bottoms = Counter(mark for page in pages for mark in set(page.bottom))
    above: dict[int, set[int]] = defaultdict(set)
    below: dict[int, set[int]] = defaultdict(set)
    for page in pages:
        article = _article(page, bottoms)
        for mark in page.top:
            if tops[mark] >= TEASER_PAGES:
                above[mark].add(article)
        for mark in page.bottom:
            if bottoms[mark] >= BLOCK_PAGES:
                below[mark].add(article)
    return Repeated(
        frozenset(mark for mark, articles in above.items() if len(articles) >= _least(mark)),
        frozenset(mark for mark, articles in below.items() if len(articles) >= BLOCK_PAGES),
    )


def _least(mark: int) -> int:
    return LINE_PAGES if mark & 1 else TEASER_PAGES


def _article(page: PagePrints, bottoms: Counter[int]) -> int:
    """What stands for the article of a page: its last line that is not on many pages."""
    own = (mark for mark in page.bottom if bottoms[mark] < BLOCK_PAGES)
    return next(own, hash(tuple(page.bottom)))


def cut_repeated(page: Page, known: Repeated, title: str) -> None:
    """Cut what repeats across the archive at both ends of a page."""
    if known.bottom:
        _cut_below(page, known.bottom)
    if known.top:
        _cut_above(page, known.top, title)


def _cut_below(page: Page, known: frozenset[int]) -> None:
    """The run of repeated lines at the end, unless nothing but a title is left above it."""
    run: list[Piece] = []
    for piece in page.tail():
        if print_of(piece.text) not in known:
            break
        run.append(piece)
    above = [piece for piece in page.head() if piece not in run]
    if any(is_paragraph(piece.text) for piece in above):
        for piece in run:
            piece.cut("boilerplate", "repeats-across-pages")


def _cut_above(page: Page, known: frozenset[int], title: str) -> None:
    """The run of repeated lines at the top, dates among them, where a title stands below it.

    The lead of the article itself may be a teaser elsewhere: it is not cut where the line below
    it tells of it, and not where it comes a second time.
    """
    head = page.head()
    run = _run(head, known)
    if not run or len(run) == len(head):
        return
    below = head[len(run) :]
    if _is_block(run) and _begins_article(run, below, title):
        kind = "teaser" if any(_is_lead(piece.text) for piece in run) else "boilerplate"
        for piece in run:
            dated = looks_like_date(piece.text)
            piece.cut("date-line" if dated else kind, "repeats-across-pages")


def _is_lead(text: str) -> bool:
    return len(text) >= _LEAD and is_paragraph(text)


def _run(head: Sequence[Piece], known: frozenset[int]) -> list[Piece]:
    seen: set[str] = set()
    end = 0
    for at, piece in enumerate(head[:TOP]):
        if looks_like_date(piece.text):
            continue
        if piece.text in seen or print_of(piece.text) not in known:
            break
        seen.add(piece.text)
        end = at + 1
    return list(head[:end])


def _is_block(run: Sequence[Piece]) -> bool:
    lines = [piece for piece in run if not looks_like_date(piece.text)]
    return len(lines) >= _LINES or any(is_paragraph(piece.text) for piece in lines)


def _begins_article(run: Sequence[Piece], below: Sequence[Piece], title: str) -> bool:
    first = below[0].text
    if title:
        return key(first).startswith(key(title))
    if len(below) < 2 or not is_headline(first) or looks_like_date(first):
        return False
    told_below = max(repeated_share(first, piece.text) for piece in below[1:4])
    told_above = max(repeated_share(first, piece.text) for piece in run)
    return told_below >= told_above
