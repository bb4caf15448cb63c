"""What an HTML page says of itself: title, date, address, language and key words, as found.

Sources: schema.org in JSON-LD and microdata, the Open Graph protocol (ogp.me), Dublin Core, the
HTML standard.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml.html import HtmlElement

from indexer.readers.pages.boxes import BREADCRUMBS, RELATED, TAGS
from indexer.readers.pages.json_ld import Node, article_of, breadcrumbs_of, objects_of, texts_of
from indexer.readers.pages.keywords import keywords_of, listed_in
from indexer.readers.pages.links import alternates_of, url_of

TITLE_METAS = ("og:title", "dc.title", "dcterms.title", "twitter:title", "headline")
DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article.published",
    "published_time",
    "date",
    "pubdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "publication_date",
    "publication-date",
    "publicationdate",
    "published",
    "article_date_original",
    "originalpublicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "mediator_published_time",
    "prism.publicationdate",
    "citation_publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
)
URL_METAS = ("og:url", "twitter:url")
LANGUAGE_METAS = ("og:locale", "dc.language", "dcterms.language", "content-language")
"""Names of meta elements, the most trusted first; letter case is ignored."""
KEYWORD_METAS = ("article:tag", "news_keywords", "dc.subject", "dcterms.subject")
"""Not `keywords`: that is one list for all pages of a site, as a rule."""

Metas = Mapping[str, Sequence[str]]

_PUBLISHED = "//*[@itemprop='datePublished' or (self::time and @pubdate)]"
_TIMES = "//time[@datetime]"
_MAX_TIMES = 1000
_DUBLIN_CORE = re.compile(r"^(dc|dcterms)[:_]")
_FIRST_OF_YEAR = re.compile(
    r"(?:\d{4}-0?1-0?1|0?1[./]0?1[./]\d{4})(?:$|[T ]+00:00(?::00)?)", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_TITLE_END = re.compile(r"\s+(?:[|/:»•·–—-]|::)\s*$")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page's own statements; None, or nothing, where it makes none."""

    title: str | None
    window_title: str | None
    """The title element, often with the name of the site."""
    date: str | None
    """When it was published. Of several statements the first that is not just 1 January."""
    modified: str | None
    """When it was changed last, which says nothing of its publication."""
    url: str | None
    alternates: tuple[str, ...]
    language: str | None
    keywords: tuple[str, ...]


def facts_of(
    root: HtmlElement, container: HtmlElement | None, boxes: Mapping[HtmlElement, str]
) -> PageFacts:
    """Collect the statements of the page's head, of its JSON-LD and of its microdata."""
    metas = _metas(root)
    window = _squashed(root.findtext(".//title"))
    titles = [title for title in (*_named(metas, TITLE_METAS), window) if title]
    objects = objects_of(root)
    article = article_of(objects, titles)
    site = _first(metas, ("og:site_name", "application-name"))
    url = url_of(root, (*_named(metas, URL_METAS), *_addresses(article)))
    title = _title_of(article, metas)
    return PageFacts(
        title=_without_site(title, site),
        window_title=_without_site(window, site),
        date=_date_of(article, metas, list(_visible_dates(root, container, boxes))),
        modified=_text(article, "dateModified") or _first(metas, ("article:modified_time",)),
        url=url,
        alternates=alternates_of(root, url),
        language=_language_of(root, article, metas),
        keywords=keywords_of(
            (
                texts_of(article.get("articleSection")),
                _named(metas, ("article:section",)),
                breadcrumbs_of(objects) or listed_in(boxes, container, BREADCRUMBS),
            ),
            (texts_of(article.get("keywords")), _named(metas, KEYWORD_METAS)),
            listed_in(boxes, container, TAGS),
            without=[each for each in (*titles, title, site) if each],
        ),
    )


def _title_of(article: Node, metas: Metas) -> str | None:
    named = _text(article, "headline") or _first(metas, TITLE_METAS)
    return named or _text(article, "name")


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the name of the site behind it."""
    if not title or not site or not title.endswith(site):
        return title
    cut = title.removesuffix(site)
    bare = _TITLE_END.sub("", cut)
    return bare if bare and bare != cut else title


def _date_of(article: Node, metas: Metas, visible: list[str]) -> str | None:
    named = [_text(article, "datePublished"), *_named(metas, DATE_METAS), *visible]
    stated = [each for each in named if each]
    strong = (each for each in stated if not _FIRST_OF_YEAR.match(each))
    return next(strong, next(iter(stated), None))


def _visible_dates(
    root: HtmlElement, container: HtmlElement | None, boxes: Mapping[HtmlElement, str]
) -> Iterator[str]:
    """The moment in the page that is marked as that of publication, else one that is marked at all.

    Outside the container only a moment that is the page's only one.
    """
    for path in (_PUBLISHED, _TIMES):
        elements = list(islice(_of_release(root.xpath(path), boxes), _MAX_TIMES))
        own = [each for each in elements if container in each.iterancestors()]
        dates = [date for each in own or elements if (date := _moment(each, path))]
        if own or len(set(dates)) == 1:
            yield from dates[:1]


def _of_release(
    elements: Iterable[HtmlElement], boxes: Mapping[HtmlElement, str]
) -> Iterator[HtmlElement]:
    """Those that do not stand in a box with other releases."""
    away = {box for box, kind in boxes.items() if kind == RELATED}
    for each in elements:
        if not away or away.isdisjoint(chain((each,), each.iterancestors())):
            yield each


def _moment(element: HtmlElement, path: str) -> str | None:
    stated = element.get("datetime") or element.get("content")
    if not stated and path == _PUBLISHED:
        stated = "".join(islice(element.itertext(), 20))[:100]
    return _squashed(stated)


def _language_of(root: HtmlElement, article: Node, metas: Metas) -> str | None:
    stated = _squashed(root.get("lang") or root.get("xml:lang"))
    return stated or _text(article, "inLanguage") or _first(metas, LANGUAGE_METAS)


def _addresses(article: Node) -> Iterator[str]:
    for value in (article.get("url"), article.get("mainEntityOfPage")):
        named = value.get("@id") if isinstance(value, dict) else value
        if isinstance(named, str):
            yield named.strip()


def _metas(root: HtmlElement) -> Metas:
    """The contents of the meta elements by their names, in the order of the page."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        # Microdata in the text of the page may be that of other releases.
        item = meta.get("itemprop") if _is_in_head(meta) else None
        name = meta.get("property") or meta.get("name") or item or meta.get("http-equiv")
        content = _squashed(meta.get("content"))
        if name and content:
            known = _DUBLIN_CORE.sub(r"\1.", name.strip().lower())
            found.setdefault(known, []).append(_unescaped(content))
    return found


def _is_in_head(element: HtmlElement) -> bool:
    return element.getparent() is None or element.getparent().tag == "head"


def _named(metas: Metas, names: Sequence[str]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _first(metas: Metas, names: Sequence[str]) -> str | None:
    return next(iter(_named(metas, names)), None)


def _text(node: Node, name: str) -> str | None:
    """The first text of a field of JSON-LD, in which entities of HTML are often left."""
    return next((_squashed(_unescaped(each)) for each in texts_of(node.get(name))), None)


def _unescaped(text: str) -> str:
    """The text without entities: systems that escape twice leave them."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _squashed(text: str | None) -> str | None:
    return " ".join(text.replace("\xad", "").split()) or None if text else None
