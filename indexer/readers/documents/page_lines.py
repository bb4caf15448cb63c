"""The lines of printed pages: paragraphs, and what is repeated at the edges of the pages."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.release import RemovedText

PAGE_HEADER = "page header"
"""The rule by which running headers, footers and page numbers are kept beside the text."""

_EDGE = 3
"""Lines at the top and at the bottom of a page among which its headers and footers are."""
_WIDE_GAP = 1.3
"""A paragraph begins where the distance of two lines is this many times the usual one."""
_INDENT = 0.8
"""Parts of the font's size; a line that begins so much farther right begins a paragraph."""
_SHORT = 0.75
"""Parts of the longest line; a sentence that ends before it ends its paragraph."""

_BULLET = re.compile(r"[•▪◦●■]")
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'»”’)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010\xad]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHEN_WORD = re.compile(r"[^\W\d_]+-[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed; places in points, upwards from the bottom of the page."""

    text: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0


def without_headers(pages: list[list[Line]]) -> tuple[list[list[Line]], tuple[RemovedText, ...]]:
    """The pages without the lines at their edges that stand on most of them.

    Numbers in such lines either are the same on most of these pages, or count the pages. A
    number alone need count a quarter of the pages, because left and right ones may differ.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for at in {*range(_EDGE), *range(len(page) - _EDGE, len(page))}:
            if 0 <= at < len(page):
                found[_NUMBER.sub("#", page[at].text.casefold())].append((number, at))
    groups = [group for group in found.values() if _is_repeated(group, pages)]
    gone = {place for group in groups for place in group}
    kept = [
        [line for at, line in enumerate(page) if (number, at) not in gone]
        for number, page in enumerate(pages)
    ]
    return kept, tuple(
        RemovedText("furniture", PAGE_HEADER, "\n".join(_texts(group, pages))) for group in groups
    )


def _texts(group: list[tuple[int, int]], pages: list[list[Line]]) -> dict[str, None]:
    return dict.fromkeys(pages[number][at].text for number, at in sorted(group))


def _is_repeated(group: list[tuple[int, int]], pages: list[list[Line]]) -> bool:
    lettered = any(char.isalpha() for char in pages[group[0][0]][group[0][1]].text)
    enough = max(2, len(pages) // 2 + 1 if lettered else len(pages) // 4)
    if len({number for number, _ in group}) < enough:
        return False
    texts = [(number, pages[number][at].text) for number, at in group]
    if Counter(text for _, text in texts).most_common(1)[0][1] >= enough:
        return True
    shifts = Counter(
        (place, int(digits[:9]) - number)
        for number, text in texts
        for place, digits in enumerate(_NUMBER.findall(text))
    )
    return any(count >= enough for count in shifts.values())


def paragraphs_of(pages: list[list[Line]]) -> list[str]:
    """The paragraphs; one goes on over the end of a page where its sentence does."""
    whole = "\n".join(line.text for page in pages for line in page)
    joined = set(_LETTERS.findall(whole))
    hyphens = set(_HYPHEN_WORD.findall(whole))
    paragraphs: list[str] = []
    for page in pages:
        for at, piece in enumerate(_pieces(page)):
            if at == 0 and paragraphs and _goes_on(paragraphs[-1], piece[0]):
                piece = [paragraphs.pop(), *piece]
            paragraphs.append(_joined(piece, joined, hyphens))
    return paragraphs


def _goes_on(above: str, below: str) -> bool:
    return not _SENTENCE_END.search(above) and below[:1].islower()


def _pieces(page: list[Line]) -> list[list[str]]:
    """The lines of each paragraph of a page."""
    gaps = [above.y - below.y for above, below in pairwise(page)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    longest = max((len(line.text) for line in page), default=0)
    pieces: list[list[str]] = []
    for at, line in enumerate(page):
        if at == 0 or _begins(page[at - 1], line, usual, longest):
            pieces.append([])
        pieces[-1].append(line.text)
    return pieces


def _begins(above: Line, line: Line, usual: float, longest: int) -> bool:
    gap = above.y - line.y
    ended = bool(_SENTENCE_END.search(above.text))
    return (
        gap < 0
        or (usual > 0 and gap > _WIDE_GAP * usual)
        or abs(above.size - line.size) > 1
        or bool(_BULLET.match(line.text))
        or (line.x - above.x > _INDENT * line.size > 0 < gap and not _BULLET.match(above.text))
        or (ended and len(above.text) < _SHORT * longest and not line.text[:1].islower())
    )


def _joined(lines: list[str], joined: set[str], hyphens: set[str]) -> str:
    """The lines as one; a hyphen stays where the text elsewhere writes the word with it."""
    pieces: list[str] = []
    last = ""
    for line in lines:
        match = _HYPHENATED.search(last)
        begin = _LETTERS.match(line)
        if match and begin and begin[0][0].islower():
            dashed = f"{match[1]}-{begin[0]}"
            keeps = dashed in hyphens and match[1] + begin[0] not in joined
            pieces[-1] = pieces[-1][:-1] + ("-" if keeps else "")
        elif pieces:
            pieces.append(" ")
        pieces.append(line)
        last = line
    return "".join(pieces)
