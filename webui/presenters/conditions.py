"""What a search asks, part by part: its conditions, its order, its pages."""

from collections.abc import Iterator

from indexer import SearchPage, Sort
from webui.desk import Desk, Link
from webui.state import PAGE_SIZES, SearchState
from webui.wording.texts import SORTS, WAYS_OFF


def conditions(state: SearchState, desk: Desk) -> list[Link]:
    """All that narrows the search, each a link that takes it away."""
    words, links = desk.words, desk.links
    found = [*_words(state, desk), *_values(state, desk)]
    if state.start or state.end:
        span = {"start": state.start or "…", "end": state.end or "…"}
        text = words.gettext("%(start)s to %(end)s") % span
        url = links.to(state.with_dates("", ""))
        found.append(Link(text, url, kind=words.gettext("Date")))
    return [*found, *_switched_off(state, desk)]


def _switched_off(state: SearchState, desk: Desk) -> Iterator[Link]:
    words, links = desk.words, desk.links
    for way in state.off:
        text = words.gettext(WAYS_OFF[way])
        yield Link(text, links.to(state.toggle_way(way)), kind=words.gettext("Words"))
    for form in state.without:
        url, tag = links.to(state.toggle_form(form)), desk.tag_called(form)
        text = words.gettext("not by the tag “%(name)s”") % {"name": tag} if tag else ""
        text = text or words.gettext("not “%(form)s”") % {"form": form}
        yield Link(text, url, kind=words.gettext("Tags") if tag else words.gettext("Words"))


def _words(state: SearchState, desk: Desk) -> Iterator[Link]:
    if state.q.strip():
        url = desk.links.to(state.with_query(""))
        yield Link(state.q.strip(), url, kind=desk.words.gettext("Words"))


def _values(state: SearchState, desk: Desk) -> Iterator[Link]:
    for name, value in state.chosen:
        facet = desk.facets[name]
        url = desk.links.to(state.toggle(name, value))
        about = desk.links.to_name(name, value) if value in facet.entries else ""
        label, kind = desk.words.value(facet, value), desk.words.facet(facet)
        yield Link(label, url, kind=kind, about=about)
    for name, value in state.excluded:
        facet = desk.facets[name]
        text = desk.words.gettext("not %(value)s") % {"value": desk.words.value(facet, value)}
        url = desk.links.to(state.exclude(name, value))
        yield Link(text, url, kind=desk.words.facet(facet))


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


def size_links(page: SearchPage, state: SearchState, desk: Desk) -> list[Link]:
    """How many hits a page may have; none where all fit on the smallest."""
    if page.total <= min(PAGE_SIZES):
        return []
    return [
        Link(desk.words.number(size), desk.links.to(state.with_size(size)), size == state.size)
        for size in PAGE_SIZES
    ]


def value_order_links(state: SearchState, desk: Desk) -> list[Link]:
    """The orders of the values of facets."""
    orders = ((False, desk.words.gettext("by number")), (True, desk.words.gettext("from A to Z")))
    return [
        Link(text, desk.links.to(state.with_values_by_name(by_name)), by_name == state.by_name)
        for by_name, text in orders
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
