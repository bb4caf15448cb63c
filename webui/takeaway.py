"""Taking results away: files, references, a feed, and the same search elsewhere."""

import json
from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request, url_for

from indexer import CITATIONS, Index, SearchRequest, as_command, as_python
from webui.builds import Builds
from webui.feeds import MEDIA_TYPE, feed_of, feed_request, opensearch_description
from webui.pages import desk_of
from webui.state import SearchState
from webui.wording import texts

CITATION_TYPES = {
    "plain": ("text/plain", "txt"),
    "bibtex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
}
"""Media type and ending of a reference in each format."""


def make_takeaway(builds: Builds) -> Blueprint:
    """The blueprint of all that leaves the site."""
    blueprint = Blueprint("takeaway", __name__)

    @blueprint.get("/take")
    def show() -> str:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        return _page(index, state, state.request(index.facets))

    @blueprint.get("/feed.atom")
    def feed() -> Response:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        hits = index.all_hits(feed_request(state, index.facets))
        answer = Response(feed_of(hits, state, desk_of(index)), mimetype=MEDIA_TYPE)
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    @blueprint.get("/opensearch.xml")
    def opensearch() -> Response:
        kind = "application/opensearchdescription+xml"
        return Response(opensearch_description(desk_of(builds.newest).words), mimetype=kind)

    @blueprint.get("/cite/<format>/<path:id>")
    def cite(format: str, id: str) -> Response:
        index = builds.asked()
        release = index.release(id)
        if release is None or format not in CITATIONS:
            abort(404)
        text = CITATIONS[format](release)
        kind, ending = CITATION_TYPES[format]
        body = text if isinstance(text, str) else json.dumps([text], ensure_ascii=False, indent=2)
        answer = Response(body + "\n" if format == "plain" else body, content_type=_in_utf8(kind))
        answer.headers["Content-Disposition"] = f'inline; filename="release.{ending}"'
        return answer

    return blueprint


def _in_utf8(kind: str) -> str:
    return kind if kind.endswith("json") else f"{kind}; charset=utf-8"


def _page(index: Index, state: SearchState, asked: SearchRequest) -> str:
    ranking = index.rank(replace(asked, facets=(), histogram=None))
    call = state.url(url_for("api.search", _external=True))
    return render_template(
        "takeaway.html",
        state=state,
        total=ranking.total,
        formats=[
            (label, note, state.url(url_for("api.export", format=name)))
            for name, (label, note) in texts.EXPORT_FORMATS.items()
        ],
        feed_url=state.url(url_for("takeaway.feed")),
        results_url=desk_of(index).links.to(state),
        elsewhere={
            "command": as_command(asked, build=state.build),
            "python": as_python(asked, build=state.build),
            "call": f"curl '{call}'",
        },
    )
