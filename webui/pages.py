"""The pages: search, one release, help."""

from flask import Blueprint, abort, render_template, request, url_for

from indexer import EXPANSION_NOTICE, UNKNOWN, Index, SearchPage, SearchRequest, Sort, parse_query
from webui.desk import Desk, Links, iso_date, lang_attribute
from webui.presenters import conditions, facets, hits, reading, years
from webui.speech import current_words
from webui.state import SearchState
from webui.wording import texts

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
        return _results(page, state, desk_of(index))

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
            examples=texts.QUERY_EXAMPLES,
            tag_rules=texts.TAG_RULES,
        )

    return blueprint


def desk_of(index: Index) -> Desk:
    """The index as the reader of this request sees it."""
    links = Links(url_for("pages.search"), lambda name: url_for("pages.release", id=name))
    return Desk(index.facets, links, current_words())


def _home(index: Index, state: SearchState) -> str:
    desk = desk_of(index)
    request = SearchRequest(sort=Sort.NEWEST, page_size=NEWEST_SHOWN).faceted(*index.facets)
    page = index.search(request)
    bare = SearchState()
    return render_template(
        "home.html",
        state=state,
        total=page.total,
        bars=years.year_bars(page.facets.get("year", ()), desk),
        undated=next((v for v in page.facets.get("year", ()) if v.value == UNKNOWN), None),
        undated_url=desk.links.to(bare.toggle("year", UNKNOWN)),
        panels=[v for v in facets.facet_views(page, bare, desk) if v.name != "year"],
        newest=[hits.hit_view(hit, bare, desk) for hit in page.hits],
        all_url=desk.links.to(bare.with_query("*").with_sort(Sort.NEWEST)),
    )


def _results(page: SearchPage, state: SearchState, desk: Desk) -> str:
    return render_template(
        "results.html",
        state=state,
        page=page,
        hits=[hits.hit_view(hit, state, desk) for hit in page.hits],
        facet_views=facets.facet_views(page, state, desk),
        active=conditions.active_filters(state, desk),
        sorts=conditions.sort_links(state, desk),
        numbers=conditions.page_links(page, state, desk),
        links=desk.links,
        suggestion=state.with_query(page.suggestion) if page.suggestion else None,
        expansion_notice=EXPANSION_NOTICE,
    )


def _release(index: Index, id: str, state: SearchState) -> str:
    release, desk = index.release(id), desk_of(index)
    words = desk.words
    if release is None:
        abort(404, words.gettext("There is no release “%(id)s”.") % {"id": id})
    title, body = index.marked(release, parse_query(state.q), expand_names=state.expand)
    return render_template(
        "release.html",
        state=state,
        release=release,
        title=title,
        hits=len(title.marks) + len(body.marks),
        paragraphs=reading.paragraphs(body),
        lang=lang_attribute(release),
        language=desk.language_of(release),
        date=words.published(release.date),
        iso_date=iso_date(release),
        certainty=words.gettext(texts.CERTAINTIES[release.date.certainty.value]),
        date_rule=words.rule(release.date.rule or ""),
        groups=reading.tag_groups(release, desk),
        cuts=reading.cuts(release, words),
        event=words.event(release.event) if release.event else None,
        also=[desk.language_called(code) for code in release.language.also],
        versions=reading.versions(release, index.group_of(id), index, desk),
        address=reading.web_address(release.url),
        back=None if state.is_empty else desk.links.to(state),
    )
