"""What every presenter needs of the place it works at: the facets, the addresses, the words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from indexer import UNKNOWN, Facet, FacetKind, Facets, Release
from webui.state import SearchState
from webui.wording import Words

PLACE = "at"
"""The parameter that says which hit of its search a release is."""
BESIDE = "beside"
"""The parameter that says which release stands beside another."""

_NAMED = re.compile(r"(\w[\w ]*) “([^”]+)”")
"""A facet and one of its values, as the engine names them: operation “Channel”."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages are."""

    search: str
    release: Callable[[str], str]
    names: str = "/names"
    """Where the pages of names begin."""
    build: str = ""
    """The build that the page is pinned to, if it is: all links keep to it."""

    @property
    def start(self) -> SearchState:
        """The search that asks nothing yet."""
        return SearchState(build=self.build)

    def to(self, state: SearchState) -> str:
        """The page of a search."""
        return state.url(self.search)

    def to_release(self, id: str, state: SearchState, place: int = 0) -> str:
        """The page of a release, which remembers the search that led to it and its place there.

        Places count from 1; 0 says nothing.
        """
        url = self._of(id, state)
        return _with(url, PLACE, str(place)) if place else url

    def beside(self, id: str, other: str, state: SearchState) -> str:
        """The page of a release with another one beside it."""
        return _with(self._of(id, state), BESIDE, other)

    def to_name(self, facet: str, value: str) -> str:
        """The page of a name."""
        page = f"{self.names}/{facet}/{_quoted(value)}"
        return self.start.url(page) if self.build else page

    def to_names(self, facet: str = "") -> str:
        """The list of all names of a facet, or of the facets that have names."""
        return self.start.url(f"{self.names}/{facet}" if facet else self.names)

    def _of(self, id: str, state: SearchState) -> str:
        return state.url(self.release(id))


@lru_cache(4096)
def _quoted(id: str) -> str:
    """As paths quote it; a page has hundreds of names."""
    return quote(id)


def _with(url: str, name: str, value: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode({name: value})}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `current` where it leads to what is shown."""

    text: str
    url: str
    current: bool = False
    kind: str = ""
    value: str = ""
    about: str = ""
    """The page of the name that it stands for, where it is one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One index as one reader sees it."""

    facets: Facets
    links: Links
    words: Words

    @property
    def authority_facets(self) -> list[Facet]:
        """The facets that authority files made."""
        return [facet for facet in self.facets.values() if facet.kind is FacetKind.AUTHORITY]

    def retold(self, sentence: str) -> str | None:
        """A sentence of the engine in the reader's language, the names of values in it too."""
        told = self.words.retold(sentence)
        return told and _NAMED.sub(self._renamed, told)

    def _renamed(self, found: re.Match[str]) -> str:
        for facet in self.authority_facets:
            if found[1] == facet.label().lower():
                for value in facet.entries:
                    if found[2] == facet.value_label(value):
                        label = self.words.value(facet, value)
                        return f"{self.words.facet(facet).lower()} “{label}”"
        return found[0]

    def tag_called(self, tag: str) -> str | None:
        """The label of a tag that is written FACET:VALUE; None for what is no tag here."""
        name, _, value = tag.partition(":")
        known = name in self.facets and value in self.facets[name].entries
        return self.words.value(self.facets[name], value) if known else None

    def language_of(self, release: Release) -> str:
        """The name of a release's language."""
        return self.language_called(release.language.code)

    def language_called(self, code: str) -> str:
        """The name of a language; its code where nobody knows a name."""
        facet = self.facets.get("language")
        own = facet.value_label(code) if facet else code
        return self.words.language_called(code) or own


def lang_attribute(release: Release) -> str:
    """The `lang` of a release's text; empty, which HTML reads as unknown, where it is not known."""
    code = release.language.code
    return "" if code == UNKNOWN else code


def iso_date(release: Release) -> str:
    """As much of the date as is known, as HTML's <time> wants it: 2018, 2018-05, 2018-05-03."""
    lengths = {"year": 4, "month": 7, "day": 10}
    date = release.date
    return date.value.isoformat()[: lengths.get(date.precision.value, 0)] if date.value else ""
