"""Laws of cleaning.

1. Every visible character of the input stands once in title, body, removed text or date lines.
2. The title and the whole article survive every page template, and nothing of the page does.
3. What was cut names its kind and a rule that `RULES` describes.
4. Where the signs are weak, nothing is cut.
5. Cleaning takes time in proportion to the text.
"""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.cleaning import RULES, CleanText, DateLine, clean

TITLE = "Border services of six states compared their search methods"
LEAD = (
    "Officers of the border services met in the training centre near the lake and compared the "
    "methods by which they look for hidden cargo in lorries and railway wagons."
)
REST = (
    "On the second day the dogs were brought in. They found nine of ten parcels within an hour.",
    "Lessons for the coming season",
    "The participants agreed to write a common manual and to try it at two crossings.",
)
BODY = "\n\n".join((LEAD, *REST))
TEASERS = (
    "On 3 March 2024 the operation Channel-Example ended with a press conference in the capital.",
    "The exercise “Rock-2024” has been prepared by rescuers of three ministries. Allow me to thank "
    "everybody who took part in the preparation of this large and difficult exercise.",
    "Representatives of the Red Cross were received by the deputy head of the secretariat.",
)
LOOSE = "\n\n\n".join(TEASERS)
TAIL = "\n\nGo back\n\nBack to the section\n\nBack to the all news"
DATES = ("12.04.2024", "09.04.2024", "02.04.2024")
DATED = "\n\n\n".join(f"{day}\n\n{teaser}" for day, teaser in zip(DATES, TEASERS, strict=True))


def kinds(cleaned: CleanText) -> Counter[str]:
    return Counter(removed.kind for removed in cleaned.removed)


def rules(cleaned: CleanText) -> list[str]:
    return [removed.rule for removed in cleaned.removed]


def visible(*texts: str) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


def assert_nothing_lost(text: str, cleaned: CleanText, stated: bool = False) -> None:
    cut = [removed.text for removed in cleaned.cut]
    title = "" if stated else cleaned.title
    assert visible(title, cleaned.body, *cut) == visible(text)


def assert_article(text: str, *, date: DateLine | None = None, body: str = BODY) -> CleanText:
    cleaned = clean(text)
    assert cleaned.title == TITLE
    assert cleaned.body == body
    assert cleaned.date_lines == ((date,) if date else ())
    assert_nothing_lost(text, cleaned)
    return cleaned


# 2. Templates


def test_template_1_undated_teasers_with_gaps() -> None:
    cleaned = assert_article(f"{LOOSE}\n\n{TITLE}\n\n\n  {BODY}{TAIL}")
    assert [r.text for r in cleaned.removed if r.kind == "teaser"] == list(TEASERS)
    assert kinds(cleaned) == {"teaser": 3, "navigation": 3}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_template_1_any_number_of_teasers(count: int) -> None:
    text = "\n\n\n".join(TEASERS[:count]) + f"\n\n{TITLE}\n\n\n{BODY}"
    assert kinds(assert_article(text)) == {"teaser": count}


def test_template_1_teaser_of_two_paragraphs_and_one_without_full_stop() -> None:
    teasers = f"{TEASERS[0].rstrip('.')}\n\n\n{TEASERS[1]}\n\n{TEASERS[2]}"
    assert kinds(assert_article(f"{teasers}\n\n{TITLE}\n\n\n{BODY}{TAIL}"))["teaser"] == 3


def test_template_2_repeated_title_with_date() -> None:
    cleaned = assert_article(
        f"{LOOSE}\n\n{TITLE}\n\n{TITLE} 26.05.2023\n\n{BODY}",
        date=DateLine("26.05.2023", "behind-repeated-title"),
    )
    assert kinds(cleaned) == {"teaser": 3, "repeated-title": 1}


def test_template_2_below_one_teaser_that_looks_like_a_title() -> None:
    cleaned = assert_article(
        f"Rescuers have prepared the exercise\n\n\n{TITLE}\n\n{TITLE} 26.05.2023\n\n{BODY}",
        date=DateLine("26.05.2023", "behind-repeated-title"),
    )
    assert kinds(cleaned) == {"teaser": 1, "repeated-title": 1}


