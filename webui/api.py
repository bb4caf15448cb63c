"""The JSON API: the same parameters and the same answers as the pages."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from indexer import UserError, page_record, release_record
from webui.pages import index_of_app
from webui.presenters import api_facets
from webui.state import SearchState

PREFIX = "/api/v1"
api = Blueprint("api", __name__, url_prefix=PREFIX)


def error_response(status: int, error: UserError) -> tuple[Response, int]:
    """The one shape of errors."""
    fields = {
        "code": error.code,
        "message": error.message,
        "position": error.position,
        "hint": error.hint,
    }
    return jsonify({"error": fields}), status


@api.get("/search")
def search() -> Response:
    """Hits and facets; each facet value carries the address that toggles it."""
    index = index_of_app()
    state = SearchState.from_args(request.args, index.facets)
    record: dict[str, Any] = page_record(index.search(state.request(index.facets)), index.facets)
    record["facets"] = api_facets(record["facets"], state)
    return jsonify(record)


@api.get("/releases/<path:release_id>")
def release(release_id: str) -> Response | tuple[Response, int]:
    """One release with its evidence."""
    index = index_of_app()
    found = index.release(release_id)
    if found is None:
        missing = UserError(
            "there is no release of that id", code="not_found", hint="search for it: ids may change"
        )
        return error_response(404, missing)
    return jsonify(release_record(found, index.facets))
