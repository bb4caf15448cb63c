"""Which paragraphs of two language versions say the same, by their lengths alone.

W. A. Gale and K. W. Church, A Program for Aligning Sentences in Bilingual Corpora, Computational
Linguistics 19(1), 1993: a translation is about as long as its original, so the pairing in which
lengths differ least is found by dynamic programming. Their constants serve paragraphs as well; but
a paragraph without a counterpart costs the same whatever its length, as editors drop whole ones.
"""

import math
from collections.abc import Iterator, Sequence

VARIANCE = 6.8
"""Of the length of a translation, for each character of the original."""
BEADS = (
    (1, 1, 0.89),
    (1, 0, 0.00495),
    (0, 1, 0.00495),
    (2, 1, 0.0445),
    (1, 2, 0.0445),
    (2, 2, 0.011),
)
"""How many paragraphs of each side go together, and how often that is so."""
MOST = 300
"""What stands behind so many paragraphs goes together unaligned."""
BAND = 25
"""How far from the diagonal a pairing may stray, in paragraphs."""

Bead = tuple[range, range]
_Cell = tuple[int, int]


def aligned(first: Sequence[str], second: Sequence[str]) -> list[Bead]:
    """The numbers of paragraphs that go together, in order; either side may be empty."""
    one, other = [len(text) for text in first[:MOST]], [len(text) for text in second[:MOST]]
    beads = list(reversed(list(_path(one, other)))) if one and other else []
    rest = range(len(one), len(first)), range(len(other), len(second))
    if not beads:
        rest = range(len(first)), range(len(second))
    return beads + ([rest] if rest[0] or rest[1] else [])


def _path(one: Sequence[int], other: Sequence[int]) -> Iterator[Bead]:
    """The cheapest way from the end to the start."""
    came = _cheapest(one, other)
    at = len(one), len(other)
    while at != (0, 0):
        before = came[at]
        yield range(before[0], at[0]), range(before[1], at[1])
        at = before


def _cheapest(one: Sequence[int], other: Sequence[int]) -> dict[_Cell, _Cell]:
    """For each cell near the diagonal the cell that is best come from."""
    slope = len(other) / len(one)
    band = max(BAND, math.ceil(slope), math.ceil(1 / slope)) if slope else BAND
    cost: dict[_Cell, float] = {(0, 0): 0.0}
    came: dict[_Cell, _Cell] = {}
    for i in range(len(one) + 1):
        near = range(max(0, int(i * slope) - band), min(len(other), int(i * slope) + band) + 1)
        for j in near:
            for a, b, often in BEADS:
                before = (i - a, j - b)
                if before not in cost:
                    continue
                unlike = _difference(sum(one[i - a : i]), sum(other[j - b : j])) if a and b else 0
                total = cost[before] + unlike - math.log(often)
                if total < cost.get((i, j), math.inf):
                    cost[i, j], came[i, j] = total, before
    return came


def _difference(one: int, other: int) -> float:
    """How unlikely it is that texts of these lengths are translations: -log of the probability."""
    mean = (one + other) / 2
    delta = abs(other - one) / math.sqrt(VARIANCE * mean) if mean else 0.0
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-300))
