"""WCAG 2.2 AA on every page, by axe-core and by what axe cannot see.

1. axe-core finds no violation. COMMUNIQUE_AXE is the path of its axe.min.js; without it the test
   skips.
2. Nothing has to be scrolled sideways at 320 pixels, which is 1280 at 400 per cent.
3. Whoever asks for less motion gets none.
4. The keyboard reaches everything, and focus can be seen.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Visitor, needs_chromium

pytestmark = needs_chromium

AXE = os.environ.get("COMMUNIQUE_AXE", "")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "home": "/",
    "results": "/?q=operation+Channel",
    "filtered": "/?q=operation&organization=un&exclude=language:ru&from=2015&to=2020&values=name",
    "reasons": "/?q=operation+Channel&why=1&collapse=0",
    "switched off": "/?q=operation&why=1&without=operation&without=operation:proxy&translate=0",
    "nothing": "/?q=zzzzqqq&year=1950",
    "misspelt": "/?q=operatoin",
    "one word too many": "/?q=heroin+submarine+Dushanbe",
    "behind the last": "/?q=operation&page=999",
    "bad query": "/?q=heroin+date:2018-13",
    "bad filter": "/?q=a&sort=up",
    "release": "",
    "beside": "",
    "help": "/help",
    "concordance": "/concordance?q=operation&order=left",
    "trends": "/trends?q=operation&q=exercise&show=share",
    "name": "/names/operation/channel",
    "names": "/names/organization",
    "take away": "/take?q=operation&organization=un&from=2015",
    "missing": "/nowhere",
    "not kept": "/?q=heroin&build=000001-abcdef",
    "armenian": "/?q=operation&ui=hy",
    "russian help": "/help?ui=ru",
}
EXPECTED_FAULTS = ("400 (BAD REQUEST)", "404 (NOT FOUND)", "410 (GONE)")


def visit(page: Any, visitor: Visitor, name: str) -> None:
    """Open a page by its name, and all that is folded on it."""
    page.goto(visitor.address + (PAGES[name] or PAGES["results"]))
    if not PAGES[name]:
        page.locator(".hit h2 a").first.click()
        page.wait_for_url("**/release/**")
    if name == "beside":
        page.get_by_role("link", name="Read side by side").first.click()
        page.wait_for_url("**beside=**")
    page.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")
    visitor.faults = [f for f in visitor.faults if not f.endswith(EXPECTED_FAULTS)]


@pytest.mark.skipif(not AXE, reason="COMMUNIQUE_AXE does not say where axe.min.js is")
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_1_axe_finds_no_violation(name: str, width: int, scheme: str, visitor: Visitor) -> None:
    page = visitor.page(width, color_scheme=scheme, bypass_csp=True)
    visit(page, visitor, name)
    page.add_script_tag(content=Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    faults = [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert faults == []
    assert len(found["passes"]) > 15


@pytest.mark.parametrize("name", PAGES)
def test_2_nothing_is_scrolled_sideways(name: str, visitor: Visitor) -> None:
    page = visitor.page(320)
    visit(page, visitor, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_3_less_motion_is_none(visitor: Visitor) -> None:
    page = visitor.page(reduced_motion="reduce")
    page.goto(f"{visitor.address}/?q=operation")
    page.evaluate("document.body.classList.add('busy')")
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e), b = getComputedStyle(e, '::before');
        return s.animationName !== 'none' || b.animationName !== 'none'
            || parseFloat(s.transitionDuration) > 0;
    }).length"""
    assert page.evaluate(moving) == 0


def test_4_the_keyboard_reaches_all_and_focus_is_seen(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto(f"{visitor.address}/?q=operation+Channel")
    first = page.evaluate("document.querySelectorAll('a[href], button, input, summary').length")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    state = """() => {
        const e = document.activeElement, s = getComputedStyle(e);
        if (e === document.body) return ['', true];
        const mark = e.dataset.seen ??= String(Math.random());
        return [mark, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2];
    }"""
    for _ in range(2 * first):
        mark, is_seen = page.evaluate(state)
        if not mark or mark in seen:
            break
        seen.add(mark)
        assert is_seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        page.keyboard.press("Tab")
    assert len(seen) > 60
