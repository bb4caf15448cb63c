"""Many segments into one, array by array: no document is analyzed again, no posting looked at.

What is deleted is left out; documents keep their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec.documents import KEYS, NUMBERS
from indexer.embedded.codec.inverting import stable_order
from indexer.embedded.codec.postings import Docs, Run
from indexer.embedded.codec.segment import SegmentBuilder, SegmentData

RUN_POSTINGS = 1_000_000
"""Postings that are held in memory together, with their positions: some 100 bytes each."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be merged."""

    data: SegmentData
    kept: NDArray[np.bool_]
    """For each document whether it is to be in the merged segment."""


def stored_fields(sources: Sequence[Source]) -> tuple[str, ...]:
    """All stored fields of these segments."""
    return tuple(dict.fromkeys(name for s in sources for name in s.data.records.fields))


def merge(sources: Sequence[Source], builder: SegmentBuilder) -> int:
    """Fill a segment with all kept documents; returns their number."""
    numbers = _new_numbers(sources)
    count = int(sum(source.kept.sum() for source in sources))
    for field in sorted({name for s in sources for name in s.data.postings.fields}):
        _merge_field(field, sources, numbers, builder, count)
    for field in sorted({name for s in sources for name in s.data.documents.lengths_of}):
        builder.documents.lengths(field, _lengths(field, sources))
    for column in sorted({name for s in sources for name in s.data.documents.columns}):
        _merge_column(column, sources, builder)
    for source in sources:
        _merge_records(source, builder)
    return count


def _new_numbers(sources: Sequence[Source]) -> list[Docs]:
    """For each document its number in the merged segment; -1 where it is left out."""
    numbers, base = [], 0
    for source in sources:
        new = np.cumsum(source.kept, dtype=np.int32) + np.int32(base - 1)
        numbers.append(np.where(source.kept, new, np.int32(-1)))
        base += int(source.kept.sum())
    return numbers


def _merge_field(
    field: str,
    sources: Sequence[Source],
    numbers: Sequence[Docs],
    builder: SegmentBuilder,
    count: int,
) -> None:
    owners = [s.data.postings.fields[field] for s in sources if field in s.data.postings.fields]
    counted, positioned = owners[0].counted, owners[0].positioned
    builder.postings.start(field, counted=counted, positioned=positioned)
    runs = []
    for terms, run in _merged_runs(field, sources, numbers):
        builder.postings.add(field, terms, run)
        if not counted:
            runs.append(run)
    if not counted:
        builder.documents.values(field, _joined(runs), count)


def _merged_runs(
    field: str, sources: Sequence[Source], numbers: Sequence[Docs]
) -> Iterator[tuple[list[bytes], Run]]:
    own = [source.data.postings.terms(field) for source in sources]
    terms = sorted(set().union(*own))
    if not terms:
        return
    place = {term: at for at, term in enumerate(terms)}
    places = [np.fromiter(map(place.__getitem__, t), np.int64, len(t)) for t in own]
    weights = np.zeros(len(terms), np.int64)
    for source, at in zip(sources, places, strict=True):
        weights[at] += _frequencies(field, source, len(at))
    for low, high in pairwise(_bounds(weights)):
        parts = [
            _part(field, source, at, new, (low, high))
            for source, at, new in zip(sources, places, numbers, strict=True)
            if len(at)
        ]
        present, run = _sorted(parts, low, high)
        yield [terms[low + at] for at in present], run


def _frequencies(field: str, source: Source, terms: int) -> NDArray[np.int64]:
    if not terms:
        return np.empty(0, np.int64)
    first = source.data.postings.fields[field].first
    return source.data.postings.frequencies[first : first + terms].astype(np.int64)


def _bounds(weights: NDArray[np.int64]) -> list[int]:
    """Where to cut the terms, so that the postings between two cuts fit into memory."""
    batch = (np.cumsum(weights) - 1) // RUN_POSTINGS
    return [0, *(np.flatnonzero(np.diff(batch)) + 1).tolist(), len(weights)]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one segment has of some terms; documents that are left out have the number -1."""

    terms: NDArray[np.int64]
    """For each posting its term."""
    run: Run


def _part(
    field: str,
    source: Source,
    places: NDArray[np.int64],
    new: Docs,
    bounds: tuple[int, int],
) -> _Part:
    start, stop = np.searchsorted(places, bounds).tolist()
    first = source.data.postings.fields[field].first
    run = source.data.postings.run(field, first + start, first + stop)
    moved = Run(run.frequencies, new[run.docs], run.counts, run.gaps)
    return _Part(np.repeat(places[start:stop], run.frequencies), moved)


def _sorted(parts: Sequence[_Part], low: int, high: int) -> tuple[list[int], Run]:
    """The postings of all parts in the order of terms, then of segments, then of documents."""
    terms = np.concatenate([part.terms for part in parts]) - low
    docs = np.concatenate([part.run.docs for part in parts])
    order = stable_order(terms.astype(np.uint32))
    order = order[docs[order] >= 0]
    frequencies = np.bincount(terms[order], minlength=high - low)
    present = np.flatnonzero(frequencies)
    counts, gaps = _taken(parts, order)
    return present.tolist(), Run(frequencies[present], docs[order], counts, gaps)


def _taken(
    parts: Sequence[_Part], order: NDArray[np.int64]
) -> tuple[NDArray[np.uint32] | None, NDArray[np.uint32] | None]:
    given = [part.run.counts for part in parts if part.run.counts is not None]
    if not given:
        return None, None
    counts = np.concatenate(given)
    places = [part.run.gaps for part in parts if part.run.gaps is not None]
    if not places:
        return counts[order], None
    starts = np.cumsum(counts, dtype=np.int64) - counts
    taken = counts[order]
    shifts = starts[order] - (np.cumsum(taken, dtype=np.int64) - taken)
    wanted = np.repeat(shifts, taken) + np.arange(int(taken.sum(dtype=np.int64)))
    return taken, np.concatenate(places)[wanted]


def _joined(runs: Sequence[Run]) -> Run:
    return Run(
        np.concatenate([np.empty(0, np.int64), *(run.frequencies for run in runs)]),
        np.concatenate([np.empty(0, np.int32), *(run.docs for run in runs)]),
        None,
        None,
    )


def _lengths(field: str, sources: Sequence[Source]) -> NDArray[np.int64]:
    parts = []
    for source in sources:
        lengths = source.data.documents.lengths(field)
        there = np.zeros(source.data.count, np.int64) if lengths is None else lengths
        parts.append(there[source.kept].astype(np.int64))
    return np.concatenate(parts)


def _merge_column(column: str, sources: Sequence[Source], builder: SegmentBuilder) -> None:
    kinds = {s.data.documents.columns.get(column) for s in sources if s.kept.any()}
    if kinds == {KEYS}:
        builder.documents.keys(column)
    elif kinds == {NUMBERS}:
        parts = [s.data.documents.numbers(column)[s.kept] for s in sources]
        builder.documents.numbers(column, reduce(lambda a, b: np.concatenate([a, b]), parts))
    else:
        raise ValueError(f"column {column} is not of one kind in all segments")


def _merge_records(source: Source, builder: SegmentBuilder) -> None:
    records = source.data.records
    for number in range(len(records.firsts) - 1 if records.fields else 0):
        first, stop = int(records.firsts[number]), int(records.firsts[number + 1])
        if source.kept[first:stop].all() and records.fields == builder.records.fields:
            builder.records.add_block(records.sizes(number), records.compressed(number))
            continue
        for doc in range(first, stop):
            if source.kept[doc]:
                builder.records.add(records.read(doc))
