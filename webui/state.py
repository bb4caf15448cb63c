"""What the URL of a search says, as a frozen value: read from it, changed, written back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer import (
    UNKNOWN,
    Facet,
    FacetKind,
    Facets,
    Filter,
    SearchRequest,
    Sort,
    UserError,
    date_filter,
    parse_query,
)

PAGE_SIZE = 20
MAX_PAGE_NUMBER = 10**9

_NUMBER = re.compile(r"[0-9]{1,10}")
_YEAR = re.compile(r"[0-9]{4}")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SearchState:
    """One search as its URL puts it; equal states have equal URLs."""

    q: str = ""
    chosen: tuple[Pair, ...] = ()
    """(facet, value), each once; the facets in alphabetical order, values in that of choosing."""
    start: str = ""
    """The first day, month or year, as typed."""
    end: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE
    expand: bool = True

    @classmethod
    def from_args(cls, args: MultiDict[str, str], facets: Iterable[str]) -> "SearchState":
        """The state of a URL's parameters; those that are not known are left out.

        Raises UserError for a sort, a page or a size that cannot be understood.
        """
        return cls(
            q=args.get("q", ""),
            chosen=_normal((name, v) for name in facets for v in args.getlist(name) if v.strip()),
            start=args.get("from", "").strip(),
            end=args.get("to", "").strip(),
            sort=_sort(args.get("sort") or Sort.RELEVANCE),
            page=_number(args, "page", 1),
            size=_number(args, "size", PAGE_SIZE),
            expand=args.get("expand") != "0",
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words of the query narrows the search."""
        return bool(self.chosen or self.start or self.end)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked yet."""
        return not self.q.strip() and not self.is_filtered

    def request(self, facets: Facets) -> SearchRequest:
        """The search, with all facets counted. Raises UserError."""
        request = SearchRequest(
            parse_query(self.q),
            sort=self.sort,
            page_number=self.page,
            page_size=self.size,
            expand=self.expand,
        )
        return request.where(*self._filters(facets)).faceted(*facets)

    def _filters(self, facets: Facets) -> Iterator[Filter]:
        for name in dict.fromkeys(name for name, _ in self.chosen):
            values = [value for facet, value in self.chosen if facet == name]
            for value in values:
                _check(facets.known(name), value)
            yield Filter.any_of(name, *values)
        if self.start or self.end:
            yield _days(self.start, self.end)

    def parameters(self) -> list[Pair]:
        """The parameters of the URL; what is as usual is left out."""
        pairs = [
            ("q", self.q),
            *self.chosen,
            ("from", self.start),
            ("to", self.end),
            ("sort", "" if self.sort is Sort.RELEVANCE else self.sort.value),
            ("page", "" if self.page == 1 else str(self.page)),
            ("size", "" if self.size == PAGE_SIZE else str(self.size)),
            ("expand", "" if self.expand else "0"),
        ]
        return [(name, value) for name, value in pairs if value]

    def fields_besides(self, *names: str) -> list[Pair]:
        """What a form that asks for `names` keeps in hidden fields: all else but the page."""
        return [(n, v) for n, v in self.parameters() if n not in names and n != "page"]

    def url(self, path: str = "/") -> str:
        """The address of this search under a path."""
        query = urlencode(self.parameters())
        return f"{path}?{query}" if query else path

    def toggle(self, facet: str, value: str) -> "SearchState":
        """With a value chosen that was not, or without one that was; from the first page."""
        pair = (facet, value)
        if pair in self.chosen:
            chosen = tuple(other for other in self.chosen if other != pair)
        else:
            chosen = _normal((*self.chosen, pair))
        return replace(self, chosen=chosen, page=1)

    def with_query(self, q: str) -> "SearchState":
        """Other words, from the first page."""
        return replace(self, q=q, page=1)

    def with_page(self, number: int) -> "SearchState":
        """Another page."""
        return replace(self, page=number)

    def with_sort(self, sort: Sort) -> "SearchState":
        """Another order, from the first page."""
        return replace(self, sort=sort, page=1)

    def with_dates(self, start: str, end: str) -> "SearchState":
        """Another span of days, from the first page."""
        return replace(self, start=start, end=end, page=1)

    def with_expansion(self, expand: bool) -> "SearchState":
        """With or without the releases that are merely tagged with a name in the query."""
        return replace(self, expand=expand, page=1)

    def without_filters(self) -> "SearchState":
        """The words alone, in the same order of hits."""
        return replace(self, chosen=(), start="", end="", page=1)


def _normal(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: pair[0]))


def _sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        known = ", ".join(sort.value for sort in Sort)
        raise UserError(
            f"“{text[:40]}” is no order of hits", code="bad_sort", hint=f"there are {known}"
        ) from None


def _number(args: MultiDict[str, str], name: str, usual: int) -> int:
    text = args.get(name, "").strip()
    if not text:
        return usual
    if not _NUMBER.fullmatch(text) or int(text) > MAX_PAGE_NUMBER:
        raise UserError(
            f"“{text[:40]}” is no {name} number" if name == "page" else f"“{text[:40]}” is no size",
            code="bad_page",
            hint=f"write a whole number from 1 to {MAX_PAGE_NUMBER:,}",
        )
    return int(text)


def _check(facet: Facet, value: str) -> None:
    """Raise UserError where no release can ever carry this value."""
    if value == UNKNOWN:
        return
    if facet.kind is FacetKind.YEAR:
        known = _YEAR.fullmatch(value) is not None
    else:
        known = not facet.entries or value in facet.entries
    if not known:
        raise UserError(
            f"there is no {facet.label().lower()} “{value[:40]}”",
            code="unknown_value",
            hint="a year has four digits" if facet.kind is FacetKind.YEAR else None,
        )


def _days(start: str, end: str) -> Filter:
    """The span of the two date fields; where in the field a fault stands is nobody's concern."""
    try:
        return date_filter(f"{start}..{end}")
    except UserError as error:
        raise UserError(
            error.message,
            code=error.code,
            hint="write a year, a month or a day: 2018, 2018-05 or 2018-05-03; the earlier first",
        ) from None
