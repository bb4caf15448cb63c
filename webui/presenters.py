"""What the templates show: answers and releases in words, with their links made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from indexer import (
    Facet,
    FacetKind,
    Facets,
    FacetValue,
    Hit,
    MarkedText,
    PublicationDate,
    Release,
    SearchPage,
    Sort,
    context,
)
from webui.state import SearchState

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SHOWN_VALUES = 12
"""Values of a facet that are shown at once; the rest is one click away."""

RULES = {
    "name": "the name stands there",
    "quoted": "the name stands in quotation marks",
    "stage": "a year or a stage follows the name",
    "cue": "a word beside it says what it is",
    "list": "it stands in a list with another one",
    "parent": "what it belongs to is named in the same text",
}

SHOWN_TAGS = 6
"""Tags of a hit in the list; its own page shows all."""

SORTS = {Sort.RELEVANCE: "Relevance", Sort.NEWEST: "Newest", Sort.OLDEST: "Oldest"}


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `current` marks where one is."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ValueView:
    """One facet value with the link that chooses it, or lets go of it."""

    label: str
    count: int
    url: str
    selected: bool
    depth: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet of the page."""

    name: str
    label: str
    first: tuple[ValueView, ...]
    more: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """One tag of a release with its evidence."""

    facet: str
    label: str
    url: str
    evidence: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit."""

    url: str
    title: MarkedText
    snippet: MarkedText
    date: str
    language: str
    language_code: str
    tags: tuple[TagView, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the archive: how many releases, and how high its bar is, in percent."""

    label: str
    count: int
    height: int
    url: str


def date_in_words(published: PublicationDate) -> str:
    """A date with no more than is known, and how it is known: 2018 (inferred)."""
    if published.value is None:
        return "Date unknown"
    day = published.value
    shown = {
        "day": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        "month": f"{_MONTHS[day.month - 1]} {day.year}",
    }.get(published.precision.value, str(day.year))
    return f"{shown} ({published.certainty.value})" if published.certainty == "inferred" else shown


def release_url(release: Release, state: SearchState | None = None) -> str:
    """The page of a release; with a state, its words are marked and one can go back."""
    path = f"/release/{quote(release.id, safe='')}"
    parameters = urlencode(state.parameters()) if state else ""
    return f"{path}?{parameters}" if parameters else path


def language_name(release: Release, facets: Facets) -> str:
    """The language of a release, in English."""
    code = release.language.code
    return "Language unknown" if code == "unknown" else facets["language"].value_label(code)


def tags_of(release: Release, facets: Facets) -> tuple[TagView, ...]:
    """What a release is tagged with, each once, with the first place that shows it."""
    views = []
    for facet in facets.values():
        if facet.kind is FacetKind.AUTHORITY:
            views += [_tag(release, facet, value) for value in facet.values_of(release)]
    return tuple(views)


def _named_tags(release: Release, facets: Facets) -> tuple[TagView, ...]:
    """Tags that stand in the text themselves, not by what belongs to them."""
    named = {(m.facet, m.id): None for m in release.mentions}
    return tuple(
        _tag(release, facets[facet], value)
        for facet, value in sorted(named, key=lambda pair: list(facets).index(pair[0]))
    )


def _tag(release: Release, facet: Facet, value: str) -> TagView:
    own = [m for m in release.mentions if m.facet == facet.name and m.id == value]
    evidence = f"{RULES[own[0].rule]}: “{context(release, own[0])}”" if own else _below(facet)
    url = SearchState(values=((facet.name, value),)).url()
    return TagView(facet.label(), facet.value_label(value), url, evidence)


def _below(facet: Facet) -> str:
    return f"another {facet.label().lower()} that belongs to it is named"


def hit_view(hit: Hit, state: SearchState, facets: Facets) -> HitView:
    """A hit as the list shows it."""
    release = hit.release
    return HitView(
        url=release_url(release, state),
        title=hit.title,
        snippet=hit.snippet,
        date=date_in_words(release.date),
        language=language_name(release, facets),
        language_code=release.language.code,
        tags=_named_tags(release, facets)[:SHOWN_TAGS],
        source=str(release.source),
    )


def facet_views(page: SearchPage, state: SearchState, facets: Facets) -> tuple[FacetView, ...]:
    """The facets that have values, each with its first ones shown."""
    return tuple(
        _facet_view(facets[name], values, state) for name, values in page.facets.items() if values
    )


def _facet_view(facet: Facet, values: Sequence[FacetValue], state: SearchState) -> FacetView:
    ordered = [
        ValueView(v.label, v.count, state.toggle(facet.name, v.value).url(), v.selected, depth)
        for v, depth in _in_order(values)
    ]
    # What is chosen must be seen, however rare it is.
    cut = max([SHOWN_VALUES, *(at + 1 for at, v in enumerate(ordered) if v.selected)])
    return FacetView(facet.name, facet.label(), tuple(ordered[:cut]), tuple(ordered[cut:]))


def _in_order(values: Sequence[FacetValue]) -> Iterable[tuple[FacetValue, int]]:
    """Each value behind the one it belongs to, one step deeper."""
    known = {value.value for value in values}
    below: dict[str | None, list[FacetValue]] = {}
    for value in values:
        below.setdefault(value.parent if value.parent in known else None, []).append(value)
    waiting = [(value, 0) for value in reversed(below.get(None, []))]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(value.value, []))]


def chips(state: SearchState, facets: Facets) -> tuple[Link, ...]:
    """Every condition as a link that removes it."""
    found = [
        Link(f"{facets[f].label()}: {facets[f].value_label(v)}", state.toggle(f, v).url())
        for f, v in state.values
    ]
    if state.start or state.end:
        span = f"Date: {state.start or '…'} to {state.end or '…'}"
        found.append(Link(span, state.without_span().url()))
    return tuple(found)


def sort_links(state: SearchState) -> tuple[Link, ...]:
    """The orders of hits."""
    return tuple(
        Link(text, state.with_sort(sort).url(), sort is state.sort) for sort, text in SORTS.items()
    )


def page_links(page: SearchPage, state: SearchState) -> tuple[Link, ...]:
    """Page numbers around the current one, the first and the last."""
    last = page.page_count
    near = range(max(1, state.page - 2), min(last, state.page + 2) + 1)
    numbers = sorted({1, *near, last} & set(range(1, last + 1)))
    return tuple(
        Link(str(number), state.with_page(number).url(), number == state.page) for number in numbers
    )


def year_bars(values: Iterable[FacetValue], this_year: int | None = None) -> tuple[Bar, ...]:
    """Releases by year, from the first to the last; a year without any is there, and empty."""
    counts = {int(v.value): v.count for v in values if v.value.isdigit()}
    if not counts:
        return ()
    highest = max(counts.values())
    last = min(max(counts), this_year or date.today().year)
    return tuple(
        Bar(
            label=str(year),
            count=counts.get(year, 0),
            height=round(100 * counts.get(year, 0) / highest),
            url=SearchState(values=(("year", str(year)),)).url(),
        )
        for year in range(min(counts), last + 1)
    )


def safe_url(url: str | None) -> str | None:
    """The address of a source where it is one of the web; anything else is no link."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def api_facets(
    facets: Mapping[str, list[dict[str, object]]], state: SearchState
) -> Mapping[str, list[dict[str, object]]]:
    """Facet values of the JSON API, each with the address that chooses it or lets go of it."""
    return {
        name: [
            {**value, "toggle_url": state.toggle(name, str(value["value"])).url("/api/v1/search")}
            for value in values
        ]
        for name, values in facets.items()
    }
