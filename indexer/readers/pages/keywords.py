"""The sections and key words under which a page files its release."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from lxml.html import HtmlElement

from indexer.readers.pages.boxes import names_in

MAX_KEYWORDS = 30
MAX_KEYWORD = 100
"""Characters; what is longer is no key word, but a sentence."""

_FRONT = frozenset(
    (
        *("home", "homepage", "main", "start", "accueil", "inicio", "startseite"),
        *("главная", "домой", "галоўная", "головна", "գլխավոր"),
    )
)
_FRONT_PAGE = re.compile(
    r"(?:main|home|start) page|главная страница|на главную|галоўная старонка|басты бет|башкы бет"
    r"|башкы барак|саҳифаи асосӣ|գլխավոր էջ"
)
_COMMA = re.compile(r"\s*[,;]\s*")


def keywords_of(
    sections: Iterable[Iterable[str]],
    lists: Iterable[Iterable[str]],
    tags: Iterable[str],
    *,
    without: Sequence[str],
) -> tuple[str, ...]:
    """The sections and key words, each once, without the front page and the page itself.

    Args:
        sections: names of sections, from the top of the site down.
        lists: key words, or lists of them with commas.
        tags: key words that the page shows.
        without: the titles of the page and of the site, which stand among the sections too.
    """
    known = {_plain(title).casefold() for title in without}
    above = [name for each in sections for name in map(_plain, each)]
    named = [name for name in above if name.casefold() not in known and not _is_front(name)]
    named += [_plain(word) for each in lists for text in each for word in _COMMA.split(text)]
    found: dict[str, str] = {}
    for name in (*named, *map(_plain, tags)):
        if 0 < len(name) <= MAX_KEYWORD:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_KEYWORDS]


def listed_in(
    boxes: Mapping[HtmlElement, str], container: HtmlElement | None, kind: str
) -> list[str]:
    """The names in the boxes of a kind: those of the container, or else the page's only one.

    Where there are several outside of it, they belong to other releases.
    """
    found = [box for box, known in boxes.items() if known == kind]
    own = [box for box in found if container is not None and container in box.iterancestors()]
    chosen = own or (found if len(found) == 1 else [])
    return [name for box in chosen for name in names_in(box)]


def _plain(name: str) -> str:
    return " ".join(html.unescape(name).split()).lstrip("#").strip()


def _is_front(name: str) -> bool:
    key = name.casefold()
    return key in _FRONT or _FRONT_PAGE.fullmatch(key) is not None
