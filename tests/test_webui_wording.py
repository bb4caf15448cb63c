"""The languages of the pages.

1. Every message is translated in every catalog, with the same values and the same markup in it.
2. The reader's choice decides, then the cookie, then the browser.
3. Dates and numbers are written as the language writes them.
4. Sentences of the engine are told again in the reader's language, with their values.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer import EventDate, Index, PublicationDate, UserError, parse_query
from indexer.release import Certainty, Precision
from indexer.request import SearchRequest
from indexer.syntax.notices import Notice
from webui import create_app
from webui.wording import LANGUAGES, SOURCE, chosen_language, words_of
from webui.wording.catalogs import FOLDER
from webui.wording.extraction import Message, messages
from webui.wording.sentences import TEMPLATES

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
MESSAGES = list(dict.fromkeys(message for message, _ in messages()))
_VALUES = re.compile(r"%\(\w+\)s|</?\w+>")


def read(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def translations(catalog: Catalog, message: Message) -> Iterator[str]:
    found = catalog[forms(message)[0]]
    assert found is not None, f"{message} is not in the catalog of {catalog.locale}"
    assert not found.fuzzy, f"{message} is only guessed"
    yield from forms(found.string)  # type: ignore[arg-type]


def test_1_four_languages_are_there_and_messages_are_found() -> None:
    assert set(LANGUAGES) >= {"en", "ru", "hy", "kk"}
    assert len(MESSAGES) > 200
    assert {"Help", ("%(num)s release", "%(num)s releases")} <= set(MESSAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_1_no_message_is_untranslated(language: str) -> None:
    catalog = read(language)
    for message in MESSAGES:
        wanted = sorted(_VALUES.findall(forms(message)[0]))
        for translation in translations(catalog, message):
            assert translation, f"{message} has no translation into {language}"
            assert sorted(_VALUES.findall(translation)) == wanted, translation


@pytest.mark.parametrize("language", TRANSLATED)
def test_1_no_catalog_keeps_what_is_gone(language: str) -> None:
    catalog = read(language)
    known = {forms(message)[0] for message in MESSAGES}
    assert {forms(entry.id)[0] for entry in catalog if entry.id} == known  # type: ignore[arg-type]
    assert not catalog.obsolete


@pytest.mark.parametrize(
    ("parameter", "cookie", "accepted", "chosen"),
    [
        ("hy", "ru", ["kk"], "hy"),
        ("", "ru", ["kk"], "ru"),
        ("xx", "", ["fr-FR", "kk-Cyrl-KZ", "ru"], "kk"),
        ("<script>", "..", ["*"], SOURCE),
        ("", "", [], SOURCE),
    ],
)
def test_2_the_choice_then_the_cookie_then_the_browser(
    parameter: str, cookie: str, accepted: list[str], chosen: str
) -> None:
    assert chosen_language(parameter, cookie, accepted) == chosen


DAY = PublicationDate(date(2018, 5, 26), Precision.DAY, Certainty.PRINTED)
MONTH = PublicationDate(date(2018, 5, 1), Precision.MONTH, Certainty.PRINTED)
YEAR = PublicationDate(date(2018, 1, 1), Precision.YEAR, Certainty.INFERRED)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["26 May 2018", "May 2018", "2018 (inferred)", "date unknown"]),
        ("ru", ["26 мая 2018 г.", "май 2018 г.", "2018 (по тексту)", "дата неизвестна"]),
        ("kk", ["2018 ж. 26 мамыр", "2018 ж. мамыр", "2018 (мәтін бойынша)", "күні белгісіз"]),
        ("hy", ["2018 թ. մայիսի 26", "2018 թ․ մայիս", "2018 (ըստ տեքստի)", "ամսաթիվն անհայտ է"]),
    ],
)
def test_3_no_more_of_a_date_is_said_than_is_known(language: str, shown: list[str]) -> None:
    words = words_of(language)
    said = [words.published(known) for known in (DAY, MONTH, YEAR, PublicationDate())]
    assert [re.sub(r"\s", " ", text) for text in said] == shown


def test_3_numbers_and_their_nouns() -> None:
    assert words_of("en").count(1, "release") == "1 release"
    assert words_of("en").count(1204, "release") == "1,204 releases"
    counted = [words_of("ru").count(number, "release").split()[-1] for number in (1, 22, 11)]
    assert counted == ["сообщение", "сообщения", "сообщений"]
    assert re.sub(r"\s", " ", words_of("ru").number(1204)) == "1 204"
    assert words_of("en").share(0.1234, 1) == "12.3%"
    assert (words_of("en").share(0.12), words_of("en").share(0.12, 1)) == ("12%", "12.0%")


def test_3_the_days_of_an_event() -> None:
    first, last = date(2023, 5, 22), date(2023, 5, 26)
    event = EventDate(first, last, Certainty.PRINTED, "", "")
    assert words_of("en").event(event).split() == ["22", "–", "26", "May", "2023"]
    assert words_of("en").event(EventDate(last, last, Certainty.PRINTED, "", "")) == "26 May 2023"


@pytest.mark.parametrize("notice", Notice)
def test_4_every_notice_on_a_query_is_told_again(notice: Notice) -> None:
    said = notice.value.format(place=7)
    for language in TRANSLATED:
        told = words_of(language).retold(said)
        assert told is not None
        assert told != said
        assert ("7" in told) == ("7" in said)


@pytest.mark.parametrize(
    "query",
    [
        "organization:nobody",
        "organisation:un",
        "date:2018-13",
        "year:20x8",
        "date:2019..2018",
        "a~9",
        '"a b"~99999',
        "*a*b*c*d*e*f*g*h*i*j*k*",
        "(" * 200 + "a" + ")" * 200,
        "a " * 3000,
        "a" * 20_000,
    ],
)
def test_4_every_fault_of_a_query_is_told_again(query: str, sample: Index) -> None:
    with pytest.raises(UserError) as caught:
        sample.search(SearchRequest(parse_query(query)))
    for language in TRANSLATED:
        assert words_of(language).retold(caught.value.message), caught.value.message
        if caught.value.hint:
            assert words_of(language).retold(caught.value.hint), caught.value.hint


@given(st.sampled_from(TEMPLATES), st.text(max_size=20), st.sampled_from(TRANSLATED))
def test_4_values_of_a_sentence_are_kept(template: str, value: str, language: str) -> None:
    names = set(re.findall(r"%\((\w+)\)s", template))
    told = words_of(language).retold(template % dict.fromkeys(names, value))
    assert told is not None
    assert not names or value in told


def test_4_an_unknown_sentence_stays_as_it_is() -> None:
    assert words_of("ru").retold("Something new.") is None
    assert words_of("en").retold("Something new.") == "Something new."


@pytest.fixture(scope="module")
def client(sample: Index) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Help"), ("ru", "Справка"), ("hy", "Օգնություն"), ("kk", "Анықтама")],
)
def test_pages_speak_the_languages_of_the_browser(
    client: FlaskClient, language: str, heading: str
) -> None:
    answer = client.get("/help", headers={"Accept-Language": f"{language},en;q=0.5"})
    html = answer.get_data(as_text=True)
    assert f'<html lang="{language}" dir="ltr">' in html
    assert f"<h1>{heading}</h1>" in html
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_chosen_language_is_kept_in_a_cookie(sample: Index) -> None:
    client = create_app(sample).test_client()
    first = client.get("/?q=channel&ui=ru")
    assert 'href="?q=channel&amp;ui=kk" lang="kk"' in first.get_data(as_text=True)
    assert "SameSite=Lax" in first.headers["Set-Cookie"]
    assert '<html lang="ru"' in client.get("/help").get_data(as_text=True)


def test_a_language_that_is_not_there_is_not_kept(sample: Index) -> None:
    answer = create_app(sample).test_client().get("/?ui=%3Cscript%3E")
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="en"' in answer.get_data(as_text=True)


def test_labels_of_facets_and_values_are_in_the_language(client: FlaskClient) -> None:
    html = client.get("/?q=*&ui=ru").get_data(as_text=True)
    for shown in ("Организация", "Операция", "Русский", "Армянский", "Неизвестно"):
        assert shown in html
    assert "Показать все" in html


def test_names_in_sentences_of_the_engine_are_told_again(client: FlaskClient) -> None:
    html = client.get("/?q=operation+Channel&ui=ru").get_data(as_text=True)
    assert "операция “Канал”" in html
    assert "operation “Channel”" not in html
