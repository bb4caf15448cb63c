"""Searches over time.

1. Counts are those of the releases; first and latest are the oldest and newest hits with a date.
2. Periods without material are no zeros: in the chart a gap, in the table a word.
3. The page shows up to five searches, and no parameter breaks it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from indexer import Index, Interval, SearchRequest, parse_query
from indexer.trends import MOST_PERIODS, periods, trend
from tests.releases import release
from webui import create_app
from webui.presenters.trends import path_of

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("trends") / "index") as index:
        with index.writer() as writer:
            writer.add(release("a", "heroin", day="2010-02-03", tags=[("organization", "un")]))
            writer.add(release("b", "heroin", day="2010-05-03"))
            writer.add(release("c", "hashish", day="2012-01-01"))
            writer.add(release("d", "heroin", day="2013-07-01", tags=[("organization", "osce")]))
            writer.add(release("e", "heroin"))
        yield index


def asked(query: str) -> SearchRequest:
    return SearchRequest(parse_query(query), collapse=False)


@pytest.mark.parametrize("query", ["operation", "heroin", "=ОДКБ", "zzzzqqq", "*"])
def test_1_counts_are_those_of_the_releases(sample: Index, query: str) -> None:
    one = trend(sample, asked(query), Interval.YEAR)
    found = list(sample.walk(asked(query)))
    years = Counter(each.date.year for each in found if each.date.year)
    counted = {day.year: bucket.hits for day, bucket in one.buckets.items() if bucket.hits}
    assert counted == dict(years)
    assert one.total == len(found) == sum(years.values()) + one.unknown + one.wider
    dated = [each.date.value for each in found if each.date.value]
    ends = [each and each.date.value for each in (one.first, one.latest)]
    assert ends == ([min(dated), max(dated)] if dated else [None, None])


def test_1_first_and_latest_of_a_few(small: Index) -> None:
    one = trend(small, asked("heroin"), Interval.MONTH)
    assert (one.first and one.first.id, one.latest and one.latest.id) == ("a", "d")
    assert (one.total, one.unknown) == (4, 1)
    assert {day: bucket.hits for day, bucket in one.buckets.items()} == {
        date(2010, 2, 1): 1,
        date(2010, 5, 1): 1,
        date(2012, 1, 1): 0,
        date(2013, 7, 1): 1,
    }


def test_2_periods_run_without_a_hole(small: Index) -> None:
    yearly = [trend(small, asked("heroin"), Interval.YEAR)]
    assert [day.year for day in periods(yearly, Interval.YEAR)] == [2010, 2011, 2012, 2013]
    monthly = [trend(small, asked("heroin"), Interval.MONTH)]
    months = periods(monthly, Interval.MONTH)
    assert len(months) == 42
    assert (months[0], months[11]) == (date(2010, 2, 1), date(2011, 1, 1))
    assert periods([], Interval.YEAR) == []


def test_2_a_span_that_is_too_long_is_told_by_what_is_there(small: Index) -> None:
    one = trend(small, asked("heroin"), Interval.MONTH)
    far = {**one.buckets, date(1500, 1, 1): next(iter(one.buckets.values()))}
    days = periods([type(one)(one.request, 1, far, 0, 0, None, None)], Interval.MONTH)
    assert days == sorted(far)
    assert MOST_PERIODS < (2010 - 1500) * 12


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ([], ""),
        ([0, 10], "M0.5 98.00L1.5 4.00"),
        ([None, 5, None, 0, 10], "M1.25 51.00H1.75M3.5 98.00L4.5 4.00"),
        ([None], ""),
    ],
)
def test_2_a_gap_breaks_the_line(line: list[float | None], path: str) -> None:
    assert path_of(line, 10) == path


def test_2_nothing_at_all_is_a_line_at_the_bottom() -> None:
    assert path_of([0, 0], 0) == "M0.5 98.00L1.5 98.00"


def rows(html: str) -> dict[str, list[str]]:
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    cells = {label: re.findall(r"<td[^>]*>(.*?)</td>", rest, re.DOTALL) for label, rest in found}
    return {
        label: [str(Markup(cell).striptags()) for cell in each] for label, each in cells.items()
    }


def test_2_the_table_says_no_material(small: Index) -> None:
    html = create_app(small).test_client().get("/trends?q=heroin&q=hashish").text
    assert rows(html) == {
        "2010": ["2 100.0%", "0 0.0%", "2"],
        "2011": ["no material"],
        "2012": ["0 0.0%", "1 100.0%", "1"],
        "2013": ["1 100.0%", "0 0.0%", "1"],
    }
    assert html.count('<rect class="gap" x="1"') == 1
    assert "(1 of them in no period)" in html
    assert "United Nations" in html


def test_3_cells_lead_to_their_releases(client: FlaskClient) -> None:
    html = client.get("/trends?q=operation&q=exercise&organization=un").text
    links = re.findall(r'<td class="num"><a href="([^"]*)"[^>]*>([\d,]+)</a>', html)
    assert len(links) > 20
    for url, number in links[::7]:
        found = client.get(unescape(url).replace("/?", "/api/v1/search?")).get_json()
        assert found["total"] == int(number.replace(",", ""))


def test_3_the_form_keeps_what_else_is_asked(client: FlaskClient) -> None:
    html = client.get("/trends?q=operation&organization=un&show=share&by=month&page=3").text
    form = html[html.index('<form class="queries"') : html.index("</form>", html.index("queries"))]
    kept = re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form)
    assert sorted(kept) == [("by", "month"), ("organization", "un"), ("show", "share")]
    assert form.count('name="q"') == 2


def test_3_more_than_five_are_too_many(client: FlaskClient) -> None:
    five = "&".join(f"q=word{n}" for n in range(5))
    assert client.get(f"/trends?{five}&q=word1&q=").status_code == 200
    answer = client.get(f"/trends?{five}&q=six")
    assert answer.status_code == 400
    assert "t most 5 searches" in answer.text


TEXTS = st.text(max_size=20) | st.sampled_from(
    ["month", "day", "share", "2018", HOSTILE, "*", "date:2018-13", "-1"]
)
NAMES = st.sampled_from(["q", "q", "by", "show", "from", "to", "page", "organization", "collapse"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(NAMES, TEXTS), max_size=7))
def test_3_no_parameters_are_a_fault(
    client: FlaskClient, parameters: list[tuple[str, str]]
) -> None:
    answer = client.get(f"/trends?{urlencode(parameters)}")
    assert answer.status_code in (200, 400)
    assert "<script>" not in answer.text
