"""JSON-LD in a page: the schema.org objects by which it describes itself to machines."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

Node = Mapping[str, object]

_ARTICLE_TYPES = re.compile(r"(?:\w*article|pressrelease|report|\w*posting|specialannouncement)")
"""schema.org/Article and what is below it, in small letters."""
_PAGE_TYPES = frozenset(("webpage", "itempage", "creativework"))
_SITE_TYPES = frozenset(
    (
        *("website", "organization", "newsmediaorganization", "governmentorganization", "person"),
        *("imageobject", "videoobject", "breadcrumblist", "listitem", "itemlist"),
        *("collectionpage", "searchaction", "event", "product"),
    )
)
"""Types that have names and dates too, but not those of the release."""
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z"
)
_MAX_NODES = 10_000


def objects_of(root: HtmlElement) -> list[Node]:
    """The objects of the page's JSON-LD, in each script the outer ones first."""
    return [each for script in root.iter("script") for each in _objects(script)]


def article_of(objects: Sequence[Node], titles: Sequence[str]) -> Node:
    """The object that is the page's article; the empty one where there is none.

    An article is preferred over a page, a page over what has no known type, and of several
    articles the one whose headline stands in one of the page's own titles.
    """
    ranked = [(rank, each) for each in objects if (rank := _rank(each)) is not None]
    best = min((rank for rank, _ in ranked), default=0)
    found = [each for rank, each in ranked if rank == best]
    own = (each for each in found if _headline(each) and _stands_in(_headline(each), titles))
    return next(own, next(iter(found), {}))


def breadcrumbs_of(objects: Sequence[Node]) -> list[str]:
    """The names of the first list of breadcrumbs, from the top of the site down."""
    for each in objects:
        items = each.get("itemListElement")
        if "breadcrumblist" in types_of(each) and isinstance(items, list):
            return [name for item in items if (name := _crumb(item))]
    return []


def types_of(node: Node) -> set[str]:
    """The names of the object's types, without the vocabulary, in small letters."""
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return {re.split(r"[/#:]", name.strip())[-1].lower() for name in names if isinstance(name, str)}


def texts_of(value: object) -> list[str]:
    """The strings that a value is: one, several, or the names of objects."""
    match value:
        case str():
            return [value]
        case list():
            return [text for each in value if not isinstance(each, list) for text in texts_of(each)]
        case {"name": str(name)}:
            return [name]
        case _:
            return []


def _rank(node: Node) -> int | None:
    types = types_of(node)
    known = isinstance(node.get("headline"), str) or isinstance(node.get("datePublished"), str)
    if any(_ARTICLE_TYPES.fullmatch(name) for name in types):
        return 0 if known or isinstance(node.get("name"), str) else None
    if not known or types & _SITE_TYPES:
        return None
    if types & _PAGE_TYPES or not isinstance(node.get("headline"), str):
        return 2
    return 1


def _headline(node: Node) -> str:
    return next(iter(texts_of(node.get("headline"))), "")


def _stands_in(headline: str, titles: Sequence[str]) -> bool:
    told = " ".join(headline.split())
    return any(told in title for title in titles)


def _crumb(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    inner = item.get("item")
    names = texts_of(item.get("name")) or texts_of(inner if isinstance(inner, dict) else None)
    return next(iter(names), None)


def _objects(script: HtmlElement) -> Iterator[Node]:
    """The objects of a JSON-LD script, the outer ones first; none where it is broken."""
    if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
        return
    try:
        waiting = deque([json.loads(_WRAPPING.sub("", script.text or ""), strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
        waiting.extend(node.values() if isinstance(node, dict) else ())
        waiting.extend(node if isinstance(node, list) else ())
