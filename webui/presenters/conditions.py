"""What a search asks, part by part: its conditions, its order, its pages."""

from indexer import SearchPage, Sort
from webui.desk import Desk, Link
from webui.state import SearchState
from webui.wording.texts import SORTS


def active_filters(state: SearchState, desk: Desk) -> list[Link]:
    """What narrows the search, each a link that takes it away."""
    words, links = desk.words, desk.links
    active = [
        Link(
            words.value(desk.facets[name], value),
            links.to(state.toggle(name, value)),
            kind=words.facet(desk.facets[name]),
        )
        for name, value in state.chosen
    ]
    if state.start or state.end:
        span = {"start": state.start or "…", "end": state.end or "…"}
        text = words.gettext("%(start)s to %(end)s") % span
        url = links.to(state.with_dates("", ""))
        active.append(Link(text, url, kind=words.gettext("Date")))
    if not state.expand:
        url = links.to(state.with_expansion(True))
        text = words.gettext("exact words only")
        active.append(Link(text, url, kind=words.gettext("Tags")))
    return active


def sort_links(state: SearchState, desk: Desk) -> list[Link]:
    """The orders of hits."""
    return [
        Link(
            desk.words.gettext(SORTS[sort]),
            desk.links.to(state.with_sort(sort)),
            sort is state.sort,
        )
        for sort in Sort
    ]


def page_links(page: SearchPage, state: SearchState, desk: Desk) -> list[Link | None]:
    """The first, the last and the near pages; None stands for a gap."""
    shown: list[Link | None] = []
    last = 0
    for number in _near_pages(page.page_number, page.page_count):
        if number > last + 1:
            shown.append(None)
        url = desk.links.to(state.with_page(number))
        shown.append(Link(desk.words.number(number), url, number == page.page_number))
        last = number
    return shown


def _near_pages(current: int, count: int) -> list[int]:
    near = range(max(1, current - 2), min(count, current + 2) + 1)
    return sorted({1, count, *near}) if count > 1 else []
