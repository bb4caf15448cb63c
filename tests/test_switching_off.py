"""What an explanation names is what matched, and can be switched off.

1. The forms of the exact reason are as typed; those of stems have the stem; none is switched off.
2. A tag that is switched off finds nothing, says so in no notice, and must be known.
3. On the page each form is a link that switches it off; its cross brings it back.
4. What is switched off stays so on other pages, in the feed, the export, the API and the recipes.
5. Names, other languages, other spellings and words of the best hits go one by one.
"""

import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer import Index, SearchRequest, UserError, as_command, parse_query
from indexer.analysis import normalize, stem
from webui import create_app


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


def asked(text: str, *without: str) -> SearchRequest:
    request = SearchRequest(parse_query(text), page_size=50, explain=True)
    return replace(request, without_forms=without)


def html_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("text", ["seized heroin", '"drug trafficking"', "title:results", "изъято"])
def test_1_forms_are_those_of_the_rule(sample: Index, text: str) -> None:
    typed = {normalize(word) for word in re.findall(r"\w+", text.removeprefix("title:"))}
    seen: dict[str, int] = {}
    for hit in sample.search(asked(text)).hits:
        assert hit.explanation is not None
        for reason in hit.explanation.reasons:
            forms = {normalize(form) for form in reason.forms}
            seen[reason.rule] = seen.get(reason.rule, 0) + 1
            if reason.rule == "exact":
                assert forms
                assert forms <= typed, (hit.release.id, reason)
            if reason.rule == "stem":
                assert reason.language
                stems = {stem(form, reason.language) for form in forms}
                assert stems == {stem(normalize(reason.asked), reason.language)}
            if text.startswith("title:") and reason.rule in ("exact", "stem"):
                assert all(form in hit.release.title for form in reason.forms)
    assert seen.get("stem") or seen.get("phrase")
    assert seen.get("exact") or text.startswith('"')


def test_1_what_is_switched_off_is_no_form(sample: Index) -> None:
    before = sample.search(asked("seized"))
    after = sample.search(asked("seized", "seized", "Seizure"))
    assert 0 < after.total < before.total
    for hit in after.hits:
        assert hit.explanation is not None
        forms = [form.casefold() for one in hit.explanation.reasons for form in one.forms]
        assert not {"seized", "seizure"} & set(forms)


def test_2_a_tag_is_switched_off(sample: Index) -> None:
    before = sample.search(asked("ОБСЕ"))
    after = sample.search(asked("ОБСЕ", "organization:osce"))
    assert after.total < before.total
    assert any(notice.startswith("Includes releases tagged") for notice in before.notices)
    assert not any(notice.startswith("Includes releases tagged") for notice in after.notices)
    words = replace(asked("ОБСЕ"), expand=False)
    assert [hit.release.id for hit in after.hits] == [
        hit.release.id for hit in sample.search(words).hits
    ]
    both = "operation Channel OSCE"
    (notice,) = [
        n for n in sample.search(asked(both, "operation:channel")).notices if "tagged" in n
    ]
    assert "Channel" not in notice


@pytest.mark.parametrize("tag", ["organization:none", "nothing:osce", "year:2018", ":", "a:b:c"])
def test_2_a_tag_must_be_known(sample: Index, client: FlaskClient, tag: str) -> None:
    with pytest.raises(UserError, match="there is no"):
        sample.search(asked("heroin", tag))
    assert client.get("/", query_string={"q": "heroin", "without": tag}).status_code == 400


def test_3_a_form_is_a_link_that_switches_it_off(client: FlaskClient) -> None:
    html = html_of(client, "/?q=operation&why=1&page=2")
    link = r'<a class="off" href="([^"]*)"[^>]*><mark[^>]*>operational</mark>'
    (url, *_) = re.findall(link, html)
    assert url == "/?q=operation&without=operational&why=1"
    off = html_of(client, f"{url}&size=100")
    assert ">operational</mark>" not in off
    cross = r'<a href="([^"]*)"[^>]*>(?:(?!</a>).)*not “operational”'
    (back,) = re.findall(cross, off, re.DOTALL)
    assert back == "/?q=operation&size=100&why=1"


def test_3_a_tag_is_a_link_too(client: FlaskClient) -> None:
    html = html_of(client, "/?q=ОБСЕ&why=1")
    (url, *_) = re.findall(r'href="([^"]*)"[^>]*>Leave out this tag', html)
    assert "without=organization%3Aosce" in url
    off = html_of(client, url)
    assert "not by the tag “Organization for Security and Co-operation in Europe”" in off
    assert "tagged with this name" not in off


def test_4_it_stays_off_everywhere(client: FlaskClient, sample: Index) -> None:
    kept = "q=operation&without=operation&without=operations"
    html = html_of(client, f"/?{kept}&size=2")
    assert f"/?{kept.replace('&', '&page=2&size=2&', 1)}" in html
    total = int(re.search(r'<h1 id="total">(\d+)', html)[1])  # type: ignore[index]
    assert total == sample.rank(asked("operation", "operation", "operations")).total
    assert client.get(f"/api/v1/search?{kept}").get_json()["total"] == total
    with client.get(f"/api/v1/export/jsonl?{kept}") as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["hits"] == total
    assert manifest["search"]["without_forms"] == ["operation", "operations"]
    assert html_of(client, f"/feed.atom?{kept}").count("<entry") <= total
    assert "--without-form=operations" in html_of(client, f"/take?{kept}")
    assert "<mark>operation</mark>" not in html_of(client, f"/concordance?{kept}").casefold()
    release = re.search(r'href="(/release/[^"]*)"', html)
    assert release
    assert ">operation</mark>" not in html_of(client, release[1]).casefold()


def test_4_a_command_switches_tags_off_too() -> None:
    command = as_command(asked("ОБСЕ", "organization:osce"))
    assert "--without-form=organization:osce" in command


@pytest.mark.parametrize(
    ("text", "way", "rule", "link"),
    [
        ("ОБСЕ", "expand", "authority", "Leave out tags"),
        ("seized heroin", "translate", "glossary", "Leave out other languages"),
        ("Tasmagambetov", "variants", "variant", "Leave out other spellings"),
        ("drugs were seized at the border", "feedback", "alike", "Leave out kindred words"),
    ],
)
def test_5_each_way_goes_by_itself(
    client: FlaskClient, text: str, way: str, rule: str, link: str
) -> None:
    def rules(**more: str) -> set[str]:
        query = {"q": text, "why": "1", "size": "100", **more}
        hits = client.get("/api/v1/search", query_string=query).get_json()["hits"]
        return {reason["rule"] for hit in hits for reason in hit["explanation"]["reasons"]}

    assert rule in rules()
    assert rule not in rules(**{way: "0"})
    html = html_of(client, f"/?q={text.replace(' ', '+')}&why=1&size=100")
    found = re.findall(rf'href="([^"]*)"[^>]*>{link}', html)
    assert found
    assert all(f"&{way}=0" in url for url in found)
