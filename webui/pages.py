"""The pages: home, search and help."""

from flask import Blueprint, g, render_template, request, url_for

from indexer import (
    EXPANSION_NOTICE,
    SPELLING_NOTICE,
    TRANSLATION_NOTICE,
    Index,
    Interval,
    SearchPage,
    SearchRequest,
    Sort,
)
from webui.builds import Builds
from webui.desk import Desk, Link, Links
from webui.presenters import conditions, facets, hits
from webui.presenters.mending import mending_views
from webui.presenters.timeline import timeline
from webui.speech import current_words
from webui.state import SearchState
from webui.wording import texts

NEWEST_SHOWN = 6
NOTICES = {
    EXPANSION_NOTICE: "expand",
    TRANSLATION_NOTICE: "translate",
    SPELLING_NOTICE: "variants",
}
"""How notices begin of ways in which words found more."""


def make_pages(builds: Builds) -> Blueprint:
    """The blueprint of the pages."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def search() -> str:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        if state.is_empty:
            return _home(index, state)
        page = index.search(state.request(index.facets))
        return _results(page, state, desk_of(index))

    @blueprint.get("/help", endpoint="help")
    def guide() -> str:
        return render_template(
            "help.html",
            state=SearchState(),
            facets=builds.newest.facets,
            examples=texts.QUERY_EXAMPLES,
            tag_rules=texts.TAG_RULES,
        )

    return blueprint


def desk_of(index: Index) -> Desk:
    """The index as the reader of this request sees it."""
    links = Links(
        url_for("pages.search"),
        lambda name: url_for("release.show", id=name),
        url_for("names.facets"),
        g.get("build", ""),
    )
    return Desk(index.facets, links, current_words())


def _home(index: Index, state: SearchState) -> str:
    desk = desk_of(index)
    bare = desk.links.start
    request = SearchRequest(sort=Sort.NEWEST, page_size=NEWEST_SHOWN).faceted(*index.facets)
    page = index.search(request.by_date(Interval.YEAR))
    panels = facets.facet_views(page, bare, desk)
    return render_template(
        "home.html",
        state=state,
        total=page.total,
        years=timeline(page.histogram, bare, desk) if page.histogram else None,
        panels=[view for view in panels if view.name not in ("year", "certainty")],
        newest=[hits.hit_view(hit, bare, desk) for hit in page.hits],
        all_url=desk.links.to(bare.with_query("*").with_sort(Sort.NEWEST)),
    )


def _results(page: SearchPage, state: SearchState, desk: Desk) -> str:
    views = facets.facet_views(page, state, desk)
    first = (page.page_number - 1) * page.page_size + 1
    return render_template(
        "results.html",
        state=state,
        page=page,
        hits=[hits.hit_view(hit, state, desk, at) for at, hit in enumerate(page.hits, first)],
        languages=next((view for view in views if view.name == "language"), None),
        facet_views=[view for view in views if view.name != "language"],
        years=timeline(page.histogram, state, desk) if page.histogram else None,
        conditions=conditions.conditions(state, desk),
        sorts=conditions.sort_links(state, desk),
        sizes=conditions.size_links(page, state, desk),
        value_orders=conditions.value_order_links(state, desk),
        numbers=conditions.page_links(page, state, desk),
        links=desk.links,
        notices=[_notice(notice, state, desk) for notice in page.notices],
        mending=mending_views(page, state, desk),
        suggestion=state.with_query(page.suggestion) if page.suggestion else None,
    )


def _notice(notice: str, state: SearchState, desk: Desk) -> tuple[str, str | None, Link | None]:
    """A notice, what it is in the reader's language, and what undoes what it says."""
    way = next((way for begin, way in NOTICES.items() if notice.startswith(begin)), None)
    out = way and Link(
        desk.words.gettext(texts.WAYS_OUT[way]), desk.links.to(state.toggle_way(way))
    )
    return notice, desk.retold(notice), out or None
