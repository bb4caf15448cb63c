"""The facets of an answer: what each value gives, and the links that choose and exclude it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import UNKNOWN, Facet, FacetKind, FacetValue, SearchPage
from webui.desk import Desk
from webui.state import SearchState

VALUES_SHOWN = 10
SEARCHED_FROM = 9
"""A list so long can be searched."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet: a link that chooses it, or takes the choice back."""

    value: str
    label: str
    count: str
    url: str
    selected: bool
    excluded: bool
    exclude_url: str
    depth: int
    about: str
    """The page of the name, where it is one that is chosen."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet of the side column."""

    name: str
    label: str
    shown: Sequence[ValueView]
    more: Sequence[ValueView]
    """What is folded away."""
    size: str
    """How many values there are."""
    names_url: str = ""
    """The list of all its names, where an authority file made it."""

    @property
    def all(self) -> Sequence[ValueView]:
        """Every value."""
        return [*self.shown, *self.more]

    @property
    def is_open(self) -> bool:
        """Whether a chosen or excluded value would be folded away."""
        return any(value.selected or value.excluded for value in self.more)

    @property
    def is_searched(self) -> bool:
        """Whether the list is long enough to search in it."""
        return bool(self.shown) and len(self.all) >= SEARCHED_FROM


def facet_views(page: SearchPage, state: SearchState, desk: Desk) -> list[FacetView]:
    """All facets that have values, in the order of the index's facets."""
    return [
        facet_view(desk.facets[name], values, state, desk)
        for name, values in page.facets.items()
        if values
    ]


def facet_view(
    facet: Facet, values: Sequence[FacetValue], state: SearchState, desk: Desk
) -> FacetView:
    """One facet; a long list is folded behind its first values, years all are: there are bars."""
    ordered = in_tree_order(_by_name(facet, values, desk) if state.by_name else values)
    views = [_value_view(facet, value, depth, state, desk) for value, depth in ordered]
    cut = VALUES_SHOWN if len(views) > VALUES_SHOWN + 2 else len(views)
    cut = 0 if facet.kind is FacetKind.YEAR and len(views) > 1 else cut
    label, size = desk.words.facet(facet), desk.words.number(len(views))
    listed = desk.links.to_names(facet.name) if facet.kind is FacetKind.AUTHORITY else ""
    return FacetView(facet.name, label, views[:cut], views[cut:], size, listed)


def _value_view(
    facet: Facet, value: FacetValue, depth: int, state: SearchState, desk: Desk
) -> ValueView:
    pair = (facet.name, value.value)
    return ValueView(
        value.value,
        desk.words.value(facet, value.value),
        desk.words.number(value.count),
        desk.links.to(state.toggle(*pair)),
        value.selected,
        pair in state.excluded,
        desk.links.to(state.exclude(*pair)),
        depth,
        desk.links.to_name(*pair) if value.selected and value.value in facet.entries else "",
    )


def _by_name(facet: Facet, values: Sequence[FacetValue], desk: Desk) -> list[FacetValue]:
    def key(value: FacetValue) -> tuple[bool, str]:
        return value.value == UNKNOWN, desk.words.value(facet, value.value).casefold()

    return sorted(values, key=key)


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
