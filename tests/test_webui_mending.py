"""Where no release has all that was asked, the page and the API say what to leave out.

1. Each part is a link to the search without it, with as many hits as the link then gives.
2. A filter is left out with all its values, chosen and excluded; the rest stays.
3. Where there is nothing to mend, nothing is said.
"""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings

from indexer import Index
from tests.test_webui_state import FACETS, states
from webui import create_app
from webui.state import SearchState


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def html_of(client: FlaskClient, url: str) -> str:
    return client.get(url).get_data(as_text=True)


def mended(html: str) -> list[tuple[str, str, int]]:
    """Address, text and count of each link."""
    found = re.search(r'<section class="mend".*?</section>', html, re.DOTALL)
    links = r'<a href="([^"]*)"[^>]*>(.*?)</a> <span class="n">([\d,]+) '
    return [
        (unescape(url), unescape(re.sub("<[^>]*>", "", text)), int(count.replace(",", "")))
        for url, text, count in re.findall(links, found[0] if found else "")
    ]


def total_of(html: str) -> int:
    return int(re.search(r'<h1 id="total">([\d,]+) ', html)[1].replace(",", ""))  # type: ignore[index]


@pytest.mark.parametrize(
    "url",
    [
        "/?q=heroin+submarine+Dushanbe",
        "/?q=heroin+submarine+Dushanbe&collapse=0",
        "/?q=%2Bsubmarine+heroin&sort=newest",
        "/?q=heroin&year=1950",
        "/?q=heroin&to=1950&language=ru",
        "/?organization=un&year=1950&exclude=language:ru",
    ],
)
def test_1_each_part_is_a_link_with_its_count(client: FlaskClient, url: str) -> None:
    links = mended(html_of(client, url))
    assert links
    for address, _, count in links:
        assert total_of(html_of(client, address)) == count > 0
    record = client.get(url.replace("/", "/api/v1/search", 1)).get_json()
    assert [one["total"] for one in record["help"]] == [count for _, _, count in links]
    for one in record["help"]:
        assert client.get(one["url"]).get_json()["total"] == one["total"]


def test_1_a_part_is_named_as_it_was_asked(client: FlaskClient) -> None:
    (word,) = mended(html_of(client, "/?q=heroin+submarine+Dushanbe"))
    assert word[:2] == ("/?q=heroin+Dushanbe", "without “submarine”")
    (span,) = mended(html_of(client, "/?q=heroin&from=1940&to=1950"))
    assert span[:2] == ("/?q=heroin", "without “Date: 1940–1950”")
    excluded = "".join(f"&exclude=certainty:{one}" for one in ("printed", "inferred", "unknown"))
    (values,) = mended(html_of(client, f"/?q=heroin{excluded}"))
    assert values[1] == "without “Certainty of the date: not Printed, not Inferred, not Unknown”"


@settings(max_examples=150, deadline=None)
@given(states)
def test_2_a_filter_goes_with_all_its_values(state: SearchState) -> None:
    for name in (*FACETS, "date"):
        left = state.without_facet(name)
        assert not any(own == name for own, _ in (*left.chosen, *left.excluded))
        assert name != "date" or not (left.start or left.end)
        assert left.page == 1
        others = {pair for pair in state.parameters() if pair[0] not in (name, "exclude", "page")}
        spans = {"from", "to"} if name == "date" else set()
        assert {pair for pair in others if pair[0] not in spans} <= set(left.parameters())


@pytest.mark.parametrize("url", ["/?q=heroin", "/?q=zzzzqqq", "/?q=submarine+AND+heroin"])
def test_3_nothing_is_said_where_nothing_is_to_mend(client: FlaskClient, url: str) -> None:
    assert 'class="mend"' not in html_of(client, url)


def test_3_where_some_releases_have_all_words_there_is_no_help(sample: Index) -> None:
    url = "/api/v1/search?q=heroin+opium+hashish+operation+Channel"
    record = create_app(sample).test_client().get(url).get_json()
    assert any(
        notice.startswith("Releases with all of these words") for notice in record["notices"]
    )
    assert record["help"] == []
