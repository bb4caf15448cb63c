"""XML files: a feed holds releases; what else there is in XML is named."""

import re
from collections.abc import Iterator

from indexer.readers.draft import Draft, Fault
from indexer.readers.feeds.feed import is_feed, read_feed
from indexer.readers.feeds.sitemap import is_sitemap, parse_sitemap
from indexer.readers.pages.web_page import read_page

_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{2,40})["']""")
_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!(?!--)[^>\[]*(?:\[.*?\]\s*)?>)*+<([\w:.-]{1,80})", re.DOTALL
)
_LOOKED_AT = 100_000
"""Characters in which the first element must begin."""
_SITEMAP = "a sitemap: it names {} page{}, and holds no text; read the pages themselves"
_OTHER = (
    "XML with the root element {}, which is no feed of releases; save its text as .html or .txt"
)
_NO_XML = "this is no XML; save it as .txt if it is text"


def declared_xml_encoding(data: bytes) -> str | None:
    """The encoding in the XML declaration."""
    match = _DECLARED.match(data[:400])
    return match[1].decode("ascii") if match else None


def read_xml(text: str) -> Iterator[Draft | Fault]:
    """Yield the releases of a feed (Atom, RSS), or of an XHTML page; else one fault."""
    if is_feed(text):
        yield from read_feed(text)
    elif is_sitemap(text):
        count = len(parse_sitemap(text))
        yield Fault(_SITEMAP.format(count, "" if count == 1 else "s"))
    elif (root := _root_of(text)) == "html":
        yield from read_page(text)
    else:
        yield Fault(_OTHER.format(root) if root else _NO_XML)


def _root_of(text: str) -> str | None:
    match = _ROOT.match(text[:_LOOKED_AT])
    return match[1].rpartition(":")[2].lower() if match else None
