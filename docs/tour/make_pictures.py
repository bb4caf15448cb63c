"""Makes the pictures of the guided tour from the sample archive.

    python docs/tour/make_pictures.py

It needs chromium and the development extra; the pictures go beside this file.
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from indexer import Index, bundled_releases
from webui import create_app

HERE = Path(__file__).parent
SIZE = {"width": 1000, "height": 640}
TALL = {"width": 1000, "height": 900}
PHONE = {"width": 390, "height": 640}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page, what is done there, and how wide and in what colours."""

    name: str
    address: str
    does: Callable[[Any], None] = lambda _: None
    size: dict[str, int] | None = None
    scheme: str = "light"


def _types(page: Any) -> None:
    page.locator("#q").press_sequentially("heroin chan")
    page.locator("#options [role=option]").nth(5).wait_for()
    page.keyboard.press("ArrowDown")


def _drags(page: Any) -> None:
    box = page.locator(".chart").bounding_box()
    page.mouse.move(box["x"] + 0.62 * box["width"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 30, steps=4)


def _opens_table(page: Any) -> None:
    page.locator(".as-table summary").click()
    page.locator(".timeline").scroll_into_view_if_needed()


def _opens_second(page: Any) -> None:
    page.locator(".hit h2 a").nth(1).click()
    page.wait_for_url("**/release/**")


def _steps(page: Any) -> None:
    _opens_second(page)
    for _ in range(3):
        page.keyboard.press("n")
    page.evaluate("scrollTo(0, 0)")


def _shows_evidence(page: Any) -> None:
    _opens_second(page)
    page.locator("aside h2", has_text="Operation").first.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 250)")


def _reads_beside(page: Any) -> None:
    _opens_second(page)
    page.get_by_role("link", name="Read side by side").nth(1).click()
    page.wait_for_url("**beside=**")


def _points_at_a_form(page: Any) -> None:
    page.locator(".why .off").first.hover()


def _shows_similar(page: Any) -> None:
    _opens_second(page)
    page.locator(".similar").evaluate("section => section.scrollIntoView()")


def _pins(page: Any) -> None:
    page.get_by_role("link", name="Permanent link").click()
    page.wait_for_url("**build=**")


def _asks_for_keys(page: Any) -> None:
    page.keyboard.press("?")


PICTURES = (
    Picture("home", "/"),
    Picture("completion", "/", _types),
    Picture("results", "/?q=operation+Channel"),
    Picture("years", "/?q=operation+Channel", _drags),
    Picture("table", "/?q=operation+Channel", _opens_table),
    Picture("conditions", "/?q=drugs&exclude=operation:proxy&from=2015&to=2023&values=name"),
    Picture("release", "/?q=operation+Channel", _steps),
    Picture("evidence", "/?q=operation+Channel", _shows_evidence),
    Picture("beside", "/?q=operation+Channel", _reads_beside),
    Picture("reasons", "/?q=operation&why=1&without=operations", _points_at_a_form, size=TALL),
    Picture("help", "/?q=heroin+submarine+Dushanbe"),
    Picture("similar", "/?q=operation+Channel", _shows_similar),
    Picture("concordance", "/concordance?q=heroin&order=right"),
    Picture("trends", "/trends?q=Channel&q=exercise&q=summit"),
    Picture("names", "/names/operation/channel"),
    Picture("pinned", "/?q=heroin&sort=newest", _pins),
    Picture("not-kept", "/?q=heroin&build=000001-5ab1e5"),
    Picture("fault", "/?q=heroin+date:2018-13"),
    Picture("keys", "/?q=heroin", _asks_for_keys),
    Picture("russian", "/?q=ОДКБ&ui=ru", scheme="dark"),
    Picture("phone", "/?q=operation+Channel", size=PHONE),
)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with Index.create(folder) as index:
        index.add_corpus(bundled_releases())
        server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def main() -> None:
    """Make every picture."""
    chromium = shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as scratch,
        _served(Path(scratch) / "index") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            _take(browser, picture, address)
        browser.close()


def _take(browser: Any, picture: Picture, address: str) -> None:
    page = browser.new_page(viewport=picture.size or SIZE, color_scheme=picture.scheme)
    page.goto(address + picture.address)
    picture.does(page)
    page.screenshot(path=HERE / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
