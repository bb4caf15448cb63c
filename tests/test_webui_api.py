from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer import BuildReport, Index, page_record, parse_query, release_record
from indexer.request import SearchRequest
from webui import create_app
from webui.state import PAGE_SIZE


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    app = create_app(sample)
    app.testing = True
    return app.test_client()


def get(client: FlaskClient, url: str, status: int = 200) -> Any:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    return answer.get_json()


def test_search_gives_the_record_of_the_page(client: FlaskClient, sample: Index) -> None:
    record = get(client, "/api/v1/search?q=operation+Channel&sort=newest")
    request = SearchRequest(parse_query("operation Channel"), page_size=PAGE_SIZE)
    page = sample.search(request.faceted(*sample.facets))
    wanted = page_record(page, sample.facets)
    assert record["total"] == wanted["total"] > PAGE_SIZE
    assert set(record) == set(wanted)
    for name, values in wanted["facets"].items():
        shown = [
            {k: v for k, v in value.items() if k != "toggle_url"}
            for value in record["facets"][name]
        ]
        assert shown == values


def test_no_query_finds_everything(client: FlaskClient, sample_report: BuildReport) -> None:
    assert get(client, "/api/v1/search")["files"] == sample_report.indexed


def test_every_toggle_gives_the_count_that_it_shows(client: FlaskClient) -> None:
    record = get(client, "/api/v1/search?q=operation+Channel")
    for name, values in record["facets"].items():
        for value in values[:3]:
            narrowed = get(client, value["toggle_url"])
            assert narrowed["total"] == value["count"]
            (chosen,) = [v for v in narrowed["facets"][name] if v["value"] == value["value"]]
            assert chosen["selected"]
            assert get(client, chosen["toggle_url"])["total"] == record["total"]


def test_pages_follow_one_another(client: FlaskClient) -> None:
    first = get(client, "/api/v1/search?q=operation&size=5")
    second = get(client, "/api/v1/search?q=operation&size=5&page=2")
    ids = [hit["id"] for hit in first["hits"] + second["hits"]]
    assert len(set(ids)) == 10
    assert get(client, "/api/v1/search?q=operation&page=1000000000")["hits"] == []


def test_a_release_by_its_id(client: FlaskClient, sample: Index) -> None:
    for hit in get(client, "/api/v1/search?q=operation&size=30")["hits"]:
        release = sample.release(hit["id"])
        assert release is not None
        record = get(client, f"/api/v1/releases/{quote(hit['id'])}")
        assert record.pop("build") == sample.statistics().build
        assert record == release_record(release, sample.facets, sample.group_of(release.id))


@pytest.mark.parametrize(
    ("url", "status", "code", "position"),
    [
        ("/api/v1/search?q=heroin date:2018-13", 400, "bad_date", 12),
        ("/api/v1/search?page=x", 400, "bad_page", None),
        ("/api/v1/search?organization=nobody", 400, "unknown_value", None),
        ("/api/v1/search?from=2019&to=2018", 400, "bad_range", None),
        ("/api/v1/releases/none", 404, "not_found", None),
        ("/api/v1/none", 404, "not_found", None),
    ],
)
def test_errors_have_one_shape(
    client: FlaskClient, url: str, status: int, code: str, position: int | None
) -> None:
    error = get(client, url, status)["error"]
    assert set(error) == {"code", "message", "position", "hint"}
    assert (error["code"], error["position"]) == (code, position)


def test_another_method_is_not_allowed(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert answer.get_json()["error"]["code"] == "method_not_allowed"
    assert "GET" in answer.headers["Allow"]