def test_template_3_dated_teasers() -> None:
    cleaned = assert_article(
        f"{DATED}\n\n\n{TITLE}\n\n{TITLE} 26.05.2023\n\n{BODY}",
        date=DateLine("26.05.2023", "behind-repeated-title"),
    )
    assert kinds(cleaned) == {"teaser": 3, "date-line": 3, "repeated-title": 1}
    assert [r.text for r in cleaned.removed if r.kind == "date-line"] == list(DATES)


def test_template_4_own_date_line_is_not_a_teasers() -> None:
    assert_article(
        f"{DATED}\n\n\n{TITLE}\n\n26.05.2023\n\n\n{BODY}", date=DateLine("26.05.2023", "own-line")
    )


def test_dated_teasers_without_a_date_of_the_article() -> None:
    assert kinds(assert_article(f"{DATED}\n\n\n{TITLE}\n\n\n{BODY}"))["date-line"] == 3


def test_dated_teasers_at_even_distances() -> None:
    teasers = DATED.replace("\n\n\n", "\n\n").replace(TEASERS[1], TEASERS[1].replace(".", ";", 1))
    assert kinds(assert_article(f"{teasers}\n\n{TITLE}\n\n{BODY}"))["teaser"] == 3


def test_dated_teaser_that_ends_in_a_short_line() -> None:
    teasers = f"{DATES[0]}\n\n{TEASERS[0]}\n\nRescuers have prepared\n\n\n{DATES[1]}\n\n"
    cleaned = assert_article(f"{teasers}{TEASERS[1]}\n\n\n{TITLE}\n\n{BODY}")
    assert kinds(cleaned) == {"teaser": 3, "date-line": 2}


@pytest.mark.parametrize("opening", ["Creating", "“Creating”", "«Создание»", "28 April"])
def test_template_5_glued_date(opening: str) -> None:
    lines = "\n".join((*TEASERS, TITLE))
    body = "\n".join((f"{opening} {LEAD}", *REST))
    assert_article(f"{lines}\n02.06.2018{body}", date=DateLine("02.06.2018", "glued"), body=body)


def test_template_5_teaser_without_a_full_stop() -> None:
    lines = "\n".join((TEASERS[0].rstrip("."), *TEASERS[1:], TITLE))
    body = "\n".join((LEAD, *REST))
    assert_article(f"{lines}\n02.06.2018{body}", date=DateLine("02.06.2018", "glued"), body=body)


def test_template_5_without_a_date() -> None:
    body = "\n".join((LEAD, *REST))
    cleaned = assert_article("\n".join((*TEASERS, TITLE, body)), body=body)
    assert rules(cleaned) == ["compact-teaser"] * 3


@pytest.mark.parametrize(
    "signature",
    [
        "The CSTO Press Secretary Vladimir Zaynetdinov",
        "CSTO spokesman Vladimir Zainetdinov",
        "Пресс-секретарь ОДКБ Владимир Зайнетдинов",
        "Прэс-служба АДКБ",
        "ҰҚШҰ баспасөз хатшысы",
        "ЖККУнун басма сөз кызматы",
        "Хадамоти матбуот",
        "ՀԱՊԿ մամուլի քարտուղար",
    ],
)
def test_template_6_signature(signature: str) -> None:
    cleaned = assert_article(f"{TITLE}\n\n\n{BODY}\n\n{signature}{TAIL}")
    assert kinds(cleaned) == {"signature": 1, "navigation": 3}


def test_template_6_the_first_line_is_the_title() -> None:
    assert_article(f"{TITLE}\n\n\n{BODY}")
    assert_article(f"{TITLE}\n\n{BODY}")
    assert_article(f"\n\n{TITLE}\n{BODY}\n")


def test_template_7_title_in_another_language_between() -> None:
    russian = "Пограничники шести государств сравнили методы поиска"
    cleaned = assert_article(
        f"{TITLE}\n\n{russian}\n\n{TITLE} 24.10.2025\n\n{BODY}\n\nGo back\n\nBack to the all news",
        date=DateLine("24.10.2025", "behind-repeated-title"),
    )
    assert "title-in-other-language" in rules(cleaned)


