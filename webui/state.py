"""The state of a search as a URL says it: a frozen value, and the links that lead on from it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from indexer import Filter, SearchRequest, Sort, UserError, date_filter, parse_query

PAGE_SIZE = 10
MAX_PAGE_SIZE = 100
_LONGEST_NUMBER = 12


class Arguments(Protocol):
    """The parameters of a URL, each with any number of values."""

    def getlist(self, name: str) -> list[str]:
        """All values of one parameter, in the order of the URL."""
        ...


@dataclass(frozen=True, slots=True)
class SearchState:
    """What is searched, how it is narrowed, and which page is shown."""

    query: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Chosen facet values, (facet, value), in the order of choosing."""
    start: str = ""
    end: str = ""
    """First and last day, month or year of a span, as typed."""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE
    expand: bool = True

    @classmethod
    def from_args(cls, args: Arguments, facets: Iterable[str]) -> "SearchState":
        """The state of these parameters; unknown ones are ignored.

        Raises UserError for a page, a size or an order that is none.
        """
        values = [(f, value) for f in facets for value in args.getlist(f) if value]
        return cls(
            query=_first(args, "q"),
            values=tuple(dict.fromkeys(values)),
            start=_first(args, "from").strip(),
            end=_first(args, "to").strip(),
            sort=_sort(_first(args, "sort")),
            page=_number(args, "page", 1),
            size=min(_number(args, "size", PAGE_SIZE), MAX_PAGE_SIZE),
            expand=_first(args, "expand") != "0",
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that the archive is shown at a glance."""
        return not self.query.strip() and not self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.values or self.start or self.end)

    def request(self, facets: Iterable[str]) -> SearchRequest:
        """The search that this state stands for. Raises UserError."""
        by_facet: dict[str, list[str]] = {}
        for facet, value in self.values:
            by_facet.setdefault(facet, []).append(value)
        filters = [Filter.any_of(facet, *values) for facet, values in by_facet.items()]
        if self.start or self.end:
            filters.append(self._span())
        return SearchRequest(
            parse_query(self.query),
            filters=tuple(filters),
            facets=tuple(facets),
            sort=self.sort,
            page_number=self.page,
            page_size=self.size,
            expand=self.expand,
        )

    def _span(self) -> Filter:
        start = date_filter(self.start).start if self.start else None
        end = date_filter(self.end).end if self.end else None
        return Filter.between("date", start, end)

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the URL; what has its default is left out."""
        found = [("q", self.query)] if self.query else []
        found += self.values
        found += [("from", self.start)] if self.start else []
        found += [("to", self.end)] if self.end else []
        found += [("sort", self.sort.value)] if self.sort is not Sort.RELEVANCE else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("size", str(self.size))] if self.size != PAGE_SIZE else []
        return [*found, *([] if self.expand else [("expand", "0")])]

    def url(self, path: str = "/") -> str:
        """The address of this state."""
        parameters = urlencode(self.parameters())
        return f"{path}?{parameters}" if parameters else path

    def toggle(self, facet: str, value: str) -> "SearchState":
        """With this value chosen, or not chosen any more; always the first page."""
        pair = (facet, value)
        chosen = [v for v in self.values if v != pair]
        if pair not in self.values:
            chosen.append(pair)
        return replace(self, values=tuple(chosen), page=1)

    def with_query(self, query: str) -> "SearchState":
        """With another query."""
        return replace(self, query=query, page=1)

    def with_page(self, page: int) -> "SearchState":
        """Another page."""
        return replace(self, page=page)

    def with_sort(self, sort: Sort) -> "SearchState":
        """In another order."""
        return replace(self, sort=sort, page=1)

    def without_span(self) -> "SearchState":
        """For all days."""
        return replace(self, start="", end="", page=1)

    def without_filters(self) -> "SearchState":
        """The query alone."""
        return replace(self, values=(), start="", end="", page=1)

    def without_expansion(self) -> "SearchState":
        """Names as they are typed only."""
        return replace(self, expand=False, page=1)


def _first(args: Arguments, name: str) -> str:
    return next(iter(args.getlist(name)), "")


def _sort(text: str) -> Sort:
    try:
        return Sort(text or Sort.RELEVANCE.value)
    except ValueError:
        orders = ", ".join(sort.value for sort in Sort)
        raise UserError(
            "that order of hits is not known", code="bad_sort", hint=f"sort by {orders}"
        ) from None


def _number(args: Arguments, name: str, default: int) -> int:
    text = _first(args, name).strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER or int(text) < 1:
        raise UserError(
            f"“{name}” is no number of a page", code="bad_page", hint="use a whole number from 1"
        )
    return int(text)
