"""Feeds: Atom (RFC 4287), RSS 2.0 and 0.9x, RSS 1.0 (RDF); each entry is a release.

Not by feedparser: it reads what it can of anything and does not say which entries were lost,
which an archive must know. lxml is needed for pages anyway and parses feeds without entities.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from lxml.etree import _Element as Element

from indexer.errors import CorpusError
from indexer.readers.draft import Draft, Fault
from indexer.readers.feeds.feed_xml import name_of, parse_feed, root_tag
from indexer.readers.pages.blocks import blocks_of
from indexer.readers.records.fields import UNREAD
from indexer.release import RemovedText

MAX_ENTRIES = 200_000

SUMMARY = "feed summary"
"""The rule by which a summary is kept beside the full text of an entry."""

_TEXTS = ("content:encoded", "content", "xhtml:body", "description", "summary", "dc:description")
_DATES = ("pubDate", "published", "issued", "dcterms:issued", "dc:date")
_CHANGES = ("updated", "modified", "dcterms:modified", "created", "dcterms:created")
_LANGUAGES = ("language", "dc:language")
_SECTIONS = ("category", "dc:subject")
"""Elements of entries by their roles, the preferred first."""

_NO_TEXT = "the entry has no text, only a title; fetch the page itself{}"
_EMPTY = "the feed has no entries; remove it or fetch it again"
_TOO_MANY = f"the feed has more than {MAX_ENTRIES} entries; split it"
_BROKEN = "the XML of the feed is broken ({}); {}; fetch it again or mend it"
_LOST = "the entry's XML is too broken to be read; fetch the feed again or mend it"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ANY_TAG = re.compile(r"<(?:[A-Za-z/!?])")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_RSS = re.compile(r"purl\.org/rss/1\.0|netscape\.com/rdf", re.IGNORECASE)


def is_feed(text: str) -> bool:
    """Whether the text is a feed, by its first element."""
    try:
        tag = root_tag(text)
    except CorpusError:
        # Whether the entities are a bomb is for `read_feed` to say.
        return bool(re.search(r"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", text))
    name = tag.split()[0].strip("<>/").rpartition(":")[2].lower() if tag else ""
    return name in ("rss", "feed") or (name == "rdf" and bool(_RSS.search(tag)))


def read_feed(text: str) -> Iterator[Draft | Fault]:
    """Yield the releases of the feed, numbered from 1, and what of it is not read."""
    try:
        parsed = parse_feed(text)
    except CorpusError as error:
        yield Fault(str(error))
        return
    number = 0
    mended: list[int] = []
    for number, (entry, whole) in enumerate(parsed.entries, 1):
        if number > MAX_ENTRIES:
            yield Fault(_TOO_MANY)
            return
        if entry is not None and not whole:
            mended.append(number)
        yield Fault(_LOST, number) if entry is None else _read_entry(entry, parsed.head, number)
    if parsed.fault:
        yield Fault(_BROKEN.format(parsed.fault, _told(mended, number)))
    elif not number:
        yield Fault(_EMPTY)


def _told(mended: list[int], count: int) -> str:
    if not count:
        return "no entry in it can be read"
    if not mended:
        return "its entries are whole"
    shown = ", ".join(map(str, mended[:10])) + (" and others" if len(mended) > 10 else "")
    return f"read as far as they go: entries {shown}"


def _read_entry(entry: Element, head: Element | None, number: int) -> Draft | Fault:
    fields: dict[str, list[Element]] = {}
    for child in entry:
        fields.setdefault(name_of(child), []).append(child)
    texts = _texts(fields)
    language = _language_of(entry, fields, head)
    links = _links(entry, fields, head, language)
    if not texts:
        return Fault(_NO_TEXT.format(f": {links[0]}" if links else ""), number)
    text, *summaries = texts
    date, date_name = _date_of(fields)
    used = {*_TEXTS, *_SECTIONS, "title", "link", date_name}
    return Draft(
        text,
        number,
        id=_first(fields, ("guid", "id")),
        url=links[0] if links else None,
        title=_title_of(fields),
        date=date,
        language=language,
        removed=(*_summaries(text, summaries), *_unread(fields, used)),
        alternates=tuple(links[1:]),
        keywords=tuple(dict.fromkeys(_keywords(fields))),
    )


def _texts(fields: dict[str, list[Element]]) -> list[str]:
    """The full text, and other texts of the entry."""
    elements = [each for name in _TEXTS for each in fields.get(name, ())]
    found = [_text_of(each) for each in elements]
    return [text for text in found if text]


def _summaries(text: str, others: Iterable[str]) -> Iterator[RemovedText]:
    whole = " ".join(text.split())
    for other in others:
        if " ".join(other.split()) not in whole:
            yield RemovedText("furniture", SUMMARY, other)


def _text_of(element: Element) -> str:
    """The text of an element that holds HTML, XHTML or plain text (RFC 4287, section 3.1)."""
    if len(element) or element.get("type") == "xhtml":
        return _blocks(_markup_of(element))
    text = (element.text or "").strip()
    if element.get("type") in ("text", "text/plain") or not (_ANY_TAG.search(text) or "&" in text):
        return text
    return _blocks(text)


def _markup_of(element: Element) -> str:
    """The markup in an element, without the prefixes that HTML does not know."""
    plain = deepcopy(element)
    for each in plain.iter(etree.Element):
        each.tag = etree.QName(each).localname.rpartition(":")[2]
    etree.cleanup_namespaces(plain)
    return str(etree.tostring(plain, encoding="unicode", method="html", with_tail=False))


def _blocks(html: str) -> str:
    """The visible text of a piece of HTML."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    data = f"<html><body><div>{html}</div></body></html>".encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return _untagged(html)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return _untagged(html)
    return "\n\n".join(block.text for block in blocks_of(root))


