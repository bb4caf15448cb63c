"""The words that dates are written with, in the working languages, and what a date looks like.

Cleaning only asks whether a line is nothing but a date; `indexer.dates` reads it.
"""

import re
from collections.abc import Iterable
from itertools import product


def _words(line: str) -> list[str]:
    return line.split()


def _inflected(months: Iterable[str], endings: Iterable[str]) -> list[list[str]]:
    every = tuple(endings)
    return [[stem + end for stem in month.split() for end in every] for month in months]


def _listed(months: Iterable[str]) -> list[list[str]]:
    return [month.split() for month in months]


_ENGLISH = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_RUSSIAN = (
    "январь января январю январе янв",
    "февраль февраля февралю феврале фев февр",
    "март марта марту марте мар",
    "апрель апреля апрелю апреле апр",
    "май мая маю мае",
    "июнь июня июню июне июн",
    "июль июля июлю июле июл",
    "август августа августу августе авг",
    "сентябрь сентября сентябрю сентябре сен сент",
    "октябрь октября октябрю октябре окт",
    "ноябрь ноября ноябрю ноябре ноя нояб",
    "декабрь декабря декабрю декабре дек",
)
# The second spelling of a month is that of Tarashkevitsa, where it differs.
_BELARUSIAN = (
    "студзень студзеня студзені студ",
    "люты лютага лютым лют",
    "сакавік сакавіка сакавіку сак",
    "красавік красавіка красавіку крас",
    "май мая маі травень траўня траўні",
    "чэрвень чэрвеня чэрвені чэрв",
    "ліпень ліпеня ліпені ліп",
    "жнівень жніўня жніўні жнів",
    "верасень верасня верасні верасьня верасьні вер",
    "кастрычнік кастрычніка кастрычніку каст",
    "лістапад лістапада лістападзе ліст",
    "снежань снежня снежні сьнежань сьнежня сьнежні снеж",
)
_KAZAKH_STEMS = (
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек қыркүйег",
    "қазан",
    "қараша",
    "желтоқсан",
)
_KAZAKH_SHORT = "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"
# Kyrgyz and Tajik write the international names; both also meet in Russian spelling.
_KYRGYZ_STEMS = (
    "январь январ",
    "февраль феврал",
    "март",
    "апрель апрел",
    "май",
    "июнь июн",
    "июль июл",
    "август",
    "сентябрь сентябр",
    "октябрь октябр",
    "ноябрь ноябр",
    "декабрь декабр",
)
_ARMENIAN_STEMS = (
    "հունվար",
    "փետրվար",
    "մարտ",
    "ապրիլ",
    "մայիս",
    "հունիս",
    "հուլիս",
    "օգոստոս",
    "սեպտեմբեր",
    "հոկտեմբեր",
    "նոյեմբեր",
    "դեկտեմբեր",
)
# Case endings alone and after the possessive: қараша-да, қараша-сын-да, қараша-сын-дағы.
_KAZAKH_CASES = "да де та те ға ге қа ке на не дан ден тан тен нан нен ның нің дың дің тың тің"
_KAZAKH_ENDINGS = (
    "",
    *_words(f"{_KAZAKH_CASES} дағы дегі тағы тегі нда нде ндағы ндегі"),
    *map("".join, product(("ы", "і", "сы", "сі"), ("", "н", *_words(_KAZAKH_CASES)))),
    *map("".join, product(("ын", "ін", "сын", "сін"), ("да", "де", "дағы", "дегі", "ан", "ен"))),
)
_KYRGYZ_CASES = "да де та те до дө то тө га ге ка ке го гө ко кө дан ден тан тен дон дөн тон төн"
_KYRGYZ_ENDINGS = (
    "",
    *_words(f"{_KYRGYZ_CASES} дагы деги тагы теги дин дын дун дүн тин тын тун түн"),
    *map(
        "".join,
        product("ыиуү", ("", "н", "на", "не", "нда", "нде", "нан", "нен", "нын", "нин", "ндагы")),
    ),
    *map("".join, product("уү", ("ндо", "ндө", "нон", "нөн", "но", "нө", "нун", "нүн"))),
)
_TAJIK_ENDINGS = ("", "и", "ро", "ӣ")
_ARMENIAN_ENDINGS = ("", "ի", "ին", "ից", "իս", "ով", "ը", "ն", "յան")


