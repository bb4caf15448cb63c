"""What the templates show of a search: plain values, made from the answer and its state."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer import (
    UNKNOWN,
    Facet,
    FacetKind,
    Facets,
    FacetValue,
    Hit,
    Release,
    SearchPage,
    Sort,
)
from webui.state import SearchState
from webui.wording import SORTS, date_in_words

VALUES_SHOWN = 12
CHIPS_SHOWN = 8
YEARS_SHOWN = 80
"""A longer span of years is drawn without its empty years."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages are."""

    search: str
    release: Callable[[str], str]

    def to(self, state: SearchState) -> str:
        """The page of a search."""
        return state.url(self.search)

    def to_release(self, id: str, state: SearchState) -> str:
        """The page of a release, which remembers the search that led to it."""
        return state.url(self.release(id))


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `current` where it leads to what is shown."""

    text: str
    url: str
    current: bool = False
    kind: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet: a link that chooses it, or takes the choice back."""

    label: str
    count: int
    url: str
    selected: bool
    depth: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet of the side column."""

    name: str
    label: str
    shown: Sequence[ValueView]
    more: Sequence[ValueView]
    """What is folded away."""

    @property
    def size(self) -> int:
        """How many values there are."""
        return len(self.shown) + len(self.more)

    @property
    def is_open(self) -> bool:
        """Whether a chosen value would be folded away."""
        return any(value.selected for value in self.more)


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit of the list."""

    url: str
    title: Markup
    snippet: Markup
    date: str
    iso_date: str
    lang: str
    language: str
    source: str
    chips: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the chart; `height` in per cent of the highest."""

    label: str
    count: int
    height: int
    url: str


def lang_attribute(release: Release) -> str:
    """The `lang` of a release's text; empty, which HTML reads as unknown, where it is not known."""
    code = release.language.code
    return "" if code == UNKNOWN else code


def language_name(release: Release, facets: Facets) -> str:
    """The name of a release's language."""
    code = release.language.code
    return "language unknown" if code == UNKNOWN else language_called(code, facets)


def language_called(code: str, facets: Facets) -> str:
    """The name of a language; its code where the index has no facet of languages."""
    facet = facets.get("language")
    return facet.value_label(code) if facet else code


def authority_facets(facets: Facets) -> list[Facet]:
    """The facets that authority files made."""
    return [facet for facet in facets.values() if facet.kind is FacetKind.AUTHORITY]


def hit_view(hit: Hit, facets: Facets, state: SearchState, links: Links) -> HitView:
    """A hit for the list."""
    release = hit.release
    return HitView(
        url=links.to_release(release.id, state),
        title=Markup(hit.title.to_html()),  # noqa: S704 - to_html escapes the text
        snippet=Markup(hit.snippet.to_html()),  # noqa: S704
        date=date_in_words(release.date),
        iso_date=iso_date(release),
        lang=lang_attribute(release),
        language=language_name(release, facets),
        source=str(release.source),
        chips=list(_chips(release, facets, state, links))[:CHIPS_SHOWN],
    )


def iso_date(release: Release) -> str:
    """As much of the date as is known, as HTML's <time> wants it: 2018, 2018-05, 2018-05-03."""
    lengths = {"year": 4, "month": 7, "day": 10}
    date = release.date
    return date.value.isoformat()[: lengths.get(date.precision.value, 0)] if date.value else ""


def _chips(release: Release, facets: Facets, state: SearchState, links: Links) -> Iterator[Link]:
    for facet in authority_facets(facets):
        own = dict.fromkeys(m.id for m in release.mentions if m.facet == facet.name)
        for value in own:
            chosen = (facet.name, value) in state.chosen
            url = links.to(state if chosen else state.toggle(facet.name, value))
            yield Link(facet.value_label(value), url, chosen, facet.name, value)


def facet_views(
    page: SearchPage, facets: Facets, state: SearchState, links: Links
) -> list[FacetView]:
    """The side column, in the order of the index's facets."""
    return [
        facet_view(facets[name], values, state, links)
        for name, values in page.facets.items()
        if values
    ]


def facet_view(
    facet: Facet, values: Sequence[FacetValue], state: SearchState, links: Links
) -> FacetView:
    """One facet; a long list is folded behind its first values."""
    views = [
        ValueView(
            value.label,
            value.count,
            links.to(state.toggle(facet.name, value.value)),
            value.selected,
            depth,
        )
        for value, depth in in_tree_order(values)
    ]
    cut = VALUES_SHOWN if len(views) > VALUES_SHOWN + 1 else len(views)
    return FacetView(facet.name, facet.label(), views[:cut], views[cut:])


def in_tree_order(values: Sequence[FacetValue]) -> list[tuple[FacetValue, int]]:
    """Each value right under its parent, with its depth; what has no parent here is at depth 0."""
    listed = {value.value for value in values}
    children: dict[str | None, list[FacetValue]] = {}
    for value in values:
        parent = value.parent if value.parent in listed else None
        children.setdefault(parent, []).append(value)
    ordered: list[tuple[FacetValue, int]] = []
    waiting = [(value, 0) for value in reversed(children.get(None, []))]
    while waiting:
        value, depth = waiting.pop()
        ordered.append((value, depth))
        below = children.get(value.value, [])
        waiting += [(child, depth + 1) for child in reversed(below)]
    reached = {value.value for value, _ in ordered}
    return ordered + [(value, 0) for value in values if value.value not in reached]


def active_filters(facets: Facets, state: SearchState, links: Links) -> list[Link]:
    """What narrows the search, each a link that takes it away."""
    active = [
        Link(
            facets[name].value_label(value),
            links.to(state.toggle(name, value)),
            kind=facets[name].label(),
        )
        for name, value in state.chosen
    ]
    if state.start or state.end:
        span = f"{state.start or '…'} to {state.end or '…'}"
        active.append(Link(span, links.to(state.with_dates("", "")), kind="Date"))
    if not state.expand:
        active.append(Link("exact words only", links.to(state.with_expansion(True)), kind="Tags"))
    return active


def sort_links(state: SearchState, links: Links) -> list[Link]:
    """The orders of hits."""
    return [Link(SORTS[sort], links.to(state.with_sort(sort)), sort is state.sort) for sort in Sort]


def page_links(page: SearchPage, state: SearchState, links: Links) -> list[Link | None]:
    """The first, the last and the near pages; None stands for a gap."""
    shown: list[Link | None] = []
    last = 0
    for number in _near_pages(page.page_number, page.page_count):
        if number > last + 1:
            shown.append(None)
        url = links.to(state.with_page(number))
        shown.append(Link(f"{number:,}", url, number == page.page_number))
        last = number
    return shown


def _near_pages(current: int, count: int) -> list[int]:
    near = range(max(1, current - 2), min(count, current + 2) + 1)
    return sorted({1, count, *near}) if count > 1 else []


def year_bars(values: Iterable[FacetValue], links: Links) -> list[Bar]:
    """Releases by year from the first year to the last; years without material are empty."""
    counts = {int(value.value): value.count for value in values if value.value != UNKNOWN}
    if not counts:
        return []
    first, last, highest = min(counts), max(counts), max(counts.values())
    years = range(first, last + 1) if last - first < YEARS_SHOWN else sorted(counts)
    return [_bar(year, counts.get(year, 0), highest, links) for year in years]


def _bar(year: int, count: int, highest: int, links: Links) -> Bar:
    height = max(3, round(100 * count / highest)) if count else 0
    return Bar(str(year), count, height, links.to(SearchState().toggle("year", str(year))))