def _untagged(html: str) -> str:
    """The text of HTML that is nested too deep, or too long, for the parser."""
    return unescape(_TAG.sub(" ", html)).strip()


def _title_of(fields: dict[str, list[Element]]) -> str | None:
    elements = [each for name in ("title", "dc:title") for each in fields.get(name, ())]
    found = (" ".join(_text_of(each).split()) for each in elements)
    return next((title for title in found if title), None)


def _first(fields: dict[str, list[Element]], names: Iterable[str]) -> str | None:
    elements = (each for name in names for each in fields.get(name, ()))
    found = ("".join(each.itertext()).strip() for each in elements)
    return next((text for text in found if text), None)


def _date_of(fields: dict[str, list[Element]]) -> tuple[str | None, str]:
    """The date of publication, that of the last change only without one; and its element."""
    for name in (*_DATES, *_CHANGES):
        found = _first(fields, (name,))
        if found:
            return _iso(found), name
    return None, ""


def _iso(found: str) -> str:
    """A date of RFC 822 in the form of ISO 8601, with the day as it was written."""
    try:
        return parsedate_to_datetime(found).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return found


def _language_of(
    entry: Element, fields: dict[str, list[Element]], head: Element | None
) -> str | None:
    """That of the entry's text, of the entry, or of the feed, the nearest first."""
    own = (each.get(_LANG) for name in _TEXTS for each in fields.get(name, ()))
    around = (each.get(_LANG) for each in (entry, *entry.iterancestors()))
    told = next((each for each in (*own, _first(fields, _LANGUAGES), *around) if each), None)
    return told or _head_text(head, _LANGUAGES) or (head.get(_LANG) if head is not None else None)


def _head_text(head: Element | None, names: tuple[str, ...]) -> str | None:
    """The text of an element of the feed itself."""
    if head is None:
        return None
    channel = next((each for each in head if name_of(each) == "channel"), head)
    found = (each.text for each in channel if name_of(each) in names)
    return next((text.strip() for text in found if text and text.strip()), None)


def _links(
    entry: Element,
    fields: dict[str, list[Element]],
    head: Element | None,
    language: str | None,
) -> list[str]:
    """The address of the entry, and those of its versions in other languages."""
    base = entry.base if _has_base(entry) else _head_text(head, ("link",))
    alternates = [each for each in fields.get("link", ()) if _is_alternate(each)]
    alternates.sort(key=lambda each: not _is_main(each, language))
    others = [each for each in alternates[1:] if each.get("hreflang")]
    found = [each.get("href") or each.text for each in (*alternates[:1], *others)]
    if not alternates:
        found = [each.text for each in fields.get("guid", ()) if each.get("isPermaLink") != "false"]
        found = [each for each in found if (each or "").strip().startswith(("http:", "https:"))]
    joined = [_absolute(base, each.strip()) for each in found if each and each.strip()]
    return list(dict.fromkeys(joined))


def _has_base(entry: Element) -> bool:
    return any(each.get(_BASE) for each in (entry, *entry.iterancestors()))


def _is_alternate(link: Element) -> bool:
    return link.get("rel", "alternate") == "alternate" and bool(
        link.get("href") or (link.text or "").strip()
    )


def _is_main(link: Element, language: str | None) -> bool:
    told = (link.get("hreflang") or "").lower()
    return not told or told.partition("-")[0] == (language or "").lower().partition("-")[0]


def _absolute(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def _keywords(fields: dict[str, list[Element]]) -> Iterator[str]:
    for each in (each for name in _SECTIONS for each in fields.get(name, ())):
        text = each.get("label") or each.get("term") or "".join(each.itertext())
        if text.strip():
            yield " ".join(unescape(text).split())


def _unread(fields: dict[str, list[Element]], used: set[str]) -> Iterator[RemovedText]:
    """What stands in elements without a role, so that it is not lost."""
    for name, elements in fields.items():
        for each in elements if name and name not in used else ():
            told = each.get("url") or each.get("href") or ""
            text = " ".join("".join(each.itertext()).split()) or told
            if text:
                yield RemovedText("furniture", UNREAD, f"{name}: {text}")
