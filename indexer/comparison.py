"""What changed in the results of a query from one build of an index to another."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

Ranked = Sequence[tuple[str, float]]
"""All hits of a query in their order: id and score."""


@dataclass(frozen=True, slots=True)
class Change:
    """One hit before and after: its number from 1 and its score, None where it is no hit."""

    id: str
    rank_before: int | None
    rank: int | None
    score_before: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The results of one query in two builds."""

    total_before: int
    total: int
    appeared: tuple[Change, ...]
    vanished: tuple[Change, ...]
    moved: tuple[Change, ...]
    """Hits that stand in another order to those that stayed; as few as explain the new order."""
    rescored: tuple[Change, ...]
    """Hits of another score, moved or not."""


def compare(before: Ranked, after: Ranked) -> Comparison:
    """The changes, in the order of the later ranking; what vanished in that of the earlier one."""
    old = {hit: (rank, score) for rank, (hit, score) in enumerate(before, 1)}
    new = {hit: (rank, score) for rank, (hit, score) in enumerate(after, 1)}

    def change(hit: str) -> Change:
        rank_before, score_before = old.get(hit, (None, None))
        rank, score = new.get(hit, (None, None))
        return Change(hit, rank_before, rank, score_before, score)

    stayed = [hit for hit in new if hit in old]
    in_order = {stayed[at] for at in _longest_increasing([old[hit][0] for hit in stayed])}
    return Comparison(
        total_before=len(old),
        total=len(new),
        appeared=tuple(change(hit) for hit in new if hit not in old),
        vanished=tuple(change(hit) for hit in old if hit not in new),
        moved=tuple(change(hit) for hit in stayed if hit not in in_order),
        rescored=tuple(change(hit) for hit in stayed if old[hit][1] != new[hit][1]),
    )


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The places of a longest increasing subsequence (Schensted, 1961, by patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        below.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [number]
        piles[pile : pile + 1] = [at]
    found = []
    last = piles[-1] if piles else None
    while last is not None:
        found.append(last)
        last = below[last]
    return found[::-1]
