"""HTML: the main text of a page, what the page says of itself, and the furniture around it."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from indexer.errors import CorpusError
from indexer.readers.draft import Draft, Fault
from indexer.readers.pages.blocks import Block, blocks_of
from indexer.readers.pages.boxes import boxes_of
from indexer.readers.pages.encoding import declared_encoding
from indexer.readers.pages.facts import PageFacts, facts_of
from indexer.readers.pages.faults import fault_of
from indexer.readers.pages.main_text import LONG, bare, container_of, extracted, lead_of, main_of
from indexer.readers.records.fields import UNREAD
from indexer.release import RemovedText

__all__ = ["MAX_TAGS", "OUTSIDE", "declared_encoding", "read_page"]

OUTSIDE = "outside the main text"
"""The rule by which the rest of a page is kept beside the main text."""

MAX_TAGS = 800_000
"""Of a page; they take some four seconds."""

_TAG = re.compile(r"</?([A-Za-z][\w:-]*)[^<>]*>")
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
_LINK = 0.9
"""A heading of which this share is a link leads elsewhere."""
_DIGIT = re.compile(r"\d")


def read_page(text: str) -> Iterator[Draft | Fault]:
    """Yield the one release of the page, or why there is none in it.

    Raises:
        CorpusError: the page is nested too deep to be read, or has too many tags.
    """
    if text.count("<") > MAX_TAGS:
        raise CorpusError(f"the page has more than {MAX_TAGS:,} tags; save its text as .txt")
    root = _parsed(text)
    if root is None:
        return
    boxes = boxes_of(root)
    kind, container = container_of(root, boxes)
    blocks = blocks_of(root, container, boxes)
    fault = fault_of(root, blocks)
    if fault:
        yield Fault(fault)
        return
    main = main_of(blocks, kind, extracted(text))
    facts = facts_of(root, container, boxes)
    yield _draft_of(blocks, main | lead_of(blocks, main, facts.title), facts)


def _draft_of(blocks: list[Block], main: set[int], facts: PageFacts) -> Draft:
    title = facts.title or _heading_of(blocks, main, facts.window_title) or facts.window_title
    told = _told_title(blocks, main, title)
    main = main - _above_heading(blocks, told)
    body = [block.text for at, block in enumerate(blocks) if at in main and at != told]
    cut = [block.text for at, block in enumerate(blocks) if at not in main]
    removed = [RemovedText("furniture", OUTSIDE, text) for text in cut]
    if facts.modified:
        removed.append(RemovedText("furniture", UNREAD, f"dateModified: {facts.modified}"))
    return Draft(
        "\n\n".join(body),
        url=facts.url,
        title=title,
        date=facts.date,
        language=facts.language,
        removed=tuple(removed),
        alternates=facts.alternates,
        keywords=facts.keywords,
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


def _heading_of(blocks: list[Block], main: set[int], window: str | None) -> str | None:
    """The first heading of the first rank in the main text, or else on the page.

    A heading outside that is a link is the name of the site; a lower heading of the main text is
    preferred to it, where the title of the window begins with it.
    """
    headings = [at for at, block in enumerate(blocks) if block.tag == "h1" and not block.box]
    lower = (at for at in sorted(main) if blocks[at].tag == "h2")
    begins = (at for at in lower if (window or "").startswith(_squashed(blocks[at].text)))
    own = next((at for at in headings if at in main), None)
    own = next((at for at in headings if blocks[at].linked < _LINK), None) if own is None else own
    at = next((at for at in (own, next(begins, None), *headings) if at is not None), None)
    return None if at is None else _squashed(blocks[at].text)


def _squashed(text: str) -> str:
    return " ".join(text.split())


def _told_title(blocks: list[Block], main: set[int], title: str | None) -> int | None:
    """The heading in the main text that the title tells already, if other text is left."""
    told = bare(title or "")
    for at in sorted(main) if len(main) > 1 else ():
        heading = bare(blocks[at].text)
        if blocks[at].tag == "h1" and told.startswith(heading):
            return at
        if blocks[at].tag == "h2" and told == heading:
            return at
    return None


def _above_heading(blocks: list[Block], heading: int | None) -> set[int]:
    """Short blocks above the heading: the section of the site, the way to the page; no dates."""
    above = ((at, blocks[at].text) for at in range(heading or 0))
    return {at for at, text in above if len(text) < LONG and not _DIGIT.search(text)}
