"""The pages over a handful of releases, some of them hostile."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from indexer import (
    Bucket,
    Facets,
    FacetValue,
    Histogram,
    Index,
    IndexCorrupt,
    IndexUnavailable,
    Interval,
    MarkedText,
    Mention,
    PublicationDate,
    Release,
    RemovedText,
    Source,
)
from indexer.release import Certainty, Language, Precision
from webui import create_app
from webui.desk import Desk, Links
from webui.presenters.annotating import annotated, spans_of
from webui.presenters.facets import in_tree_order
from webui.presenters.reading import paragraph_places, web_address
from webui.presenters.timeline import timeline
from webui.state import SearchState
from webui.wording import words_of

HOSTILE = "<script>alert(1)</script>"
SHA = "0" * 64
DESK = Desk(Facets([]), Links("/", lambda name: f"/release/{name}"), words_of("en"))


def made(number: int, title: str, body: str, language: str, on: PublicationDate) -> Release:
    source = Source(f"news/{number}.txt", SHA)
    return Release(source.path, source, title, body, language=Language(language, 0.99), date=on)


def day(year: int, month: int, number: int) -> PublicationDate:
    value = date(year, month, number)
    return PublicationDate(value, Precision.DAY, Certainty.PRINTED, f"{value}", "own-line")


IN_2021 = PublicationDate(
    date(2021, 1, 1), Precision.YEAR, Certainty.INFERRED, "in 2021", "year-in-text"
)
BODY = "Police seized heroin.\n\nThe OSCE & the UNODC sent observers."
CHANNEL = Release(
    "news/1.txt",
    Source("news/1.txt", SHA),
    "Operation “Channel” ended",
    BODY,
    url="https://example.org/1",
    language=Language("en", 0.99),
    date=day(2018, 5, 26),
    mentions=(
        Mention("operation", "channel", "Channel", "title", 11, 18, "quoted"),
        Mention("organization", "osce", "OSCE", "body", BODY.index("OSCE"), 31, "name"),
        Mention("organization", "unodc", "UNODC", "body", BODY.index("UNODC"), 43, "name"),
    ),
    removed=(RemovedText("teaser", "dated-teaser", f"Read also {HOSTILE}"),),
)
RUSSIAN = made(2, "Изъят героин", "Милиция изъяла героин.", "ru", IN_2021)
EVIL = Release(
    "news/3.txt",
    Source(f"{HOSTILE}.txt", SHA),
    f"{HOSTILE} heroin",
    f"{HOSTILE} heroin <img src=x onerror=alert(1)>",
    url="javascript:alert(1)",
    language=Language("en", 0.5),
    date=day(2018, 6, 1),
)
UNDATED = made(4, "Hashish", "Hashish was found.", "en", PublicationDate())
ODD = Release("odd//#3?x", Source("odd", SHA, 3), "", "Odd name.")
MANY = [made(n, f"Meeting {n}", "Ministers met.", "en", day(2015, 1, 2)) for n in range(100, 145)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("webui") / "index") as made_index:
        with made_index.writer() as writer:
            for release in (CHANNEL, RUSSIAN, EVIL, UNDATED, ODD, *MANY):
                writer.add(release)
        yield made_index


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    app = create_app(index)
    app.testing = True
    return app.test_client()


def get(client: FlaskClient, url: str, status: int = 200) -> str:
    with client.get(url) as answer:
        assert answer.status_code == status
        return answer.get_data(as_text=True)


OWN_SCRIPT = re.compile(r'<script src="/static/desk\.js\?v=\w+" type="module"></script>')


def without_own_script(html: str) -> str:
    """A page without the one script that is there on purpose."""
    bare, count = OWN_SCRIPT.subn("", html)
    assert count == 1
    return bare


def hrefs(html: str, text: str) -> list[str]:
    """The addresses of the links whose text contains `text`."""
    links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [unescape(href) for href, inside in links if text in Markup(inside).striptags()]


def test_home_shows_the_archive_at_a_glance(client: FlaskClient) -> None:
    html = get(client, "/")
    assert f"{5 + len(MANY)} press releases" in html
    assert "autofocus" in html
    assert hrefs(html, "2015") == ["/?from=2015&to=2015"]
    assert 'title="2016: no material"' in html
    assert hrefs(html, "2016") == []
    assert hrefs(html, "2 releases of unknown year") == ["/?year=unknown"]
    assert hrefs(html, "Изъят героин") == ["/release/news/2.txt"]
    assert hrefs(html, "Russian") == ["/?language=ru"]


def test_hits_show_title_date_language_snippet_and_tags(client: FlaskClient) -> None:
    html = get(client, "/?q=heroin")
    assert hrefs(html, "Channel” ended") == ["/release/news/1.txt?q=heroin&at=2"]
    assert "26 May 2018" in html
    assert "<mark>heroin</mark>" in html
    assert "autofocus" not in html
    assert "/?q=heroin&organization=osce" in hrefs(html, "Organization for Security")


def test_a_chosen_value_is_shown_as_chosen_and_can_be_taken_back(client: FlaskClient) -> None:
    html = get(client, "/?q=heroin&language=ru&language=en")
    assert re.findall(r'data-key="language=(\w+)" aria-current="true"', html) == ["en", "ru"]
    assert "/?q=heroin&language=en" in hrefs(html, "Russian")
    assert hrefs(html, "Clear all") == ["/?q=heroin"]
    assert '<input type="hidden" name="language" value="ru">' in html


def test_a_chosen_value_stays_at_0(client: FlaskClient) -> None:
    html = get(client, "/?q=heroin&organization=interpol")
    assert "0 releases" in html
    assert "Interpol" in html
    assert "Search without the filters" in html


def test_a_chosen_or_excluded_language_stays_in_its_row(client: FlaskClient) -> None:
    html = get(client, "/?q=zzzzqqq&language=ru")
    assert "/?q=zzzzqqq" in hrefs(html, "Russian")
    html = get(client, "/?q=*&exclude=language:ru")
    assert hrefs(html, "No longer exclude: Russian") == ["/?q=%2A"]
    assert hrefs(html, "Exclude: English") == [
        "/?q=%2A&exclude=language%3Aru&exclude=language%3Aen"
    ]


def test_pages_lead_through_the_hits(client: FlaskClient) -> None:
    html = get(client, "/?q=ministers")
    assert "/?q=ministers&page=2" in hrefs(html, "Next")
    assert hrefs(html, "Previous") == []
    last = get(client, "/?q=ministers&page=3")
    assert hrefs(last, "Previous") == ["/?q=ministers&page=2"]
    assert hrefs(last, "Next") == []


def test_a_page_far_behind_the_last_is_a_clear_answer(client: FlaskClient) -> None:
    html = get(client, f"/?q=ministers&page={10**9}")
    assert "There is no page 1,000,000,000" in html
    assert hrefs(html, "Go to the last page") == ["/?q=ministers&page=3"]


def test_hits_say_why_they_are_there_where_that_is_asked(client: FlaskClient) -> None:
    plain = get(client, "/?q=seized+heroin")
    assert 'class="why"' not in plain
    (url,) = hrefs(plain, "Why these?")
    html = get(client, url)
    hit = html[html.index("Channel” ended") :]
    reasons = re.findall(r"<li><bdi>(.*?)</bdi>.*?<mark[^>]*>(.*?)</mark>.*?</li>", hit)
    assert ("seized", "seized") in reasons
    assert ("heroin", "heroin") in reasons
    assert "the form as typed" in hit
    assert hrefs(html, "Hide why") == ["/?q=seized+heroin"]


def test_no_hits_say_what_to_try(client: FlaskClient) -> None:
    html = get(client, "/?q=zzzzqqq")
    assert "Nothing matches" in html
    assert "smuggl*" in html


def test_a_misspelling_gets_a_link(client: FlaskClient) -> None:
    assert "/?q=heroin" in hrefs(get(client, "/?q=herion"), "heroin")


def test_tagged_releases_can_be_switched_off(client: FlaskClient) -> None:
    html = get(client, "/?q=ОБСЕ")
    (off,) = hrefs(html, "Leave out tags")
    assert off.endswith("&expand=0")
    assert "1 release<" in html
    assert "0 releases<" in get(client, f"{off}&translate=0")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("/?q=a&page=x", "is no page number"),
        ("/?q=a&organization=nato5", "there is no organization"),
        ("/?q=a&from=May", "is not a date"),
        ("/?q=a&sort=up", "is no order of hits"),
    ],
)
def test_a_users_error_is_explained(client: FlaskClient, url: str, shown: str) -> None:
    html = get(client, url, 400)
    assert shown.casefold() in html.casefold()
    assert 'value="a"' in html


def test_the_bad_character_of_a_query_is_marked(client: FlaskClient) -> None:
    html = get(client, "/?q=heroin date:2018-13", 400)
    assert 'heroin date:<mark class="bad">2</mark>018-13' in html


def test_a_release_shows_its_text_and_its_evidence(client: FlaskClient) -> None:
    html = get(client, "/release/news/1.txt?q=heroin&language=en")
    assert '<p dir="auto">Police seized <mark id="hit-1">heroin</mark>.</p>' in html
    assert "<mark>OSCE</mark> &amp; the UNODC" in html
    assert "The name stands in quotation marks (<code>quoted</code>)" in html
    assert "Implied by" in html
    assert "Teaser of another release" in html
    assert SHA in html
    assert 'href="https://example.org/1" rel="noopener nofollow"' in html
    assert hrefs(html, "Back to results") == ["/?q=heroin&language=en"]
    assert 'lang="en"' in html


def test_a_release_of_unknown_date_and_language_says_so(client: FlaskClient) -> None:
    assert "date unknown" in get(client, "/release/news/4.txt")
    assert "language unknown" in get(client, "/release/odd//%233%3Fx")


def test_every_release_can_be_reached_by_its_link(client: FlaskClient) -> None:
    (url,) = hrefs(get(client, "/?q=odd"), "(no title)")
    assert "Odd name" in Markup(get(client, url)).striptags()


def test_what_is_not_there_is_404(client: FlaskClient) -> None:
    assert "There is no release" in get(client, "/release/none", 404)
    assert "There is no such page" in get(client, "/none", 404)


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/?q=heroin",
        f"/?q={HOSTILE}",
        f'/?q="{HOSTILE}&from={HOSTILE}',
        f"/?organization={HOSTILE}",
        f"/?x={HOSTILE}&q=heroin",
        f"/?q=heroin&sort={HOSTILE}",
        f"/release/news/3.txt?q=heroin {HOSTILE}",
        f"/release/{HOSTILE}",
        "/release/news/1.txt",
        f"/{HOSTILE}",
    ],
)
def test_no_text_becomes_markup(client: FlaskClient, url: str) -> None:
    html = without_own_script(client.get(url).get_data(as_text=True))
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    "url", ["/", "/?q=heroin", "/?page=x", "/none", "/help", "/static/style.css", "/api/v1/search"]
)
def test_every_answer_has_the_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("url", ["/", "/?q=heroin", "/release/news/1.txt", "/help", "/none"])
def test_pages_have_landmarks_one_first_heading_and_no_inline_style(
    client: FlaskClient, url: str
) -> None:
    html = client.get(url).get_data(as_text=True)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    for landmark in ("<main", "<header", "<footer", 'role="search"', 'class="skip"'):
        assert landmark in html
    assert " style=" not in html
    assert "<script" not in without_own_script(html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html.replace("https://example.org/1", ""))


def test_the_examples_of_the_help_page_all_work(client: FlaskClient) -> None:
    html = get(client, "/help")
    examples = [url for url in hrefs(html, "") if url.startswith("/?q=")]
    assert len(examples) > 15
    for url in examples:
        get(client, url)


class Unavailable:
    """An index that cannot be read."""

    @property
    def facets(self) -> None:
        raise IndexUnavailable("there is no index in var/releases")

    def release(self, id: str) -> None:
        raise IndexUnavailable(f"there is no index in var/releases for {id}")

    def statistics(self) -> None:
        raise IndexUnavailable("there is no index")


@pytest.mark.parametrize("url", ["/", "/release/x", "/api/v1/search", "/api/v1/releases/x"])
def test_an_index_that_is_not_there_is_503(url: str) -> None:
    client = create_app(cast(Index, Unavailable())).test_client()
    text = get(client, url, 503)
    assert "there is no index in var/releases" in text
    assert "communique index SOURCE" in text


PARAMETERS = """q year organization operation language certainty exclude from to sort page size
    expand translate variants feedback without collapse values why ui at beside build prefix x"""


class Damaged(Unavailable):
    """An index of which a file is damaged."""

    @property
    def facets(self) -> None:
        raise IndexCorrupt("the segment is damaged")


def test_a_damaged_index_and_a_mistake_of_ours_are_told_apart() -> None:
    client = create_app(cast(Index, Damaged())).test_client()
    damaged = get(client, "/", 503)
    assert "The index is damaged" in damaged
    assert "communique verify" in damaged
    opened = get(create_app(cast(Index, Unavailable())).test_client(), "/", 503)
    assert "The index cannot be opened" in opened


def test_pages_answer_again_when_the_index_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with Index.create(folder) as made_index, made_index.writer() as writer:
        writer.add(CHANNEL)
    client = create_app(Index.open(folder)).test_client()
    assert "1 release<" in get(client, "/?q=heroin")
    folder.rename(tmp_path / "away")
    get(client, "/?q=heroin", 503)
    with Index.create(folder) as second, second.writer() as writer:
        writer.add(CHANNEL)
        writer.add(RUSSIAN)
    assert "2 releases<" in get(client, "/?q=*")


def test_our_own_mistakes_have_a_page_without_their_details(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(index).test_client()
    monkeypatch.setattr(Index, "search", lambda *_: 1 // 0)
    html = get(client, "/?q=heroin", 500)
    assert "The server made a mistake" in html
    assert "ZeroDivisionError" not in html
    assert client.get("/api/v1/search").get_json()["error"]["code"] == "internal_server_error"


FUZZED = ["/", "/api/v1/search", "/release/news/1.txt", "/api/v1/suggest", "/help"]
FUZZED += ["/api/v1/similar/news/1.txt", "/concordance", "/trends", "/take", "/names/operation"]
NAMES = st.sampled_from(["q", "q", *PARAMETERS.split()])
TEXTS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(["2018", "unknown", "un", "9999", "0000", "*", "..", "10000000", "a OR", "0"]),
    st.sampled_from(["organization:un", "year:20x8", "news/1.txt", HOSTILE, f'"{HOSTILE}', "1"]),
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(FUZZED),
    st.lists(st.tuples(NAMES, TEXTS), max_size=6),
)
def test_no_parameters_are_a_fault_of_the_server(
    client: FlaskClient, path: str, parameters: list[tuple[str, str]]
) -> None:
    answer = client.get(f"{path}?{urlencode(parameters)}")
    assert answer.status_code in (200, 400, 404, 410)
    if answer.mimetype == "text/html":
        assert "<script" not in without_own_script(answer.get_data(as_text=True))
    else:
        assert answer.mimetype == "application/json"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=20))
def test_no_id_is_a_fault_of_the_server(client: FlaskClient, id: str) -> None:
    for path in ("/release/", "/api/v1/releases/"):
        assert client.get(path + quote(id)).status_code in (200, 308, 404)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (day(2023, 5, 26), "26 May 2023"),
        (IN_2021, "2021 (inferred)"),
        (PublicationDate(date(2020, 2, 1), Precision.MONTH, Certainty.PRINTED), "February 2020"),
        (PublicationDate(), "date unknown"),
    ],
)
def test_a_date_says_no_more_than_is_known(on: PublicationDate, words: str) -> None:
    assert words_of("en").published(on) == words


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), unique_by=lambda p: p[0]))
def test_a_tree_keeps_every_value_once(pairs: list[tuple[int, int]]) -> None:
    values = [FacetValue(str(own), "", 1, parent=str(parent)) for own, parent in pairs]
    ordered = in_tree_order(values)
    assert sorted(v.value for v, _ in ordered) == sorted(v.value for v in values)


def test_children_stand_under_their_parent() -> None:
    values = [
        FacetValue("osce", "OSCE", 5),
        FacetValue("unodc", "UNODC", 4, parent="un"),
        FacetValue("un", "UN", 4),
        FacetValue("stray", "Stray", 1, parent="gone"),
    ]
    shown = [(value.value, depth) for value, depth in in_tree_order(values)]
    assert shown == [("osce", 0), ("un", 0), ("unodc", 1), ("stray", 0)]


def test_years_without_material_are_drawn_empty() -> None:
    buckets = (Bucket(1, 4, date(2015, 1, 1)), Bucket(4, 4, date(2018, 1, 1)))
    histogram = Histogram(Interval.YEAR, buckets, Bucket(0, 0), Bucket(9, 9))
    shown = timeline(histogram, SearchState(start="2016-05"), DESK)
    assert shown is not None
    bars = [(year.label, year.hits, year.releases, year.height) for year in shown.years]
    assert bars == [("2015", 1, 4, 25), ("2016", 0, 0, 0), ("2017", 0, 0, 0), ("2018", 4, 4, 100)]
    assert [year.in_span for year in shown.years] == [False, True, True, True]
    assert [year.share for year in shown.years] == ["25%", "", "", "100%"]
    assert (shown.first, shown.last, shown.undated) == ("2016", "2018", 9)
    assert shown.best == shown.years[3]


@given(
    st.text(alphabet="ab<\n &", max_size=40),
    st.lists(st.integers(0, 40), unique=True, max_size=6).map(sorted),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4),
)
def test_paragraphs_keep_every_letter_and_mark(
    text: str, ends: list[int], named: list[tuple[int, int]]
) -> None:
    inside = [end for end in ends if end <= len(text)]
    marked = MarkedText(text, tuple(zip(inside[::2], inside[1::2], strict=False)))
    names = [(start, start + length, f"n{at}") for at, (start, length) in enumerate(named)]
    names = [name for name in names if name[1] <= len(text)]
    spans = spans_of(marked, names, 1)
    shown = "".join(annotated(text, spans, *place) for place in paragraph_places(text))
    bare = unescape(re.sub(r"</?(?:mark|span)\b[^>]*>", "", shown))
    assert "".join(bare.split()) == "".join(text.split())
    within = re.findall(
        r"<mark[^>]*>(.*?)</mark>", re.sub(r"</?span\b[^>]*>", "", shown), re.DOTALL
    )
    wanted = "".join(text[start:end] for start, end in marked.marks)
    found = "".join(unescape(part) for part in within)
    assert "".join(found.split()) == "".join(wanted.split())
    ids = re.findall(r'id="([^"]*)"', shown)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, is_safe: bool) -> None:
    assert (web_address(url) is not None) == is_safe


def test_every_release_of_the_sample_archive_has_its_page_and_record(sample: Index) -> None:
    client = create_app(sample).test_client()
    for release in sample.releases():
        page = client.get(f"/release/{release.id}?q=operation+Channel")
        record = client.get(f"/api/v1/releases/{release.id}")
        assert (page.status_code, record.status_code) == (200, 200), release.id
        assert record.get_json()["title"] == release.title
