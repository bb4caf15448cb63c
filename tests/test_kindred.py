"""The order of many plain words, refined by words of the same family.

Scores are compared with those of the naive engine in `test_feedback.py`.

1. A family is stems that begin alike and stand in the same releases more often than by chance.
2. Kindred words add no hit and lose none, and what they gave is a reason with its words.
3. A word itself outranks a kindred one, and releases with all the words stay first.
4. A form that is switched off gives nothing; neither does what has no family.
5. Fewer than four plain words, other orders and `feedback=False` are ranked without them.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import Hit, Index, SearchPage, SearchRequest, Sort, parse_query
from indexer.release import Language, Release
from tests.releases import release

ASKED = "macedonians visited distant harbours"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Two names that stand together, one of the same beginning that never does, and others."""
    with Index.create(tmp_path / "index") as made:
        add(
            made,
            *(release(f"both{n}", f"macedonians of macedonia {n}") for n in range(3)),
            *(release(f"else{n}", f"macedonite is a mineral {n}") for n in range(3)),
            release("kindred", "visited macedonia once"),
            release("mineral", "visited macedonite once"),
            release("itself", "visited macedonians once"),
            *(release(f"rest{n}", f"sport and weather {n}") for n in range(40)),
        )
        yield made


def add(index: Index, *releases: Release) -> None:
    with index.writer() as writer:
        for each in releases:
            writer.add(replace(each, language=Language("en")))


def request(text: str = ASKED) -> SearchRequest:
    return SearchRequest(parse_query(text)).page(size=100).explained()


def hits(page: SearchPage) -> dict[str, Hit]:
    return {hit.release.id: hit for hit in page.hits}


def kindred(hit: Hit) -> list[tuple[str, str | None, tuple[str, ...]]]:
    assert hit.explanation is not None
    reasons = hit.explanation.reasons
    assert sum(one.score for one in reasons) == pytest.approx(hit.score, abs=1e-5)
    return [(r.asked, r.language, r.forms) for r in reasons if r.rule == "kindred" and r.score]


def test_1_and_2_what_stands_together_is_kindred(index: Index) -> None:
    page = index.search(request())
    found = hits(page)
    assert kindred(found["kindred"]) == [("macedonians", "en", ("macedonia",))]
    assert kindred(found["mineral"]) == []
    assert found["kindred"].score > found["mineral"].score
    without = index.search(replace(request(), feedback=False))
    assert page.total == without.total
    assert set(found) == set(hits(without))
    assert "rest1" not in found


def test_1_what_the_archive_has_not_may_be_any_that_begins_so(index: Index) -> None:
    found = hits(index.search(request("macedonian visited distant harbours")))
    assert kindred(found["kindred"])
    absent = hits(index.search(request("macedonias visited distant harbours")))
    assert kindred(absent["itself"])


def test_3_a_word_itself_outranks_a_kindred_one(index: Index) -> None:
    found = hits(index.search(request()))
    assert found["itself"].score > found["kindred"].score
    assert kindred(found["itself"]) == []


def test_3_all_words_stay_first(index: Index) -> None:
    long = "a story of others " * 200
    add(index, release("all", f"macedonians visited distant harbours {long}"))
    assert next(iter(hits(index.search(request())))) == "all"


def test_4_a_form_that_is_switched_off(index: Index) -> None:
    asked = replace(request(), without_forms=("macedonia",))
    assert kindred(hits(index.search(asked))["kindred"]) == []


@pytest.mark.parametrize("text", ["the macedonian in 1999", "map of an era"])
def test_4_short_words_and_numbers_have_no_family(index: Index, text: str) -> None:
    for hit in index.search(request(text)).hits:
        assert all(asked == "macedonian" for asked, *_ in kindred(hit))


@pytest.mark.parametrize(
    "asked",
    [
        request("macedonians visited harbours"),
        replace(request(), sort=Sort.NEWEST),
        replace(request(), feedback=False),
        request("macedonians OR visited OR distant OR harbours"),
    ],
)
def test_5_ranked_without_them(index: Index, asked: SearchRequest) -> None:
    assert not any(kindred(hit) for hit in index.search(asked).hits)
