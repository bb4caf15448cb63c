"""Keyword in context.

1. Each mark of each release is in exactly one line, with the text around it as it stands there.
2. Lines can be ordered by the words before and behind; equal ones stay in the order of hits.
3. The work is bounded, and what was left out is told; an export has all lines.
4. The page shows it, leads to the places, and no parameter breaks it.
"""

import csv
import io
import re
import zipfile
from html import unescape
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Index, SearchRequest, parse_query
from indexer.concordance import WIDTH, Order, keywords_in_context, lines_of
from indexer.response import MarkedText
from tests.releases import release
from webui import create_app

HOSTILE = "<script>alert(1)</script>"
TEXT = "Police seized heroin near Osh.\n\nHeroin was\nfound; heroin  seized\n\nheroin"


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def marked(text: str, *words: str) -> MarkedText:
    found = re.finditer("|".join(words), text, re.IGNORECASE) if words else ()
    return MarkedText(text, tuple(one.span() for one in found))


def test_1_lines_of_a_text() -> None:
    one = release("a", TEXT, title="Heroin")
    lines = list(lines_of(one, marked("Heroin", "heroin"), marked(TEXT, "heroin", "seized")))
    assert [(line.part, line.number, line.keyword) for line in lines] == [
        ("title", 1, "Heroin"),
        ("body", 2, "seized heroin"),
        ("body", 4, "Heroin"),
        ("body", 5, "heroin seized"),
        ("body", 7, "heroin"),
    ]
    assert (lines[1].before, lines[1].after) == (
        "Police",
        "near Osh. Heroin was found; heroin seized heroin",
    )
    assert lines[4].after == ""


@given(st.text(alphabet="ab \n", max_size=300), st.sampled_from(["a", "ab", "b+", "a b"]))
def test_1_every_mark_is_in_one_line_and_contexts_are_of_the_text(text: str, word: str) -> None:
    whole = marked(text, word)
    lines = list(lines_of(release("a", text), MarkedText(""), whole))
    assert [line.number for line in lines] == sorted({line.number for line in lines})
    ends = [*(line.number for line in lines), len(whole.marks) + 1][1:]
    flat = " ".join(text.split())
    for line, end in zip(lines, ends, strict=True):
        own = whole.marks[line.number - 1 : end - 1]
        assert line.keyword == " ".join(text[own[0][0] : own[-1][1]].split())
        assert line.before in flat
        assert line.after in flat
        assert max(len(line.before), len(line.after)) <= WIDTH


def test_1_all_matches_of_the_archive_are_there(sample: Index) -> None:
    hits = sample.all_hits(SearchRequest(parse_query("operation"), collapse=False))
    found = keywords_in_context(hits.releases, hits.marked, Order.HITS)
    marks = [
        part.text[start:end]
        for one in sample.walk(hits.request)
        for part in hits.marked(one)
        for start, end in part.marks
    ]
    assert len(marks) > 40
    assert sum(len(line.keyword.split()) for line in found.lines) >= len(marks)
    assert " ".join(line.keyword for line in found.lines).split() == " ".join(marks).split()


def test_2_lines_are_ordered_by_their_neighbours() -> None:
    bodies = ["Zeta x Beta", "alpha x gamma", "Éta zeta x alpha", "x", "beta x Gamma"]
    releases = [release(str(number), body) for number, body in enumerate(bodies)]

    def ordered(order: Order) -> list[str]:
        found = keywords_in_context(
            releases, lambda r: (MarkedText(""), marked(r.body, "x")), order
        )
        assert found.read == 5
        return [line.release.id for line in found.lines]

    assert ordered(Order.HITS) == ["0", "1", "2", "3", "4"]
    assert ordered(Order.RIGHT) == ["3", "2", "0", "1", "4"]
    assert ordered(Order.LEFT) == ["3", "1", "4", "0", "2"]


