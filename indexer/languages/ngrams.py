"""How well each language of a script explains a text: a model of its letters, read from a table.

The model predicts a letter from up to four before it in its word (Witten and Bell, “The zero-
frequency problem”, 1991, for smoothing). `bench/build_language_profiles.py` writes it down
as two files: the n-grams, and for each the cost of its last letter in each language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
        self._rows_of = lru_cache(CACHED_WORDS)(self._find_rows)

    def surprise(self, words: Sequence[str], whole: bool = True) -> Surprise:
        """What the words cost. `whole` says whether the last one is known to end there."""
        rows = [row for word in words[:-1] for row in self._rows_of(word)]
        if words:
            rows += self._rows_of(words[-1]) if whole else self._find_rows(words[-1], end="")
        costs = self._costs[rows].sum(axis=0, dtype=np.uint32)
        return Surprise(costs / COSTS_PER_NAT, len(rows))

    def costs(self, texts: Sequence[Sequence[str]], code: str) -> NDArray[np.float64]:
        """For each text, none without words, what it costs in one language beyond the cheapest."""
        rows_of = self._rows_of
        rows = [[row for word in words for row in rows_of(word)] for words in texts]
        starts = np.cumsum([0, *map(len, rows[:-1])])
        every = self._costs.take([row for own in rows for row in own], axis=0)
        sums = np.add.reduceat(every, starts, axis=0, dtype=np.int64)
        beyond = sums[:, self.column[code]] - sums.min(axis=1)
        return np.asarray(beyond / COSTS_PER_NAT)

    def _find_rows(self, word: str, end: str = " ") -> tuple[int, ...]:
        """For each letter, and the word's end, the row of the longest n-gram that ends there."""
        word = f" {word.lower()}{end}"
        return tuple(
            self._row(word[max(0, stop - ORDER) : stop]) for stop in range(2, len(word) + 1)
        )

    def _row(self, ngram: str) -> int:
        for start in range(len(ngram)):
            row = self._rows.get(ngram[start:])
            if row is not None:
                return row
        return self._unknown
