"""The pages: search, one release, help."""

from flask import Blueprint, abort, render_template, request, url_for

from indexer import EXPANSION_NOTICE, UNKNOWN, Index, SearchPage, SearchRequest, Sort, parse_query
from webui import presenters, reading, wording
from webui.presenters import Links
from webui.state import SearchState

NEWEST_SHOWN = 6


def make_pages(index: Index) -> Blueprint:
    """The blueprint of the pages."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def search() -> str:
        state = SearchState.from_args(request.args, index.facets)
        if state.is_empty:
            return _home(index, state)
        page = index.search(state.request(index.facets))
        return _results(index, state, page)

    @blueprint.get("/release/<path:id>")
    def release(id: str) -> str:
        state = SearchState.from_args(request.args, index.facets)
        return _release(index, id, state)

    @blueprint.get("/help", endpoint="help")
    def guide() -> str:
        return render_template(
            "help.html",
            state=SearchState(),
            facets=index.facets,
            examples=wording.QUERY_EXAMPLES,
            tag_rules=wording.TAG_RULES,
        )

    return blueprint


def _links() -> Links:
    return Links(url_for("pages.search"), lambda name: url_for("pages.release", id=name))


def _home(index: Index, state: SearchState) -> str:
    facets, links = index.facets, _links()
    request = SearchRequest(sort=Sort.NEWEST, page_size=NEWEST_SHOWN).faceted(*facets)
    page = index.search(request)
    bare = SearchState()
    return render_template(
        "home.html",
        state=state,
        total=page.total,
        bars=presenters.year_bars(page.facets.get("year", ()), links),
        undated=next((v for v in page.facets.get("year", ()) if v.value == UNKNOWN), None),
        undated_url=links.to(bare.toggle("year", UNKNOWN)),
        panels=[v for v in presenters.facet_views(page, facets, bare, links) if v.name != "year"],
        newest=[presenters.hit_view(hit, facets, bare, links) for hit in page.hits],
        all_url=links.to(bare.with_query("*").with_sort(Sort.NEWEST)),
    )


def _results(index: Index, state: SearchState, page: SearchPage) -> str:
    facets, links = index.facets, _links()
    return render_template(
        "results.html",
        state=state,
        page=page,
        hits=[presenters.hit_view(hit, facets, state, links) for hit in page.hits],
        facet_views=presenters.facet_views(page, facets, state, links),
        active=presenters.active_filters(facets, state, links),
        sorts=presenters.sort_links(state, links),
        numbers=presenters.page_links(page, state, links),
        links=links,
        suggestion=state.with_query(page.suggestion) if page.suggestion else None,
        expansion_notice=EXPANSION_NOTICE,
    )


def _release(index: Index, id: str, state: SearchState) -> str:
    release, facets, links = index.release(id), index.facets, _links()
    if release is None:
        abort(404, f"There is no release “{id}”.")
    title, body = index.marked(release, parse_query(state.q), expand_names=state.expand)
    return render_template(
        "release.html",
        state=state,
        release=release,
        title=title,
        hits=len(title.marks) + len(body.marks),
        paragraphs=reading.paragraphs(body),
        lang=presenters.lang_attribute(release),
        language=presenters.language_name(release, facets),
        date=wording.date_in_words(release.date),
        iso_date=presenters.iso_date(release),
        certainty=wording.CERTAINTIES[release.date.certainty.value],
        date_rule=wording.rule_in_words(release.date.rule or ""),
        groups=reading.tag_groups(release, facets, links),
        cuts=reading.cuts(release),
        event=wording.event_in_words(release.event) if release.event else None,
        also=[presenters.language_called(code, facets) for code in release.language.also],
        versions=reading.versions(release, index.group_of(id), index, links),
        address=reading.web_address(release.url),
        back=None if state.is_empty else links.to(state),
    )
