"""The Flask application: routes, headers, and what is shown when something is wrong."""

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer import CommuniqueError, Index, UserError
from webui.api import PREFIX, api, error_response
from webui.pages import marked, pages
from webui.state import SearchState

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

Answer = tuple[str, int] | tuple[Response, int]


def create_app(index: Index) -> Flask:
    """The web application over an open index."""
    app = Flask(__name__)
    app.extensions["communique"] = index
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = marked
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_error_handler(UserError, _on_user_error)
    app.register_error_handler(CommuniqueError, _on_engine_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.after_request(_with_headers)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _wants_json() -> bool:
    return request.path.startswith(f"{PREFIX}/")


def _query() -> str:
    return request.args.get("q", "")


def _error_page(status: int, heading: str, error: UserError) -> Answer:
    if _wants_json():
        return error_response(status, error)
    query = _query()[:500]
    at = error.position if error.position is not None and error.position < len(query) else None
    page = render_template(
        "error.html", state=SearchState(query=query), heading=heading, error=error, at=at
    )
    return page, status


def _on_user_error(error: UserError) -> Answer:
    return _error_page(400, "This query cannot be understood", error)


def _on_engine_error(error: CommuniqueError) -> Answer:
    shown = UserError(str(error), code="unavailable")
    return _error_page(503, "The archive cannot be searched now", shown)


def _on_http_error(error: HTTPException) -> Answer:
    status = error.code or 500
    heading = "There is no such page" if status == 404 else error.name
    shown = UserError(heading, code=error.name.lower().replace(" ", "_"))
    return _error_page(status, heading, shown)
