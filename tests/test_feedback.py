"""The order of many plain words, refined by the words of the best hits.

1. Scores are those of the naive engine, whatever the languages and the commits.
2. Feedback adds no hit and loses none; counts of facets stay, and pages never repeat a hit.
3. What is like the best hits rises, and says by which words; the reasons add up to the score.
4. Releases with all the words stay before those with some.
5. Few plain words, alternatives, other orders, few hits: ranked without it, as if switched off.
6. A filter changes no score.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Filter, Index, SearchPage, SearchRequest, Sort, parse_query
from indexer.embedded import feedback, kindred
from indexer.embedded.finding import ENOUGH
from indexer.query import Query
from indexer.release import Release
from indexer.rewriting import described, plain_parts, relaxed
from tests.oracle import MORE_OF_KINDRED, Scores
from tests.oracle_refining import RefiningOracle
from tests.releases import release
from tests.test_embedded_oracle import AUTHORITY, engine_of, remaining

ASKED = "who seized heroin near borders"

KINDRED = ("seizures", "bordering", "heroine")
WORDS = (*ASKED.split(), *KINDRED, "opium", "patrol", "lorry", "trains")
RUSSIAN = ("границы", "граница", "опий", "патруль", "героин", "heroin", "seized", "who")


@st.composite
def texts(draw: st.DrawFn) -> Release:
    language, words = draw(st.sampled_from([("en", WORDS), ("ru", RUSSIAN), ("unknown", WORDS)]))
    own = st.sampled_from(words)
    return release(
        draw(st.sampled_from("abcdefghijklmnopqrst")),
        " ".join(draw(st.lists(own, max_size=8))),
        title=" ".join(draw(st.lists(own, max_size=2))),
        language=language,
        day=draw(st.sampled_from([None, "2015-03-01", "2016-03-01"])),
    )


commits = st.lists(
    st.lists(st.one_of(texts(), texts(), st.sampled_from("abc")), min_size=6, max_size=12),
    min_size=1,
    max_size=2,
)


def naive(
    oracle: RefiningOracle, query: Query, examples: int, common: float, together: float
) -> Scores:
    every = found = oracle.answer(query.root)
    if len(found) < ENOUGH:
        some = described(query) if found else relaxed(query)
        assert some is not None
        wider = oracle.answer(some.root)
        found = wider if len(wider) > len(found) else found
    top = max((every or found).values(), default=0.0)
    most = MORE_OF_KINDRED * top if every else inf
    found = oracle.with_kindred(found, plain_parts(query), most, common, together)
    return oracle.refined(found, top, examples, common)


@settings(max_examples=40, deadline=None)
@given(
    commits,
    st.lists(st.lists(st.sampled_from(WORDS), min_size=4, max_size=6), min_size=3, max_size=5),
    st.integers(1, 4),
    st.sampled_from([0.25, 0.5, 0.8]),
    st.sampled_from([0.5, 1, 3]),
)
def test_1_scores_are_those_of_the_naive_engine(
    changes: list[list[Release | str]],
    asked: list[list[str]],
    examples: int,
    common: float,
    together: float,
) -> None:
    oracle = RefiningOracle(remaining(changes), AUTHORITY.facets)
    with engine_of(changes) as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedback, "EXAMPLES", examples)
        patch.setattr(feedback, "COMMON", common)
        patch.setattr(kindred, "COMMON", common)
        patch.setattr(kindred, "TOGETHER", together)
        searcher = engine.searcher()
        for words in asked:
            query = parse_query(" ".join(words))
            bare = SearchRequest(query, page_size=1000, expand=False, variants=False)
            found = {hit.release.id: hit.score for hit in searcher.search(bare).hits}
            expected = naive(oracle, query, examples, common, together)
            assert found == pytest.approx(expected, abs=1e-5)
        searcher.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Ten reports of seizures with lorries, one hit with lorries, one without, and others."""
    alike = [f"seized heroin in lorries number{n}" for n in range(10)]
    rest = [f"sport and weather {n}" for n in range(60)]
    with Index.create(tmp_path / "index") as made:
        add(
            made,
            *(release(f"a{n}", text) for n, text in enumerate(alike)),
            release("lorries", "heroin with long words lorries"),
            release("ballet", "heroin with long words ballet"),
            *(release(f"z{n}", text) for n, text in enumerate(rest)),
        )
        yield made


def add(index: Index, *releases: Release) -> None:
    with index.writer() as writer:
        for each in releases:
            writer.add(each)


def request(text: str = ASKED) -> SearchRequest:
    return SearchRequest(parse_query(text)).page(size=100)


def scores(page: SearchPage) -> dict[str, float]:
    return {hit.release.id: hit.score for hit in page.hits}


def test_2_no_hit_more_and_none_less(index: Index) -> None:
    asked = request().faceted("language")
    with_it, without = index.search(asked), index.search(replace(asked, feedback=False))
    assert set(scores(with_it)) == set(scores(without))
    assert (with_it.total, with_it.facets) == (without.total, without.facets)
    assert scores(with_it) != scores(without)
    paged = [index.search(asked.page(number, 5)).hits for number in (1, 2, 3)]
    assert [hit for page in paged for hit in page] == list(with_it.hits)
    assert [each.id for each in index.walk(asked)] == list(scores(with_it))


def test_3_what_is_alike_rises_and_says_why(index: Index) -> None:
    before = scores(index.search(replace(request(), feedback=False)))
    assert before["lorries"] == before["ballet"]
    page = index.search(request().explained())
    after = scores(page)
    assert after["lorries"] > after["ballet"] > before["ballet"]
    for hit in page.hits:
        assert hit.explanation is not None
        reasons = hit.explanation.reasons
        assert sum(reason.score for reason in reasons) == pytest.approx(hit.score, abs=1e-5)
        alike = [(r.asked, r.forms) for r in reasons if r.rule == "alike" and r.score]
        if hit.release.id == "lorries":
            assert alike == [(ASKED, ("heroin", "lorries"))]
        if hit.release.id == "ballet":
            assert alike == [(ASKED, ("heroin",))]


def test_4_all_words_stay_first(index: Index) -> None:
    add(index, release("all", f"{ASKED} " + "long story " * 200))
    assert next(iter(scores(index.search(request())))) == "all"


@pytest.mark.parametrize(
    "text",
    [
        "seized heroin lorries",
        "who seized +heroin near",
        "who seized heroin -ballet",
        "who OR seized OR heroin OR near",
        'who seized heroin "near borders"',
        "who seized heroin year:unknown",
    ],
)
def test_5_few_plain_words(index: Index, text: str) -> None:
    asked = request(text)
    assert scores(index.search(asked)) == scores(index.search(replace(asked, feedback=False)))


@pytest.mark.parametrize("sort", [Sort.RECENT, Sort.NEWEST, Sort.OLDEST])
def test_5_other_orders(index: Index, sort: Sort) -> None:
    asked = request().sorted(sort)
    assert index.rank(asked) == index.rank(replace(asked, feedback=False))


def test_5_few_hits(tmp_path: Path) -> None:
    with Index.create(tmp_path / "few") as few:
        add(few, *(release(f"a{n}", "seized heroin lorries") for n in range(feedback.EXAMPLES)))
        assert few.rank(request()) == few.rank(replace(request(), feedback=False))


def test_6_a_filter_changes_no_score(index: Index) -> None:
    add(index, *(release(f"r{n}", "heroin lorries", language="ru") for n in range(3)))
    every = scores(index.search(request()))
    some = scores(index.search(request().where(Filter.any_of("language", "ru"))))
    assert some
    assert some.items() <= every.items()
