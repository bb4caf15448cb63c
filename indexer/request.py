"""What a search asks: a frozen value, checked once when it is made."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from indexer.errors import UserError
from indexer.query import Query

MAX_PAGE_SIZE = 1_000
MAX_FILTER_VALUES = 1_000
MAX_FORMS = 100


class Sort(StrEnum):
    """The order of hits; ties go by date (newest first), then by id."""

    RELEVANCE = "relevance"
    RECENT = "recent"
    """Relevance with a mild preference for recent releases: the newest ones of the index get half
    of their score on top, older ones less, by half every three years; undated ones get nothing."""
    NEWEST = "newest"
    OLDEST = "oldest"


class Interval(StrEnum):
    """How long the buckets of a histogram of dates are."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a facet: any of some values, none of some, or a span of days on `date`.

    Filters on one facet are alternatives, but for those that exclude; those on different facets
    must all hold.
    """

    facet: str
    values: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    excludes: bool = False
    """Whether the values are those that no release may carry."""

    @classmethod
    def none_of(cls, facet: str, *values: str) -> "Filter":
        """Releases that carry not one of these values."""
        return replace(cls.any_of(facet, *values), excludes=True)

    @classmethod
    def any_of(cls, facet: str, *values: str) -> "Filter":
        """Releases that carry at least one of these values."""
        if not values:
            raise UserError(f"the filter on “{facet}” names no value", code="bad_filter")
        if len(values) > MAX_FILTER_VALUES:
            raise UserError(f"a filter takes at most {MAX_FILTER_VALUES} values", code="bad_filter")
        return cls(facet, tuple(dict.fromkeys(values)))

    @classmethod
    def between(cls, facet: str, start: date | None, end: date | None) -> "Filter":
        """Releases whose known period touches these days, both included; None is open."""
        if facet != "date":
            raise UserError(f"only “date” has a span, not “{facet}”", code="bad_filter")
        if start and end and start > end:
            raise UserError(f"the span {start}..{end} ends before it starts", code="bad_filter")
        return cls(facet, (), start, end)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search: a query, filters, the facets to count, the order and the page."""

    query: Query = Query()
    filters: tuple[Filter, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page_number: int = 1
    page_size: int = 10
    expand: bool = True
    """Whether a name of an authority file in the query also finds the releases tagged with it."""
    translate: bool = True
    """Whether words that the glossary knows are also searched in the other languages."""
    variants: bool = True
    """Whether words are also searched as they are spelled with other marks or in other scripts."""
    without_forms: tuple[str, ...] = ()
    """Words that must not match in these forms: a stem then matches by its other forms. They say
    nothing of tags; but with FACET:VALUE a name in the query does not find what is tagged so."""
    feedback: bool = True
    """Whether kindred words, and words of the best hits, refine the order by relevance, where many
    were asked."""
    collapse: bool = True
    """Whether copies and language versions of one release are one hit, and count once."""
    explain: bool = False
    histogram: Interval | None = None
    """Whether hits are counted by date, and in what buckets."""

    def __post_init__(self) -> None:
        if self.page_number < 1:
            raise UserError(
                f"there is no page {self.page_number}", code="bad_page", hint="pages count from 1"
            )
        if not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise UserError(
                f"a page cannot hold {self.page_size} hits",
                code="bad_page",
                hint=f"ask for 1 to {MAX_PAGE_SIZE}",
            )

        if len(self.without_forms) > MAX_FORMS:
            raise UserError(f"at most {MAX_FORMS} forms can be switched off", code="bad_forms")

    def where(self, *filters: Filter) -> "SearchRequest":
        """This request with more filters."""
        return replace(self, filters=self.filters + filters)

    def faceted(self, *names: str) -> "SearchRequest":
        """This request with these facets counted."""
        return replace(self, facets=tuple(dict.fromkeys(names)))

    def sorted(self, sort: Sort) -> "SearchRequest":
        """This request in another order."""
        return replace(self, sort=sort)

    def page(self, number: int = 1, size: int = 10) -> "SearchRequest":
        """Another page of this request."""
        return replace(self, page_number=number, page_size=size)

    def explained(self) -> "SearchRequest":
        """This request with an explanation of each hit."""
        return replace(self, explain=True)

    def by_date(self, interval: Interval) -> "SearchRequest":
        """This request with its hits counted by date."""
        return replace(self, histogram=interval)

    def selected(self, facet: str) -> tuple[str, ...]:
        """The values chosen in one facet, in the order of choosing."""
        wanted = (f for f in self.filters if f.facet == facet and not f.excludes)
        chosen = (value for one in wanted for value in one.values)
        return tuple(dict.fromkeys(chosen))
