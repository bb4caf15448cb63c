"""Terms and their postings: a sorted dictionary, and three streams of packed numbers.

For each term, in the order of fields and then of UTF-8: the gaps between its documents, how often
it stands in each less one, and the gaps between its places in each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec import packing
from indexer.embedded.codec.container import SectionFile, SectionWriter
from indexer.embedded.codec.packing import Numbers, Offsets
from indexer.kernels.choice import loops
from indexer.lexicon import Lexicon

STREAMS = ("documents", "counts", "positions")

Docs = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Field:
    """The terms of one field: numbers `first` to `first + terms` (excluded)."""

    first: int
    terms: int
    counted: bool
    """Whether it is kept how often a term stands in a document; else each counts once."""
    positioned: bool
    """Whether it is kept where."""


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of consecutive terms of one field, one term behind the other."""

    frequencies: Offsets
    """For each term the number of its documents; none is 0."""
    docs: Docs
    counts: Numbers | None
    gaps: Numbers | None
    """For each posting its first position, then the steps to the next ones."""

    @property
    def totals(self) -> Offsets:
        """For each term how often it stands in all its documents together."""
        if self.counts is None or not len(self.frequencies):
            return self.frequencies
        starts = np.cumsum(self.frequencies) - self.frequencies
        return np.add.reduceat(self.counts, starts, dtype=np.int64)


class PostingsWriter:
    """Writes terms in order; what is kept in memory is some 30 bytes a term."""

    def __init__(self, sections: SectionWriter) -> None:
        self._sections = sections
        self._fields: dict[str, Field] = {}
        self._terms = 0
        self._columns: dict[str, list[NDArray[Any]]] = {
            name: [] for name in ("text", "frequencies", "widths", *STREAMS)
        }

    def start(self, field: str, *, counted: bool, positioned: bool) -> None:
        """Begin a field; each comes once."""
        self._fields[field] = Field(self._terms, 0, counted, positioned)

    def add(self, field: str, terms: Sequence[bytes], run: Run) -> None:
        """Add the next terms of the field that was begun last, sorted by their bytes."""
        known = self._fields[field]
        if not terms:
            return
        self._terms += len(terms)
        self._fields[field] = Field(
            known.first, self._terms - known.first, known.counted, known.positioned
        )
        self._sections.append("terms.text", np.frombuffer(b"".join(terms), np.uint8))
        self._columns["text"].append(np.fromiter(map(len, terms), np.int64, len(terms)))
        self._columns["frequencies"].append(run.frequencies)
        widths = np.zeros(len(terms), np.uint8)
        for at, (stream, values, counts) in enumerate(_streams(run)):
            packed = packing.pack(values, counts)
            self._sections.append(f"postings.{stream}", packed.content)
            self._columns[stream].append(packed.sizes)
            widths |= packed.codes << np.uint8(2 * at)
        self._columns["widths"].append(widths)

    def finish(self) -> dict[str, object]:
        """Write the dictionary; returns what the reader needs to know of the fields."""
        for name in ("text", *STREAMS):
            section = "terms" if name == "text" else f"postings.{name}"
            sizes = np.concatenate([np.zeros(1, np.int64), *self._columns[name]])
            self._sections.append(f"{section}.ends", packing.narrow(np.cumsum(sizes)))
            # A section without content is there all the same.
            content = "terms.text" if name == "text" else section
            self._sections.append(content, np.empty(0, np.uint8))
        frequencies = np.concatenate([np.empty(0, np.int64), *self._columns["frequencies"]])
        widths = np.concatenate([np.empty(0, np.uint8), *self._columns["widths"]])
        self._sections.append("terms.frequencies", packing.narrow(frequencies))
        self._sections.append("terms.widths", widths)
        return {name: asdict(field) for name, field in self._fields.items()}


def _streams(run: Run) -> Iterator[tuple[str, Numbers, Offsets]]:
    starts = np.cumsum(run.frequencies) - run.frequencies
    gaps = run.docs.astype(np.uint32)
    gaps[1:] -= run.docs[:-1].astype(np.uint32)
    gaps[starts] = run.docs[starts]
    yield "documents", gaps, run.frequencies
    counts = np.zeros(len(gaps), np.uint32) if run.counts is None else run.counts - np.uint32(1)
    yield "counts", counts, run.frequencies
    if run.gaps is None:
        yield "positions", np.zeros(len(run.frequencies), np.uint32), np.ones_like(run.frequencies)
    else:
        yield "positions", run.gaps, run.totals


