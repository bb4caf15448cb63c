"""Laws of dating.

1. Every form in which the working languages write a date is read; a range gives its last day.
2. The article's own date lines win, in their order; then the source's date; then the day of the
   news in the first sentence. These are printed.
3. What follows only from other evidence is inferred and no more precise than the evidence.
4. Treaty dates, plan horizons, coming events, crawler's stamps and image names never win.
5. What is not known stays unknown; a known date quotes its evidence and names a rule.
6. The event has both days of its range; a year that is not printed follows from the publication.
7. A place is that of a dateline or a stamp; where its end is in doubt there is none.
"""

import time
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.cleaning import RULES as CLEANING_RULES
from indexer.cleaning import DateLine
from indexer.dates import RULES, event_date, parse_date, place_of, publication_date
from indexer.dates.forms import find_dates
from indexer.release import Certainty, EventDate, Precision, PublicationDate

UNKNOWN = PublicationDate()


def dated(
    body: str,
    *lines: DateLine | str,
    title: str = "Headline",
    language: str = "en",
    hint: str | None = None,
    url: str | None = None,
) -> PublicationDate:
    return publication_date(
        title=title, body=body, language=language, date_lines=lines, hint=hint, url=url
    )


def summary(found: PublicationDate) -> tuple[str, str, str] | None:
    if found.value is None:
        return None
    known = {"day": 10, "month": 7, "year": 4}[found.precision.value]
    return found.value.isoformat()[:known], found.certainty.value, found.rule or ""


# 1. Forms

FULL = {
    "26.05.2023": "2023-05-26",
    "26.5.2023": "2023-05-26",
    "28.05.2018 18:22": "2018-05-28",
    "03-06-2017 18:57:27": "2017-06-03",
    "14.01.2022 22:01:50": "2022-01-14",
    "26 / 6 / 2024": "2024-06-26",
    "26/06/2024": "2024-06-26",
    "06/26/2024": "2024-06-26",
    "22-26.05.2023": "2023-05-26",
    "9.7.04": "2004-07-09",
    "2023-05-26": "2023-05-26",
    "2023-05-26T21:05:00+04:00": "2023-05-26",
    "2023-05-26 21:05": "2023-05-26",
    "2023/05/26": "2023-05-26",
    "20230526": "2023-05-26",
    "Fri, 26 May 2023 10:00:00 GMT": "2023-05-26",
    "26 May 2023": "2023-05-26",
    "May 16, 2024": "2024-05-16",
    "May 16 2024": "2024-05-16",
    "Sept. 5, 2021": "2021-09-05",
    "December 1st, 2020": "2020-12-01",
    "the 26th of May, 2023": "2023-05-26",
    "23 Nov, 2023 21:45": "2023-11-23",
    "Monday, January 17, 2022 13:42": "2022-01-17",
    "31 March 2021, 10:38": "2021-03-31",
    "9 Jul 04": "2004-07-09",
    "23 Nov 94": "1994-11-23",
    "28 April 2003. in the city": "2003-04-28",
    "from 22 to 26 May 2023": "2023-05-26",
    "February 26 to March 1, 2019": "2019-03-01",
    "25-26 September 2024": "2024-09-26",
    "September 17–25, 2018": "2018-09-25",
    "22, 23 and 24 May 2023": "2023-05-24",
    "26 мая 2023 года": "2023-05-26",
    "17 ноября, 2021 09:22": "2021-11-17",
    "25 января 2019, 06:23": "2019-01-25",
    "с 22 по 26 мая 2023 года": "2023-05-26",
    "с 29 мая по 2 июня 2017 г.": "2017-06-02",
    "16 мая 2022, 09:08": "2022-05-16",
    "31 жніўня 2021": "2021-08-31",
    "5 верасьня 2025": "2025-09-05",
    "17 лютага 2020 года": "2020-02-17",
    "2025 жылдың 27 қарашасында": "2025-11-27",
    "2006 жылғы 17 сәуірде": "2006-04-17",
    "2006 жылғы 17 сәуiрде": "2006-04-17",
    "2023 жылғы 22-26 мамырда": "2023-05-26",
    "2023 жылы тамыздың 31-інде": "2023-08-31",
    "27.11.2025 16:43": "2025-11-27",
    "25 қар. 2024 15:12": "2024-11-25",
    "2025-жылдын 26-27-ноябрында": "2025-11-27",
    "2026-жылдын 1-январынан": "2026-01-01",
    "15-сентябрь, 2025": "2025-09-15",
    "15 майи соли 1992": "1992-05-15",
    "28 июни соли 2021, 11:20": "2021-06-28",
    "аз 22 то 26 майи соли 2023": "2023-05-26",
    "2023 թ. մայիսի 26": "2023-05-26",
    "2023 թ․ մայիսի 26": "2023-05-26",
    "2024 թվականի նոյեմբերի 28-ին": "2024-11-28",
    "2019 թ. սեպտեմբերի 23-ից 27-ը": "2019-09-27",
    "14:40, 10 հունվարի, 2022": "2022-01-10",
    "Դեկտեմբերի 8, 2019, 00:01": "2019-12-08",
}


