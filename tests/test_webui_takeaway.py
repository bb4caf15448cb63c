"""What can be taken from the pages.

1. Exports, references, feeds and descriptions are what their formats say they are.
2. The page leads to them, and its recipes ask the same.
3. Hostile texts and parameters break nothing.
"""

import io
import json
import re
import shlex
import zipfile
from html import unescape
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from indexer import Index
from indexer.citations import CITATIONS
from tests.releases import release
from webui import create_app
from webui.feeds import ATOM, ENTRIES, OPENSEARCH

HOSTILE = "<script>alert(1)</script>"
IN_ATOM = {"a": ATOM}


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Releases with what XML and HTML cannot carry as it is."""
    index = Index.create(tmp_path_factory.mktemp("odd") / "index")
    with index.writer() as writer:
        writer.add(release("a\\b {x}.txt", f"heroin {HOSTILE}\x00\x0b\ufffe", day="2018-05-01"))
        writer.add(release("2//?#", "heroin", title=f"{HOSTILE} ]]> \x1b", day="2019-01-01"))
        writer.add(release("undated", "heroin"))
    return create_app(index).test_client()


def text_of(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def hrefs(html: str, text: str) -> list[str]:
    links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [unescape(href) for href, inside in links if text in Markup(inside).striptags()]


def test_1_an_export_has_all_hits(client: FlaskClient) -> None:
    url = "q=operation&organization=un&sort=newest"
    found = client.get(f"/api/v1/search?{url}&size=200").get_json()
    answer = client.get(f"/api/v1/export/jsonl?{url}&page=3&size=5")
    assert answer.is_streamed
    assert answer.mimetype == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    ids = [json.loads(line)["id"] for line in archive.read("releases.jsonl").splitlines()]
    assert ids == [hit["id"] for hit in found["hits"]]
    assert len(ids) == found["total"] > 5
    assert found["build"] in answer.headers["Content-Disposition"]


def test_1_what_cannot_be_exported_is_told(client: FlaskClient) -> None:
    assert "jsonl" in client.get("/api/v1/export/xls").get_json()["error"]["message"]
    assert client.get("/api/v1/export/csv?q=date:2018-13").get_json()["error"]["position"] == 5


@pytest.mark.parametrize("format", CITATIONS)
def test_1_a_reference_is_that_of_the_release(
    format: str, client: FlaskClient, sample: Index
) -> None:
    for one in list(sample.releases())[::20]:
        answer = client.get(f"/cite/{format}/{quote(one.id)}")
        wanted = CITATIONS[format](one)
        shown = answer.get_data(as_text=True)
        assert (
            (json.loads(shown) == [wanted])
            if format == "csl"
            else shown.strip() == str(wanted).strip()
        )
    text_of(client, f"/cite/{format}/none", 404)


def test_1_the_page_of_a_release_cites_it(client: FlaskClient, sample: Index) -> None:
    one = next(sample.releases())
    html = text_of(client, f"/release/{quote(one.id)}")
    assert str(CITATIONS["plain"](one)) in unescape(html)
    (url,) = hrefs(html, "BibTeX")
    assert text_of(client, url).startswith("@misc{")


def test_1_the_feed_has_the_newest_first(client: FlaskClient) -> None:
    answer = client.get("/feed.atom?q=operation&organization=un&page=9&sort=oldest")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)
    found = client.get("/api/v1/search?q=operation&organization=un&sort=newest&size=50").get_json()
    dated = [hit for hit in found["hits"] if hit["date"]]
    entries = feed.findall("a:entry", IN_ATOM)
    days = [entry.findtext("a:updated", "", IN_ATOM) for entry in entries]
    assert days == [f"{hit['date']}T00:00:00Z" for hit in dated][:ENTRIES]
    assert len(entries) > 5
    for part in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{part}", "", IN_ATOM)
        assert part.startswith("author") or all(
            entry.findtext(f"a:{part}", None, IN_ATOM) is not None for entry in entries
        )
    ids = [entry.findtext("a:id", "", IN_ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for page in ids[:3]:
        text_of(client, urlsplit(page).path)


def test_1_a_feed_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/feed.atom?q=heroin")
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/feed.atom?q=heroin", headers=headers).status_code == 304
    assert client.get("/feed.atom?q=hashish", headers=headers).status_code == 200


def test_1_undated_releases_are_in_no_feed(odd: FlaskClient) -> None:
    feed = ET.fromstring(odd.get("/feed.atom?q=heroin").data)
    assert len(feed.findall("a:entry", IN_ATOM)) == 2


def test_1_browsers_learn_to_search_here(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/opensearch.xml").data)
    urls = root.findall(f"{{{OPENSEARCH}}}Url")
    assert [url.get("type") for url in urls] == [
        "text/html",
        "application/atom+xml",
        "application/json",
    ]
    for url in urls:
        filled = url.get("template", "").replace("{searchTerms}", "heroin+seizure")
        address = re.sub(r"[?&]\w+=\{\w+\?\}", "", filled)
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.mimetype == url.get("type")
    head = text_of(client, "/?q=heroin")
    assert 'rel="search" type="application/opensearchdescription+xml"' in head
    assert 'type="application/atom+xml"' in head
    assert 'href="/feed.atom?q=heroin"' in head


def test_2_the_page_leads_to_all(client: FlaskClient) -> None:
    (take,) = hrefs(text_of(client, "/?q=operation&organization=un"), "Take it away")
    html = text_of(client, take)
    assert hrefs(html, "Back to results") == ["/?q=operation&organization=un"]
    for label, kind in (("CSV", "application/zip"), ("Atom feed", "application/atom+xml")):
        (url,) = hrefs(html, label)[:1]
        with client.get(url) as answer:
            assert answer.mimetype == kind


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=12), st.sampled_from(["", "&organization=un", "&from=2018&page=2&size=3"]))
def test_2_the_call_asks_the_same(client: FlaskClient, q: str, more: str) -> None:
    asked = f"{urlencode({'q': q})}{more}"
    html = text_of(client, f"/take?{asked}")
    shown = re.search(r'aria-labelledby="call"><code>(.*?)</code>', html, re.DOTALL)
    assert shown is not None
    program, url = shlex.split(unescape(shown[1]))
    assert program == "curl"
    parts = urlsplit(url)
    one, other = (
        client.get(path).get_json()
        for path in (f"{parts.path}?{parts.query}", f"/api/v1/search?{asked}")
    )
    assert [hit["id"] for hit in one["hits"]] == [hit["id"] for hit in other["hits"]]
    assert one["total"] == other["total"]


@pytest.mark.parametrize(
    "url", ["/take", "/feed.atom", "/api/v1/export/csv", "/cite/plain", "/cite/x/y"]
)
@pytest.mark.parametrize("q", [HOSTILE, f"heroin '\"{HOSTILE}", "heroin\x00\x0b", "a&b;'$(x)`y`"])
def test_3_no_text_becomes_markup(url: str, q: str, odd: FlaskClient) -> None:
    answer = odd.get(f"{url}?{urlencode({'q': q})}")
    assert answer.status_code in (200, 404)
    if answer.mimetype == "text/html":
        bare = re.sub(r'<script src="/static/desk.js[^>]*></script>', "", answer.text)
        assert "<script" not in bare
    elif answer.mimetype.endswith("xml"):
        ET.fromstring(answer.data)


def test_3_odd_ids_are_reached(odd: FlaskClient) -> None:
    feed = ET.fromstring(odd.get("/feed.atom?q=heroin").data)
    for link in feed.findall("a:entry/a:link", IN_ATOM):
        path = urlsplit(link.get("href", "")).path
        html = text_of(odd, path)
        for url in hrefs(html, "RIS"):
            assert text_of(odd, url).startswith("TY  - GEN\r\n")


ASKED = "q year organization exclude from to sort page size expand collapse ui x"
NAMES = st.sampled_from(ASKED.split())
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["2018", "un", "unknown", "*", "year:20x8", HOSTILE, "-1", "99999999999", "a OR", "٣"]
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/take", "/feed.atom", "/opensearch.xml", "/api/v1/export/ris"]),
    st.lists(st.tuples(NAMES, TEXTS), max_size=5),
)
def test_3_no_parameters_are_a_fault_of_the_server(
    odd: FlaskClient, path: str, parameters: list[tuple[str, str]]
) -> None:
    answer = odd.get(f"{path}?{urlencode(parameters)}")
    assert answer.status_code in (200, 400)
    if answer.mimetype.endswith("xml"):
        ET.fromstring(answer.data)