class PostingsReader:
    """Looks up terms and unpacks their postings; safe to share between threads."""

    def __init__(self, file: SectionFile, fields: Mapping[str, Mapping[str, Any]]) -> None:
        self._file = file
        self.fields = {name: Field(**entry) for name, entry in fields.items()}

    @cached_property
    def _ends(self) -> NDArray[Any]:
        return self._file.array("terms.ends")

    @cached_property
    def _text(self) -> memoryview:
        return self._file.array("terms.text").data

    @cached_property
    def frequencies(self) -> NDArray[Any]:
        """For each term the number of its documents."""
        return self._file.array("terms.frequencies")

    @cached_property
    def _widths(self) -> NDArray[np.uint8]:
        return self._file.array("terms.widths")

    @cached_property
    def _stream_ends(self) -> tuple[NDArray[Any], ...]:
        return tuple(self._file.array(f"postings.{stream}.ends") for stream in STREAMS)

    def term(self, number: int) -> bytes:
        """The term of that number, in UTF-8."""
        return bytes(self._text[int(self._ends[number]) : int(self._ends[number + 1])])

    def terms(self, field: str) -> list[bytes]:
        """The terms of a field, sorted."""
        own = self.fields.get(field)
        if own is None or not own.terms:
            return []
        ends = self._ends[own.first : own.first + own.terms + 1].tolist()
        text = bytes(self._text[ends[0] : ends[-1]])
        base = ends[0]
        return [text[a - base : b - base] for a, b in pairwise(ends)]

    def at_or_after(self, field: str, term: bytes) -> int:
        """The number of the first term of a field that is not before this one."""
        own = self.fields[field]
        text = self._file.array("terms.text")
        found: int = loops.at_or_after(text, self._ends, own.first, own.first + own.terms, term)
        return found

    def lexicon(self, field: str) -> Lexicon:
        """The terms of a field, as they lie in the file; numbered from 0."""
        own = self.fields.get(field)
        if own is None:
            return _NO_WORDS
        text = self._file.array("terms.text")
        return Lexicon(text, self._ends[own.first : own.first + own.terms + 1])

    def find(self, field: str, term: bytes) -> int | None:
        """The number of a term; None where the field has it not."""
        own = self.fields.get(field)
        if own is None:
            return None
        number = self.at_or_after(field, term)
        there = number < own.first + own.terms and self.term(number) == term
        return number if there else None

    def docs(self, number: int) -> Docs:
        """The documents of a term, sorted."""
        found = packing.sums(*self._packed(0, number), int(self.frequencies[number]))
        return found.view(np.int32)

    def counts(self, number: int) -> Numbers:
        """How often a term stands in each of its documents; once where that is not kept."""
        found = packing.numbers(*self._packed(1, number), int(self.frequencies[number]))
        return found + np.uint32(1)

    def positions(self, number: int, counts: Numbers) -> NDArray[np.int32]:
        """Where a term stands, document by document; `counts` are those of the term."""
        sizes = counts.astype(np.int64)
        running = packing.sums(*self._packed(2, number), int(sizes.sum()))
        return packing.from_zero(running, sizes).view(np.int32)

    def positions_in(self, number: int, at: NDArray[np.intp]) -> tuple[NDArray[np.int32], Offsets]:
        """Where a term stands in those of its documents whose places in `docs` are given.

        Document by document; the second array tells how often it stands in each.
        """
        counts = self.counts(number)
        ends = np.cumsum(counts, dtype=np.int64)
        sizes = counts[at].astype(np.int64)
        packed, starts = self._packed(2, number), ends[at] - sizes
        found = packing.sums_of_parts(*packed, int(ends[-1]), starts, sizes)
        return found.view(np.int32), sizes

    def together(self, numbers: NDArray[np.intp]) -> tuple[Docs, Numbers]:
        """Documents of some terms and how often they stand there, one term behind the other.

        The numbers of the terms are sorted.
        """
        frequencies = self.frequencies[numbers].astype(np.int64)
        docs = packing.sums_in_groups(self._some(0, numbers, frequencies), frequencies)
        return docs.view(np.int32), self._some(1, numbers, frequencies) + np.uint32(1)

    def _some(self, stream: int, numbers: NDArray[np.intp], counts: Offsets) -> Numbers:
        starts, stops = (self._stream_ends[stream].take(numbers + at) for at in (0, 1))
        codes = self._widths[numbers] >> np.uint8(2 * stream) & np.uint8(3)
        # The terms of a prefix lie side by side: they are read as one part.
        firsts = np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
        lasts = np.append(firsts[1:], len(numbers)) - 1
        spans = zip(starts[firsts].tolist(), stops[lasts].tolist(), strict=True)
        parts = [self._file.array(f"postings.{STREAMS[stream]}", *span) for span in spans]
        content = np.concatenate([_NOTHING, *parts])
        return packing.many(content, codes, (stops - starts).astype(np.int64), counts)

    def _packed(self, stream: int, number: int) -> tuple[NDArray[np.uint8], int]:
        code = int(self._widths[number]) >> (2 * stream) & 3
        if not code:
            return _NOTHING, 0
        ends = self._stream_ends[stream]
        start, stop = int(ends[number]), int(ends[number + 1])
        return self._file.array(f"postings.{STREAMS[stream]}", start, stop), code

    def run(self, field: str, start: int, stop: int) -> Run:
        """The postings of terms number `start` to `stop` (excluded), all of one field."""
        own = self.fields[field]
        frequencies = self.frequencies[start:stop].astype(np.int64)
        gaps = self._many(0, start, stop, frequencies)
        docs = packing.sums_in_groups(gaps, frequencies).view(np.int32)
        if not own.counted:
            return Run(frequencies, docs, None, None)
        counts = self._many(1, start, stop, frequencies) + np.uint32(1)
        found = Run(frequencies, docs, counts, None)
        if not own.positioned:
            return found
        return Run(frequencies, docs, counts, self._many(2, start, stop, found.totals))

    def _many(self, stream: int, start: int, stop: int, counts: Offsets) -> Numbers:
        ends = self._stream_ends[stream][start : stop + 1].astype(np.int64)
        content = self._file.array(f"postings.{STREAMS[stream]}", int(ends[0]), int(ends[-1]))
        codes = self._widths[start:stop] >> np.uint8(2 * stream) & np.uint8(3)
        return packing.many(content, codes, packing.differences(ends), counts)


_NOTHING = np.empty(0, np.uint8)
_NO_WORDS = Lexicon.of(())
