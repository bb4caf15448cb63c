"""Where no release has all that was asked: what is found without one part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer import Help, SearchPage
from webui.desk import Desk
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class MendingView:
    """One part to leave out, and what that gives."""

    part: str
    count: str
    url: str


def mending_views(page: SearchPage, state: SearchState, desk: Desk) -> Sequence[MendingView]:
    """A link for each part, that which gives most first; none where there is nothing to mend."""
    noun = "release" if state.collapse else "file"
    return [
        MendingView(
            _part(one, state, desk),
            desk.words.count(one.total, noun),
            desk.links.to(mended(state, one)),
        )
        for one in page.help
    ]


def mended(state: SearchState, help: Help) -> SearchState:
    """The search without the part."""
    return state.without_facet(help.facet) if help.facet else state.with_query(help.query)


def _part(help: Help, state: SearchState, desk: Desk) -> str:
    """As it was typed; a filter by its name and its values."""
    if help.facet is None:
        return help.dropped
    if help.facet == "date":
        return f"{desk.words.gettext('Date')}: {state.start or '…'}–{state.end or '…'}"
    facet = desk.facets[help.facet]
    return f"{desk.words.facet(facet)}: {', '.join(_values(help.facet, state, desk))}"


def _values(name: str, state: SearchState, desk: Desk) -> Iterator[str]:
    facet, words = desk.facets[name], desk.words
    yield from (words.value(facet, value) for own, value in state.chosen if own == name)
    for own, value in state.excluded:
        if own == name:
            yield words.gettext("not %(value)s") % {"value": words.value(facet, value)}
