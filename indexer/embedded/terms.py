"""The postings of a snapshot, or of one in which some words count for nothing.

A stem then has the occurrences of its other forms only: what a word has in the field of words is
taken away from what its stem has.
"""

from collections.abc import Collection, Sequence

import numpy as np

from indexer.analysis import normalize, stem
from indexer.embedded.schema import WORDS, form_of, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.kernels.bm25 import Frequencies
from indexer.kernels.phrases import Occurrences, less
from indexer.patterns import Pattern


class Terms:
    """Looks terms up; threads may share it."""

    def __init__(self, snapshot: Snapshot, without: Collection[str] = ()) -> None:
        """`without` are words that must not match, in these forms."""
        self._snapshot = snapshot
        self._without = frozenset(map(normalize, without))

    def _hidden(self, field: str, term: str) -> list[str]:
        """The words that a term stands for, and that count for nothing."""
        if not self._without:
            return []
        _, form = form_of(field)
        if form == WORDS:
            return [term] if term in self._without else []
        return [word for word in sorted(self._without) if stem(word, form) == term]

    def frequencies(self, field: str, term: str) -> Frequencies:
        """The live documents that have a term, and how often."""
        found = self._snapshot.frequencies(field, term)
        for word in self._hidden(field, term):
            found = found.less(self._snapshot.frequencies(_words_of(field), word))
        return found

    def occurrences(self, field: str, terms: Sequence[str]) -> list[Occurrences]:
        """Every place of some terms in the live documents that have all of them."""
        found = self._snapshot.occurrences(field, terms)
        return [self._shown(field, term, one) for term, one in zip(terms, found, strict=True)]

    def _shown(self, field: str, term: str, found: Occurrences) -> Occurrences:
        for word in self._hidden(field, term):
            (hidden,) = self._snapshot.occurrences(_words_of(field), [word])
            found = less(found, hidden)
        return found

    def containing(self, fields: Sequence[str], term: str) -> int:
        """The number of live documents that have a term in any of these fields."""
        there = np.zeros(self._snapshot.size, np.bool_)
        for field in fields:
            there[self.frequencies(field, term).docs] = True
        return int(np.count_nonzero(there))

    def like(self, fields: Sequence[str], pattern: Pattern) -> tuple[list[Frequencies], bool]:
        """How often a word of this shape stands in each document, field by field."""
        return self._snapshot.like(fields, pattern, self._without)


def _words_of(field: str) -> str:
    part, _ = form_of(field)
    return text_field(part, WORDS)
