"""The static files: the address of each changes with its content, so it may be kept for good."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

KEPT = "public, max-age=31536000, immutable"
PRINT_LENGTH = 10


def add_assets(app: Flask) -> None:
    """Give the templates `asset(name)`, the address of a static file."""
    prints = _prints(Path(app.static_folder or ""))

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=prints[name])

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code < 400:
            named = (request.view_args or {}).get("filename", "")
            if request.args.get("v") == prints.get(named):
                response.headers["Cache-Control"] = KEPT
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)


def _prints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[
            :PRINT_LENGTH
        ]
        for path in folder.rglob("*")
        if path.is_file()
    }
