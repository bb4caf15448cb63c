"""Static files: kept for good under an address that changes with them, small, and all our own.

1. The address of a static file carries a print of its content, and only that address is kept.
2. All that a first page loads comes from here, and is small.
3. What is sent compressed is the same page.
"""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from indexer import Index
from webui import create_app

FIRST_LOAD = 60_000
"""Bytes, as they are sent."""
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def size(client: FlaskClient, url: str) -> int:
    with client.get(url, headers=GZIP) as answer:
        assert answer.status_code == 200
        return len(answer.get_data())


def loaded(client: FlaskClient, url: str) -> list[str]:
    """The addresses that a page loads by itself."""
    html = client.get(url).get_data(as_text=True)
    tags = re.findall(r"<(?:link|script|img|source|iframe)\b[^>]*>", html)
    # Feeds and descriptions of the search are only named, for whoever asks for them.
    named = re.compile('rel="(?:alternate|search)"')
    found = [re.search(r'(?:href|src)="([^"]*)"', tag) for tag in tags if not named.search(tag)]
    return [match[1].replace("&amp;", "&") for match in found if match]


def test_1_a_named_version_is_kept_for_good(client: FlaskClient) -> None:
    for url in loaded(client, "/"):
        with client.get(url) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("url", ["/static/style.css", "/static/style.css?v=other"])
def test_1_any_other_version_is_asked_for_again(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_1_pages_are_asked_for_again_and_not_shared(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("language", ["en", "ru", "hy", "kk"])
@pytest.mark.parametrize("path", ["/?", "/?q=operation+Channel&", "/help?"])
def test_2_a_first_load_is_small_and_from_here(
    client: FlaskClient, path: str, language: str
) -> None:
    url = f"{path}ui={language}"
    parts = loaded(client, url)
    assert all(part.startswith("/static/") for part in parts)
    total = sum(size(client, each) for each in (url, *parts))
    assert total < FIRST_LOAD, f"{url} loads {total} bytes"


@pytest.mark.parametrize("url", ["/?q=channel", "/api/v1/search?q=channel"])
def test_3_a_compressed_answer_is_the_same(client: FlaskClient, url: str) -> None:
    plain, packed = client.get(url), client.get(url, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    timed = re.compile(rb'"took_ms":[0-9.]+')
    assert timed.sub(b"", gzip.decompress(packed.data)) == timed.sub(b"", plain.data)


def test_3_a_short_answer_is_sent_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/none", headers=GZIP)
    assert "Content-Encoding" not in answer.headers


def test_2_nothing_blocks_but_one_style_sheet(client: FlaskClient) -> None:
    html = client.get("/?q=channel").get_data(as_text=True)
    assert len(re.findall(r'<link rel="stylesheet"', html)) == 1
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert len(scripts) == 1
    assert 'type="module"' in scripts[0]
    with client.get("/static/style.css") as answer:
        css = answer.get_data(as_text=True)
    assert "url(" not in css
    assert "@import" not in css
    with client.get("/static/desk.js") as answer:
        assert "import" not in answer.get_data(as_text=True)