@pytest.mark.parametrize(("text", "day"), FULL.items())
def test_full_dates(text: str, day: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert summary(found) == (day, "printed", "date")
    assert found.evidence == text


WITHOUT_YEAR = {
    "On 3-5 June": (6, 5, None),
    "From 21 to 25 April this year": (4, 25, 0),
    "February 18, this year.": (2, 18, 0),
    "23 September last year": (9, 23, -1),
    "next year on May 5": (5, 5, 1),
    "MOSCOW, October 14. /TASS/.": (10, 14, None),
    "с 28 августа по 3 сентября": (9, 3, None),
    "23 ноября с.г.": (11, 23, 0),
    "6 июля текущего года": (7, 6, 0),
    "17 по 25 сентября прошлого года": (9, 25, -1),
    "31 жніўня": (8, 31, None),
    "5 верасьня сёлета": (9, 5, 0),
    "8 қараша": (11, 8, None),
    "биылғы 27 қарашада": (11, 27, 0),
    "27-ноябрда": (11, 27, None),
    "быйыл 27-ноябрда": (11, 27, 0),
    "22-майдан 26-майга чейин": (5, 26, None),
    "20-уми октябр": (10, 20, None),
    "31-уми августи соли равон": (8, 31, 0),
    "Օգոստոսի 20-ից 22-ը": (8, 22, None),
    "այս տարվա մայիսի 26-ին": (5, 26, 0),
}


@pytest.mark.parametrize(("text", "parts"), WITHOUT_YEAR.items())
def test_dates_without_a_year(text: str, parts: tuple[int, int, int | None]) -> None:
    assert [(one.month, one.day, one.shift) for one in find_dates(text)] == [parts]
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "known", "precision"),
    [
        ("2018", "2018", Precision.YEAR),
        ("2018-05", "2018-05", Precision.MONTH),
        ("May 2019", "2019-05", Precision.MONTH),
        ("октябрь 2016 года", "2016-10", Precision.MONTH),
        ("2016 жылғы қазанда", "2016-10", Precision.MONTH),
        ("2012 թ. սեպտեմբերին", "2012-09", Precision.MONTH),
        ("05/06/2023", "2023", Precision.YEAR),
    ],
)
def test_partly_known_dates(text: str, known: str, precision: Precision) -> None:
    found = parse_date(text)
    assert found is not None
    assert summary(found) == (known, "printed", "date")
    assert found.precision is precision


def test_slashes_are_ambiguous_in_english_only() -> None:
    assert parse_date("05/06/2023", "hy") == PublicationDate(
        date(2023, 6, 5), Precision.DAY, Certainty.PRINTED, "05/06/2023", "date"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31.02.2020",
        "for 2022-2024 (item 7)",
        "2026—2029-жылдар",
        "IMG-20190301-WA0001.jpg",
        "WhatsApp Image 2022-02-16 at 10.11.12.jpeg",
        "resolution 1267 of 1999 items",
        "1.2.3.2004.5",
        "May the best win",
        "марш 17 дивизии",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []
    assert parse_date(text) is None


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2069, 12, 31)))
def test_written_dates_are_read_back(day: date) -> None:
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    russian = f"{day.day} {months.split()[day.month - 1]} {day.year} года"
    forms = (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day:%B} {day.day}, {day.year}", russian)
    for form in (*forms, f"{day.day} {day:%b} {day.year}", f"{day:%d-%m-%Y} 10:00:00"):
        found = parse_date(form)
        assert found is not None
        assert found.value == day


# 2. Printed dates

SENTENCE = "On 22 May 2023 the Council met in Minsk."


def test_date_lines_win_in_their_order() -> None:
    lines = (DateLine("26.05.2023", "behind-repeated-title"), DateLine("25.05.2023", "own-line"))
    found = dated(SENTENCE, *lines, hint="2023-05-24", url="https://a.example/2023/05/23/")
    assert summary(found) == ("2023-05-26", "printed", "behind-repeated-title")
    assert found.evidence == "26.05.2023"


def test_plain_strings_are_date_lines_too() -> None:
    assert summary(dated("", "2023 թ. մայիսի 26")) == ("2023-05-26", "printed", "own-line")


def test_the_source_wins_over_the_text() -> None:
    found = dated(SENTENCE, hint="2023-05-24T10:00:00Z")
    assert summary(found) == ("2023-05-24", "printed", "stated-date")
    assert summary(dated(SENTENCE, hint="24 мая 2023, 10:00"))[0] == "2023-05-24"  # type: ignore[index]


def test_a_day_in_the_text_within_the_year_or_month_of_the_source() -> None:
    assert summary(dated(SENTENCE, hint="2023")) == ("2023-05-22", "printed", "first-sentence")
    assert summary(dated(SENTENCE, hint="2023-05")) == ("2023-05-22", "printed", "first-sentence")
    assert summary(dated(SENTENCE, hint="2024")) == ("2024", "printed", "stated-date")


@pytest.mark.parametrize("stamp", ["2020-01-01", "2020-01-01T00:00:00Z", "01.01.2020 00:00"])
def test_false_stamps_of_crawlers(stamp: str) -> None:
    assert dated("No date.", hint=stamp) == UNKNOWN
    assert summary(dated(SENTENCE, hint=stamp)) == ("2023-05-22", "printed", "first-sentence")


@pytest.mark.parametrize("stamp", ["2020-01-01T10:30:00Z", "1 January 2020", "1 января 2020 года"])
def test_true_dates_of_new_year(stamp: str) -> None:
    assert summary(dated("No date.", hint=stamp)) == ("2020-01-01", "printed", "stated-date")


def test_a_hint_that_is_no_date_is_passed_over() -> None:
    assert summary(dated(SENTENCE, hint="yesterday"))[0] == "2023-05-22"  # type: ignore[index]


