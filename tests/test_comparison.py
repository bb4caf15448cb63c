"""Comparing two rankings: every hit is accounted for, and as little moved as explains the order."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indexer import Change, compare

ranked = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([1.0, 2.0])),
    unique_by=lambda hit: hit[0],
)


def test_what_came_went_moved_and_weighs_otherwise() -> None:
    found = compare(
        [("a", 3.0), ("b", 2.0), ("c", 1.0), ("gone", 0.5)],
        [("new", 9.0), ("c", 4.0), ("a", 3.0), ("b", 2.0)],
    )
    assert (found.total_before, found.total) == (4, 4)
    assert found.appeared == (Change("new", None, 1, None, 9.0),)
    assert found.vanished == (Change("gone", 4, None, 0.5, None),)
    assert found.moved == found.rescored == (Change("c", 3, 2, 1.0, 4.0),)


def test_one_new_hit_moves_no_other() -> None:
    before = [(str(number), 1.0) for number in range(100)]
    found = compare(before, [("new", 2.0), *before])
    assert len(found.appeared) == 1
    assert found.moved == found.rescored == found.vanished == ()


@given(ranked, ranked)
def test_every_hit_is_accounted_for(
    before: list[tuple[str, float]], after: list[tuple[str, float]]
) -> None:
    found = compare(before, after)
    old, new = dict(before), dict(after)
    assert {change.id for change in found.appeared} == new.keys() - old.keys()
    assert {change.id for change in found.vanished} == old.keys() - new.keys()
    stayed = old.keys() & new.keys()
    assert {c.id for c in found.rescored} == {one for one in stayed if old[one] != new[one]}
    moved = {change.id for change in found.moved}
    assert moved <= stayed
    assert kept_in_order(before, stayed - moved) == kept_in_order(after, stayed - moved)
    for fewer in combinations(sorted(stayed), max(0, len(moved) - 1)):
        if moved:
            rest = stayed - set(fewer)
            assert kept_in_order(before, rest) != kept_in_order(after, rest)


def kept_in_order(hits: list[tuple[str, float]], kept: set[str]) -> list[str]:
    return [one for one, _ in hits if one in kept]


def test_a_ranking_is_no_other_than_itself() -> None:
    hits = [("a", 2.0), ("b", 1.0)]
    found = compare(hits, hits)
    assert found.appeared == found.vanished == found.moved == found.rescored == ()
