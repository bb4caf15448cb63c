"""The pages: search, release, help."""

from flask import Blueprint, abort, current_app, render_template, request
from markupsafe import Markup

from indexer import Index, MarkedText, SearchRequest, Sort, parse_query
from webui import presenters
from webui.state import SearchState

pages = Blueprint("pages", __name__)

NEWEST_SHOWN = 6
TOP_VALUES = 12


def index_of_app() -> Index:
    """The index that this application serves."""
    index: Index = current_app.extensions["communique"]
    return index


def marked(text: MarkedText) -> Markup:
    """Marked text as safe HTML: it escapes everything but its own <mark> elements."""
    return Markup(text.to_html())  # noqa: S704  # escaped by to_html


def paragraphs(body: MarkedText) -> list[Markup]:
    """The paragraphs of a body, marked."""
    return [marked(body.part(start, end)) for start, end in body.paragraphs()]


@pages.get("/")
def search() -> str:
    """The search page, or before any query the archive at a glance."""
    index = index_of_app()
    state = SearchState.from_args(request.args, index.facets)
    if state.is_empty:
        return _glance(index)
    page = index.search(state.request(index.facets))
    return render_template(
        "search.html",
        state=state,
        page=page,
        facets=presenters.facet_views(page, state, index.facets),
        hits=[presenters.hit_view(hit, state, index.facets) for hit in page.hits],
        chips=presenters.chips(state, index.facets),
        sorts=presenters.sort_links(state),
        links=presenters.page_links(page, state),
    )


def _glance(index: Index) -> str:
    newest = SearchRequest(facets=tuple(index.facets), page_size=NEWEST_SHOWN)
    page = index.search(newest.sorted(Sort.NEWEST))
    state = SearchState()
    views = presenters.facet_views(page, state, index.facets)
    return render_template(
        "home.html",
        state=state,
        page=page,
        bars=presenters.year_bars(page.facets["year"]),
        facets=[view for view in views if view.name != "year"],
        hits=[presenters.hit_view(hit, state, index.facets) for hit in page.hits],
        top=TOP_VALUES,
    )


@pages.get("/release/<path:release_id>")
def release(release_id: str) -> str:
    """One release: its text with the query's words marked, and all that is known of it."""
    index = index_of_app()
    found = index.release(release_id)
    if found is None:
        abort(404)
    state = SearchState.from_args(request.args, index.facets)
    title, body = index.marked(found, parse_query(state.query))
    return render_template(
        "release.html",
        state=state,
        release=found,
        title=title,
        paragraphs=paragraphs(body),
        date=presenters.date_in_words(found.date),
        language=presenters.language_name(found, index.facets),
        tags=presenters.tags_of(found, index.facets),
        url=presenters.safe_url(found.url),
    )


@pages.get("/help")
def help_page() -> str:
    """The query language, and how the archive was read."""
    return render_template("help.html", state=SearchState(), facets=index_of_app().facets)