FIRST_SENTENCES = [
    ("en", "On May 16, 2024, the Secretariat hosted a round table.", "2024-05-16"),
    ("en", "From 22 to 26 May 2023 the operation was conducted.", "2023-05-26"),
    ("en", "In the period from February 26 to March 1, 2019, it was carried out.", "2019-03-01"),
    ("en", "June 1, 2018 in g. Brest the meeting took place.", "2018-06-01"),
    ("en", "On the eve, on September 4, 2018, the Council met.", "2018-09-04"),
    ("en", "The memorandum was signed on 28 May 2018 in Moscow.", "2018-05-28"),
    ("en", "On 5 June 2024 the Council approved the plan by which it will be held.", "2024-06-05"),
    ("ru", "МОСКВА, 12 апреля 2022 года. Спорили участники круглого стола.", "2022-04-12"),
    ("ru", "С 23 по 27 августа 2016 года в области прошло учение.", "2016-08-27"),
    ("ru", "30 ноября 2017 года в Минске прошла сессия.", "2017-11-30"),
    ("be", "5 ліпеня 2017 года ў Мінску адкрылася сесія.", "2017-07-05"),
    ("kk", "2010 жылғы 18 наурызда Мәскеуде құжатқа қол қойылды.", "2010-03-18"),
    ("ky", "2004-жылдын 6-августунда Балыкчыда машыгуу өттү.", "2004-08-06"),
    ("tg", "28 апрели соли 2003 дар Душанбе ҷаласа баргузор гардид.", "2003-04-28"),
    ("tg", "ДУШАНБЕ, 18.10.2021. /Хабар/. Машқҳо оғоз ёфтанд.", "2021-10-18"),
    ("hy", "2022 թվականի հունվարի 19-ին ավարտվեց առաքելությունը։", "2022-01-19"),
]


@pytest.mark.parametrize(("language", "body", "day"), FIRST_SENTENCES)
def test_the_day_of_the_news_in_the_first_sentence(language: str, body: str, day: str) -> None:
    found = dated(f"{body}\n\nMore on 1 July 2029.", language=language)
    assert summary(found) == (day, "printed", "first-sentence")
    assert found.evidence is not None
    assert found.evidence in body


# 4. Traps

TRAPS = [
    ("en", "The Treaty of 15 May 1992 remains in force."),
    ("en", "The Charter signed on 7 October 2002 is the basis of the Organization."),
    ("en", "By decision of 5 September 2008 the status was given."),
    ("en", "The Strategy until 31 December 2025 was discussed."),
    ("en", "Members of the Council discussed the 2021-2025 plan."),
    ("en", "The picture WhatsApp Image 2022-02-16 at 10.11 was shown."),
    ("ru", "Договор о коллективной безопасности от 15 мая 1992 года действует."),
    ("ru", "Устав, подписанный 7 октября 2002 года, остается основой."),
    ("ru", "Стратегия на период до 31 декабря 2025 года обсуждена."),
    ("ru", "С 1 января 2024 года председательство переходит к Казахстану."),
    ("kk", "2006 жылғы 17 сәуірдегі заң талқыланды."),
    ("kk", "2024 жылғы 1 қаңтардан бастап Қазақстан төрағалық етеді."),
    ("ky", "2025-жылдын 1-январынан тартып Кыргызстан төрагалык кылат."),
    ("hy", "Կազմակերպության հիմքում 1992 թվականի մայիսի 15-ի պայմանագիրն է։"),
]


@pytest.mark.parametrize(("language", "body"), TRAPS)
def test_dates_that_are_not_the_day_of_the_news(language: str, body: str) -> None:
    assert dated(body, language=language) == UNKNOWN


COMING = [
    ("en", "A briefing will be held in Moscow on 18 May 2023.", "2023"),
    ("en", "On 28 November 2024 the session is to be held in Astana.", "2024"),
    ("ru", "28 ноября 2024 года в Астане состоится сессия Совета.", "2024"),
    ("be", "28 лістапада 2024 года ў Астане адбудзецца сесія.", "2024"),
    ("kk", "2024 жылғы 28 қарашада Астанада сессия өтеді.", "2024"),
    ("ky", "2024-жылдын 28-ноябрында Астанада сессия өтөт.", "2024"),
    ("tg", "28 ноябри соли 2024 дар Остона ҷаласа баргузор мегардад.", "2024"),
    ("hy", "2024 թվականի նոյեմբերի 28-ին Աստանայում կկայանա նիստ։", "2024"),
]


@pytest.mark.parametrize(("language", "body", "year"), COMING)
def test_coming_events_give_a_year_at_most(language: str, body: str, year: str) -> None:
    assert summary(dated(body, language=language)) == (year, "inferred", "coming-event")


def test_a_coming_event_of_january_gives_nothing() -> None:
    assert dated("On 20 January 2024 the session will be held in Astana.") == UNKNOWN


def test_a_page_stamp_is_no_sentence() -> None:
    layout = "United States Senator" + " " * 40 + "July 31, 2008" + " " * 40 + "Home"
    assert dated(layout) == UNKNOWN


def test_dates_below_the_lead_are_not_taken() -> None:
    body = "The history is long.\n\n15 May 1992: the Treaty is signed.\n\n3 May 2020: a day."
    assert dated(body) == UNKNOWN


# 3. Inferred dates