MONTHS: dict[str, int] = {
    form: number
    for table in (
        _inflected(_KYRGYZ_STEMS, (*_KYRGYZ_ENDINGS, *_TAJIK_ENDINGS)),
        _inflected(_KAZAKH_STEMS, _KAZAKH_ENDINGS),
        _listed(_words(_KAZAKH_SHORT)),
        _inflected(_ARMENIAN_STEMS, _ARMENIAN_ENDINGS),
        _listed(_BELARUSIAN),
        _listed(_RUSSIAN),
        _listed(_ENGLISH),
    )
    for number, forms in enumerate(table, start=1)
    for form in forms
}
"""Every form of a month's name, in lower case, and the month's number."""

_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    панядзелак аўторак серада чацвер пятніца субота нядзеля
    дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі
    дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби
    душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе
    երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի
"""
_YEAR_WORDS = """
    year of the this current st nd rd th on at
    год года году г гг с текущего года года. го в
    года г. году
    жыл жылы жылғы жылдың жылдан ж
    жыл жылы жылкы жылдын жылда
    сол соли соле равон уми юми ум
    թ թվական թվականի թվականին տարի տարվա ին
"""
_TIME_WORDS = """
    am pm a m p gmt utc msk est edt et cst cdt pst pdt z t
    мск ч час часов мин время
    published posted updated date release dated
    дата публикации опубликовано опубликован размещено обновлено создано
    апублікавана дата
    жарияланды жарияланған күні
    жарыяланды күнү
    санаи нашр
    հրապարակվել ամսաթիվ
"""
WEEKDAYS = frozenset(_WEEKDAYS.split())
_DATE_WORDS = WEEKDAYS | frozenset(f"{_YEAR_WORDS} {_TIME_WORDS}".replace(".", "").split())

NUMERIC_DATE = re.compile(
    r"(?<![\d.])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2}"
    r"|\d{1,2} / \d{1,2} / \d{4})(?!\d|\.\d)"
)
"""26.05.2023, 26-05-2023, 26/5/23, 2023-05-26, 26 / 6 / 2024."""
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
# Monday in Tajik is the name of the capital as well.
_CITIES = frozenset({"душанбе"})
_BESIDE_COMMA = re.compile(r"[^\W\d_]+(?=,)|(?<=, )[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = 72
"""Characters of the longest line that is still only a date, with a weekday, a time and a label."""


def month_number(word: str) -> int | None:
    """The number of the month that the word names in any of the languages, or None."""
    lower = word.lower()
    # Kazakh and Belarusian texts are often typed with the Latin i.
    return MONTHS.get(lower if lower.isascii() else lower.replace("i", "і"))


def looks_like_date(text: str) -> bool:
    """Whether the text is a date and nothing else: month, day, year, weekday, time, label."""
    if not 3 < len(text) <= _LONGEST or not _DIGIT.search(text):
        return False
    words = _WORD.findall(text)
    months = sum(month_number(word) is not None for word in words)
    known = all(word.lower() in _DATE_WORDS or month_number(word) for word in words)
    return known and (months > 0 or NUMERIC_DATE.search(text) is not None)


def names_weekday(text: str) -> bool:
    """Whether a line names a year and, beside a comma, a day of the week."""
    return bool(_YEAR.search(text)) and any(
        word.lower() in WEEKDAYS and word.lower() not in _CITIES
        for word in _BESIDE_COMMA.findall(text[: 2 * _LONGEST])
    )
