"""Pages of names.

1. Every entry of every authority file is listed and has a page.
2. A page says what the index says: releases, years, first and latest, what stands beside it.
3. Nothing in an address breaks a page.
4. Tags of hits and of releases lead there, so do chosen values, and facets to their lists.
"""

import re
from collections import Counter
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from indexer import Filter, Index, SearchRequest, Sort, parse_query
from webui import create_app


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def hrefs(html: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'<a [^>]*?href="([^"]*)"', html)]


def carrying(facet: str, value: str) -> SearchRequest:
    return SearchRequest().where(Filter.any_of(facet, value))


def test_1_every_entry_is_listed_and_has_a_page(client: FlaskClient, sample: Index) -> None:
    facets = [url for url in hrefs(client.get("/names").text) if re.fullmatch(r"/names/\w+", url)]
    assert facets == ["/names/operation", "/names/organization", "/names/exercise"]
    assert "/names" in hrefs(client.get("/").text)
    for url in facets:
        facet = sample.facets[url.split("/")[-1]]
        listed = [u for u in hrefs(client.get(url).text) if u.startswith(f"{url}/")]
        assert sorted(listed) == sorted(f"{url}/{quote(one)}" for one in facet.entries)
        for page in listed:
            answer = client.get(page)
            assert answer.status_code == 200
            levels = [int(level) for level in re.findall(r"<h([1-6])", answer.text)]
            assert levels.count(1) == 1


def test_2_the_list_counts_releases(client: FlaskClient, sample: Index) -> None:
    html = client.get("/names/organization").text
    shown = dict(re.findall(r'/names/organization/([^"]*)">[^<]*</a> <span class="n">(\d+)<', html))
    for value in ("un", "osce", "interpol"):
        assert int(shown[value]) == sample.rank(carrying("organization", value)).total


def test_2_names_in_every_language(client: FlaskClient, sample: Index) -> None:
    html = client.get("/names/organization/osce").text
    entry = sample.facets["organization"].entries["osce"]
    assert len(entry.names) >= 5
    for code, names in entry.names.items():
        row = re.search(rf'<dd lang="{code}" dir="auto">(.*?)</dd>', html)
        assert row is not None
        assert set(names) <= set(unescape(row[1]).split(", "))
        assert entry.labels.get(code, names[0]) in unescape(row[1])


def test_2_first_and_latest(client: FlaskClient, sample: Index) -> None:
    asked = carrying("operation", "channel").where(Filter.none_of("year", "unknown"))
    html = client.get("/names/operation/channel").text
    for name, sort in (("First:", Sort.OLDEST), ("Latest:", Sort.NEWEST)):
        wanted = sample.search(asked.sorted(sort).page(1, 1)).hits[0].release
        shown = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", html, re.DOTALL)
        assert shown is not None
        assert wanted.title in Markup(shown[1]).striptags()


def test_2_parts_with_their_years(client: FlaskClient, sample: Index) -> None:
    facet = sample.facets["operation"]
    html = client.get("/names/operation/channel").text
    table = html[html.index('<table class="stages">') :]
    below = [v for v in facet.entries if v != "channel" and "channel" in facet.with_ancestors(v)]
    listed = re.findall(r'<th scope="row"><a href="/names/operation/([^"]*)"', table)
    assert listed == below
    for value in below[:8]:
        row = re.search(rf'<a href="/names/operation/{value}".*?</tr>', table, re.DOTALL)
        assert row is not None
        total = re.search(r'<td class="num">(\d+)</td>', row[0])
        assert total is not None
        assert int(total[1]) == sample.rank(carrying("operation", value)).total
        years = {
            int(y): int(n) for y, n in re.findall(r'>(\d{4})</a> <span class="n">(\d+)', row[0])
        }
        request = SearchRequest(collapse=False).where(Filter.any_of("operation", value))
        named = Counter(one.date.year for one in sample.walk(request) if one.date.year)
        assert set(years) == set(named)
        assert all(years[year] <= named[year] for year in years)


@pytest.mark.parametrize(
    ("facet", "value", "other", "beside"),
    [
        ("operation", "channel", "organization", "un"),
        ("organization", "osce", "organization", "un"),
    ],
)
def test_2_what_stands_beside_it(
    client: FlaskClient, sample: Index, facet: str, value: str, other: str, beside: str
) -> None:
    html = client.get(f"/names/{facet}/{value}").text
    shown = re.search(
        rf'/names/{other}/{beside}">[^<]*</a> <a class="n" href="([^"]*)"[^>]*>(\d+)<', html
    )
    assert shown is not None
    both = [
        one
        for one in sample.walk(carrying(facet, value))
        if beside in sample.facets[other].values_of(one)
    ]
    assert int(shown[2]) >= len(both) > 0
    found = client.get(unescape(shown[1]).replace("/?", "/api/v1/search?", 1)).get_json()
    assert found["total"] == int(shown[2])


def test_3_what_is_not_there_is_404(client: FlaskClient) -> None:
    for url in ("/names/year", "/names/none", "/names/operation/none", "/names/year/2018"):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "There is no such name" in answer.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_3_no_address_is_a_fault(client: FlaskClient, one: str, other: str) -> None:
    for url in (
        f"/names/{quote(one)}",
        f"/names/operation/{quote(other)}",
        f"/names/{quote(one, '')}/{quote(other, '')}",
        f"/names/operation/channel?{urlencode({one: other, 'q': other})}",
    ):
        answer = client.get(url)
        assert answer.status_code in (200, 308, 404)
        assert "<script>" not in answer.text


def test_4_tags_lead_to_their_pages(client: FlaskClient, sample: Index) -> None:
    html = client.get("/?q=operation+Channel&operation=channel&exclude=organization:un").text
    lists = [url for url in hrefs(html) if url in ("/names/operation", "/names/organization")]
    assert lists == ["/names/operation", "/names/organization"]
    pages = [url for url in hrefs(html) if url.startswith("/names/") and url.count("/") > 2]
    hits = sample.search(SearchRequest(parse_query("operation Channel")).page(1, 20)).hits
    assert hits
    assert pages.count("/names/operation/channel") > 2
    assert "/names/operation/channel/granite-bastion" in pages
    for url in dict.fromkeys(pages):
        assert client.get(url).status_code == 200


def test_4_a_release_leads_to_the_pages_of_its_tags(client: FlaskClient, sample: Index) -> None:
    facets = ("operation", "organization", "exercise")
    for release in list(sample.releases())[::20]:
        found = hrefs(client.get(f"/release/{quote(release.id)}").text)
        for name in facets:
            facet = sample.facets[name]
            wanted = {f"/names/{name}/{quote(one)}" for one in facet.values_of(release)}
            assert wanted <= set(found) | {f"/names/{name}/unknown"}
