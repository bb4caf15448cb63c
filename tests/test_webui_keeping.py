"""Pages that are kept are those that would be made anew.

1. A kept page is the same, byte by byte and header by header, and another language, encoding or
   build has a page of its own.
2. A reader who has a page already is told so, and only then.
3. What is no page of hits is not kept: faults, records, what sets a cookie.
4. What is kept is bounded, and what was asked for last stays.
"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from indexer import Index, SearchRequest
from tests.releases import release
from webui import create_app
from webui.keeping import ENTRY_BYTES, Pages


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index.create(tmp_path / "index")
    with made.writer() as writer:
        writer.add(release("a", "Police seized heroin. " * 30))
    return made


@pytest.fixture
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[SearchRequest]:
    """The searches that were really made."""
    made: list[SearchRequest] = []
    search = Index.search

    def counted(self: Index, request: SearchRequest) -> object:
        made.append(request)
        return search(self, request)

    monkeypatch.setattr(Index, "search", counted)
    return made


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_1_a_kept_page_is_the_same(
    client: FlaskClient, searches: list[SearchRequest], encoding: str
) -> None:
    first, second = (client.get("/?q=heroin", headers={"Accept-Encoding": encoding}) for _ in "ab")
    assert first.data == second.data
    assert first.headers == second.headers
    assert first.headers.get("Content-Encoding") == (encoding if encoding == "gzip" else None)
    assert len(searches) == 1


def test_1_another_reader_has_another_page(
    client: FlaskClient, searches: list[SearchRequest]
) -> None:
    ways: list[dict[str, str]] = [
        {},
        {"Accept-Language": "ru"},
        {"Accept-Encoding": "gzip"},
        {"Accept-Language": "hy"},
    ]
    pages = [client.get("/?q=heroin", headers=way).data for way in ways]
    pages += [client.get("/?q=heroin", base_url="http://example.org").data]
    pages += [client.get("/?q=heroin&why=1").data]
    assert len(searches) == len(pages)
    assert len(set(pages)) >= len(pages) - 1


def test_1_a_commit_makes_new_pages(client: FlaskClient, index: Index) -> None:
    assert "1 release<" in client.get("/?q=heroin").get_data(as_text=True)
    etag = client.get("/?q=heroin").headers["ETag"]
    with index.writer() as writer:
        writer.add(release("b", "No heroin was found."))
    answer = client.get("/?q=heroin", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "2 releases<" in answer.get_data(as_text=True)


def test_2_who_has_the_page_is_told_so(client: FlaskClient) -> None:
    for _ in range(2):  # Made for this answer, and kept.
        first = client.get("/?q=heroin&why=1")
        again = client.get("/?q=heroin&why=1", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Content-Security-Policy"]
        other = client.get("/?q=heroin", headers={"If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200


@pytest.mark.parametrize("url", ["/?sort=x", "/?q=heroin&ui=ru", "/api/v1/search?q=heroin"])
def test_3_what_is_no_page_of_hits_is_made_anew(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    kept: list[object] = []
    monkeypatch.setattr(Pages, "keep", lambda *given: kept.append(given))
    client.get(url)
    client.head("/?q=heroin")
    client.post("/?q=heroin")
    assert kept == []


def test_4_what_is_kept_is_bounded() -> None:
    room = ENTRY_BYTES + 100
    pages = Pages(capacity=3 * room)
    for number in range(10):
        pages.keep(("build", str(number), "en", True), Response(b"x" * 90))
        assert pages.nbytes <= 3 * room
        assert pages.get(("build", "0", "en", True)) is not None or number > 2
        if number == 2:
            pages.get(("build", "0", "en", True))
    assert len(pages) == 3
    one = pages.get(("build", "9", "en", True))
    assert one is not None
    assert one.get_data() == b"x" * 90
    pages.keep(("build", "huge", "en", True), Response(b"x" * 4 * room))
    assert len(pages) == 3