def test_template_8_two_machine_translations() -> None:
    first = (
        "About carrying out by competent authorities of the states-members of the next meeting "
        "of heads of the border services on questions of search of hidden cargo in lorries and in "
        "railway wagons on the external frontiers and about the measures taken on its results by t"
    )
    second = (
        "On holding by the competent bodies of the member states of the regular meeting of heads "
        "of border services on the search for hidden cargo in lorries and railway wagons on "
        "external frontiers and on measures taken"
    )
    text = f"{first}\n\n\n{second}\n\n{BODY}"
    cleaned = clean(text)
    assert cleaned.title == first
    assert cleaned.body == BODY
    assert rules(cleaned) == ["second-translation"]


def test_template_9_download_line() -> None:
    download = "Download document 0123456789abcdef0123456789abcdef.docx"
    cleaned = assert_article(
        f"{LOOSE}\n\n{TITLE}\n\n10.06.2022 {download}\n\n{BODY}",
        date=DateLine("10.06.2022", "own-line"),
    )
    assert [r.text for r in cleaned.removed if r.rule == "download-line"] == [download]


def test_template_10_reprint() -> None:
    text = (
        f'{TEASERS[0]}\n{TITLE}\n\n12.11.2020\n\n"A headline"\n\n   A subtitle\n\n'
        "November 11, 2020, 00:01\n\nStaff correspondent\n\n"
        "https://magazine.example/2020/11/11/a\n\n"
        f"граница, поиск, собаки\n\nPhoto: archive\n\n{BODY}"
    )
    cleaned = clean(text)
    assert cleaned.title == TITLE
    assert cleaned.body == f'"A headline"\n\nA subtitle\n\n{BODY}'
    assert cleaned.date_lines == (
        DateLine("12.11.2020", "own-line"),
        DateLine("November 11, 2020, 00:01", "second-date"),
    )
    assert rules(cleaned)[1:] == ["byline", "source-line", "foreign-keywords", "photo-credit"]


def test_template_11_own_lead_among_the_teasers_stays_in_the_body() -> None:
    block = "\n\n\n".join((TEASERS[0], LEAD, *TEASERS[1:]))
    text = f"{block}\n\n{BODY}{TAIL}"
    cleaned = clean(text)
    assert cleaned.title == ""
    assert cleaned.body == BODY
    assert kinds(cleaned) == {"teaser": 4, "navigation": 3}
    assert_nothing_lost(text, cleaned)


def test_a_teaser_that_is_the_articles_own_lead() -> None:
    block = "\n\n\n".join((LEAD, *TEASERS))
    assert_article(f"{block}\n\n{TITLE}\n\n\n{BODY}")


def test_template_12_listing() -> None:
    cleaned = clean(f"News of the month\n\n\n{LOOSE}\n\nAll CSTO News")
    assert cleaned.is_listing
    assert cleaned.title == "News of the month"
    assert not assert_article(f"{TITLE}\n\n\n{BODY}{TAIL}").is_listing


def test_template_13_delegations_and_title_before_the_article() -> None:
    delegations = "\n".join(f"Delegation of the parliament: www.p{n}.example" for n in range(12))
    text = f"The Assembly unites delegations.\n{delegations}\n{TITLE}\n19 May 2015\n{TITLE} {BODY}"
    cleaned = assert_article(text, date=DateLine("19 May 2015", "own-line"))
    assert kinds(cleaned) == {"boilerplate": 13, "repeated-title": 1}


def test_template_14_crawl_prefix() -> None:
    cleaned = clean(f" date 2020-01-01 {LEAD}\n{REST[0]}")
    assert (cleaned.title, cleaned.body) == ("", f"{LEAD}\n{REST[0]}")
    assert cleaned.date_lines == ()
    assert [(r.kind, r.text) for r in cleaned.removed] == [("stamp", "date 2020-01-01")]


