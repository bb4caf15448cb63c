"""The JSON API: the same searches as the pages, under the same parameters."""

from typing import Any

from flask import Blueprint, abort, request, url_for

from indexer import Index, UserError, page_record, release_record
from webui.state import SearchState


def make_api(index: Index) -> Blueprint:
    """The blueprint of `/api/v1`."""
    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

    @blueprint.get("/search")
    def search() -> dict[str, Any]:
        state = SearchState.from_args(request.args, index.facets)
        page = index.search(state.request(index.facets))
        record = page_record(page, index.facets)
        return record | {"facets": _with_toggles(record["facets"], state)}

    @blueprint.get("/releases/<path:id>")
    def release(id: str) -> dict[str, Any]:
        found = index.release(id)
        if found is None:
            abort(404, f"there is no release “{id}”")
        return release_record(found, index.facets, index.group_of(id))

    return blueprint


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
