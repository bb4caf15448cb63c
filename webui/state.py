"""What the URL of a search says, as a frozen value: read from it, changed, written back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from indexer import Facets, Filter, Interval, SearchRequest, Sort, UserError, parse_query
from webui.parameters import check_value, days_of, number_of, sort_of

PAGE_SIZE = 20
PAGE_SIZES = (20, 50, 100)
"""What the page offers; a URL may ask for any other, up to `MOST_HITS`."""
MOST_HITS, MOST_EXPLAINED = 200, 100
"""On one page: to mark and write more would take longer than a second."""

WAYS = ("expand", "translate", "variants", "feedback")
"""How words find more than themselves: by tags of names, in other languages, in other spellings,
and by words of the best hits; parameters of a URL, as of `SearchRequest`."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SearchState:
    """One search as its URL puts it; equal states have equal URLs."""

    q: str = ""
    chosen: tuple[Pair, ...] = ()
    """(facet, value), each once; the facets in alphabetical order, values in that of choosing."""
    excluded: tuple[Pair, ...] = ()
    """The same for values that no hit may carry; none is chosen as well."""
    start: str = ""
    """The first day, month or year, as typed."""
    end: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE
    off: tuple[str, ...] = ()
    """What `WAYS` names and is switched off, in that order."""
    without: tuple[str, ...] = ()
    """Forms of words that must not match, and FACET:VALUE for tags that must not; each once."""
    collapse: bool = True
    """Whether copies and language versions of one release are one hit."""
    by_name: bool = False
    """Whether values of facets stand from A to Z, not from the most frequent."""
    explain: bool = False
    """Whether each hit says why it is there."""
    build: str = ""
    """The build of the index that alone may answer; empty for the newest."""

    @classmethod
    def from_args(cls, args: MultiDict[str, str], facets: Iterable[str]) -> "SearchState":
        """The state of a URL's parameters; those that are not known are left out.

        Raises UserError for a sort, a page or a size that cannot be understood.
        """
        names = list(facets)
        chosen = _normal((name, v) for name in names for v in args.getlist(name) if v.strip())
        pairs = [_pair(text) for text in args.getlist("exclude")]
        excluded = (pair for pair in pairs if pair[0] in names and pair not in chosen)
        return cls(
            q=args.get("q", ""),
            chosen=chosen,
            excluded=_normal(
                p for p in excluded if p[0] in names and p[1].strip() and p not in chosen
            ),
            start=args.get("from", "").strip(),
            end=args.get("to", "").strip(),
            sort=sort_of(args.get("sort") or Sort.RELEVANCE),
            page=number_of(args, "page", 1),
            size=number_of(args, "size", PAGE_SIZE),
            off=tuple(way for way in WAYS if args.get(way) == "0"),
            without=tuple(dict.fromkeys(filter(None, map(str.strip, args.getlist("without"))))),
            collapse=args.get("collapse") != "0",
            by_name=args.get("values") == "name",
            explain=args.get("why") == "1",
            build=args.get("build", "").strip(),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words of the query narrows the search."""
        return bool(self.chosen or self.excluded or self.start or self.end)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked yet."""
        return not self.q.strip() and not self.is_filtered

    def request(self, facets: Facets) -> SearchRequest:
        """The search, with all facets and the years counted. Raises UserError."""
        most = MOST_EXPLAINED if self.explain else MOST_HITS
        if self.size > most:
            raise UserError(
                f"a page cannot hold {self.size} hits{' with reasons' if self.explain else ''}",
                code="bad_page",
                hint=f"ask for 1 to {most}",
            )
        request = replace(
            self.words(),
            sort=self.sort,
            page_number=self.page,
            page_size=self.size,
            collapse=self.collapse,
            explain=self.explain,
        )
        return request.where(*self._filters(facets)).faceted(*facets).by_date(Interval.YEAR)

    def words(self) -> SearchRequest:
        """The search without filters, order and page. Raises UserError."""
        return SearchRequest(
            parse_query(self.q),
            expand="expand" not in self.off,
            translate="translate" not in self.off,
            variants="variants" not in self.off,
            feedback="feedback" not in self.off,
            without_forms=self.without,
        )

    def _filters(self, facets: Facets) -> Iterator[Filter]:
        for pairs, make in ((self.chosen, Filter.any_of), (self.excluded, Filter.none_of)):
            for name in dict.fromkeys(name for name, _ in pairs):
                values = [value for facet, value in pairs if facet == name]
                for value in values:
                    check_value(facets.known(name), value)
                yield make(name, *values)
        if self.start or self.end:
            yield days_of(self.start, self.end)

    def parameters(self) -> list[Pair]:
        """The parameters of the URL; what is as usual is left out."""
        pairs = [
            ("q", self.q),
            *self.chosen,
            *(("exclude", f"{name}:{value}") for name, value in self.excluded),
            ("from", self.start),
            ("to", self.end),
            ("sort", "" if self.sort is Sort.RELEVANCE else self.sort.value),
            ("page", "" if self.page == 1 else str(self.page)),
            ("size", "" if self.size == PAGE_SIZE else str(self.size)),
            *((way, "0") for way in self.off),
            *(("without", form) for form in self.without),
            ("collapse", "" if self.collapse else "0"),
            ("values", "name" if self.by_name else ""),
            ("why", "1" if self.explain else ""),
            ("build", self.build),
        ]
        return [(name, value) for name, value in pairs if value]

    def fields_besides(self, *names: str) -> list[Pair]:
        """What a form that asks for `names` keeps in hidden fields: all else but the page."""
        return [(n, v) for n, v in self.parameters() if n not in names and n != "page"]

    def url(self, path: str = "/") -> str:
        """The address of this search under a path."""
        query = "&".join(map(_written, self.parameters()))
        return f"{path}?{query}" if query else path

    def toggle(self, facet: str, value: str) -> "SearchState":
        """With a value chosen that was not, or without one that was; from the first page."""
        pair = (facet, value)
        chosen = _toggled(self.chosen, pair)
        return replace(self, chosen=chosen, excluded=_without(self.excluded, pair), page=1)

    def exclude(self, facet: str, value: str) -> "SearchState":
        """With a value excluded that was not, or no longer; from the first page."""
        pair = (facet, value)
        excluded = _toggled(self.excluded, pair)
        return replace(self, excluded=excluded, chosen=_without(self.chosen, pair), page=1)

    def with_query(self, q: str) -> "SearchState":
        """Other words, from the first page."""
        return replace(self, q=q, page=1)

    def with_page(self, number: int) -> "SearchState":
        """Another page."""
        return replace(self, page=number)

    def with_size(self, size: int) -> "SearchState":
        """So many hits on a page, from the first page."""
        return replace(self, size=size, page=1)

    def with_sort(self, sort: Sort) -> "SearchState":
        """Another order, from the first page."""
        return replace(self, sort=sort, page=1)

    def with_dates(self, start: str, end: str) -> "SearchState":
        """Another span of days, from the first page."""
        return replace(self, start=start, end=end, page=1)

    def toggle_way(self, way: str) -> "SearchState":
        """With one of `WAYS` switched off that was on, or on again; from the first page."""
        off = tuple(one for one in WAYS if (one in self.off) != (one == way))
        return replace(self, off=off, page=1)

    def toggle_form(self, form: str) -> "SearchState":
        """With a form switched off that matched, or no longer; from the first page."""
        there = form in self.without
        kept = tuple(one for one in self.without if one != form)
        return replace(self, without=kept if there else (*self.without, form), page=1)

    def with_collapse(self, collapse: bool) -> "SearchState":
        """With copies and language versions as one hit, or each as its own; from the first page."""
        return replace(self, collapse=collapse, page=1)

    def with_values_by_name(self, by_name: bool) -> "SearchState":
        """With the values of facets in another order; the hits stay as they are."""
        return replace(self, by_name=by_name)

    def with_reasons(self, explain: bool) -> "SearchState":
        """With or without the reasons of each hit."""
        return replace(self, explain=explain)

    def without_facet(self, name: str) -> "SearchState":
        """Without what filters on one facet, or on `date`; from the first page."""
        if name == "date":
            return self.with_dates("", "")
        chosen = tuple(pair for pair in self.chosen if pair[0] != name)
        excluded = tuple(pair for pair in self.excluded if pair[0] != name)
        return replace(self, chosen=chosen, excluded=excluded, page=1)

    def without_filters(self) -> "SearchState":
        """The words alone, in the same order of hits."""
        return replace(self, chosen=(), excluded=(), start="", end="", page=1)


@lru_cache(4096)
def _written(parameter: Pair) -> str:
    """As forms quote it; a page has hundreds of addresses that differ in one value."""
    name, value = parameter
    return f"{quote_plus(name)}={quote_plus(value)}"


def _pair(text: str) -> Pair:
    name, _, value = text.partition(":")
    return name, value


def _normal(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: pair[0]))


def _without(pairs: Iterable[Pair], pair: Pair) -> tuple[Pair, ...]:
    return tuple(other for other in pairs if other != pair)


def _toggled(pairs: tuple[Pair, ...], pair: Pair) -> tuple[Pair, ...]:
    return _without(pairs, pair) if pair in pairs else _normal((*pairs, pair))