INFERRED = [
    ("en", "Search-2019 ended", "On 3-5 June the exercise was held.", "2019-06-05", "named-year"),
    ("en", "", "From 21 to 25 April this year Search-2019 was held.", "2019-04-25", "named-year"),
    ("en", "Results of Nelegal - 2018", "Officers took part.", "2018", "named-year"),
    ("en", "A", "The stage of “Nelegal-21” is over. It began in May.", "2021-05", "named-year"),
    ("ru", "Учение", "В начале сентября с.г. прошло «Рубеж-2021».", "2021-09", "named-year"),
    ("ru", "Учение", "В сентябре планируется провести «Рубеж-2024».", "2024", "named-year"),
    (
        "ru",
        "Итоги",
        "В июне «Нелегал-2018» оценен за 5 дней прошлого года.",
        "2019-06",
        "named-year",
    ),
    (
        "ru",
        "Совет",
        "6 июля с.г. прошло заседание. Рассмотрен план мероприятий на 2011 год.",
        "2011-07-06",
        "plan-year",
    ),
    ("ru", "К 30-летию Договора", "15 мая выпущена книга.", "2022-05-15", "anniversary"),
    ("be", "«Пошук-2025»", "5 верасня вучэнні скончыліся.", "2025-09-05", "named-year"),
    ("kk", "«Келімсек-2021»", "Шілдеде тексерілді.", "2021-07", "named-year"),
    ("ky", "«Канал-2011» аяктады", "Декабрда операция өттү.", "2011-12", "named-year"),
    (
        "tg",
        "Амалиёт",
        "15-уми майи соли равон марҳилаи «Нелегал-2018» оғоз ёфт.",
        "2018-05-15",
        "named-year",
    ),
    ("hy", "«Կանեփ-կակաչ-2021»", "Օգոստոսի 20-ից 22-ը անցկացվեց։", "2021-08-22", "named-year"),
    ("hy", "«Որոնում-2021»", "Հոկտեմբերի 18-ից 23-ը կանցկացվի։", "2021", "named-year"),
    ("en", "A", "In December 2011 the stage was carried out.", "2011-12", "lead"),
    (
        "en",
        "A",
        "The operation is over. It was held. 21-25 May 2019 were busy.",
        "2019-05-25",
        "lead",
    ),
]


@pytest.mark.parametrize(("language", "title", "body", "known", "rule"), INFERRED)
def test_inferred_dates(language: str, title: str, body: str, known: str, rule: str) -> None:
    assert summary(dated(body, title=title, language=language)) == (known, "inferred", rule)


def test_a_date_line_without_a_year() -> None:
    found = dated("Вучэнні скончыліся.", "5 верасьня", title="«Пошук-2025»", language="be")
    assert summary(found) == ("2025-09-05", "inferred", "named-year")
    assert dated("Вучэнні скончыліся.", "5 верасьня", language="be") == UNKNOWN


@pytest.mark.parametrize(
    "title", ["Vision-2030 presented", "Стратегия-2025 принята", "Covid-19 and borders", "FY-2009"]
)
def test_horizons_are_no_years_of_the_news(title: str) -> None:
    assert dated("Nothing else.", title=title) == UNKNOWN


def test_early_in_the_year_a_name_may_be_last_years() -> None:
    body = "On 31 January the results of Nelegal-2018 were told."
    assert dated(body, title="Results of Nelegal-2018") == UNKNOWN


def test_address() -> None:
    url = "https://agency.example/news/2018/05/28/memorandum"
    assert summary(dated("No date.", url=url)) == ("2018-05-28", "inferred", "address")
    assert dated("No date.", url="https://agency.example/news/20180/4321999") == UNKNOWN
    found = dated("On 3-5 June it was held.", url="https://agency.example/2018/a-memorandum")
    assert summary(found) == ("2018-06-05", "inferred", "address")


ARTICLE = (
    "The struggle goes on.\n\nIn the Strategy for the period up to 2025 adopted in October 2016, "
    "states agreed on measures. The signing in 2018 of a memorandum was a step, as was a meeting "
    "in 2017. The Office was created last year; a conference was held on June 28-29 this year in "
    "New York.\n\nThe memorandum will be signed in 2019, in September of this year at the latest."
)


def test_a_day_of_this_year_and_the_latest_year_told() -> None:
    found = dated(ARTICLE)
    assert summary(found) == ("2018", "inferred", "told-year")
    assert found.value == date(2018, 1, 1)
    assert found.evidence == "June 28-29 this year … The signing in 2018"


@pytest.mark.parametrize(
    "horizon",
    [
        "The plan runs until July 1, 2030.",
        "Барнома то соли 2030 қабул шуд.",
        "Ծրագիրը գործում է մինչև 2030 թ. վերջը։",
        "Стратегия на период до 2030 года принята.",
        "In 2030 the exercise will be held again.",
    ],
)
def test_horizons_are_not_told_years(horizon: str) -> None:
    body = f"A story.\n\nOn June 28-29 this year they met. In 2018 they had signed. {horizon}"
    assert summary(dated(body)) == ("2018", "inferred", "told-year")


def test_without_a_day_of_this_year_the_latest_year_told_is_not_enough() -> None:
    assert dated(ARTICLE.replace(" on June 28-29 this year", "")) == UNKNOWN
    assert dated("Since 2003 it was held. In 2018 a memorandum was signed.") == UNKNOWN


# 4b. What the source states, and the day of the crawl

