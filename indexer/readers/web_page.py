"""HTML: the main text of a page, what the page says of itself, and the furniture around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from indexer.errors import CorpusError
from indexer.readers.blocks import Block, blocks_of
from indexer.readers.draft import Draft
from indexer.readers.page_facts import PageFacts, facts_of
from indexer.release import RemovedText

OUTSIDE = "outside the main text"
"""The rule by which the rest of a page is kept beside the main text."""

_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SHALLOW = frozenset(
    "html head title meta link script style body h1 h2 h3 p br hr td th li time".split()
)
"""The elements that are kept of a page nested deeper than the parser goes."""
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)[^<>]*>")
_MOST = 0.8
"""An article element is the main text where it holds this share of what was extracted."""
_TOO_LONG_TO_EXTRACT = 4 * 1024 * 1024
"""Characters; the extraction takes about a minute for 20 MB, so a longer page is kept whole."""


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
    facts = facts_of(root)
    blocks = blocks_of(root)
    main = _main_of(root, blocks, _extracted(text))
    title = facts.title or _heading_of(main) or _heading_of(blocks) or facts.window_title
    body, removed = _parted(blocks, main, title)
    container = _container_of(root, "article") or _container_of(root, "main")
    yield Draft(
        body,
        url=facts.url,
        title=title,
        date=facts.date or facts.time_within(container),
        language=facts.language,
        removed=removed,
    )
