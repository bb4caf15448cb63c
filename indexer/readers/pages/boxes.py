"""Boxes of a page that are not its text: breadcrumbs, key words, "Read also", notes on scripts.

The names of classes are those of common systems (Bitrix, WordPress, Drupal) and of BEM.
"""

import re
from itertools import islice

from lxml.html import HtmlElement

BREADCRUMBS, TAGS, RELATED, NOSCRIPT = "breadcrumbs", "tags", "related", "noscript"
"""The kinds of boxes."""

_OF = r"(?:[a-z]{1,12}[-_]{1,2}){0,3}"
_NAMES = {
    BREADCRUMBS: re.compile(
        rf"(?!has|with|no){_OF}bread-?crumbs?(?:[-_]{{1,2}}(?:list|nav|navigation|wrap|wrapper|trail))?"
    ),
    TAGS: re.compile(
        rf"(?!has|with|no){_OF}(?:tags|tag-?list|tags?[-_]{{1,2}}(?:list|links|block|items)"
        r"|cat-links|rubrics?|keywords)"
    ),
    RELATED: re.compile(
        rf"(?!has|with|no|un){_OF}(?:related|read-?also|also-?read|see-?also|also|similar"
        r"|recommended|teasers?)"
        r"(?:[-_]{1,2}(?:articles?|news|posts?|links?|content|block|box|list|materials?|items?))?"
    ),
}
_LONGEST = {BREADCRUMBS: 600, TAGS: 1500, RELATED: 20_000}
"""Characters; a longer one is no box, but the page itself with such a class."""
_MOST_BOXES = 1000
_MOST_ELEMENTS = 3000
"""Of a box; both limits keep the time bounded on pages with very many elements."""
_MAY_CLAIM = "//*[@class or @aria-label or @itemtype or self::noscript]"
_MAY_BE = re.compile(r"crumb|tag|cat-|rubric|keyword|related|also|similar|recommended|teaser")
_NEVER = frozenset(("html", "body", "main", "head", "h1"))
_SEPARATORS = re.compile(r"[»›>/|→•·,;#]|::")
_SIGNS = " \t\n\xa0»›>/|→•·,;#:՝"
_LABEL = re.compile(r"^[^:՝,]{1,30}[:՝](?:\s+|$)")
_LABELS = frozenset(
    (
        *("tags", "keywords", "topics", "теги", "метки", "ключевые слова", "темы", "тэгі"),
        *("тегтер", "тегдер", "барчаспҳо", "պիտակներ"),
    )
)


def boxes_of(root: HtmlElement) -> dict[HtmlElement, str]:
    """The outermost boxes of the page in its order, each with its kind."""
    found: dict[HtmlElement, str] = {}
    claiming = (each for each in root.xpath(_MAY_CLAIM) if each.tag == NOSCRIPT or _claims(each))
    for element in islice(claiming, _MOST_BOXES):
        kind = _kind_of(element)
        if kind and not any(above in found for above in element.iterancestors()):
            found[element] = kind
    return found


def names_in(box: HtmlElement) -> list[str]:
    """What the list names: its items, or else its links, or else what signs part.

    The last of the breadcrumbs, the page itself, is often no link, and so what stands beside the
    links of breadcrumbs counts as well.
    """
    items = [item for item in box.iter("li") if next(item.iterdescendants("li"), None) is None]
    links = [] if _kind_of(box) == BREADCRUMBS else list(box.iter("a"))
    pieces = [_text_of(each) for each in items or links] or _pieces_of(box)
    named = (piece.strip(_SIGNS) for piece in pieces)
    return [name for name in named if name and name.casefold() not in _LABELS]


def _pieces_of(box: HtmlElement) -> list[str]:
    """The texts of the element's children, and those between them cut at signs."""
    while len(box) == 1 and not (box.text or "").strip() and not (box[0].tail or "").strip():
        if box[0].tag == "a":
            break
        box = box[0]
    found = _SEPARATORS.split(_LABEL.sub("", (box.text or "").lstrip()))
    for child in box.iterchildren("*"):
        whole = _text_of(child)
        found += [whole] if child.tag == "a" else _SEPARATORS.split(whole)
        found += _SEPARATORS.split(child.tail or "")
    return [" ".join(piece.split()) for piece in found]


def _kind_of(element: HtmlElement) -> str | None:
    if element.tag == NOSCRIPT:
        return NOSCRIPT
    if element.tag in _NEVER or sum(1 for _ in islice(element.iter(), _MOST_ELEMENTS)) == (
        _MOST_ELEMENTS
    ):
        return None
    for kind in _claims(element):
        if len(_text_of(element)) <= _LONGEST[kind] and (kind != RELATED or _leads_away(element)):
            return kind
    return None


def _claims(element: HtmlElement) -> list[str]:
    """The kinds that the element's attributes claim."""
    found = []
    label = (element.get("aria-label") or "").lower()
    if "breadcrumb" in label or (element.get("itemtype") or "").endswith("BreadcrumbList"):
        found.append(BREADCRUMBS)
    classes = (element.get("class") or "").lower()
    if _MAY_BE.search(classes):
        names = classes.split()
        found += [kind for kind, known in _NAMES.items() if any(map(known.fullmatch, names))]
    return found


def _leads_away(element: HtmlElement) -> bool:
    """Whether a link is a whole item of it; in a lead of the class `teaser` links are words."""
    if next(element.iter("h1"), None) is not None:
        return False
    whole = len(_text_of(element))
    links = [(link, len(_text_of(link))) for link in element.iter("a") if link.get("href")]
    alone = any(size and size == len(_text_of(link.getparent())) for link, size in links)
    return alone or 2 * sum(size for _, size in links) >= max(1, whole)


def _text_of(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
