"""What the pages say in words: dates, and the rules that stand behind every tag and cut."""

from datetime import date

from indexer import (
    CLEANING_RULES,
    DATING_RULES,
    GROUPING_RULES,
    EventDate,
    PublicationDate,
    Sort,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TAG_RULES = {
    "name": "a name that means nothing else",
    "quoted": "the name stands in quotation marks",
    "stage": "the name is followed by a stage or a year",
    "cue": "a word such as “operation” or “exercise” stands beside the name",
    "sentence": "a word in the same sentence shows that the name is meant",
    "list": "the name stands in a list with other names of its kind",
    "parent": "what it belongs to is named in the same text",
}
"""Why the words of a mention are taken for the name."""

REMOVED_KINDS = {
    "teaser": "Teaser of another release",
    "navigation": "Link or menu of the page",
    "signature": "Signature of the issuer",
    "repeated-title": "Title, repeated",
    "date-line": "Line with a date",
    "boilerplate": "Standing text of the source",
    "stamp": "Time stamp of the page",
    "furniture": "Part of the web page around the article",
}
"""What the kinds of removed text are called."""

CERTAINTIES = {
    "printed": "The date is printed with the release.",
    "inferred": "The date was inferred from the words of the release.",
    "unknown": "Nothing in the release tells its date.",
}

SORTS = {Sort.RELEVANCE: "Relevance", Sort.NEWEST: "Newest", Sort.OLDEST: "Oldest"}

QUERY_EXAMPLES = (
    ("heroin seizure", "both words, in any form"),
    ('"seized heroin"', "the words side by side, in any form; also “…”, „…“ and «…»"),
    ('"seized heroin"~5', "the words near each other, at most 5 others between them, in any order"),
    ("=seized", "this form only"),
    ('="drug trafficking"', "this phrase in this form only"),
    ("smuggl*", "words that begin so"),
    ("wom?n", "words of this shape: ? is one character, * any number"),
    ("Tasmagambetov~", "words one letter away; ~2 for two letters"),
    ("heroin AND hashish", "releases with both"),
    ("heroin OR hashish", "releases with at least one"),
    ("drugs NOT heroin", "releases without a word; also drugs -heroin"),
    ("+heroin hashish", "the word with + must be there"),
    ("(heroin OR hashish) border", "groups"),
    ("title:Channel", "the word in the title"),
    ("year:2018", "releases of a year; also year:2016..2018 and year:unknown"),
    (
        "date:2018-05..2018-09",
        "releases of a span of days, months or years; either end may be open",
    ),
    ("organization:un", "releases tagged so, by id or by label"),
    ("organization:(un OR osce) drugs", "releases tagged with either"),
    ("*", "everything"),
)
"""What a query can say: an example and what it finds."""


def count_of(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: 1 release, 1,204 releases."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def date_in_words(known: PublicationDate) -> str:
    """No more of a date than is known: 26 May 2023, May 2018, 2018 (inferred), date unknown."""
    if known.value is None:
        return "date unknown"
    shown = {
        "day": _day(known.value),
        "month": f"{MONTHS[known.value.month - 1]} {known.value.year}",
    }.get(known.precision.value, str(known.value.year))
    return f"{shown} (inferred)" if known.certainty.value == "inferred" else shown


def event_in_words(event: EventDate) -> str:
    """The day or the days of an event: 26 May 2023, 22 to 26 May 2023."""
    last = _day(event.last)
    if event.first == event.last:
        return last
    if (event.first.year, event.first.month) == (event.last.year, event.last.month):
        return f"{event.first.day} to {last}"
    return f"{_day(event.first)} to {last}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def rule_in_words(rule: str) -> str:
    """What a rule of cleaning, dating or grouping reads; an unlisted one says its name."""
    tables = (CLEANING_RULES, DATING_RULES, GROUPING_RULES)
    return next((table[rule] for table in tables if rule in table), rule.replace("-", " "))
