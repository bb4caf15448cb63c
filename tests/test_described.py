"""What many plain words find, and what lifts one release above another.

1. Few words are a condition: all of them, or some where no release has all.
2. Many words, of which fewer than a page of releases have all: those come first, those with some
   follow, a notice tells how many are which, and the total counts all.
3. Many words that a page of releases have all: these alone.
4. Operators bind among many words too; where nothing has all, quoted words are as good as others.
5. The exact form ranks above other forms, whatever is rarer, and alone in a language too.
6. A word is common or rare among the releases of its own language.
7. Recent releases get something on top where that is asked for; the order is total, and explained.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from indexer import Index, SearchPage, SearchRequest, Sort, parse_query
from indexer.embedded.finding import ENOUGH, SOME_FOLLOW, SOME_WORDS
from indexer.release import Release
from tests.releases import release

WORDS = "where was heroin seized"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        yield made


def add(index: Index, *releases: Release) -> None:
    with index.writer() as writer:
        for each in releases:
            writer.add(each)


def found(index: Index, text: str, sort: Sort = Sort.RELEVANCE) -> SearchPage:
    return index.search(SearchRequest(parse_query(text), sort=sort).page(size=100).explained())


def ids(page: SearchPage) -> list[str]:
    return [hit.release.id for hit in page.hits]


def all_words(count: int) -> list[Release]:
    long = "police " * 200
    return [release(f"all{n}", f"where was the heroin {long} then seized") for n in range(count)]


SOME = (release("some", "heroin heroin heroin heroin seized"), release("other", "police"))


def test_1_few_words_are_a_condition(index: Index) -> None:
    add(index, *SOME, *all_words(1))
    assert ids(found(index, "was seized")) == ["all0"]
    assert found(index, "was seized").notices == ()
    page = found(index, "heroin elephant")
    assert set(ids(page)) == {"some", "all0"}
    assert SOME_WORDS in page.notices


@pytest.mark.parametrize("count", [1, ENOUGH - 1])
def test_2_many_words_rank(index: Index, count: int) -> None:
    add(index, *SOME, *all_words(count))
    page = found(index, WORDS)
    assert ids(page)[-1] == "some"
    assert page.total == count + 1
    assert page.notices == (SOME_FOLLOW.format(count),)


def test_2_having_all_words_is_a_reason(index: Index) -> None:
    add(index, *SOME, *all_words(1))
    best, other = found(index, WORDS).hits
    for hit in (best, other):
        assert hit.explanation is not None
        total = sum(reason.score for reason in hit.explanation.reasons)
        assert total == pytest.approx(hit.score, abs=1e-5)
    lifted = [r for r in best.explanation.reasons if r.rule == "all words"]  # type: ignore[union-attr]
    assert [(r.asked, set(r.forms)) for r in lifted] == [
        (WORDS, {"where", "was", "heroin", "seized"})
    ]


def test_2_none_has_all(index: Index) -> None:
    add(index, *SOME)
    page = found(index, WORDS)
    assert (ids(page), page.notices) == (["some"], (SOME_WORDS,))


def test_3_enough_have_all(index: Index) -> None:
    add(index, *SOME, *all_words(ENOUGH))
    page = found(index, WORDS)
    assert (page.total, page.notices) == (ENOUGH, ())
    assert "some" not in ids(page)


def test_4_operators_bind(index: Index) -> None:
    add(index, *SOME, *all_words(1), release("police", "police seized heroin"))
    assert ids(found(index, f"{WORDS} -police")) == ["some"]
    assert ids(found(index, f"{WORDS} +police")) == ["all0", "police"]
    assert ids(found(index, f'{WORDS} "police then"')) == ["all0"]
    page = found(index, f'{WORDS} "police elephant"')
    assert set(ids(page)) == {"all0", "some", "police"}
    assert page.notices == (SOME_WORDS,)


def exact_and_others(language: str, typed: str, other: str) -> Sequence[Release]:
    filler = [release(f"z{n}", other, language=language) for n in range(5)]
    return [release("a", other, language=language), release("b", typed, language=language), *filler]


@pytest.mark.parametrize(
    ("language", "typed", "other"),
    [("en", "seizures", "seizure"), ("en", "seizure", "seizures"), ("ru", "границе", "граница")],
)
def test_5_the_exact_form_is_first(index: Index, language: str, typed: str, other: str) -> None:
    add(index, *exact_and_others(language, typed, other))
    page = found(index, typed)
    assert ids(page)[0] == "b"
    best, next_best = page.hits[0], page.hits[1]
    assert best.score == pytest.approx(1.2 * next_best.score, rel=1e-3)
    assert best.explanation is not None
    assert {reason.rule for reason in best.explanation.reasons} == {"exact"}


def test_5_without_stems_the_exact_form_is_all_there_is(index: Index) -> None:
    add(index, *(release(f"{n}", "seizures", language="unknown") for n in range(2)))
    assert len(found(index, "seizures").hits) == 2


def test_6_words_are_rare_among_their_own_language(index: Index) -> None:
    texts = ["the border", "the seizure", "the drugs", "the police"]
    english = [release(f"en{n}", text, language="en") for n, text in enumerate(texts)]
    russian = [release(f"ru{n}", "граница", language="ru") for n in range(40)]
    add(index, *english, *russian)
    scores = {hit.release.id: hit.score for hit in found(index, "the OR border").hits}
    # Of four English releases all have `the`, one has `border`; that most are Russian is no matter.
    assert scores["en0"] > 20 * scores["en1"]


def test_7_recent_first_where_asked(index: Index) -> None:
    days = {"new": date(2024, 1, 1), "old": date(2004, 1, 1), "older": date(1999, 1, 1)}
    add(
        index,
        *(release(name, "heroin and police", day=day) for name, day in days.items()),
        release("best", "heroin heroin police", day=date(1990, 1, 1)),
        release("undated", "heroin and police"),
        release("rest", "police"),
    )
    assert ids(found(index, "heroin")) == ["best", "new", "old", "older", "undated"]
    page = found(index, "heroin", Sort.RECENT)
    assert ids(page) == ["new", "best", "old", "older", "undated"]
    scores = dict(zip(ids(page), (hit.score for hit in page.hits), strict=True))
    assert scores["new"] == pytest.approx(1.5 * scores["undated"])
    newest = page.hits[0].explanation
    assert newest is not None
    recent = [reason for reason in newest.reasons if reason.rule == "recent"]
    assert [(r.forms, r.score) for r in recent] == [
        (("2024-01-01",), pytest.approx(scores["undated"] / 2, abs=1e-5))
    ]
    walked = [
        each.id for each in index.walk(SearchRequest(parse_query("heroin"), sort=Sort.RECENT))
    ]
    assert walked == ids(page)
