"""The pages in a real browser, at two widths, light and dark, with and without scripts.

Runs where Debian's chromium is installed, and skips elsewhere. With COMMUNIQUE_SCREENSHOTS set to
a folder the pictures are kept there.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browsing import Visitor, needs_chromium

pytestmark = needs_chromium

VIEWS = [
    (width, scheme, script)
    for width in (1280, 390)
    for scheme in ("light", "dark")
    for script in (True, False)
]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("COMMUNIQUE_SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as expect_of

    expect_of.set_options(timeout=20_000)
    return expect_of(locator)


def stays(page: Any) -> None:
    """Mark the document, so that a reload shows."""
    page.evaluate("window.stays = true")


def stayed(page: Any) -> bool:
    return bool(page.evaluate("window.stays === true"))


@pytest.mark.parametrize(("width", "scheme", "script"), VIEWS)
def test_search_pick_a_facet_open_a_release(
    width: int, scheme: str, script: bool, visitor: Visitor, pictures: Path
) -> None:
    page = visitor.page(width, color_scheme=scheme, java_script_enabled=script)
    name = f"{width}-{scheme}-{'script' if script else 'plain'}"
    page.goto(visitor.address)
    page.screenshot(path=pictures / f"home-{name}.png", full_page=True)
    page.locator("#q").fill("operation Channel")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.screenshot(path=pictures / f"search-{name}.png", full_page=True)

    page.locator("[data-key='language=ru']").click()
    page.wait_for_url("**language=ru**")
    if width < 600:
        page.locator(".columns summary", has_text="Filter").first.click()
    page.locator("[data-facet=organization] .not").first.click()
    page.wait_for_url("**exclude=organization**")
    expect(page.locator(".active")).to_contain_text("not ")
    page.get_by_role("link", name="Remove Organization").click()
    page.wait_for_url(lambda url: "exclude" not in url)

    page.locator(".hit h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    page.screenshot(path=pictures / f"release-{name}.png", full_page=True)
    page.get_by_role("link", name="Next hit").click()
    page.wait_for_url("**at=2")
    page.get_by_role("link", name="Back to results").click()
    page.wait_for_url("**language=ru**")

    page.goto(f"{visitor.address}/help")
    page.screenshot(path=pictures / f"help-{name}.png", full_page=True)


def test_results_are_updated_without_a_reload(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=operation")
    all_hits = page.locator("#total").inner_text()
    stays(page)
    page.get_by_role("link", name="from A to Z").click()
    page.wait_for_url("**values=name")
    page.locator("[data-facet=organization] details summary").click()
    page.locator("[data-key='organization=un']").click()
    page.wait_for_url("**organization=un**")
    expect(page.locator("#total")).not_to_have_text(all_hits)
    expect(page.locator("#news")).to_have_text(page.locator("#total").inner_text())
    expect(page.locator("[data-key='organization=un']")).to_be_focused()
    page.locator("#q").fill("heroin")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=heroin**organization=un**")
    expect(page).to_have_title("heroin - Communique")
    page.go_back()
    page.go_back()
    page.wait_for_url(lambda url: "organization" not in url)
    expect(page.locator("#total")).to_have_text(all_hits)
    expect(page.locator("#q")).to_have_value("operation")
    assert stayed(page)


def test_completion_and_recent_searches_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(visitor.address)
    page.locator("#q").press_sequentially("heroin chan")
    options = page.locator("#options [role=option]")
    expect(options.first).to_contain_text("Channel")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "option-0")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=heroin&operation=channel")
    page.locator("#q").fill("")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_contain_text("heroin")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("localStorage.getItem('recent')") == "[]"
    page.keyboard.press("Escape")
    expect(page.locator("#options")).to_be_hidden()


def test_keys_lead_through_hits_and_matches(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=operation+Channel")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/release/**")
    for key, match in (("n", "#hit-1"), ("n", "#hit-2"), ("p", "#hit-1")):
        page.keyboard.press(key)
        expect(page.locator(match)).to_be_focused()
    page.keyboard.press("]")
    page.wait_for_url("**at=2")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("body").click(position={"x": 5, "y": 400})
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Keys work on this computer").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def years_of(url: str) -> list[int]:
    pairs = [pair.split("=") for pair in urlsplit(url).query.split("&")]
    return [int(value) for name, value in pairs if name in ("from", "to")]


def test_years_are_chosen_by_dragging_and_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=operation")
    stays(page)
    box = page.locator(".chart").bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 20, steps=5)
    expect(page.locator(".timeline output")).to_contain_text("–")
    page.mouse.up()
    page.wait_for_url("**from=**")
    first, last = years_of(page.url)
    assert 2003 < first < last < 2025
    slider = page.get_by_label("First year")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**from={first + 1}**")
    expect(page.get_by_label("First year")).to_be_focused()
    assert stayed(page)
    assert years_of(page.url) == [first + 1, last]


def test_years_are_chosen_in_the_form_without_scripts(visitor: Visitor) -> None:
    page = visitor.page(java_script_enabled=False)
    page.goto(f"{visitor.address}/?q=operation&organization=un")
    page.get_by_label("from").fill("2018-05")
    page.get_by_label("to", exact=True).fill("2019")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**organization=un&from=2018-05&to=2019")
    expect(page.locator(".active")).to_contain_text("2018-05 to 2019")


def test_a_long_facet_is_searched(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=*")
    facet = page.locator("[data-facet=organization]")
    facet.get_by_role("searchbox").fill("nations")
    expect(facet.locator(".values li:visible .label").first).to_contain_text("Nations")
    assert facet.locator(".values li:visible").count() < 10


def test_a_server_that_does_not_answer_is_told(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=operation")
    page.route("**/*sort=newest*", lambda route: route.abort())
    page.get_by_role("link", name="Newest").click()
    expect(page.get_by_role("alert")).to_contain_text("The server did not answer.")
    page.unroute("**/*sort=newest*")
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url("**sort=newest")
    visitor.faults = [fault for fault in visitor.faults if "ERR_FAILED" not in fault]


@pytest.mark.parametrize(("width", "scheme", "script"), VIEWS)
def test_a_form_is_switched_off_and_on_again(
    width: int, scheme: str, script: bool, visitor: Visitor
) -> None:
    page = visitor.page(width, color_scheme=scheme, java_script_enabled=script)
    page.goto(f"{visitor.address}/?q=operation&why=1")
    form = page.locator(".why a.off", has=page.get_by_text("operation", exact=True)).first
    form.click()
    page.wait_for_url("**without=operation**")
    expect(page.locator(".active")).to_contain_text("not “operation”")
    expect(page.locator(".why mark", has_text="operational").first).to_be_visible()
    assert page.locator(".why mark").get_by_text("operation", exact=True).count() == 0
    page.get_by_role("link", name="Remove Words: not “operation”").click()
    page.wait_for_url(lambda url: "without" not in url)
    page.get_by_role("link", name="Leave out other languages").first.click()
    page.wait_for_url("**translate=0**")
    expect(page.locator(".active")).to_contain_text("not in other languages")


@pytest.mark.parametrize("script", [True, False])
def test_a_permanent_link_pins_the_build(script: bool, visitor: Visitor) -> None:
    page = visitor.page(390, java_script_enabled=script)
    page.goto(f"{visitor.address}/?q=operation")
    page.get_by_role("link", name="Newest").click()
    page.wait_for_url("**sort=newest")
    build = page.locator("#build code").inner_text()
    page.get_by_role("link", name="Permanent link").click()
    page.wait_for_url(f"**q=operation&sort=newest&build={build}")
    expect(page.locator("main > .notice").first).to_contain_text(build)
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/release/**")
    assert f"build={build}" in page.url
    page.get_by_role("link", name="The same on the newest build").click()
    page.wait_for_url(lambda url: "build" not in url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme", "script"), VIEWS)
def test_where_nothing_is_found_one_word_is_left_out(
    width: int, scheme: str, script: bool, visitor: Visitor
) -> None:
    page = visitor.page(width, color_scheme=scheme, java_script_enabled=script)
    page.goto(f"{visitor.address}/?q=heroin+submarine+Dushanbe")
    page.get_by_role("link", name="without “submarine”").click()
    page.wait_for_url("**q=heroin+Dushanbe")
    expect(page.locator(".mend")).to_have_count(0)
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/release/**")
    page.locator(".similar li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Back to results")).to_be_visible()