@pytest.mark.parametrize(
    ("menu", "stamp", "date"),
    [
        ("Projects\nGovernment Bodies", "Flag Saturday, 20 April 2024", "16 May 2022, 18:40"),
        ("Праекты\nДзяржаўныя органы", "Сцяг Субота, 20 красавіка 2024", "16 мая 2022, 19:35"),
    ],
)
def test_template_14_agency_menu_and_stamp(menu: str, stamp: str, date: str) -> None:
    cleaned = assert_article(
        f"{menu}\n{stamp}\nIn Pictures\nRegions\n{date}\n\n{TITLE}\n\n{BODY}",
        date=DateLine(date, "own-line"),
    )
    assert kinds(cleaned) == {"navigation": 4, "stamp": 1}
    assert [r.text for r in cleaned.removed if r.kind == "stamp"] == [stamp]


def test_stamp_above_a_title_without_a_date() -> None:
    stamp = "2-Июнь, 2024-жыл, жекшемби, Бишкек убактысы 23:56"
    cleaned = assert_article(f"Линктер\n\n{stamp}\n\n{TITLE}\n\n\n{BODY}\n\nПикирлер")
    assert kinds(cleaned) == {"navigation": 2, "stamp": 1}


@pytest.mark.parametrize(
    "date",
    [
        "26.05.2023",
        "26 мая 2023 года",
        "Monday, January 17, 2022 13:42",
        "23 Nov, 2023 21:45",
        "9 Jul 04",
        "17 ноября, 2021 09:22",
        "5 верасьня",
        "25 қар. 2024 15:12",
        "2025-жылдын 26-27-ноябры",
        "15-сентябрь, 2025",
        "28 июни соли 2021, 11:20",
        "2023 թ․ մայիսի 26",
        "26 / 6 / 2024",
        "Дата публикации: 12.04.2019, 17:20",
    ],
)
def test_own_date_line_in_any_form(date: str) -> None:
    assert_article(f"{TITLE}\n\n{date}\n\n{BODY}", date=DateLine(date, "own-line"))


def test_date_above_the_title() -> None:
    assert_article(f"26 May 2023\n\n{TITLE}\n\n{BODY}", date=DateLine("26 May 2023", "own-line"))


def test_byline_with_date() -> None:
    line = "AGENCY тілшісі 28 қар. 2024 18:47"
    assert_article(f"{TITLE}\n\n{line}\n\n{BODY}", date=DateLine(line, "own-line"))


@pytest.mark.parametrize(
    "tail",
    [
        ("Назад", "Назад к разделу", "Все новости"),
        ("Назад", "Да раздзела", "Усе навіны"),
        ("Артқа", "Бөлімге оралу", "Барлық жаңалықтар"),
        ("Артка", "Бөлүмгө", "Бардык жаңылыктар"),
        ("Бозгашт", "Ба бахш", "Ҳамаи хабарҳо"),
        ("Վերադառնալ բաժին", "Բոլոր լուրերը"),
        ("[Back to all news](/en/news)", "← Go back", "Telegram"),
    ],
)
def test_navigation_in_every_language(tail: tuple[str, ...]) -> None:
    cleaned = assert_article("\n\n".join((TITLE, BODY, *tail)))
    assert [r.text for r in cleaned.removed] == list(tail)
    assert kinds(cleaned) == {"navigation": len(tail)}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Поделиться: ВКонтакте, Телеграм", "share"),
        ("Tags: border, dogs", "tags"),
        ("Читайте также: Итоги сборов", "read-also"),
        ("Источник: пресс-служба", "source"),
        ("Follow us on Telegram", "subscribe"),
        ("Фото из архива агентства", "photo-credit"),
        ("© agency.example", "copyright"),
        ("Меншікті тілшіміз, Жамбыл облысы", "byline"),
        ("Сараптама бөлімі", "byline"),
    ],
)
def test_lines_under_an_article(line: str, rule: str) -> None:
    assert rules(assert_article(f"{TITLE}\n\n{BODY}\n\n{line}")) == [rule]


def test_links_to_other_releases_under_an_article() -> None:
    links = "14.02.2024 Exercise added to the plan\n\n06.02.2024 Consultations held"
    assert rules(assert_article(f"{TITLE}\n\n{BODY}\n\n{links}")) == ["dated-link"] * 2