def test_3_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(releases: int, characters: int) -> int:
        monkeypatch.setattr("indexer.concordance.MOST_RELEASES", releases)
        monkeypatch.setattr("indexer.concordance.MOST_CHARACTERS", characters)
        many = (release(str(number), "x" * 100) for number in range(50))
        return keywords_in_context(
            many, lambda r: (MarkedText(""), MarkedText(r.body)), Order.LEFT
        ).read

    assert read(100, 10**6) == 50
    assert read(7, 10**6) == 7
    assert read(100, 250) == 3
    monkeypatch.setattr("indexer.concordance.MOST_LINES", 4)
    all_marked = (release(str(number), "x y x") for number in range(50))
    found = keywords_in_context(
        all_marked, lambda r: (MarkedText(""), marked(r.body, "x")), Order.HITS
    )
    assert found.read == 3


def test_3_what_was_not_read_is_told_and_exported(
    client: FlaskClient, sample: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.concordance.MOST_RELEASES", 3)
    html = client.get("/concordance?q=operation").text
    total = sample.rank(SearchRequest(parse_query("operation"))).total
    assert f"the first 3 of {total} releases" in html
    url = unescape(re.findall(r'href="(/api/v1/export/concordance[^"]*)"', html)[0])
    archive = zipfile.ZipFile(io.BytesIO(client.get(url).data))
    text = archive.read("concordance.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    hits = sample.all_hits(SearchRequest(parse_query("operation")))
    wanted = [line for one in hits.releases for line in lines_of(one, *hits.marked(one))]
    assert [(row["id"], row["keyword"], row["part"]) for row in rows] == [
        (line.release.id, line.keyword, line.part) for line in wanted
    ]
    assert len(rows) > 100


def cells(html: str) -> list[tuple[str, str]]:
    """Address and keyword of each line."""
    found = re.findall(r'<td lang="\w*"><a href="([^"]*)"><mark>(.*?)</mark>', html)
    return [(unescape(url), unescape(keyword)) for url, keyword in found]


def test_4_pages_hold_all_lines_once(client: FlaskClient, sample: Index) -> None:
    hits = sample.all_hits(SearchRequest(parse_query("operation"), page_size=20))
    count = len(keywords_in_context(hits.releases, hits.marked, Order.HITS).lines)
    url, seen = "/concordance?q=operation&order=right", list[tuple[str, str]]()
    while url:
        html = client.get(url).text
        seen += cells(html)
        following = re.findall(r'href="([^"]*)" rel="next"', html)
        url = unescape(following[0]) if following else ""
    assert len(seen) == count > 50
    assert len({url for url, _ in seen}) == count


def test_4_a_line_leads_to_its_place(client: FlaskClient) -> None:
    for url, keyword in cells(client.get("/concordance?q=operation").text)[::9]:
        page, _, anchor = url.partition("#")
        shown = re.findall(rf'<mark id="{anchor}">(.*?)</mark>', client.get(page).text)
        assert keyword.startswith(unescape(shown[0]))


def test_4_nothing_asked_and_nothing_found(client: FlaskClient) -> None:
    assert "Search for words to see" in client.get("/concordance").text
    assert "No word of a release matches" in client.get("/concordance?q=zzzzqqq").text
    assert "There is no page 99" in client.get("/concordance?q=operation&page=99").text


TEXTS = st.text(max_size=20) | st.sampled_from(["left", "2018", HOSTILE, "*", "-1", "999999999"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(["q", "order", "page", "size", "from"]), TEXTS)))
def test_4_no_parameters_are_a_fault(
    client: FlaskClient, parameters: list[tuple[str, str]]
) -> None:
    answer = client.get(f"/concordance?{urlencode(parameters)}")
    assert answer.status_code in (200, 400)
    assert "<script>" not in answer.text


def test_4_headings_stand_in_order(client: FlaskClient) -> None:
    html = client.get("/concordance?q=operation").text
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
