"""A real browser for the tests that need one: Debian's chromium, with the sample archive served."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from indexer import Index
from webui import create_app

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing is printed."""


@contextmanager
def served(index: Index) -> Iterator[str]:
    """The address of a server of this index."""
    app = create_app(index)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Visitor:
    """One browser; `page` opens a new window of it and minds its faults."""

    def __init__(self, browser: Any, address: str) -> None:
        self._browser = browser
        self.address = address
        self.faults: list[str] = []
        self.asked: list[str] = []
        self._contexts: list[Any] = []

    def page(self, width: int = 1280, **options: Any) -> Any:
        """A window of its own, with its own cookies and storage."""
        context = self._browser.new_context(viewport={"width": width, "height": 900}, **options)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        return page

    def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def sample_address(sample: Index) -> Iterator[str]:
    with served(sample) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Any, sample_address: str) -> Iterator[Visitor]:
    one = Visitor(chromium, sample_address)
    yield one
    one.close()
    assert one.faults == []
    assert all(url.startswith((sample_address, "data:")) for url in one.asked)