LABELLED = [
    ("en", "The council met. Published: 5 September 2025, 10:00", "2025-09-05"),
    ("en", "The council met. Posted on: September 5, 2025", "2025-09-05"),
    ("ru", "17 июня прошёл семинар. Дата публикации: 18 июня 2021 года, 10:00", "2021-06-18"),
    ("be", "Прайшлі вучэнні. Апублікавана: 5 верасня 2025", "2025-09-05"),
    ("kk", "Жаттығу өтті. Жарияланды: 25 қар. 2024 15:12", "2024-11-25"),
    ("ky", "Машыгуу өттү. Жарыяланды: 27.11.2025", "2025-11-27"),
    ("tg", "Машқ гузашт. Санаи нашр: 27.11.2025", "2025-11-27"),
    ("hy", "Նիստը կայացավ։ Հրապարակվել է՝ 26 / 6 / 2024", "2024-06-26"),
]


@pytest.mark.parametrize(("language", "body", "day"), LABELLED)
def test_a_date_behind_the_pages_own_label(language: str, body: str, day: str) -> None:
    assert summary(dated(body, language=language)) == (day, "printed", "labelled-date")


def test_a_label_on_a_card_that_was_cut() -> None:
    found = publication_date(
        title="9 июля состоится встреча",
        body="Встреча состоится 9 июля 2024 года.",
        language="ru",
        cards=["Раздел: Анонсы Дата публикации: 6 июля 2024 года, 12:40 Ссылка"],
    )
    assert summary(found) == ("2024-07-06", "printed", "labelled-date")
    assert found.evidence == "Дата публикации: 6 июля 2024"


def crawled(body: str, day: date, *lines: str, hint: str | None = None) -> PublicationDate:
    return publication_date(
        title="", body=body, language="en", date_lines=lines, hint=hint, crawled=day
    )


def test_nothing_after_the_crawl_is_believed_but_a_date_line() -> None:
    day = date(2023, 5, 25)
    assert crawled("No date.", day, hint="2023-06-01") == UNKNOWN
    assert crawled("On 1 June 2023 the Council met.", day) == UNKNOWN
    assert crawled("In June 2023 the Council met.", day) == UNKNOWN
    assert summary(crawled(SENTENCE, day, hint="2023-06-01")) == (
        "2023-05-22",
        "printed",
        "first-sentence",
    )
    assert summary(crawled("", day, "26.06.2023")) == ("2023-06-26", "printed", "own-line")


def test_a_page_may_be_fetched_on_the_day_before_by_another_clock() -> None:
    day = date(2023, 5, 25)
    found = crawled("No date.", day, hint="2023-05-26")
    assert summary(found) == ("2023-05-26", "printed", "stated-date")
    assert crawled("No date.", day, hint="2023-05-27") == UNKNOWN
    assert crawled("No date.", date.max, hint="2023-05-27") != UNKNOWN


def test_days_of_old_acts_are_not_the_day_of_the_news() -> None:
    assert dated("On 15 May 1992 the Treaty was signed in Tashkent.") == UNKNOWN
    assert dated("7 октября 2002 года подписан Устав.", language="ru") == UNKNOWN


def test_the_year_behind_a_day_wins_over_that_of_the_words_before() -> None:
    body = "Подведены итоги учений за 2023 год 12 февраля 2024 года в Минске."
    assert [one.value for one in find_dates(body)] == [date(2024, 2, 12)]


# 6. Events


def published(day: str | None, precision: str = "day", known: str = "printed") -> PublicationDate:
    if day is None:
        return UNKNOWN
    value = date.fromisoformat(day)
    return PublicationDate(value, Precision(precision), Certainty(known), day, "own-line")


def event(
    body: str,
    when: PublicationDate,
    language: str = "en",
    title: str = "Headline",
) -> EventDate | None:
    return event_date(body=body, title=title, language=language, published=when)


def days(found: EventDate | None) -> tuple[str, str, str] | None:
    return (
        (found.first.isoformat(), found.last.isoformat(), found.certainty.value) if found else None
    )


PRINTED_EVENTS = [
    ("en", "From 22 to 26 May 2023 the stage was held.", "2023-05-22", "2023-05-26"),
    ("en", "25-26 September 2024 the meeting was held.", "2024-09-25", "2024-09-26"),
    ("en", "On 13-17.10.2025 the stage was held.", "2025-10-13", "2025-10-17"),
    ("en", "On 28.09-03.10.2025 the stage was held.", "2025-09-28", "2025-10-03"),
    ("en", "It was held from February 26 to March 1, 2019.", "2019-02-26", "2019-03-01"),
    ("en", "On 22, 23 and 24 May 2023 the staff met.", "2023-05-22", "2023-05-24"),
    ("en", "On June 25-25, 2021 the operation was held.", "2021-06-25", "2021-06-25"),
    ("en", "On May 16, 2024 the Council met.", "2024-05-16", "2024-05-16"),
    ("ru", "С 22 по 26 мая 2023 года проведен этап.", "2023-05-22", "2023-05-26"),
    ("ru", "С 28 декабря по 3 января 2024 года прошло учение.", "2023-12-28", "2024-01-03"),
    ("ru", "28 декабря 2023 – 3 января 2024 года прошло учение.", "2023-12-28", "2024-01-03"),
    ("ru", "8 − 11 июля 2024 года состоится визит.", "2024-07-08", "2024-07-11"),
    ("be", "З 31 жніўня па 3 верасня 2021 года прайшлі вучэнні.", "2021-08-31", "2021-09-03"),
    ("kk", "2023 жылғы 22-26 мамырда жаттығу өтті.", "2023-05-22", "2023-05-26"),
    ("kk", "2023 жылғы 22 мамырдан 26 мамырға дейін жаттығу өтті.", "2023-05-22", "2023-05-26"),
    ("ky", "2025-жылдын 26-27-ноябрында сессия өттү.", "2025-11-26", "2025-11-27"),
    ("ky", "2023-жылдын 22-майынан 26-майына чейин өттү.", "2023-05-22", "2023-05-26"),
    ("tg", "Аз 22 то 26 майи соли 2023 амалиёт гузашт.", "2023-05-22", "2023-05-26"),
    ("hy", "2023 թ․ մայիսի 22-ից 26-ը անցկացվեց։", "2023-05-22", "2023-05-26"),
    ("hy", "2024 թվականի նոյեմբերի 28-ին կայացավ նիստ։", "2024-11-28", "2024-11-28"),
]


