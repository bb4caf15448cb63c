"""The pages in a real browser: search, pick a facet, open a release; pictures of each.

Runs where Debian's chromium is installed, and skips elsewhere. With COMMUNIQUE_SCREENSHOTS set to
a folder the pictures are kept there.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from indexer import Index
from webui import create_app

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = [
    (width, scheme, script)
    for width in (1280, 390)
    for scheme in ("light", "dark")
    for script in (True, False)
]


@pytest.fixture(scope="module")
def address(sample: Index) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(sample), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("COMMUNIQUE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize(("width", "scheme", "script"), VIEWS)
def test_search_pick_a_facet_open_a_release(
    width: int, scheme: str, script: bool, address: str, pictures: Path
) -> None:
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
        )
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        name = f"{width}-{scheme}-{'script' if script else 'plain'}"

        page.goto(address)
        page.screenshot(path=pictures / f"home-{name}.png", full_page=True)
        page.get_by_role("searchbox").fill("operation Channel")
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_be_visible()
        page.screenshot(path=pictures / f"search-{name}.png", full_page=True)

        languages = page.locator("[data-facet=language]")
        if width < 600:
            page.locator("summary", has_text="Filter").first.click()
        languages.get_by_role("link", name="Russian").first.click()
        assert "language=ru" in page.url
        page.locator("main h2 a, main h3 a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("mark").first).to_be_visible()
        page.screenshot(path=pictures / f"release-{name}.png", full_page=True)

        page.goto(f"{address}/help")
        page.screenshot(path=pictures / f"help-{name}.png", full_page=True)
        wider = page.evaluate("document.documentElement.scrollWidth") if script else width
        assert wider <= width
        assert faults == []
        browser.close()
