"""How well each language of a script explains a text: a model of its letters, read from a table.

The model predicts a letter from up to four before it in its word (Witten and Bell, “The zero-
frequency problem”, 1991, for smoothing). `bench/build_language_profiles.py` writes it down
as two files: the n-grams, and for each the cost of its last letter in each language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ORDER = 5
"""The length of the longest n-grams."""
COSTS_PER_NAT = 16
"""A cost is a negative natural logarithm of a probability in sixteenths; 255 at most."""
UNKNOWN_LETTER = 10
"""What a letter costs that no language of the table is written with."""
CACHED_WORDS = 20_000

PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True, slots=True)
class Surprise:
    """What a text costs in each language, in nats, and of how many letters and word ends."""

    nats: NDArray[np.float64]
    letters: int


class NgramTable:
    """The letter models of one script. Threads may share a table."""

    def __init__(self, script: str) -> None:
        lines = (PROFILES / f"{script}.txt").read_text(encoding="utf-8").split("\n")
        self.languages = tuple(lines[0].split(" "))
        self.column = {name.partition("-")[0]: at for at, name in enumerate(self.languages)}
        """The place of each language, by its code, among `languages`."""
        self._rows = {ngram: row for row, ngram in enumerate(lines[1:-1])}
        costs: NDArray[np.uint8] = np.load(PROFILES / f"{script}.npy")
        self._unknown = len(costs)
        self._costs = np.vstack((costs, np.full_like(costs[:1], UNKNOWN_LETTER * COSTS_PER_NAT)))
        self._cost_of = lru_cache(CACHED_WORDS)(self._sum)

    def surprise(self, words: Sequence[str], whole: bool = True) -> Surprise:
        """What the words cost. `whole` says whether the last one is known to end there."""
        if not words:
            return Surprise(np.zeros(len(self.languages)), 0)
        known = [*map(self._cost_of, words if whole else words[:-1])]
        if not whole:
            known.append(self._sum(words[-1], end=""))
        costs, letters = zip(*known, strict=True)
        return Surprise(np.add.reduce(costs) / COSTS_PER_NAT, sum(letters))

    def costs(self, texts: Sequence[Sequence[str]], code: str) -> NDArray[np.float64]:
        """For each text, none without words, what it costs in one language beyond the cheapest."""
        starts = [0, *accumulate(map(len, texts[:-1]))]
        every = [self._cost_of(word)[0] for words in texts for word in words]
        sums = np.add.reduceat(every, starts, axis=0)
        beyond = sums[:, self.column[code]] - sums.min(axis=1)
        return np.asarray(beyond / COSTS_PER_NAT)

    def _sum(self, word: str, end: str = " ") -> tuple[NDArray[np.uint32], int]:
        """What a word costs in each language, and of how many letters, its end among them.

        Each counts by the longest n-gram that ends there.
        """
        word = f" {word.lower()}{end}"
        rows = [self._row(word[max(0, stop - ORDER) : stop]) for stop in range(2, len(word) + 1)]
        return self._costs[rows].sum(axis=0, dtype=np.uint32), len(rows)

    def _row(self, ngram: str) -> int:
        for start in range(len(ngram)):
            row = self._rows.get(ngram[start:])
            if row is not None:
                return row
        return self._unknown