@pytest.mark.parametrize(("language", "body", "first", "last"), PRINTED_EVENTS)
def test_events_with_their_year(language: str, body: str, first: str, last: str) -> None:
    for when in (UNKNOWN, published(last)):
        found = event(body, when, language)
        assert days(found) == (first, last, "printed")
        assert found is not None
        assert found.evidence in body
        assert found.rule == ("event-days" if first < last else "event-day")


INFERRED_EVENTS = [
    ("en", "On 3-5 June the exercise was held.", "2019-06-05", "2019-06-03", "2019-06-05"),
    ("en", "From 21 to 25 April this year it was held.", "2019-12-20", "2019-04-21", "2019-04-25"),
    ("en", "On 23-27 September last year it was held.", "2020-02-01", "2019-09-23", "2019-09-27"),
    ("en", "On 14 December the exercise ended.", "2019-01-31", "2018-12-14", "2018-12-14"),
    ("en", "On 5 February the exercise will be held.", "2019-12-05", "2020-02-05", "2020-02-05"),
    ("ru", "С 28 августа по 3 сентября прошел этап.", "2007-09-10", "2007-08-28", "2007-09-03"),
    ("ru", "31 августа - 3 сентября проходит учение.", "2021-08-30", "2021-08-31", "2021-09-03"),
    ("ru", "23 ноября с.г. состоялось заседание.", "2018-11-25", "2018-11-23", "2018-11-23"),
    ("ru", "12 мая Совет проведёт переговоры.", "2024-05-06", "2024-05-12", "2024-05-12"),
    ("be", "5 верасня скончыліся вучэнні.", "2025-09-07", "2025-09-05", "2025-09-05"),
    ("kk", "26 ақпан мен 1 наурыз аралығында өтті.", "2019-03-04", "2019-02-26", "2019-03-01"),
    ("ky", "19-23-майда операция өттү.", "2025-05-24", "2025-05-19", "2025-05-23"),
    ("tg", "31-уми августи соли равон доир шуд.", "2021-09-01", "2021-08-31", "2021-08-31"),
    ("hy", "Օգոստոսի 20-ից 22-ը անցկացվեց։", "2021-08-25", "2021-08-20", "2021-08-22"),
]


@pytest.mark.parametrize(("language", "body", "told", "first", "last"), INFERRED_EVENTS)
def test_events_without_their_year(
    language: str, body: str, told: str, first: str, last: str
) -> None:
    found = event(body, published(told), language)
    assert days(found) == (first, last, "inferred")
    assert found is not None
    assert found.evidence in body
    assert event(body, UNKNOWN, language) is None


TODAY = [
    ("en", "Today the Council met.", "Today"),
    ("ru", "Сегодня прошло заседание.", "Сегодня"),
    ("be", "Сёння прайшло пасяджэнне.", "Сёння"),
    ("kk", "Бүгін Астанада сессия өтті.", "Бүгін"),
    ("ky", "Бүгүн Бишкекте сессия өттү.", "Бүгүн"),
    ("tg", "Имрӯз ҷаласа баргузор шуд.", "Имрӯз"),
    ("hy", "Այսօր կայացավ նիստը։", "Այսօր"),
]


@pytest.mark.parametrize(("language", "body", "word"), TODAY)
def test_today_only_where_the_day_of_publication_is_printed(
    language: str, body: str, word: str
) -> None:
    day = date(2019, 6, 5)
    found = event(body, published("2019-06-05"), language)
    assert found == EventDate(day, day, Certainty.INFERRED, word, "event-today")
    for when in (UNKNOWN, published("2019-06-05", known="inferred")):
        assert event(body, when, language) is None
    assert event(body, published("2019-06-01", "month"), language) is None


def test_yesterday_and_news_of_today_that_names_an_earlier_day() -> None:
    when = published("2019-06-05")
    assert days(event("Yesterday the Council met.", when)) == (
        "2019-06-04",
        "2019-06-04",
        "inferred",
    )
    held = "The Council today remembered those who were lost on May 30."
    assert days(event(held, when)) == ("2019-06-05", "2019-06-05", "inferred")
    assert event("Today's threats are many.", when) is None


