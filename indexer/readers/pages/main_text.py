"""Which blocks of a page are its main text: what its markup says against what extraction found."""

import logging
import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement

from indexer.readers.pages.blocks import SOFT_HYPHEN, Block
from indexer.readers.pages.boxes import NOSCRIPT

LONG = 40
"""Characters; a shorter block must be a whole line of what was extracted."""

_MOST = 0.8
"""An article element is the main text where it holds this share of what was extracted."""
_LONGEST_EXTRACTED = 4 * 1024 * 1024
"""Characters; of a longer page no main text is extracted, because that takes too long."""
_MOST_TAGS_EXTRACTED = 100_000
"""The same for pages with more tags: extraction takes up to 20 microseconds for each."""
_CONTAINERS = {
    "article": ".//article",
    "main": ".//main | .//*[@role='main' and not(self::main)]",
    "body": ".//*[@itemprop='articleBody']",
}
_HEADINGS = frozenset(("h1", "h2", "h3"))
_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d)\b")
_QUIET = logging.NullHandler()


def container_of(
    root: HtmlElement, boxes: Mapping[HtmlElement, str]
) -> tuple[str, HtmlElement | None]:
    """The one element of the page that by its name holds the article, and which kind it is.

    Articles in boxes are the cards of other releases; of several the one with the heading counts.
    """
    for kind, path in _CONTAINERS.items():
        found = root.xpath(path)
        if len(found) > 1 and kind != "main":
            found = [each for each in found if not _is_boxed(each, boxes)]
        if len(found) > 1 and kind == "article":
            found = [each for each in found if len(each.xpath("(.//h1)[1]")) == 1][:2]
        if len(found) == 1:
            return kind, found[0]
    return "", None


def _is_boxed(element: HtmlElement, boxes: Mapping[HtmlElement, str]) -> bool:
    return element in boxes or any(above in boxes for above in element.iterancestors())


def extracted(text: str) -> str:
    """The main text as trafilatura sees it; the empty string where it sees none."""
    if len(text) > _LONGEST_EXTRACTED or text.count("<") > _MOST_TAGS_EXTRACTED:
        return ""
    import trafilatura  # here, because its import takes 150 ms

    logging.getLogger("trafilatura").addHandler(_QUIET)
    try:
        found: str | None = trafilatura.extract(
            text, favor_recall=True, include_comments=False, fast=True
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return (found or "").replace(SOFT_HYPHEN, "")


def main_of(blocks: list[Block], kind: str, found: str) -> set[int]:
    """Which blocks are the main text: those of the container, or those that were extracted.

    An article element is trusted, a main element only where the extraction lost paragraphs of
    it, because menus often stand in it as well. All blocks where nothing else is known.
    """
    lines = [bare(line) for line in found.split("\n")]
    whole, known = " ".join(lines), set(lines)
    chosen = {
        at
        for at, block in enumerate(blocks)
        if not block.box
        and (bare(block.text) in known or (len(block.text) >= LONG and bare(block.text) in whole))
    }
    inside = {at for at, block in enumerate(blocks) if block.inside}
    lost = any(blocks[at].tag == "p" for at in inside - chosen)
    held = _length(blocks, inside & chosen) >= _MOST * _length(blocks, chosen)
    if inside and held and (kind == "article" or lost or not chosen):
        return inside
    return chosen or _unboxed(blocks)


def _unboxed(blocks: list[Block]) -> set[int]:
    """All blocks but those of boxes; what stands for lack of scripts, where there is no more."""
    for allowed in (("",), ("", NOSCRIPT)):
        found = {at for at, block in enumerate(blocks) if block.box in allowed}
        if found:
            return found
    return set(range(len(blocks)))


def lead_of(blocks: list[Block], main: set[int], title: str | None) -> set[int]:
    """What stands between the heading and the main text: the lead, and the date line."""
    told = bare(title or "")
    inside = (at for at, block in enumerate(blocks) if block.inside)
    for first in (next(inside, 0), min(main, default=0)):
        for heading in range(first - 1, -1, -1):
            if _is_heading(blocks[heading], told):
                return {at for at in range(heading + 1, first) if _belongs(blocks[at])}
    return set()


def _is_heading(block: Block, told: str) -> bool:
    return block.tag == "h1" or (block.tag in _HEADINGS and told != "" and bare(block.text) == told)


def _belongs(block: Block) -> bool:
    """Whether a block that stands below the heading is of the release: a paragraph, or a date."""
    if block.box or block.around or block.linked > 0.5:
        return False
    return len(block.text) >= LONG or _DATE.search(block.text) is not None


def _length(blocks: list[Block], chosen: set[int]) -> int:
    return sum(len(blocks[at].text) for at in chosen)


def bare(text: str) -> str:
    """The text without the marks of lists and tables, and with single blanks."""
    return " ".join(text.replace("|", " ").split()).removeprefix("- ")
