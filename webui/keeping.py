"""Pages that were sent, kept within a bound for whoever asks for the same next.

What a page says depends on the build of the index, on its whole address and on the language of its
reader, and on nothing else. Each carries a print of its content as well, so that a reader who
has it already is told so (RFC 9110, If-None-Match).
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from flask import Flask, g, request
from werkzeug.wrappers import Response

from indexer import CommuniqueError, Index
from webui.speech import current_words

KEPT_BYTES = 32 * 2**20
"""Of each process; compressed, some three thousand pages of hits."""
ENTRY_BYTES = 2_048
"""What a page takes besides: its headers, its address, its place here."""

Key = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Pages:
    """The pages that were sent last; threads may share it."""

    def __init__(self, capacity: int = KEPT_BYTES) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, _Page] = OrderedDict()
        self.nbytes = 0
        """Bytes of all that is kept."""

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Response | None:
        """The answer that was kept under this key."""
        with self._lock:
            page = self._kept.get(key)
            if page is None:
                return None
            self._kept.move_to_end(key)
        return Response(page.body, headers=page.headers)

    def keep(self, key: Key, response: Response) -> None:
        """Keep an answer that is not too large; those that were not asked for longest go."""
        page = _Page(response.get_data(), tuple(response.headers.to_wsgi_list()))
        size = _size(key, page)
        with self._lock:
            if key not in self._kept and size <= self._capacity:
                self._kept[key] = page
                self.nbytes += size
            while self.nbytes > self._capacity:
                self.nbytes -= _size(*self._kept.popitem(last=False))


def _size(key: Key, page: _Page) -> int:
    return len(page.body) + len(key[1]) + ENTRY_BYTES


def keep_pages(app: Flask, index: Index) -> None:
    """Answer with pages that are kept. Call it before all that changes an answer on its way out."""
    pages = Pages()

    @app.before_request
    def kept() -> Response | None:
        if request.method != "GET" or request.endpoint == "static":
            return None
        try:
            build = index.statistics().build
        except CommuniqueError:
            return None  # A page that needs the index says so itself.
        compressed = bool(request.accept_encodings.quality("gzip"))
        g.page = build, request.url, current_words().language, compressed
        return pages.get(g.page)

    @app.after_request
    def keep(response: Response) -> Response:
        if "page" in g and response.status_code == 200 and response.mimetype == "text/html":
            if "ETag" not in response.headers:
                response.add_etag()
                if "Set-Cookie" not in response.headers:
                    pages.keep(g.page, response)
            response.make_conditional(request)
        return response