NO_EVENTS = [
    ("en", "The Treaty of 15 May 1992 remains in force."),
    ("en", "On 15 May 1992 the Treaty was signed."),
    ("en", "The document adopted on 28 April 2003 was discussed."),
    ("en", "The Strategy until 31 December 2025 was discussed."),
    ("en", "The 2021-2025 plan was discussed."),
    ("en", "In 2019 the exercise was held. In May it ended."),
    ("en", "Results of Search-2019 were told."),
    ("en", "June 5, 2023 Senators Write a Letter"),
    ("en", "June 5, 2023 – The Council met."),
    ("en", "MOSCOW, June 5. /TASS/. The Council met."),
    ("en", "From 1 January 2023 to 30 September 2023 crime fell."),
    ("ru", "Договор от 15 мая 1992 года действует."),
    ("ru", "5 июня 2023 года 11:20 Москва, Кремль"),
    ("ru", "С 1 января 2024 года председательство переходит к Казахстану."),
    ("be", "Дамова ад 15 мая 1992 года дзейнічае."),
    ("kk", "2006 жылғы 17 сәуірдегі заң талқыланды."),
    ("ky", "2025-жылдын 1-январынан тартып Кыргызстан төрагалык кылат."),
    ("tg", "Шартномаи аз 15 майи соли 1992 амал мекунад."),
    ("hy", "Հիմքում 1992 թվականի մայիսի 15-ի պայմանագիրն է։"),
]


@pytest.mark.parametrize(("language", "body"), NO_EVENTS)
def test_what_is_no_event(language: str, body: str) -> None:
    assert event(body, published("2023-06-05"), language) is None


def test_without_a_publication_date_what_is_recalled_is_no_event() -> None:
    body = "Twenty years ago, on 28 April 2003, the session was held."
    assert event(body, UNKNOWN) is None


def test_the_range_of_which_a_day_is_part() -> None:
    body = "On 26 May 2023 the stage ended. It was held from 22 to 26 May 2023."
    assert days(event(body, UNKNOWN)) == ("2023-05-22", "2023-05-26", "printed")


def test_the_title_names_the_event() -> None:
    found = event("Переговоры.", published("2024-07-04"), "ru", "8–11 июля состоится визит")
    assert days(found) == ("2024-07-08", "2024-07-11", "inferred")


def test_of_a_year_of_publication_only_its_middle_tells_the_year_of_a_day() -> None:
    when = published("2019-01-01", "year", "inferred")
    assert days(event("On 3-5 June it was held.", when)) == ("2019-06-03", "2019-06-05", "inferred")
    assert event("On 3-5 December it was held.", when) is None


RUSSIAN_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
ARMENIAN = (
    "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի "
    "նոյեմբերի դեկտեմբերի"
)


def ranges(a: date, b: int) -> list[tuple[str, str]]:
    """A range of days of one month in the forms of the languages."""
    russian = RUSSIAN_MONTHS.split()[a.month - 1]
    armenian = ARMENIAN.split()[a.month - 1]
    return [
        ("en", f"From {a.day} to {b} {a:%B %Y} the stage was held."),
        ("en", f"On {a:%B} {a.day}-{b}, {a.year} the stage was held."),
        ("ru", f"С {a.day} по {b} {russian} {a.year} года прошел этап."),
        ("ru", f"{a.day}–{b}.{a.month:02}.{a.year} прошел этап."),
        ("hy", f"{a.year} թ. {armenian} {a.day}-ից {b}-ը անցկացվեց։"),
    ]


@settings(max_examples=150, deadline=None)
@given(st.dates(date(2003, 1, 1), date(2030, 12, 31)), st.data())
def test_a_range_gives_its_first_and_its_last_day(first: date, data: st.DataObject) -> None:
    last = data.draw(st.integers(first.day, monthrange(first.year, first.month)[1]))
    for language, body in ranges(first, last):
        found = event(body, UNKNOWN, language)
        assert found is not None
        assert (found.first, found.last) == (first, first.replace(day=last))


# 7. Places

DATELINES = [
    ("MOSCOW, October 14. /TASS/. The Council met.", "MOSCOW", "MOSCOW, October 14. /TASS/."),
    ("WASHINGTON, D.C. - Senators met.", "WASHINGTON, D.C.", "WASHINGTON, D.C. -"),
    ("Washington, DC (March 3, 2005) – They met.", "Washington, DC", None),
    ("АСТАНА, 8 ноября. /КазТАГ/. Сессия.", "АСТАНА", "АСТАНА, 8 ноября. /КазТАГ/."),
    ("ДУШАНБЕ, 18.10.2021. /agency/. Машқҳо.", "ДУШАНБЕ", "ДУШАНБЕ, 18.10.2021. /agency/."),
    ("Ереван, 5 мая. Совет собрался.", "Ереван", "Ереван, 5 мая."),
    ("ԵՐԵՎԱՆ, 5 մայիսի. /Գործակալություն/. Նիստ։", "ԵՐԵՎԱՆ", None),
    ("БИШКЕК, 27-ноябрь. /Агенттик/. Сессия.", "БИШКЕК", "БИШКЕК, 27-ноябрь. /Агенттик/."),
    ("27 жніўня, Мінск /Кар. агенцтва/. Тут.", "Мінск", "27 жніўня, Мінск /Кар. агенцтва/."),
    ("HONOLULU (AP) _ They met.", "HONOLULU", "HONOLULU (AP) _"),
    ("NEW YORK, Sept. 5, 2021 /Wire/ -- They met.", "NEW YORK", None),
    ("NUR-SULTAN. November 28. AGENCY - They met.", "NUR-SULTAN", None),
    ("YEREVAN, MAY 5, AGENCY. They met.", "YEREVAN", "YEREVAN, MAY 5, AGENCY."),
    ("Тульская область, 5 мая. Учение.", "Тульская область", "Тульская область, 5 мая."),
    ("A subtitle\n\nMINSK, 29 May. They met.", "MINSK", "MINSK, 29 May."),
]


