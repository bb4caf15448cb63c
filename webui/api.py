"""The JSON API: the same searches as the pages, under the same parameters."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from indexer import (
    FORMATS,
    SearchPage,
    UserError,
    hit_record,
    page_record,
    parcel,
    release_record,
)
from webui.builds import Builds
from webui.completion import suggestions
from webui.pages import desk_of
from webui.parameters import number_of
from webui.presenters.mending import mended
from webui.state import SearchState

SIMILAR, MOST_SIMILAR = 10, 50
"""So many similar releases are given if nobody says otherwise, and at the most."""

DESCRIPTION = Path(__file__).parent / "openapi.json"


def make_api(builds: Builds) -> Blueprint:
    """The blueprint of `/api/v1`."""
    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

    @blueprint.get("/search")
    def search() -> dict[str, Any]:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        page = index.search(state.request(index.facets))
        record = page_record(page, index.facets)
        return record | {
            "facets": _with_toggles(record["facets"], state),
            "help": _with_urls(page, state),
        }

    @blueprint.get("/export/<format>")
    def export(format: str) -> Response:
        """All hits, whatever the page, in a zip file with a manifest; sent while it is made."""
        index = builds.asked()
        if format not in FORMATS:
            abort(404, f"there is no format “{format}”; there are {', '.join(FORMATS)}")
        state = SearchState.from_args(request.args, index.facets)
        hits = index.all_hits(state.request(index.facets))
        answer = Response(parcel(hits, FORMATS[format]), mimetype="application/zip")
        name = f"communique-{hits.build}-{format}.zip"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    @blueprint.get("/suggest")
    def suggest() -> dict[str, Any]:
        """Ways on from a text that is being typed, in the language of the pages."""
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        prefix = request.args.get("prefix", "")
        found = suggestions(prefix, state, index, desk_of(index))
        return {"prefix": prefix, "suggestions": [asdict(one) for one in found]}

    @blueprint.get("/openapi.json")
    def openapi() -> dict[str, Any]:
        description: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
        return description

    _add_releases(blueprint, builds)
    return blueprint


def _add_releases(blueprint: Blueprint, builds: Builds) -> None:
    """One release, and what is like it."""

    @blueprint.get("/releases/<path:id>")
    def release(id: str) -> dict[str, Any]:
        index = builds.asked()
        found = index.release(id)
        if found is None:
            abort(404, f"there is no release “{id}”")
        record = release_record(found, index.facets, index.group_of(id))
        return record | {"build": index.statistics().build}

    @blueprint.get("/similar/<path:id>")
    def similar(id: str) -> dict[str, Any]:
        """Releases like one, each with what they share."""
        index = builds.asked()
        size = number_of(request.args, "size", SIMILAR)
        if not 1 <= size <= MOST_SIMILAR:
            raise UserError(
                f"a page cannot hold {size} hits",
                code="bad_page",
                hint=f"ask for 1 to {MOST_SIMILAR}",
            )
        if index.release(id) is None:
            abort(404, f"there is no release “{id}”")
        hits = index.similar(id, size)
        found = [hit_record(hit, index.facets) for hit in hits]
        return {"id": id, "hits": found, "build": index.statistics().build}


def _with_toggles(facets: dict[str, Any], state: SearchState) -> dict[str, Any]:
    """Facet values, each with the address of this search with the value chosen or taken back."""
    path = url_for("api.search")
    return {
        name: [
            {**value, "toggle_url": state.toggle(name, value["value"]).url(path)}
            for value in values
        ]
        for name, values in facets.items()
    }


def _with_urls(page: SearchPage, state: SearchState) -> list[dict[str, Any]]:
    """What to leave out of a search, each with the address of the search without it."""
    path = url_for("api.search")
    return [{**asdict(one), "url": mended(state, one).url(path)} for one in page.help]


def error_record(error: UserError) -> dict[str, Any]:
    """The one shape of errors."""
    return {
        "error": {
            "code": error.code,
            "message": error.message,
            "position": error.position,
            "hint": error.hint,
        }
    }
