"""Reading on the page of a release: names and matches in the text, neighbours, versions beside.

1. Paragraphs of two versions are aligned in order; none is lost, none is there twice.
2. Every anchor that a page links to is on the page, once.
3. The previous and the next hit are those of the search.
4. A text that is being typed gets values, words and releases whose addresses work.
"""

import re
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index, SearchRequest
from webui import create_app
from webui.presenters.alignment import MOST, aligned

LENGTHS = st.lists(st.integers(0, 400), max_size=25)


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def get(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


@given(LENGTHS, LENGTHS)
def test_1_every_paragraph_stands_in_one_row(first: list[int], second: list[int]) -> None:
    beads = aligned(["x" * n for n in first], ["y" * n for n in second])
    assert list(chain.from_iterable(bead[0] for bead in beads)) == list(range(len(first)))
    assert list(chain.from_iterable(bead[1] for bead in beads)) == list(range(len(second)))
    assert all(bead[0] or bead[1] for bead in beads)


def test_1_paragraphs_of_like_length_go_together() -> None:
    first = ["a" * n for n in (300, 120, 500, 80)]
    second = ["b" * n for n in (310, 115, 250, 260, 85)]
    rows = [(list(one), list(other)) for one, other in aligned(first, second)]
    assert rows == [([0], [0]), ([1], [1]), ([2], [2, 3]), ([3], [4])]


def test_1_what_one_version_adds_stands_alone() -> None:
    first = ["a" * n for n in (300, 120, 500)]
    second = ["b" * n for n in (300, 120, 700, 500)]
    assert (range(2, 2), range(2, 3)) in aligned(first, second)


def test_1_long_texts_are_aligned_quickly_and_wholly() -> None:
    beads = aligned(["a" * 100] * (MOST + 200), ["b" * 100] * (MOST + 150))
    assert beads[-1] == (range(MOST, MOST + 200), range(MOST, MOST + 150))


def anchors(html: str) -> tuple[set[str], list[str]]:
    wanted = {unescape(target) for target in re.findall(r'href="#([^"]+)"', html)}
    return wanted, re.findall(r'\bid="([^"]+)"', html)


def test_2_tags_lead_to_their_places_in_the_text(client: FlaskClient, sample: Index) -> None:
    tagged = [release for release in sample.releases() if len(release.mentions) > 2]
    assert tagged
    for release in tagged[:40]:
        html = get(client, f"/release/{quote(release.id)}?q=operation")
        wanted, there = anchors(html)
        assert {f"name-{number}" for number in range(1, len(release.mentions) + 1)} <= wanted
        assert wanted <= set(there)
        assert len(there) == len(set(there)), release.id


def test_2_forms_of_the_query_are_counted(client: FlaskClient) -> None:
    html = get(client, "/?q=heroin")
    url = unescape(re.findall(r'<h2 lang="en"[^>]*><a href="([^"]+)"', html)[0])
    page = get(client, url)
    total = int(re.findall(r"<strong>(\d+) places? match", page)[0])
    assert total == len(re.findall(r'<mark id="hit-\d+"', page))
    forms = re.findall(r'<span class="form"><mark[^>]*>[^<]*</mark> (\d+)</span>', page)
    assert sum(map(int, forms)) == total


def hits(client: FlaskClient, query: str) -> list[str]:
    return [hit["id"] for hit in client.get(f"/api/v1/search?{query}").get_json()["hits"]]


@pytest.mark.parametrize("query", ["q=operation&size=5", "q=&organization=un&sort=newest&size=5"])
def test_3_neighbours_are_those_of_the_search(client: FlaskClient, query: str) -> None:
    there = hits(client, query.replace("size=5", "size=12"))
    for place in (1, 5, 6, 12):
        html = get(client, f"/release/{quote(there[place - 1])}?{query}&at={place}")
        links = dict(re.findall(r'<a href="([^"]+)" rel="(prev|next)"', html))
        found = {rel: unescape(url) for url, rel in links.items()}
        assert ("prev" in found) == (place > 1)
        if place < 12:
            assert found["next"].startswith(f"/release/{quote(there[place])}?")
            assert found["next"].endswith(f"&at={place + 1}")
        if place == 5:
            assert "page=2" in found["next"]


def test_3_a_release_alone_has_no_neighbours(client: FlaskClient, sample: Index) -> None:
    release = next(iter(sample.releases()))
    html = get(client, f"/release/{quote(release.id)}")
    assert 'rel="next"' not in html
    assert 'class="way"' not in html


def test_versions_stand_beside_each_other(client: FlaskClient, sample: Index) -> None:
    group = next(group for group in sample.groups() if len(group.members) > 1)
    one, other = (member.id for member in group.members[:2])
    page = get(client, f"/release/{quote(one)}?q=operation")
    (url, *_) = [u for u in re.findall(r'href="([^"]+)"', page) if "beside=" in u]
    html = get(client, unescape(url))
    for release_id in (one, other):
        release = sample.release(release_id)
        assert release is not None
        shown = "".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
        assert all("".join(part.split()) in shown for part in release.body.split("\n\n"))
    assert len(anchors(html)[1]) == len(set(anchors(html)[1]))
    assert 'class="pair"' in html


def test_beside_what_is_not_there_is_404(client: FlaskClient, sample: Index) -> None:
    release = next(iter(sample.releases()))
    get(client, f"/release/{quote(release.id)}?beside=none", 404)


def suggested(client: FlaskClient, query: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get(f"/api/v1/suggest?{query}").get_json()["suggestions"]
    return found


def test_4_values_words_and_releases_are_suggested(client: FlaskClient) -> None:
    found = suggested(client, "prefix=heroin+chan")
    kinds = {one["kind"] for one in found}
    assert {"operation", "word"} <= kinds
    channel = next(one for one in found if one["kind"] == "operation")
    assert channel["url"] == "/?q=heroin&operation=channel"
    assert channel["label"] == "Channel"
    assert {"release"} <= {one["kind"] for one in suggested(client, "prefix=operation")}


@pytest.mark.parametrize("prefix", ["heroin+chan", "ОД", "united+nat", "кан", "a", "operation+ch"])
def test_4_every_suggestion_leads_somewhere(client: FlaskClient, prefix: str) -> None:
    for one in suggested(client, f"prefix={prefix}"):
        get(client, one["url"])


def test_4_a_value_of_several_words_is_found_by_them(client: FlaskClient) -> None:
    found = suggested(client, "prefix=drugs+united+nations")
    assert found[0]["url"] == "/?q=drugs&organization=un"


@pytest.mark.parametrize("prefix", ["c", "ch", "un", "co", "o", "Со"])
def test_4_values_of_most_releases_come_first(
    client: FlaskClient, sample: Index, prefix: str
) -> None:
    names = ("operation", "organization", "exercise")
    counts = sample.rank(SearchRequest(page_size=1).faceted(*names)).facets
    found = suggested(client, f"prefix={prefix}&ui=ru")
    for name in names:
        values = [one["url"].rpartition(f"{name}=")[2] for one in found if one["kind"] == name]
        shown = [counts[name].get(unquote(value), 0) for value in values]
        assert shown == sorted(shown, reverse=True)
    assert any(one["kind"] in names for one in found)


def test_4_filters_stay_and_chosen_values_are_not_suggested_again(client: FlaskClient) -> None:
    found = suggested(client, "prefix=chan&operation=channel&year=2018")
    assert all("year=2018" in one["url"] for one in found)
    assert not any(one["label"] == "Channel" for one in found)


@pytest.mark.parametrize("prefix", ["", "+", '"seized', "a*", "x" * 200])
def test_4_nothing_is_suggested_for_queries_in_the_making(client: FlaskClient, prefix: str) -> None:
    assert suggested(client, f"prefix={prefix}") == []


def test_4_labels_are_in_the_language_of_the_pages(client: FlaskClient) -> None:
    found = suggested(client, "prefix=кан&ui=ru")
    assert any(one["label"] == "Канал" and one["kind_label"] == "Операция" for one in found)


def test_versions_are_one_hit_that_opens_or_each_their_own(client: FlaskClient) -> None:
    html = get(client, "/?q=operation+Channel")
    one, files = re.findall(r'<h1 id="total">(\d+) releases</h1>|there are (\d+) files', html)
    releases, files = int(one[0]), int(files[1])
    assert files > releases
    (url,) = re.findall(r'<a href="([^"]+)"[^>]*>List each</a>', html)
    apart = get(client, unescape(url))
    assert f'<h1 id="total">{files} files</h1>' in apart
    also = html[html.index('class="also"') :]
    other = unescape(re.findall(r'<li><a href="([^"]+)"', also)[0])
    get(client, other)


def test_what_a_release_said_before_is_shown_with_its_changes(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    line = '{"id": "r-1", "title": "The session", "text": "%s ministers met <b>on</b> Monday."}'
    with Index.create(tmp_path / "index") as index:
        for number in ("Nine", "Ten", "Eleven"):
            source.write_text(line % number)
            index.add_corpus(source)
        html = get(create_app(index).test_client(), "/release/r-1")
    ten = html.index("<del>Ten</del>")
    nine = html.index("<del>Nine</del>")
    assert html[ten:].startswith("<del>Ten</del><ins>Eleven</ins> ministers met")
    assert html[nine:].startswith("<del>Nine</del><ins>Ten</ins>")
    assert ten < nine
    assert "changed by" in html
    assert "<b>" not in html
