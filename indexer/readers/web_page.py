"""HTML: the main text of a page, what the page says of itself, and the furniture around it."""

import logging
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from indexer.errors import CorpusError
from indexer.readers.blocks import Block, blocks_of
from indexer.readers.draft import Draft
from indexer.readers.page_facts import facts_of, time_of
from indexer.release import RemovedText

OUTSIDE = "outside the main text"
"""The rule by which the rest of a page is kept beside the main text."""

_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)[^<>]*>")
_KEPT = "html head title meta link script style body h1 h2 h3 p br hr td th li time"
_SHALLOW = frozenset(
    [
        "html",
        "head",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "p",
        "br",
        "hr",
        "td",
        "th",
        "li",
        "time",
    ]
)
"""The elements that are kept of a page nested deeper than the parser goes."""
_MOST = 0.8
"""An article element is the main text where it holds this share of what was extracted."""
_LONG = 40
"""Characters; a shorter block must be a whole line of what was extracted."""
_LONGEST_EXTRACTED = 4 * 1024 * 1024
"""Characters; of a longer page no main text is extracted, because that takes too long."""
_CONTAINERS = {
    "article": ".//article",
    "main": ".//main | .//*[@role='main' and not(self::main)]",
    "body": ".//*[@itemprop='articleBody']",
}
_DIGIT = re.compile(r"\d")
_QUIET = logging.NullHandler()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names in a meta element, within its first 4,096 bytes."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def read_page(text: str) -> Iterator[Draft]:
    """Yield the one release of the page.

    Raises:
        CorpusError: the page is nested too deep to be read.
    """
    root = _parsed(text)
    if root is None:
        return
    kind, container = _container_of(root)
    blocks = blocks_of(root, container)
    main = _main_of(blocks, kind, _extracted(text))
    facts = facts_of(root)
    title = facts.title or _heading_of(blocks, main) or facts.window_title
    told = _told_title(blocks, main, title)
    main -= _above_heading(blocks, told)
    body = [block.text for at, block in enumerate(blocks) if at in main and at != told]
    yield Draft(
        "\n\n".join(body),
        url=facts.url,
        title=title,
        date=facts.date or time_of(root, container),
        language=facts.language,
        removed=tuple(
            RemovedText("furniture", OUTSIDE, block.text)
            for at, block in enumerate(blocks)
            if at not in main
        ),
    )


def _parsed(text: str) -> HtmlElement | None:
    """The page's tree; a page nested too deep for the parser is flattened first."""
    for source in (text, None):
        data = (_flattened(text) if source is None else source).encode("utf-8", "replace")
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            root = lxml.html.document_fromstring(data, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            return None
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            return root
    raise CorpusError("the page is nested too deep to be read; save its text as .txt")


def _flattened(text: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if tag[1].lower() in _SHALLOW else "<br>", text)


def _extracted(text: str) -> str:
    """The main text as trafilatura sees it; the empty string where it sees none."""
    if len(text) > _LONGEST_EXTRACTED:
        return ""
    import trafilatura  # here, because its import takes 150 ms

    logging.getLogger("trafilatura").addHandler(_QUIET)
    try:
        found: str | None = trafilatura.extract(
            text, favor_recall=True, include_comments=False, fast=True
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return found or ""


def _container_of(root: HtmlElement) -> tuple[str, HtmlElement | None]:
    """The one element of the page that by its name holds the article, and which kind it is."""
    for kind, path in _CONTAINERS.items():
        found = root.xpath(path)
        if len(found) == 1:
            return kind, found[0]
    return "", None


def _main_of(blocks: list[Block], kind: str, extracted: str) -> set[int]:
    """Which blocks are the main text: those of the container, or those that were extracted.

    An article element is trusted, a main element only where the extraction lost paragraphs of
    it, because menus often stand in it as well. All blocks where nothing else is known.
    """
    lines = [_bare(line) for line in extracted.split("\n")]
    whole, known = " ".join(lines), set(lines)
    chosen = {
        at
        for at, block in enumerate(blocks)
        if _bare(block.text) in known or (len(block.text) >= _LONG and _bare(block.text) in whole)
    }
    inside = {at for at, block in enumerate(blocks) if block.inside}
    lost = any(blocks[at].tag == "p" for at in inside - chosen)
    held = _length(blocks, inside & chosen) >= _MOST * _length(blocks, chosen)
    if inside and held and (kind == "article" or lost or not chosen):
        return inside
    return chosen or set(range(len(blocks)))


def _length(blocks: list[Block], chosen: set[int]) -> int:
    return sum(len(blocks[at].text) for at in chosen)


def _heading_of(blocks: list[Block], main: set[int]) -> str | None:
    """The first heading of the first rank in the main text, or else on the page."""
    headings = [at for at, block in enumerate(blocks) if block.tag == "h1"]
    at = next((at for at in headings if at in main), next(iter(headings), None))
    return None if at is None else " ".join(blocks[at].text.split())


def _told_title(blocks: list[Block], main: set[int], title: str | None) -> int | None:
    """The heading in the main text that the title tells already, if other text is left."""
    told = _bare(title or "")
    for at in sorted(main) if len(main) > 1 else ():
        heading = _bare(blocks[at].text)
        if blocks[at].tag == "h1" and told.startswith(heading):
            return at
        if blocks[at].tag == "h2" and told == heading:
            return at
    return None


def _above_heading(blocks: list[Block], heading: int | None) -> set[int]:
    """Short blocks above the heading: the section of the site, the way to the page; no dates."""
    above = ((at, blocks[at].text) for at in range(heading or 0))
    return {at for at, text in above if len(text) < _LONG and not _DIGIT.search(text)}


def _bare(text: str) -> str:
    """The text without the marks of lists and tables, and with single blanks."""
    return " ".join(text.replace("|", " ").split()).removeprefix("- ")
