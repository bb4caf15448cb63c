"""Seeded archives and searches for comparing engines: several languages, edits, nested queries."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from indexer.query import (
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Tagged,
    Wildcard,
    Word,
)
from indexer.release import Precision, Release
from indexer.request import Filter, SearchRequest, Sort
from tests.releases import release, released

_TEXTS = {
    "en": "seizure seizures seized border borders women woman police session drugs UN 2015",
    "ru": "граница границы границе героин героина ещё еще полиция полиции заседание ООН",
    "hy": "սահման սահմանի սահմանը թմրանյութ ոստիկան ոստիկանի 2015 UN",
    "unknown": "seizures границы сарҳад қауіп 2015 women police",
}
VOCABULARY = {language: words.split() for language, words in _TEXTS.items()}
WORDS = sorted({word for words in VOCABULARY.values() for word in words})
FACETS = ("year", "certainty", "language", "organization", "operation")
_TAGS = [
    ("organization", "un"),
    ("organization", "unodc"),
    ("organization", "osce"),
    ("operation", "channel"),
    ("operation", "channel/arax"),
    ("operation", "proxy"),
]
_PATTERNS = ("wom?n", "*iz*", "гран*", "?????", "с*н*", "*", "nothing*", "b?rd*s")
_FIRST_DAY = date(2014, 11, 1)

Commit = Sequence[Release | str]
"""Releases to add, and ids to delete."""


def commits(seed: int, releases: int, count: int) -> list[list[Release | str]]:
    """So many changes in so many commits: a fifth replaces or deletes what may be there."""
    chance = random.Random(seed)
    changes: list[Release | str] = []
    for number in range(releases):
        changes.append(_release(chance, f"r{number:03}"))
        if chance.random() < 0.1:
            changes.append(f"r{chance.randrange(releases):03}")
        if chance.random() < 0.1:
            changes.append(_release(chance, f"r{chance.randrange(number + 1):03}"))
    ends = [len(changes) * at // count for at in range(count + 1)]
    return [changes[first:last] for first, last in pairwise(ends)]


def remaining(given: Sequence[Commit]) -> list[Release]:
    """What is there after these commits."""
    there: dict[str, Release] = {}
    for change in (change for commit in given for change in commit):
        if isinstance(change, str):
            there.pop(change, None)
        else:
            there[change.id] = change
    return list(there.values())


def _release(chance: random.Random, id: str) -> Release:
    language = chance.choice(sorted(VOCABULARY))
    words = VOCABULARY[language]
    # Few words stand often, as in texts; some releases have none.
    weights = [1 / (at + 1) for at in range(len(words))]
    body = " ".join(chance.choices(words, weights, k=chance.choice([0, 3, 12, 40])))
    title = " ".join(chance.choices(words, weights, k=chance.randrange(4)))
    made = release(id, body, title=title, language=language, tags=_tags(chance))
    precision = chance.choice([Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR])
    day = _day(chance) if chance.random() < 0.8 else None
    if day and precision is not Precision.DAY:
        day = day.replace(day=1, month=day.month if precision is Precision.MONTH else 1)
    return replace(made, date=released(day, precision))


def _tags(chance: random.Random) -> list[tuple[str, str]]:
    return chance.sample(_TAGS, chance.choice([0, 1, 1, 2, 4]))


def _day(chance: random.Random) -> date:
    return _FIRST_DAY + timedelta(chance.randrange(800))


def _leaf(chance: random.Random) -> Node:
    word = chance.choice(WORDS)
    makers: list[Callable[[], Node]] = [
        lambda: Word(word),
        lambda: Word(word),
        lambda: ExactWord(word),
        lambda: _phrase(chance),
        lambda: _phrase(chance),
        lambda: Prefix(word[: chance.randint(1, 3)]),
        lambda: Wildcard(chance.choice(_PATTERNS)),
        lambda: Fuzzy(word, chance.randint(1, 2)),
        lambda: FieldValue("organization", chance.choice(["un", "osce", "*"])),
        lambda: FieldValue("year", chance.choice(["2015", "unknown"])),
        lambda: DateRange(*_span(chance)),
        Everything,
    ]
    return chance.choice(makers)()


def _phrase(chance: random.Random) -> Node:
    """Words of one language, mostly, so that some stand together."""
    words = VOCABULARY[chance.choice(sorted(VOCABULARY))][:5]
    chosen = tuple(chance.choices(words, k=chance.randint(1, 3)))
    return Phrase(chosen, slop=chance.choice([0, 0, 1, 4]), exact=chance.random() < 0.5)


def _span(chance: random.Random) -> tuple[date | None, date | None]:
    first, last = sorted((_day(chance), _day(chance)))
    return chance.choice([(first, last), (first, None), (None, last)])


def tree(chance: random.Random, depth: int = 3) -> Node:
    """A nested query."""
    if depth == 0 or chance.random() < 0.25:
        return _leaf(chance)

    def some() -> tuple[Node, ...]:
        return tuple(tree(chance, depth - 1) for _ in range(chance.randint(1, 3)))

    makers: list[Callable[[], Node]] = [
        lambda: And(some()),
        lambda: And(some()),
        lambda: Or(some()),
        lambda: Or(some()),
        lambda: And((*some(), Not(tree(chance, depth - 1)))),
        lambda: Not(tree(chance, depth - 1)),
        lambda: Required(tree(chance, depth - 1)),
        lambda: InTitle(tree(chance, depth - 1)),
        lambda: Tagged("organization", chance.choice(["un", "osce"]), tree(chance, depth - 1)),
    ]
    return chance.choice(makers)()


def _filters(chance: random.Random) -> Iterator[Filter]:
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        match chance.randrange(5):
            case 0:
                yield Filter.between("date", *_span(chance))
            case 1:
                yield Filter.any_of("year", *chance.sample(["2014", "2015", "2016", "unknown"], 2))
            case 2:
                yield Filter.none_of(*chance.choice(_TAGS))
            case 3:
                yield Filter.any_of("language", chance.choice(sorted(VOCABULARY)))
            case _:
                yield Filter.any_of(*chance.choice(_TAGS))


def searches(seed: int, count: int) -> Iterator[SearchRequest]:
    """Nested queries with filters, all facets, every order, the first pages."""
    chance = random.Random(seed)
    for _ in range(count):
        yield SearchRequest(
            Query("", tree(chance)),
            tuple(_filters(chance)),
            FACETS,
            chance.choice([Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST]),
            page_number=chance.choice([1, 1, 2]),
            page_size=chance.choice([1, 5, 10]),
            expand=False,
            variants=False,
        )