def test_header_of_a_source() -> None:
    text = (
        f"Cite: \nhttp://archive.example/2013/08/10/remarks\n\nAugust 10, 2013   \n"
        f"For Immediate Release   \n\n{TITLE}\n\nThe White House\n\n"
        f"Office of the Press Secretary\n\nHotel\n\tOrlando, Florida\n\n12:00 P.M. EDT\n\n"
        f"{BODY}\n\nEND"
    )
    cleaned = clean(text)
    assert cleaned.title == TITLE
    assert cleaned.body == f"Hotel\nOrlando, Florida\n\n12:00 P.M. EDT\n\n{BODY}\n\nEND"
    assert cleaned.date_lines == (DateLine("August 10, 2013", "own-line"),)
    assert kinds(cleaned) == {"boilerplate": 5}
    assert_nothing_lost(text, cleaned)


def test_without_a_header_an_office_is_a_title() -> None:
    cleaned = clean(f"Office of the Ombudsman\n\n{BODY}")
    assert (cleaned.title, cleaned.body) == ("Office of the Ombudsman", BODY)


def test_header_on_one_line_and_title_in_capitals_over_two() -> None:
    text = (
        "Cite:\nhttp://archive.example/remarks\n\nTHE WHITE HOUSE\n"
        "Office of the Press Secretary ________ For Immediate Release     April 20, 2009\n\n"
        f"REMARKS AFTER MEETING\nWITH THE CABINET\n\n1:18 P.M. EDT\n\n{BODY}"
    )
    cleaned = clean(text)
    assert cleaned.title == "REMARKS AFTER MEETING WITH THE CABINET"
    assert cleaned.date_lines == (DateLine("April 20, 2009", "own-line"),)
    assert_nothing_lost(text, cleaned)


def test_card_at_the_end_of_a_presidential_release() -> None:
    card = "Статус материала Опубликован в разделе: Новости Дата публикации: 28 марта 2025 года"
    cleaned = clean(f"События {TITLE} {LEAD} {card}", TITLE)
    assert cleaned.body == f"События {TITLE} {LEAD}"
    assert [(r.rule, r.text) for r in cleaned.removed] == [("release-card", card)]


# A title that the source states


def test_stated_title_with_the_body_alone() -> None:
    cleaned = clean(BODY, TITLE)
    assert cleaned == CleanText(TITLE, BODY)


def test_stated_title_that_the_text_repeats() -> None:
    text = f"{TITLE.upper()}\n\n26.05.2023 16:29\n\n{BODY}"
    cleaned = clean(text, f"  {TITLE} ")
    assert (cleaned.title, cleaned.body) == (TITLE, BODY)
    assert rules(cleaned) == ["repeated-title"]
    assert cleaned.date_lines == (DateLine("26.05.2023 16:29", "own-line"),)
    assert_nothing_lost(text, cleaned, stated=True)


def test_stated_title_with_date_and_rubric_above() -> None:
    cleaned = clean(f"World\n\n13 Oct, 2022 15:40\n\n{TITLE}\n\n{BODY}", TITLE)
    assert cleaned.body == BODY
    assert rules(cleaned) == ["above-stated-title", "repeated-title"]
    assert cleaned.date_lines == (DateLine("13 Oct, 2022 15:40", "own-line"),)


def test_stated_title_under_teasers() -> None:
    cleaned = clean(f"{DATED}\n\n\n{TITLE}\n\n26.05.2023\n\n\n{BODY}", TITLE)
    assert cleaned.body == BODY
    assert kinds(cleaned) == {"teaser": 3, "date-line": 3, "repeated-title": 1}


def test_a_lead_that_opens_with_the_words_of_the_title_is_kept() -> None:
    lead = f"{TITLE} in a seminar near the lake, as the press service of the ministry reports."
    assert clean(lead, TITLE).body == lead
    cleaned = clean(f"{TITLE}\n\n19 May 2015\n\n{lead}")
    assert (cleaned.title, cleaned.body) == (TITLE, lead)
    short = f"Meeting of Presidents {LEAD}"
    assert clean(short, "Meeting of Presidents").body == short


def test_stated_title_in_a_caption_cuts_no_lead() -> None:
    text = f"{LEAD}\n\n{TITLE}\n\n{REST[0]}"
    assert clean(text, TITLE).body == text


