"""Which page of a site a saved file is: the file's path against the addresses of a sitemap."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from indexer.readers.feeds.sitemap import SitemapEntry

_INDEX = re.compile(r"(?:^|/)index(?:\.(?:php|aspx?))?$", re.IGNORECASE)
_ENDING = re.compile(r"(?:(?:^|/)index)?\.(?:html?|php|aspx?)$|(?:^|/)index$", re.IGNORECASE)
_ENDING = re.compile(r"\.html?$", re.IGNORECASE)


class SavedPages:
    """The pages that the sitemaps of one folder name, found by the paths of files below it.

    A path that fits two pages is the path of neither.
    """

    def __init__(self, entries: Iterable[SitemapEntry]) -> None:
        self._pages: dict[str, SitemapEntry | None] = {}
        for entry in _merged(entries):
            for key in _keys_of(entry.url):
                self._pages[key] = None if key in self._pages else entry

    def page_of(self, path: str) -> SitemapEntry | None:
        """What the sitemaps say of the file; `path` is relative to their folder, with slashes."""
        found = (self._pages[key] for key in _saved_keys(path) if key in self._pages)
        return next(found, None)


def _merged(entries: Iterable[SitemapEntry]) -> Iterable[SitemapEntry]:
    """One entry for each address: a site may name a page in its sitemap and among its news."""
    pages: dict[str, SitemapEntry] = {}
    for entry in entries:
        if not entry.is_sitemap:
            known = pages.get(entry.url)
            pages[entry.url] = _united(known, entry) if known else entry
    return pages.values()


def _united(first: SitemapEntry, second: SitemapEntry) -> SitemapEntry:
    return replace(
        first,
        lastmod=first.lastmod or second.lastmod,
        title=first.title or second.title,
        date=first.date or second.date,
        alternates=first.alternates or second.alternates,
    )


def _keys_of(url: str) -> set[str]:
    """The paths under which the page may be saved: below its host, and without the host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return set()
    if not parts.netloc:
        return set()
    path, query = unquote(parts.path), unquote(parts.query)
    return {_key(path, query), _key(f"{parts.netloc.lower()}/{path.lstrip('/')}", query)}


def _saved_keys(path: str) -> list[str]:
    """The path as an address: as it is, then with a query behind `?` or, on Windows, `@`."""
    plain = unquote(path)
    keys = [_key(plain, "")]
    for mark in "?@":
        head, found, query = plain.rpartition(mark) if mark == "@" else plain.partition(mark)
        if found:
            keys.append(_key(head, _ENDING.sub("", query)))
    return keys


def _key(path: str, query: str) -> str:
    """One spelling for an address and for the file it is saved in: no ending, no index page."""
    bare = _INDEX.sub("", _ENDING.sub("", path.strip("/")))
    return f"{bare}?{query}" if query else bare
