"""The concordance of a search: one line for each place that matches."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from indexer import Concordance, Line, Order, keywords_in_context
from webui.builds import Builds
from webui.desk import Desk, Link, iso_date, lang_attribute
from webui.pages import desk_of
from webui.parameters import one_of
from webui.state import SearchState
from webui.wording.texts import LINE_ORDERS

LINES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class LineView:
    """One line; its words lead to their place in the release."""

    before: str
    keyword: str
    after: str
    url: str
    lang: str
    title: str
    date: str
    iso_date: str
    language: str


def make_concordance(builds: Builds) -> Blueprint:
    """The blueprint of the concordance."""
    blueprint = Blueprint("concordance", __name__)

    @blueprint.get("/concordance")
    def show() -> str:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        order = one_of(Order, request.args.get("order") or Order.HITS)
        # The page is one of lines: each needs all hits.
        hits = index.all_hits(replace(state, page=1).request(index.facets))
        found = keywords_in_context(hits.releases, hits.marked, order)
        return _page(found, hits.total, state, order, desk_of(index))

    return blueprint


def _page(found: Concordance, total: int, state: SearchState, order: Order, desk: Desk) -> str:
    first = (state.page - 1) * LINES_SHOWN
    last_page = max(1, -(-len(found.lines) // LINES_SHOWN))
    near = {"previous": state.page - 1, "next": state.page + 1}
    return render_template(
        "concordance.html",
        state=state,
        lines=[_view(one, state, desk) for one in found.lines[first : first + LINES_SHOWN]],
        count=len(found.lines),
        read=found.read,
        total=total,
        last_page=last_page,
        orders=[
            Link(desk.words.gettext(name), _url(state.with_page(1), one), one is order)
            for one, name in LINE_ORDERS.items()
        ],
        ways={
            name: _url(state.with_page(number), order)
            for name, number in near.items()
            if 1 <= number <= last_page
        },
        results_url=desk.links.to(state.with_page(1)),
        export_url=state.url(url_for("api.export", format="concordance")),
    )


def _url(state: SearchState, order: Order) -> str:
    pairs = state.parameters()
    if order is not Order.HITS:
        pairs.append(("order", order.value))
    return f"{url_for('concordance.show')}?{urlencode(pairs)}"


def _view(line: Line, state: SearchState, desk: Desk) -> LineView:
    release = line.release
    return LineView(
        line.before,
        line.keyword,
        line.after,
        f"{desk.links.to_release(release.id, state.with_page(1))}#hit-{line.number}",
        lang_attribute(release),
        release.title or desk.words.gettext("(no title)"),
        desk.words.published(release.date),
        iso_date(release),
        desk.language_of(release),
    )
