"""The addresses that a page states: its own, and those of its versions in other languages."""

from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

_MAX_ALTERNATES = 200
_HTML_TYPES = frozenset(("", "text/html", "application/xhtml+xml"))


def url_of(root: HtmlElement, others: Iterable[str]) -> str | None:
    """The canonical address, or the first of the others that is one; absolute where possible.

    A front page as canonical address is a fault of the site's template: if another statement
    goes deeper, it is taken.
    """
    stated = [each for each in others if _is_absolute(each)]
    canonical = _canonical(root)
    if canonical:
        stated.insert(0, _joined(base_of(root, stated), canonical))
    deeper = (each for each in stated if not _is_front(each))
    return next(deeper, next(iter(stated), None))


def base_of(root: HtmlElement, stated: Iterable[str]) -> str:
    """The address to which others are relative; the empty string where it is not known."""
    known = next((each for each in stated if _is_absolute(each)), "")
    href = next((each.get("href") for each in root.iter("base") if each.get("href")), "")
    return _joined(known, href.strip()) if href else known


def alternates_of(root: HtmlElement, url: str | None) -> tuple[str, ...]:
    """The addresses of the page in other languages (`hreflang`), absolute, each once.

    A link to a front page leads to another language of the site, not of the release.
    """
    base = base_of(root, (url or "",))
    found = (_joined(base, href) for href in _hreflang(root))
    pages = (each for each in found if _is_absolute(each) and each != url and not _is_front(each))
    return tuple(dict.fromkeys(pages))[:_MAX_ALTERNATES]


def _hreflang(root: HtmlElement) -> Iterator[str]:
    for link in root.iter("link", "a"):
        language = (link.get("hreflang") or "").strip().lower()
        kind = (link.get("type") or "").strip().lower()
        href = (link.get("href") or "").strip()
        alternate = "alternate" in (link.get("rel") or "").lower().split()
        if alternate and href and language not in ("", "x-default") and kind in _HTML_TYPES:
            yield href


def _canonical(root: HtmlElement) -> str | None:
    links = (each for each in root.iter("link") if (each.get("rel") or "").lower() == "canonical")
    return next((href for each in links if (href := (each.get("href") or "").strip())), None)


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _is_absolute(url: str) -> bool:
    parts = _parts(url)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_front(url: str) -> bool:
    """Whether it is a site's first page, or that of a language: `/`, `/en/`, `/ru-RU/index.php`."""
    parts = _parts(url)
    if parts is None or parts.query:
        return False
    names = [name for name in parts.path.split("/") if name and not name.startswith("index.")]
    return not names or (len(names) == 1 and len(names[0].partition("-")[0]) == 2)


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
