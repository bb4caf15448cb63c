"""What an HTML page says of itself: title, date, address and language, as found.

Sources: schema.org in JSON-LD, the Open Graph protocol (ogp.me), Dublin Core, the HTML standard.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

TITLE_METAS = ("og:title", "dc.title", "twitter:title")
DATE_METAS = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
)
URL_METAS = ("og:url",)
"""Names of meta elements, the most trusted first; letter case is ignored."""

_MAX_NODES = 10_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page's own statements; None where it makes none."""

    title: str | None
    window_title: str | None
    """The title element, often with the name of the site."""
    date: str | None
    url: str | None
    language: str | None


def facts_of(root: HtmlElement) -> PageFacts:
    """Collect the statements of the page's head and of its JSON-LD."""
    metas = dict(_metas(root))
    article = _article_data(root)
    return PageFacts(
        title=_text(article.get("headline")) or _first(metas, TITLE_METAS),
        window_title=_squashed(root.findtext(".//title")),
        date=_text(article.get("datePublished")) or _first(metas, DATE_METAS),
        url=_canonical(root) or _first(metas, URL_METAS),
        language=_squashed(root.get("lang")),
    )


def time_of(root: HtmlElement, container: HtmlElement | None) -> str | None:
    """The first time of the container; outside of one a time that is the page's only one."""
    if container is not None:
        first = next(_times(container), None)
        if first:
            return first
    everywhere = set(_times(root))
    return everywhere.pop() if len(everywhere) == 1 else None


def _times(element: HtmlElement) -> Iterator[str]:
    found = (_squashed(each.get("datetime")) for each in element.iter("time"))
    return (each for each in found if each)


def _metas(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """The names and contents of the meta elements, the last first, so that the first wins."""
    for meta in reversed(list(root.iter("meta"))):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = _squashed(meta.get("content"))
        if name and content:
            yield name.strip().lower(), content


def _canonical(root: HtmlElement) -> str | None:
    links = (each for each in root.iter("link") if (each.get("rel") or "").lower() == "canonical")
    return next((_squashed(each.get("href")) for each in links if each.get("href")), None)


def _article_data(root: HtmlElement) -> Mapping[str, object]:
    """The first JSON-LD object with a headline, or else with a date of publication."""
    found = [each for script in root.iter("script") for each in _objects(script)]
    for key in ("headline", "datePublished"):
        for each in found:
            if _text(each.get(key)):
                return each
    return {}


def _objects(script: HtmlElement) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON-LD script, the outer ones first; none where it is broken."""
    if (script.get("type") or "").strip().lower() != "application/ld+json":
        return
    try:
        waiting = deque([json.loads(script.text or "", strict=False)])
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


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text(value: object) -> str | None:
    return _squashed(value) if isinstance(value, str) else None


def _squashed(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