# 4. In doubt


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        "A single line without a full stop",
        f"{LEAD}\n\n{REST[0]}",
        f"{LEAD}\n\n{REST[0]}\n\nA headline inside\n\n{REST[2]}",
        f"{LEAD}\n{REST[0]}",
        "Yes.\n\nNo.\n\nYes.",
    ],
)
def test_text_without_a_title_stays_whole(text: str) -> None:
    assert clean(text) == CleanText("", text)


def test_a_text_that_stands_twice_is_no_teaser_block() -> None:
    text = "\n".join((LEAD, REST[0], LEAD, REST[0]))
    assert clean(text, TITLE).body == text


def test_ordinary_lines_are_kept() -> None:
    body = "\n\n".join(
        (LEAD, "Photo and film were shown.", "Back", "The way home", "Share of women: a third.")
    )
    assert clean(f"{TITLE}\n\n{body}\n\n{LEAD}").body == f"{body}\n\n{LEAD}"


def test_a_speech_with_repeated_exclamations_has_no_teasers() -> None:
    speech = "\n\n".join((LEAD, "AUDIENCE: Yes we can!", "AUDIENCE: Yes we can!", *REST))
    cleaned = clean(f"{TITLE}\n\n{speech}")
    assert (cleaned.title, cleaned.body) == (TITLE, speech)


def test_a_letter_with_its_date_inside_is_kept() -> None:
    letter = f"{LEAD}\nThe text of the letter follows:\nFebruary 13, 2007\nDear Sir\n{REST[0]}"
    assert clean(f"{TITLE}\n{letter}").body == letter


def test_empty_text() -> None:
    assert clean("") == CleanText("", "")
    assert clean(" \n\t\n") == CleanText("", "")


def test_invisible_lines() -> None:
    cleaned = assert_article(f"\u200b\n{TITLE}\n\n\ufeff\n{BODY}")
    assert rules(cleaned) == ["invisible-characters"] * 2


# 1 and 3, for any text

PIECES = st.sampled_from(
    [
        TITLE,
        LEAD,
        *REST,
        *TEASERS,
        *DATES,
        f"{TITLE} {DATES[0]}",
        f"{DATES[1]}{LEAD}",
        f"{TITLE} {LEAD}",
        f" date 2021-01-01 {LEAD}",
        "Go back",
        "All CSTO News",
        "Cite:",
        "For Immediate Release May 3, 2009",
        "Flag Saturday, 20 April 2024",
        "Пресс-служба ОДКБ",
        "11.06.2022 Download document 00ff.docx",
        "Photo: archive",
        "\u200b",
        "________",
    ]
)
LINES = st.one_of(PIECES, st.text(max_size=30))
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\u2028"])
PAGES = st.lists(st.tuples(LINES, GAPS), max_size=14).map(
    lambda page: "".join(line + gap for line, gap in page)
)


@settings(max_examples=400, deadline=None)
@given(PAGES, st.one_of(st.none(), st.just(TITLE), st.text(max_size=20)))
def test_every_visible_character_is_kept_once(text: str, title: str | None) -> None:
    cleaned = clean(text, title)
    stated = bool(title and title.split())
    assert_nothing_lost(text, cleaned, stated=stated)
    if stated:
        assert cleaned.title == " ".join(str(title).split())
    assert all(removed.rule in RULES and removed.text for removed in cleaned.removed)
    assert all(line.rule in RULES and line.text for line in cleaned.date_lines)
    assert cleaned.body == cleaned.body.strip()


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_the_words_of_the_body_stay_in_their_order(text: str) -> None:
    order = iter("".join(text.split()))
    assert all(char in order for char in "".join(clean(text).body.split()))


# 5. Time


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400_000,
        "2" * 2_000_000,
        "26 May " * 300_000,
        "«" * 2_000_000,
        "\n".join(f"line {number}" for number in range(100_000)),
        "\n\n".join(["Title of it all here"] * 100_000),
        "\n".join(["Go back"] * 100_000),
    ],
    ids=["words", "digits", "dates", "quotes", "lines", "same", "links"],
)
def test_large_texts_take_linear_time(text: str) -> None:
    start = time.perf_counter()
    cleaned = clean(text)
    assert time.perf_counter() - start < 5
    assert_nothing_lost(text, cleaned)
