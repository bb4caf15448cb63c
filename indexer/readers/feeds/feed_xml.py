"""The XML of feeds: parsed without entities, and entry by entry where it is broken."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from html.entities import html5
from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Element

from indexer.errors import CorpusError
from indexer.readers.feeds.feed_mending import rebuilt

LONGEST_ENTITY = 100
"""Characters of what an entity that the feed declares may stand for."""
MOST_EXPANDED = 1024 * 1024
"""Characters of what all references to such entities together may stand for."""

PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The namespaces that are read, by the prefix under which they are known here."""

_BOMB = (
    "the feed declares entities that stand for other entities, files or long texts "
    "(an entity bomb?); remove its <!DOCTYPE> and save it anew"
)
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*(\[)?""", re.IGNORECASE)
_SUBSET = re.compile(r"""(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?(?:-->|\Z)|<)*+\]\s*>""", re.DOTALL)
_DECLARATION = re.compile(r"""<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>""")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,40});")
_BARE = re.compile(r"&(?!#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z_:][\w.:-]{0,80};)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,80})")
_TAG = re.compile(r"""<[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_NAMESPACE = re.compile(r"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_ENTRY = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s>])")
_END = re.compile(r".*</(?:[\w.-]+:)?(?:item|entry)\s*>", re.DOTALL)
_MARKUP = frozenset("<>&\"'")
_PARSER: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed's own element and its entries, in their order."""

    head: Element | None
    entries: Iterator[tuple[Element | None, bool]]
    """Each with whether it was read whole; None where it could not be read at all."""
    fault: str | None = None
    """Where the XML is broken and how, if it is."""


def root_tag(text: str) -> str:
    """The start tag of the first element; the empty string where there is none near."""
    at, _ = _prolog(text)
    match = _TAG.match(text[at : at + 10_000]) or _ROOT.match(text[at : at + 100])
    return match[0] if match else ""


def name_of(element: Element) -> str:
    """Its name with the prefix of `PREFIXES`, such as content:encoded."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    if not space:
        return name
    prefix = PREFIXES.get(space[1:], element.prefix or "?")
    return f"{prefix}:{name}" if prefix else name


def parse_feed(text: str) -> Parsed:
    """The entries of a feed.

    Raises:
        CorpusError: it declares entities that could stand for more than a feed may hold.
    """
    text = _ILLEGAL.sub("\ufffd", text)
    at, own = _prolog(text)
    if sum(text.count(f"&{name};") * len(value) for name, value in own.items()) > MOST_EXPANDED:
        raise CorpusError(_BOMB)
    text = _outside_cdata(text[at:], lambda piece: _BARE.sub("&amp;", _resolved(piece, own)))
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8", **_PARSER))
    except etree.XMLSyntaxError as error:
        return _pieces(text, " ".join(str(error.msg).split()))
    return Parsed(root, ((each, True) for each in root.iter() if _is_entry(each)))


def _is_entry(element: Element) -> bool:
    return name_of(element) in ("item", "entry")


def _prolog(text: str) -> tuple[int, dict[str, str]]:
    """Where the first element begins, and the entities that are declared above it."""
    at, own = 0, {}
    text_end = len(text)
    if text.startswith("\ufeff"):
        at = 1
    while at < text_end:
        if match := _PROLOG.match(text, at):
            at = match.end()
        elif match := _DOCTYPE.match(text, at):
            end = _SUBSET.match(text, match.end()) if match[1] else None
            own = _declared(text[match.end() : end.end()] if end else "")
            at = end.end() if end else match.end() + (text[match.end() :][:1] == ">")
        else:
            break
    return at, own


def _declared(subset: str) -> dict[str, str]:
    found = _DECLARATION.findall(subset)
    values = {name: double or single for name, double, single in found}
    simple = all(len(x) <= LONGEST_ENTITY and not _REFERENCE.search(x) for x in values.values())
    if len(found) < subset.count("<!ENTITY") or not simple:
        raise CorpusError(_BOMB)
    return values


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    pieces = _CDATA.split(text)
    return "".join(piece if at % 2 else change(piece) for at, piece in enumerate(pieces))


def _resolved(text: str, own: dict[str, str]) -> str:
    """The text with the characters for the names of HTML, and what the feed itself declares.

    A name that stands for nothing is no reference: R&D; for one.
    """

    def value(reference: re.Match[str]) -> str:
        name = reference[1]
        known = own.get(name) or html5.get(f"{name};")
        if known is None:
            return f"&amp;{name};"
        return escape(known) if known in _MARKUP else known

    return _REFERENCE.sub(value, text)


def _pieces(text: str, fault: str) -> Parsed:
    """A broken feed: each entry is parsed by itself, mended where it is broken."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    opening = f"<feed {_namespaces(text)}>"
    end = starts[0] if starts else len(text)
    head = _mended(text[:end])
    spans = pairwise([*starts, len(text)])
    entries = (_entry(opening, text[start:end]) for start, end in spans)
    return Parsed(head, entries, fault)


def _namespaces(text: str) -> str:
    """The declarations of the feed's first tag, and those of usual prefixes that it forgot."""
    found = {match[1] or "": match[0].strip() for match in _NAMESPACE.finditer(root_tag(text))}
    usual = {prefix: f'xmlns:{prefix}="{uri}"' for uri, prefix in PREFIXES.items() if prefix}
    usual.pop("xml")
    return " ".join({**usual, **found}.values())


def _entry(opening: str, text: str) -> tuple[Element | None, bool]:
    """The entry, and whether it is read as it stands and not rebuilt."""
    last = _END.match(text)
    for mended, source in enumerate((last[0] if last else text, rebuilt(text))):
        root = _strict(f"{opening}{source}</feed>")
        entry = None if root is None else next((x for x in root.iter() if _is_entry(x)), None)
        if entry is not None:
            return entry, not mended
    return None, False


def _strict(text: str) -> Element | None:
    try:
        return etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8", **_PARSER))
    except etree.XMLSyntaxError:
        return None


def _mended(text: str) -> Element | None:
    """What the parser makes of broken XML."""
    parser = etree.XMLParser(encoding="utf-8", recover=True, **_PARSER)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
