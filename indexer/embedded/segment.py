"""What a searcher reads of one segment, numbered as in the whole snapshot."""

from collections.abc import Sequence
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec import SegmentData
from indexer.kernels.bm25 import Frequencies
from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs
from indexer.kernels.phrases import Occurrences
from indexer.lexicon import Lexicon


class Segment:
    """One segment; safe to share between threads."""

    def __init__(self, data: SegmentData, base: int, live: NDArray[np.bool_] | None) -> None:
        self.data = data
        self.base = base
        """The number of its first document."""
        self.live = live
        """For each document whether it is there; None where no document is deleted."""
        self._lexicons: dict[str, Lexicon] = {}

    def lexicon(self, field: str) -> Lexicon:
        """The terms of a field."""
        if field not in self._lexicons:
            self._lexicons[field] = self.data.postings.lexicon(field)
        return self._lexicons[field]

    @cached_property
    def id_ordinals(self) -> NDArray[Any]:
        """For each document the number of its id in the lexicon of ids."""
        return self.data.documents.values("id")[1]

    def frequencies(self, field: str, term: bytes) -> Frequencies:
        """The live documents that have a term, numbered as in the snapshot, and how often."""
        postings = self.data.postings
        number = postings.find(field, term)
        if number is None:
            return _NOWHERE
        return self._placed(postings.docs(number), postings.counts(number))

    def _placed(self, docs: Docs, counts: NDArray[Any]) -> Frequencies:
        if self.live is not None:
            kept = self.live[docs]
            docs, counts = docs[kept], counts[kept]
        return Frequencies(docs + np.int32(self.base) if self.base else docs, counts)

    def frequency(self, field: str, term: bytes) -> int:
        """In how many live documents a term stands."""
        if self.live is not None:
            return len(self.frequencies(field, term).docs)
        number = self.data.postings.find(field, term)
        return 0 if number is None else int(self.data.postings.frequencies[number])

    def most_frequent(self, field: str, among: range, limit: int) -> NDArray[np.intp]:
        """Of consecutive terms, by their numbers in the field, those in most documents."""
        own = self.data.postings.fields.get(field)
        if own is None:
            return np.empty(0, np.intp)
        first = own.first + among.start
        counts = self.data.postings.frequencies[first : own.first + among.stop].astype(np.int64)
        top = np.argpartition(-counts, limit)[:limit] if len(counts) > limit else slice(None)
        return np.arange(among.start, among.stop)[top]

    def frequencies_of(self, field: str, terms: NDArray[np.intp]) -> Frequencies:
        """How often any of some terms stands in a document: not sorted, a pair for each term."""
        if not len(terms):
            return _NOWHERE
        numbers = terms + self.data.postings.fields[field].first
        return self._placed(*self.data.postings.together(numbers))

    def occurrences(self, field: str, terms: Sequence[bytes]) -> list[Occurrences]:
        """Every place of some terms in the live documents that have all of them."""
        postings = self.data.postings
        numbers = [number for t in terms if (number := postings.find(field, t)) is not None]
        if len(numbers) < len(terms):
            return [_NO_PLACES] * len(terms)
        docs = {number: postings.docs(number) for number in numbers}
        everywhere: Docs = reduce(_in_both, sorted(docs.values(), key=len))
        if self.live is not None:
            everywhere = everywhere[self.live[everywhere]]
        found = []
        for number in numbers:
            _, at = loops.common(everywhere, docs[number])
            places, counts = postings.positions_in(number, at)
            found.append(Occurrences(np.repeat(everywhere + np.int32(self.base), counts), places))
        return found


def _in_both(fewer: Docs, more: Docs) -> Docs:
    own, _ = loops.common(fewer, more)
    found: Docs = fewer.take(own)
    return found


_NOWHERE = Frequencies(np.empty(0, np.int32), np.empty(0, np.uint32))
_NO_PLACES = Occurrences(np.empty(0, np.int32), np.empty(0, np.int32))
