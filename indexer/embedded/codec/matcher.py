"""The matcher that Whoosh's own queries and collectors walk through; our evaluation needs none."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

from indexer.embedded.codec.postings import Docs
from indexer.embedded.codec.segment import SegmentData

BLOCK = 128
"""Postings whose best weight and shortest field are told together."""


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """The postings of one term, unpacked."""

    def __init__(
        self, data: SegmentData, field: str, number: int, format_: Any, scorer: Any = None
    ) -> None:
        self._data = data
        self._field = data.postings.fields[field]
        self._number = number
        self._term = (field, data.postings.term(number))
        self.format = format_
        self.scorer = scorer
        self._docs: Docs = data.postings.docs(number)
        self._counts = (
            data.postings.counts(number)
            if self._field.counted
            else np.ones(len(self._docs), np.uint32)
        )
        lengths = data.documents.lengths(field)
        starts = np.arange(0, len(self._docs), BLOCK)
        self._heaviest = np.maximum.reduceat(self._counts, starts)
        self._lengths = np.zeros(1, np.uint32) if lengths is None else lengths[self._docs]
        self._shortest = np.minimum.reduceat(self._lengths, starts % len(self._lengths))
        self._places: list[Any] | None = None
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "ArrayMatcher":
        twin = ArrayMatcher.__new__(ArrayMatcher)
        twin.__dict__.update(self.__dict__)
        return twin

    def id(self) -> int:
        return int(self._docs[self._at])

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :].tolist())

    def weight(self) -> float:
        return float(self._counts[self._at])

    def value(self) -> bytes:
        if self._field.positioned:
            return bytes(self.format.encode(self._positions()))
        return bytes(pack_uint(int(self._counts[self._at]))) if self._field.counted else b""

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._field.positioned:
            return self._positions()
        if astype in ("weight", "frequency"):
            return int(self._counts[self._at]) if astype == "frequency" else self.weight()
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        if self._places is None:
            found = self._data.postings.positions(self._number, self._counts)
            self._places = np.split(found, np.cumsum(self._counts)[:-1])
        return [int(place) for place in self._places[self._at]]

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._docs[self._at :], id))

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped

    def block_min_length(self) -> int:
        return int(self._shortest[self._at // BLOCK])

    def block_max_length(self) -> int:
        start = self._at // BLOCK * BLOCK
        return int(self._lengths[start : start + BLOCK].max(initial=0))

    def block_max_weight(self) -> float:
        return float(self._heaviest[self._at // BLOCK])

    def block_min_id(self) -> int:
        return int(self._docs[self._at // BLOCK * BLOCK])

    def block_max_id(self) -> int:
        return int(self._docs[min((self._at // BLOCK + 1) * BLOCK, len(self._docs)) - 1])
