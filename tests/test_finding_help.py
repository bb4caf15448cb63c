"""Where a search finds nothing, and what is like a release.

1. Help names a part of the search, and tells exactly what the search gives without it.
2. There is help only where no release has all that was asked; operators are never left out alone.
3. Similar releases share words or names, and say which; copies and versions are not among them.
4. What is not there is an error.
5. What may have been meant finds something as a whole.
"""

import json
from dataclasses import replace
from datetime import date

import pytest

from indexer import Filter, Help, Index, SearchRequest, UserError, page_record, parse_query


def asked(text: str) -> SearchRequest:
    return SearchRequest(parse_query(text))


@pytest.mark.parametrize("collapse", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "heroin submarine Dushanbe",
        'heroin "side by side submarine" border',
        "+submarine heroin Dushanbe",
        "submarine operation Channel",
        "submarine -heroin Dushanbe",
    ],
)
def test_1_help_tells_exactly_what_is_without_a_word(
    sample: Index, text: str, collapse: bool
) -> None:
    request = replace(asked(text), collapse=collapse)
    page = sample.search(request)
    assert page.help
    for one in page.help:
        assert one.facet is None
        assert one.dropped in text
        assert one.total > 0
        other = sample.search(replace(request, query=parse_query(one.query)))
        assert (other.total, other.help) == (one.total, ())
    assert [one.total for one in page.help] == sorted((h.total for h in page.help), reverse=True)


def test_1_help_tells_exactly_what_is_without_a_filter(sample: Index) -> None:
    filters = {
        "year": Filter.any_of("year", "1999"),
        "date": Filter.between("date", None, date(1999, 12, 31)),
    }
    for name, chosen in filters.items():
        request = asked("heroin").where(chosen, Filter.any_of("language", "en"))
        page = sample.search(request)
        assert page.total == 0
        (one,) = page.help
        left = tuple(f for f in request.filters if f.facet != name)
        expected = sample.search(replace(request, filters=left)).total
        assert one == Help(name, "heroin", name, expected)


def test_2_there_is_none_where_all_is_found(sample: Index) -> None:
    assert sample.search(asked("heroin")).help == ()
    assert sample.search(asked("submarine")).help == ()
    assert sample.search(asked("submarine AND heroin")).help == ()


def test_2_a_word_goes_with_its_sign(sample: Index) -> None:
    page = sample.search(asked("+submarine heroin Dushanbe"))
    assert {one.dropped for one in page.help} == {"+submarine"}


def test_3_similar_releases_say_what_they_share(sample: Index) -> None:
    seen = 0
    for release in list(sample.releases())[::40]:
        group = sample.group_of(release.id)
        own = {member.id for member in group.members} if group else {release.id}
        hits = sample.similar(release.id, 5)
        assert len(hits) <= 5
        assert not own & {hit.release.id for hit in hits}
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        for hit in hits:
            assert hit.explanation is not None
            given = [reason.score for reason in hit.explanation.reasons]
            assert sum(given) == pytest.approx(hit.score, abs=1e-4)
            assert len(given) > 1
            assert all(reason.asked for reason in hit.explanation.reasons)
            seen += 1
    assert seen > 10


def test_3_a_stage_is_like_its_neighbour(sample: Index) -> None:
    """Two releases on one named stage, by different outlets, a year apart from all others."""
    (release,) = [r for r in sample.releases() if r.title.startswith("Семнадцать тонн")]
    (nearest, *_) = sample.similar(release.id)
    assert "Канал-Западн" in nearest.release.title


def test_3_an_answer_is_the_same_again(sample: Index) -> None:
    some = next(sample.releases()).id
    assert sample.similar(some, 3) == sample.similar(some, 10)[:3]


def test_4_what_is_not_there_is_an_error(sample: Index) -> None:
    with pytest.raises(UserError, match="there is no release"):
        sample.similar("nowhere")


def test_help_is_in_the_record(sample: Index) -> None:
    page = sample.search(asked("heroin submarine Dushanbe"))
    record = json.loads(json.dumps(page_record(page, sample.facets)))
    assert record["help"][0]["query"] == "heroin Dushanbe"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("herion Channel", "heroin Channel"),
        ('"ilegal migration"', '"illegal migration"'),
        ("heroin zebra unicorn", None),
        ('"purple elephants" heroin', None),
        ("herion zebra", None),
    ],
)
def test_5_what_may_have_been_meant_finds_something(
    sample: Index, typed: str, meant: str | None
) -> None:
    assert sample.search(asked(typed)).suggestion == meant
