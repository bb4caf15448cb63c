"""Releases that are like one, on its page and in the API.

1. The page and the API list the same releases in the same order, none a version of it.
2. Each says what it shares: names by their labels, words as they stand.
3. A size that cannot be, and a release that is not there, are the user's errors.
"""

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from indexer import Index, Release
from webui import create_app


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.fixture(scope="module")
def stage(sample: Index) -> Release:
    (found,) = [r for r in sample.releases() if r.title.startswith("Семнадцать тонн")]
    return found


def section(client: FlaskClient, url: str) -> str:
    html = client.get(url).get_data(as_text=True)
    found = re.search(r'<section class="similar".*?</section>', html, re.DOTALL)
    return unescape(found[0]) if found else ""


def test_1_page_and_api_agree(client: FlaskClient, sample: Index, stage: Release) -> None:
    shown = section(client, f"/release/{stage.id}?q=Канал&language=ru")
    ids = re.findall(r'href="/release/([^"?]*)\?q=[^"]*&language=ru"', shown)
    record = client.get(f"/api/v1/similar/{quote(stage.id)}?size=5").get_json()
    assert record["id"] == stage.id
    assert [hit["id"] for hit in record["hits"]] == ids
    group = sample.group_of(stage.id)
    assert group
    assert not {member.id for member in group.members} & set(ids)


def test_1_hits_fit_their_description(client: FlaskClient, stage: Release) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    path = "/api/v1/similar/{id}"
    answers = {"": 200, "?size=0": 400}
    for parameters, status in answers.items():
        answer = client.get(f"/api/v1/similar/{quote(stage.id)}{parameters}")
        assert answer.status_code == status
        responses = described["paths"][path]["get"]["responses"]
        schema = responses[str(status)]["content"]["application/json"]["schema"]
        whole = schema | {"components": described["components"]}
        assert list(Draft202012Validator(whole).iter_errors(answer.get_json())) == []


def test_2_what_is_shared_is_said(client: FlaskClient, stage: Release) -> None:
    first = section(client, f"/release/{stage.id}").split("<li>")[1]
    shared = re.findall(r'<bdi class="form">(.*?)</bdi>', first)
    assert {"Беларусь", "Ministry of Internal Affairs of Belarus", "Channel"} <= set(shared)
    russian = section(client, f"/release/{stage.id}?ui=ru").split("<li>")[1]
    assert "Общее:" in russian
    assert "Канал" in re.findall(r'<bdi class="form">(.*?)</bdi>', russian)


def test_2_a_word_of_another_language_says_which(client: FlaskClient, sample: Index) -> None:
    pages = [section(client, f"/release/{r.id}") for r in list(sample.releases())[::25]]
    shared = [word for page in pages for word in re.findall(r'"form">(.*?)</bdi>', page)]
    assert any(" → " in word for word in shared)
    assert "" not in shared


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/api/v1/similar/none", 404, "not_found"),
        ("/api/v1/similar/none?size=51", 400, "bad_page"),
        ("/api/v1/similar/none?size=x", 400, "bad_page"),
    ],
)
def test_3_errors_are_the_users(client: FlaskClient, url: str, status: int, code: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)
