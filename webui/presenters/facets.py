"""The facets of the side column."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Facet, FacetValue, SearchPage
from webui.desk import Desk
from webui.state import SearchState

VALUES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet: a link that chooses it, or takes the choice back."""

    label: str
    count: str
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
    size: str
    """How many values there are."""

    @property
    def is_open(self) -> bool:
        """Whether a chosen value would be folded away."""
        return any(value.selected for value in self.more)


def facet_views(page: SearchPage, state: SearchState, desk: Desk) -> list[FacetView]:
    """The side column, in the order of the index's facets."""
    return [
        facet_view(desk.facets[name], values, state, desk)
        for name, values in page.facets.items()
        if values
    ]


def facet_view(
    facet: Facet, values: Sequence[FacetValue], state: SearchState, desk: Desk
) -> FacetView:
    """One facet; a long list is folded behind its first values."""
    views = [
        ValueView(
            desk.words.value(facet, value.value),
            desk.words.number(value.count),
            desk.links.to(state.toggle(facet.name, value.value)),
            value.selected,
            depth,
        )
        for value, depth in in_tree_order(values)
    ]
    cut = VALUES_SHOWN if len(views) > VALUES_SHOWN + 1 else len(views)
    label, size = desk.words.facet(facet), desk.words.number(len(views))
    return FacetView(facet.name, label, views[:cut], views[cut:], size)


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
