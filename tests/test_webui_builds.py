"""An address may pin a build of the index.

1. It answers on every page, in the API, the feed and the export, whatever was committed since.
2. Every page that an index answers names its build, and a permanent link pins that one.
3. A build that is not kept is said to be so, with a link to the newest; no other one answers.
4. A bounded number is open; after a commit nothing holds what nobody asks for.
"""

import io
import json
import re
import threading
import zipfile
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer import Index, IndexUnavailable, Source
from indexer.release import Language, Release
from webui import create_app
from webui.builds import BuildNotKept, Builds


def release(number: int) -> Release:
    source = Source(f"news/{number}.txt", "0" * 64)
    text = f"Police seized heroin at border post {number}."
    return Release(source.path, source, f"Heroin {number}", text, language=Language("en", 0.99))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Five builds, of which three are kept; the last has four releases."""
    made = Index.create(tmp_path / "index")
    for number in range(1, 5):
        with made.writer(keep=3) as writer:
            writer.add(release(number))
    return made


@pytest.fixture
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


def kept(index: Index) -> list[str]:
    return [build.id for build in index.builds()]


def html_of(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True))


def test_1_a_pinned_build_answers_everywhere(client: FlaskClient, index: Index) -> None:
    old, *_ = kept(index)
    for build, total in ((old, 2), ("", 4)):
        pin = f"q=heroin&build={build}" if build else "q=heroin"
        answering = build or index.statistics().build
        assert f"{total} releases<" in html_of(client, f"/?{pin}")
        record = client.get(f"/api/v1/search?{pin}").get_json()
        assert (record["total"], record["build"]) == (total, answering)
        assert all(build in value["toggle_url"] for value in record["facets"]["language"])
        assert html_of(client, f"/concordance?{pin}").count("<mark>Heroin</mark>") == total
        assert f"{total} releases" in html_of(client, f"/take?{pin}")
        assert f"{total} press releases" in html_of(client, f"/?build={build}")
        with client.get(f"/api/v1/export/jsonl?{pin}") as answer:
            archive = zipfile.ZipFile(io.BytesIO(answer.data))
        manifest = json.loads(archive.read("manifest.json"))
        assert (manifest["hits"], manifest["index"]["build"]) == (total, answering)
        for path in ("/release", "/api/v1/releases", "/api/v1/similar", "/cite/ris"):
            status = 200 if total == 4 else 404
            assert client.get(f"{path}/news/4.txt?build={build}").status_code == status
    similar = client.get(f"/api/v1/similar/news/1.txt?build={old}").get_json()
    assert similar["build"] == old
    assert client.get(f"/api/v1/releases/news/1.txt?build={old}").get_json()["build"] == old


def test_1_it_stays_so_after_a_commit(client: FlaskClient, index: Index) -> None:
    *_, newest = kept(index)
    url = f"/?q=heroin&build={newest}"
    before = html_of(client, url)
    with index.writer() as writer:
        writer.add(release(5))
    assert "5 releases<" in html_of(client, "/?q=heroin")
    assert html_of(client, url) == before


def test_1_the_pin_stays_on_the_way(client: FlaskClient, index: Index) -> None:
    old, *_ = kept(index)
    html = html_of(client, f"/?q=heroin&build={old}&size=1")
    inside = re.findall(r"<main.*</main>", html, re.DOTALL)[0]
    links = re.findall(r'href="([^"]*)"', inside)
    left = [url for url in links if f"build={old}" not in url]
    assert left == ["?q=heroin&size=1"]
    assert f'<input type="hidden" name="build" value="{old}">' in html
    for path in ("/release/news/1.txt", "/names", "/names/operation", "/names/organization/un"):
        html = html_of(client, f"{path}?build={old}")
        inside = re.findall(r"<main.*</main>", html, re.DOTALL)[0]
        links = re.findall(r'href="([/?][^"]*)"', inside)
        assert [url for url in links if f"build={old}" not in url] in (["?"], [])
    take = html_of(client, f"/take?q=heroin&build={old}")
    assert f"--build={old}" in take
    assert f"build='{old}'" in take


ANSWERED = [
    "/",
    "/?q=heroin",
    "/?q=zzz",
    "/release/news/1.txt?q=heroin",
    "/trends?q=heroin",
    "/take?q=a",
    "/concordance?q=heroin",
    "/names",
    "/names/operation",
    "/names/operation/channel",
]


@pytest.mark.parametrize("url", ANSWERED)
def test_2_a_page_names_its_build(client: FlaskClient, index: Index, url: str) -> None:
    build = index.statistics().build
    html = html_of(client, f"{url}{'&' if '?' in url else '?'}ui=ru")
    assert f"Ответила сборка индекса <code>{build}</code>" in html
    (link,) = re.findall(r'href="([^"]*)"[^>]*>Постоянная ссылка', html)
    assert link.endswith(f"build={build}")
    assert "ui=" not in link
    pinned = html_of(client, f"{url.partition('?')[0]}{link}&ui=en")
    assert f"Answered by the build <code>{build}</code>" in pinned
    assert "The same on the newest build" in pinned


def test_2_a_page_without_an_answer_names_none(client: FlaskClient) -> None:
    assert "Permanent link" not in html_of(client, "/help")


@pytest.mark.parametrize("build", ["000001-abcdef", "x", "..", "../generations", "<b>", "0" * 999])
def test_3_what_is_not_kept_is_said_so(client: FlaskClient, index: Index, build: str) -> None:
    for path in ("/", "/release/news/1.txt", "/concordance", "/trends", "/take"):
        answer = client.get(path, query_string={"q": "heroin", "build": build})
        html = unescape(answer.get_data(as_text=True))
        assert answer.status_code == 410
        assert "This build is not kept" in html
        assert 'href="?q=heroin"' in html
        assert all(f'href="?q=heroin&build={one}"' in html for one in kept(index))
        assert "Answered by" not in html
    answer = client.get("/api/v1/search", query_string={"build": build})
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (410, "build_not_kept")
    assert index.statistics().build in error["hint"]
    with pytest.raises(IndexUnavailable, match="there is no build"):
        index.at(build)


def test_3_a_build_that_went_is_said_so(client: FlaskClient, index: Index) -> None:
    old = index.statistics().build
    for number in range(5, 9):
        with index.writer() as writer:
            writer.add(release(number))
        index.statistics()
    assert "This build is not kept" in html_of(client, f"/?q=heroin&build={old}", 410)


def test_4_a_bounded_number_is_open(index: Index) -> None:
    with index.writer(keep=6) as writer:
        writer.add(release(5))
    builds = Builds(index, most=2)
    totals = [builds.at(one).statistics().releases for one in [*kept(index), *kept(index)]]
    assert totals == [2, 3, 4, 5] * 2
    assert len(builds) == 2
    with pytest.raises(BuildNotKept):
        builds.at("000001-abcdef")
    assert len(builds) == 2


def test_4_what_was_open_goes_after_a_commit(index: Index, client: FlaskClient) -> None:
    old = kept(index)[0]
    assert "2 releases<" in html_of(client, f"/?q=heroin&build={old}")
    with index.writer() as writer:
        writer.add(release(5))
    html_of(client, "/?q=heroin")
    with index.writer() as writer:
        writer.add(release(6))
    assert old not in kept(index)
    assert "This build is not kept" in html_of(client, f"/?q=heroin&build={old}", 410)


def test_4_threads_may_share_it(index: Index) -> None:
    app, wrong = create_app(index), list[str]()
    wanted = dict(zip(kept(index), (2, 3, 4), strict=True))

    def ask(build: str) -> None:
        client = app.test_client()
        for _ in range(15):
            found = client.get(f"/api/v1/search?q=heroin&build={build}").get_json()
            if (found.get("total"), found.get("build")) != (wanted[build], build):
                wrong.append(str(found))

    threads = [threading.Thread(target=ask, args=(build,)) for build in [*wanted] * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
