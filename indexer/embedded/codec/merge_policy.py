"""Which segments a commit merges: their number stays bounded, and most commits stay quick.

The logarithmic method of Bentley and Saxe ("Decomposable searching problems I", 1980): a segment is
merged as soon as the smaller ones together are as large as it is. So each is larger than all
smaller ones together, there are at most log2(documents / FLOOR) + 2, and no document is copied
much more often than that.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

FLOOR = 1_000
"""Documents that a segment counts as having at least: smaller ones are not worth keeping apart."""
DELETED = 0.5
"""A segment is written anew when more than this part of it is deleted."""


class Sized(Protocol):
    """What the policy asks of a segment."""

    def doc_count(self) -> int:
        """Documents without deleted ones."""
        ...

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        ...


S = TypeVar("S", bound=Sized)


def to_merge(segments: Sequence[S]) -> list[S]:
    """The segments that become one, in their order; none where all may stay as they are."""
    ascending = sorted(segments, key=lambda segment: segment.doc_count())
    chosen = together = 0
    for at, segment in enumerate(ascending):
        if at and max(segment.doc_count(), FLOOR) <= max(together, FLOOR):
            chosen = at + 1
        together += segment.doc_count()
    picked = {id(segment) for segment in ascending[:chosen]}
    return [segment for segment in segments if id(segment) in picked or _is_hollow(segment)]


def _is_hollow(segment: Sized) -> bool:
    return segment.doc_count() < (1 - DELETED) * segment.doc_count_all()
