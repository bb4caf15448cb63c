"""The Flask application: blueprints, headers, and what a fault looks like."""

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from indexer import CommuniqueError, Index, IndexCorrupt, UserError
from webui.api import error_record, make_api
from webui.assets import add_assets
from webui.builds import BuildNotKept, Builds, add_builds
from webui.compressing import compressed
from webui.concordance_pages import make_concordance
from webui.keeping import keep_pages
from webui.name_pages import make_names
from webui.pages import make_pages
from webui.release_pages import make_release_pages
from webui.speech import add_speech
from webui.state import SearchState
from webui.takeaway import make_takeaway
from webui.trend_pages import make_trends

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Answer = tuple[str | Response, int]


def create_app(index: Index) -> Flask:
    """The search page and the JSON API of an index, as a WSGI application."""
    app = Flask(__name__)
    # Release ids are paths: two slashes in one are not to be made one.
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # What is to be done with an answer is done in the reverse order.
    keep_pages(app, index)
    add_speech(app)
    add_assets(app)
    builds = Builds(index)
    add_builds(app, builds)
    app.register_blueprint(make_pages(builds))
    app.register_blueprint(make_release_pages(builds))
    app.register_blueprint(make_concordance(builds))
    app.register_blueprint(make_trends(builds))
    app.register_blueprint(make_names(builds))
    app.register_blueprint(make_takeaway(builds))
    app.register_blueprint(make_api(builds))
    app.register_error_handler(BuildNotKept, _not_kept)
    app.register_error_handler(UserError, _user_error)
    app.register_error_handler(CommuniqueError, _unavailable)
    app.register_error_handler(HTTPException, _http_error)
    app.after_request(_with_headers)
    app.after_request(compressed)
    return app


def _with_headers(response: AnyResponse) -> AnyResponse:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _asks_for_json() -> bool:
    return request.path.startswith("/api/")


def _user_error(error: UserError) -> Answer:
    if _asks_for_json():
        return jsonify(error_record(error)), 400
    state = SearchState(q=request.args.get("q", ""))
    at = error.position
    marked = None
    if at is not None and 0 <= at <= len(state.q):
        marked = (state.q[:at], state.q[at : at + 1], state.q[at + 1 :])
    return render_template("fault.html", error=error, state=state, marked=marked), 400


def _not_kept(error: BuildNotKept) -> Answer:
    if _asks_for_json():
        return jsonify(error_record(error)), 410
    return render_template(
        "not_kept.html", error=error, state=SearchState(q=request.args.get("q", ""))
    ), 410


def _unavailable(error: CommuniqueError) -> Answer:
    if _asks_for_json():
        wrapped = UserError(
            str(error), code="unavailable", hint="build the index with: communique index SOURCE"
        )
        return jsonify(error_record(wrapped)), 503
    shown = render_template(
        "unavailable.html",
        message=str(error),
        is_corrupt=isinstance(error, IndexCorrupt),
        state=SearchState(),
    )
    return shown, 503


def _http_error(error: HTTPException) -> AnyResponse:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    answer = make_response(_http_fault(error, code), code)
    answer.headers.extend((n, v) for n, v in error.get_headers() if n != "Content-Type")
    return answer


def _http_fault(error: HTTPException, code: int) -> str | Response:
    if _asks_for_json():
        name = error.name.lower().replace(" ", "_")
        return jsonify(error_record(UserError(error.description or error.name, code=name)))
    own = isinstance(error, NotFound) and error.description != NotFound.description
    said = error.description if own else None
    return render_template("missing.html", error=error, code=code, said=said, state=SearchState())
