"""Sitemaps: which pages a site has, and what it says of each.

Formats: sitemaps.org/protocol.html 0.9, Google's news extension, and xhtml:link with hreflang for
the versions of a page in other languages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from indexer.errors import CorpusError


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """What a sitemap says of one page, as found; None where it says nothing."""

    url: str
    lastmod: str | None = None
    """When the page was last changed: at the latest then was it published, no more is known."""
    title: str | None = None
    date: str | None = None
    """The date of publication, of the news extension."""
    alternates: tuple[str, ...] = ()
    """The addresses of the page in other languages."""
    is_sitemap: bool = False
    """Whether it is another sitemap, which an index of sitemaps names, and no page."""


_ROOTS = {"urlset", "sitemapindex"}
_SKIPPED = (("<!--", "-->"), ("<?", "?>"))
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_DECLARES = re.compile(r"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE
)
_MAX_ALTERNATES = 200
"""Of one page; there are not that many languages on any site."""


def is_sitemap(text: str) -> bool:
    """Whether the first element of the text is that of a sitemap or of an index of sitemaps."""
    at = _start_of_root(text)
    root = _ROOT.match(text, at)
    return root is not None and root[1] in _ROOTS


def parse_sitemap(text: str) -> list[SitemapEntry]:
    """The pages, or the other sitemaps, that a sitemap names, in its order.

    What stands before a fault in the markup is read; an entry that is cut off is not, because
    its address may be cut.

    Raises:
        CorpusError: it declares entities, which no sitemap needs and with which a small file
            can fill the memory.
    """
    if _DECLARES.search(text):
        raise CorpusError(
            "a sitemap with a DOCTYPE, which none may have; remove it or fetch the file again"
        )
    whole = text[: max(text.rfind("url>") + len("url>"), text.rfind("sitemap>") + len("sitemap>"))]
    stream = BytesIO(_BARE_AMPERSAND.sub("&amp;", whole).encode("utf-8", "replace"))
    return list(_entries(stream))


def _start_of_root(text: str) -> int:
    """Where the first element begins, behind blanks, comments, instructions and the DOCTYPE."""
    at = -1
    while (at := text.find("<", at + 1)) >= 0:
        closing = next((end for start, end in _SKIPPED if text.startswith(start, at)), None)
        doctype = _DOCTYPE.match(text, at)
        if closing:
            at = text.find(closing, at)
            if at < 0:
                break
        elif doctype:
            at = doctype.end() - 1
        else:
            return at
    return len(text)


def _entries(stream: BytesIO) -> Iterator[SitemapEntry]:
    context = etree.iterparse(
        stream,
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        encoding="utf-8",
    )
    try:
        for _, element in context:
            entry = _entry_of(element)
            if entry:
                yield entry
            element.clear()
    except etree.XMLSyntaxError:
        return


def _entry_of(element: etree._Element) -> SitemapEntry | None:
    url = _text_of(element, "{*}loc")
    if not url:
        return None
    return SitemapEntry(
        url,
        lastmod=_text_of(element, "{*}lastmod"),
        title=_text_of(element, "{*}news/{*}title"),
        date=_text_of(element, "{*}news/{*}publication_date"),
        alternates=_alternates_of(element, url),
        is_sitemap=etree.QName(element).localname == "sitemap",
    )


def _alternates_of(element: etree._Element, url: str) -> tuple[str, ...]:
    found = (
        (link.get("href") or "").strip()
        for link in element.iterfind("{*}link")
        if (link.get("hreflang") or "x-default").strip().lower() != "x-default"
    )
    return tuple(dict.fromkeys(each for each in found if each not in ("", url)))[:_MAX_ALTERNATES]


def _text_of(element: etree._Element, path: str) -> str | None:
    return " ".join((element.findtext(path) or "").split()) or None
