"""Pages and records are sent compressed to whoever takes that."""

import gzip

from flask import request
from werkzeug.wrappers import Response

SMALLEST = 1_000
"""What is shorter is sent as it is."""
LEVEL = 5
_TYPES = ("text/html", "application/json")


def compressed(response: Response) -> Response:
    """The answer, compressed where its kind and its reader allow it; streams are left alone."""
    if response.mimetype not in _TYPES or "Content-Encoding" in response.headers:
        return response
    if response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if request.accept_encodings.quality("gzip") and len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