@pytest.mark.parametrize(("body", "name", "evidence"), DATELINES)
def test_the_place_of_a_dateline(body: str, name: str, evidence: str | None) -> None:
    found = place_of(title="Headline", body=body)
    assert found is not None
    assert (found.name, found.rule) == (name, "dateline")
    assert found.evidence in body
    assert evidence in (None, found.evidence)


STAMPED = [
    ("3 июля 2024 года 11:20 Москва, Кремль Посол вручил грамоты.", "Москва, Кремль"),
    (
        "26 июля 2024 года, 9:05 Московская область, Горки И.Иванов: Да.",
        "Московская область, Горки",
    ),
    ("14 июля 2024 года 8:15 Тульская область И.Иванов: Да.", "Тульская область"),
    ("15 июля 2024 года 9:45 Москва Форум открыт.", "Москва"),
    ("15 июля 2024 года 9:45 Выборг И.Иванов: Да.", "Выборг"),
]


@pytest.mark.parametrize(("body", "name"), STAMPED)
def test_the_place_behind_a_stamp(body: str, name: str) -> None:
    found = place_of(title="Headline", body=f"События Название. {body}")
    assert found is not None
    assert (found.name, found.rule) == (name, "stamped-place")
    assert found.evidence == body[: body.index(name) + len(name)]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "CSTO – the Organization of six states.",
        "Security – a priority.",
        "Monday, January 17. The Council met.",
        "Сегодня, 5 мая. Совет собрался.",
        "В Москве, 5 мая. Совет собрался.",
        "May 5. The Council met.",
        "Совет министров, 5 мая. Итоги.",
        "2 июня 2024 года 12:30 Стороны обсудили учение.",
        "2 июня 2024 года 12:30 Имя Фамилия сообщил о встрече.",
        "2 июня 2024 года 12:30 И.Иванов: Добрый день!",
        "2 июня 2024 года 12:30 Текст Указа: назначить.",
        "2 июня 2024 года 12:30 Иванов, Петров и другие.",
    ],
)
def test_where_no_place_is_known(body: str) -> None:
    assert place_of(title="Headline", body=body) is None


def test_places_of_date_lines_and_titles() -> None:
    line = DateLine("MINSK, 29 May 2023.", "own-line")
    found = place_of(title="", body="", date_lines=[line])
    assert found is not None
    assert (found.name, found.evidence) == ("MINSK", line.text)
    assert place_of(title="NOTES FROM THE ROAD, MAY 21", body="They met.") is None


# 8. For any text


FRAGMENTS = """
    On in the Council met will be held 26 May 2023 this year Search-2019 «Нелегал-18» мая с.г. 31
    февраля года 2023 թ. մայիսի 15-ի жылдың қарашасында until treaty of 0 99 . , plan for 2020 1
    January 05/06/2021 30th anniversary Treaty соли равон last next
"""
WORDS = st.sampled_from([*FRAGMENTS.split(), "\n", "\n\n"])
TEXTS = st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["en", "ru", "kk", "unknown"]), st.none() | TEXTS, TEXTS)
def test_a_date_is_unknown_or_has_its_evidence(
    title: str, body: str, language: str, hint: str | None, line: str
) -> None:
    found = dated(body, line, title=title, language=language, hint=hint, url=hint)
    if found.value is None:
        assert found == UNKNOWN
        return
    assert found.evidence
    assert found.rule in RULES | CLEANING_RULES
    assert found.certainty is not Certainty.UNKNOWN
    assert found.last_day is not None
    assert timedelta(0) <= found.last_day - found.value < timedelta(366)
    sources = " ".join((title, body, hint or "", line))
    for words in found.evidence.split(" … "):
        assert words == "…" or " ".join(words.split()) in " ".join(sources.split())


@settings(max_examples=300, deadline=None)
@given(
    TEXTS,
    TEXTS,
    st.sampled_from(["en", "ru", "kk", "unknown"]),
    st.none() | st.dates(),
    st.sampled_from(Precision),
    st.sampled_from(Certainty),
)
def test_events_and_places_of_any_text_quote_it(
    title: str,
    body: str,
    language: str,
    day: date | None,
    precision: Precision,
    certainty: Certainty,
) -> None:
    when = PublicationDate(day, precision, certainty, "x", "own-line") if day else UNKNOWN
    found = event(body, when, language, title)
    place = place_of(title=title, body=body, date_lines=[title])
    for evidence in [one.evidence for one in (found, place) if one]:
        assert " ".join(evidence.split()) in " ".join(f"{title}\n{body}".split())
    if found:
        assert found.first <= found.last
        assert found.rule in RULES
    if place:
        assert place.name in place.evidence
        assert place.rule in RULES


@pytest.mark.parametrize(
    "body",
    ["26 May " * 300_000, "in 2018 this year. " * 100_000, "2018-" * 400_000, "A. " * 700_000],
    ids=["dates", "sentences", "digits", "stops"],
)
def test_large_texts_take_linear_time(body: str) -> None:
    start = time.perf_counter()
    found = dated(body, title=body[:100_000], hint=body, url=body[:100_000])
    event(body, found, title=body)
    place_of(title=body, body=body, date_lines=[body])
    assert time.perf_counter() - start < 5
