"""The description of the API is what the API does: real answers against its schemas.

1. Every route of the API is described, and nothing else is.
2. Answers, errors among them, fit the schema that their route and status name.
3. Every described parameter is understood, and each facet is one.
"""

import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from indexer import FORMATS, Index
from webui import create_app
from webui.state import WAYS


@pytest.fixture(scope="module")
def app(sample: Index) -> Flask:
    return create_app(sample)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return found


def check(described: dict[str, Any], path: str, answer: Any) -> None:
    responses = described["paths"][path]["get"]["responses"]
    schema = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
    whole = schema | {"components": described["components"]}
    Draft202012Validator.check_schema(whole)
    faults = [e.message for e in Draft202012Validator(whole).iter_errors(answer.get_json())]
    assert faults == []


def test_1_every_route_is_described(app: Flask, described: dict[str, Any]) -> None:
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert set(described["paths"]) == routes


@pytest.mark.parametrize(
    ("path", "url", "status"),
    [
        ("/api/v1/search", "?q=operation+Channel&organization=un&sort=newest&page=2&size=3", 200),
        ("/api/v1/search", "?q=&exclude=language:ru&from=2015&to=2018-05", 200),
        ("/api/v1/search", "?q=heroin+channel&why=1", 200),
        ("/api/v1/search", "?q=zzzzqqq", 200),
        ("/api/v1/search", "?q=seized+heroin&why=1&without=seized&translate=0&variants=0", 200),
        ("/api/v1/search", "?q=heroin&without=operation:none", 400),
        ("/api/v1/search", "?q=date:2018-13", 400),
        ("/api/v1/search", "?page=x", 400),
        ("/api/v1/search", "?q=heroin&build=000000-000000", 410),
        ("/api/v1/suggest", "?prefix=a&build=../x", 410),
        ("/api/v1/suggest", "?prefix=operation+chan", 200),
        ("/api/v1/suggest", "?prefix=a&sort=x", 400),
        ("/api/v1/openapi.json", "", 200),
    ],
)
def test_2_answers_fit(
    path: str, url: str, status: int, client: FlaskClient, described: dict[str, Any]
) -> None:
    answer = client.get(path + url)
    assert answer.status_code == status
    check(described, path, answer)


def test_2_releases_fit_with_their_tags(
    client: FlaskClient, described: dict[str, Any], sample: Index
) -> None:
    path = "/api/v1/releases/{id}"
    tag = {"$ref": "#/components/schemas/Tag", "components": described["components"]}
    tags = Draft202012Validator({"type": "array", "items": tag} | {"components": tag["components"]})
    for release in list(sample.releases())[::5]:
        answer = client.get(f"/api/v1/releases/{quote(release.id)}")
        check(described, path, answer)
        assert tags.is_valid(answer.get_json()["organizations"])
    missing = client.get("/api/v1/releases/none")
    assert missing.status_code == 404
    check(described, path, missing)


def test_2_exports_fit(client: FlaskClient, described: dict[str, Any]) -> None:
    path = "/api/v1/export/{format}"
    operation = described["paths"][path]["get"]
    (formats,) = (p["schema"]["enum"] for p in operation["parameters"] if p["name"] == "format")
    assert set(formats) == set(FORMATS)
    for name in formats:
        with client.get(f"/api/v1/export/{name}?q=heroin") as answer:
            assert answer.mimetype in operation["responses"]["200"]["content"]
    for url, status in (("xls", 404), ("csv?q=date:2018-13", 400)):
        answer = client.get(f"/api/v1/export/{url}")
        assert answer.status_code == status
        check(described, path, answer)


def test_3_parameters_are_understood(client: FlaskClient, described: dict[str, Any]) -> None:
    named = {p["name"]: p for p in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert set(named) >= {"q", "exclude", "from", "to", "sort", "page", "size", "without", *WAYS}
    for order in named["sort"]["schema"]["enum"]:
        assert client.get(f"/api/v1/search?sort={order}").status_code == 200
    most = named["size"]["schema"]["maximum"]
    assert client.get(f"/api/v1/search?q=heroin&size={most}").status_code == 200
    assert client.get(f"/api/v1/search?q=heroin&size={most + 1}").status_code == 400
