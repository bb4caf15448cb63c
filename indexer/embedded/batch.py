"""Releases that are not yet in a segment: their words as numbers in flat arrays.

Each word is analyzed once for each batch, not once for each place where it stands.
"""

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import has_stems, normalize, stem, token_texts
from indexer.embedded import stored
from indexer.embedded.codec.inverting import Tokens, invert
from indexer.embedded.codec.packing import Numbers
from indexer.embedded.codec.postings import Run
from indexer.embedded.codec.segment import ArraySegment, SegmentBuilder
from indexer.embedded.codec.segments import new_segment
from indexer.embedded.schema import PARTS, WORDS, facet_field, text_field
from indexer.facets import Facets
from indexer.release import Release


class Terms(dict[str, int]):
    """Every term of a batch, of all fields, with a number of its own."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def ranks(self) -> tuple[list[str], Numbers]:
        """All terms sorted, and for each number its place among them."""
        # Strings sort by code points, as their UTF-8 does by bytes.
        texts = sorted(self)
        ranks = np.empty(len(self), np.uint32)
        ranks[[self[text] for text in texts]] = np.arange(len(self), dtype=np.uint32)
        return texts, ranks


class Words(dict[str, int]):
    """Words as they stand in texts, each with the number of its normalized form."""

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, word: str) -> int:
        number = self[word] = self._terms[normalize(word)]
        return number


class Stream:
    """The terms of one field, document after document."""

    def __init__(self) -> None:
        self._terms, self._docs, self._sizes = array("I"), array("i"), array("I")

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, doc: int, terms: Iterable[int]) -> None:
        """Add a document, whose number is higher than those before."""
        before = len(self._terms)
        self._terms.extend(terms)
        if len(self._terms) > before:
            self._docs.append(doc)
            self._sizes.append(len(self._terms) - before)

    def tokens(self) -> Tokens:
        """What was added, as arrays."""
        return Tokens(
            np.frombuffer(self._terms, np.uint32) if self._terms else np.empty(0, np.uint32),
            np.array(self._docs, np.int32),
            np.array(self._sizes, np.int64),
        )


class Batch:
    """Collects releases and writes them as one segment."""

    def __init__(self, folder: Path, facets: Facets) -> None:
        self._folder = folder
        self.segment = new_segment()
        """The segment that `write` makes."""
        self._builder = SegmentBuilder(folder, ("release",))
        self._terms = Terms()
        self._words = Words(self._terms)
        self._texts = {part: Stream() for part in PARTS}
        self._values = {"id": Stream(), **{facet_field(name): Stream() for name in facets}}
        self._facets = [(each, self._values[facet_field(each.name)]) for each in facets.values()]
        self._days = {"first_day": array("i"), "last_day": array("i")}
        self._languages: list[str] = []
        self._number: dict[str, int] = {}
        self._dead: list[int] = []

    def __len__(self) -> int:
        return len(self._languages)

    @property
    def size(self) -> int:
        """Words that are held in memory; what is kept of each release besides counts as 50."""
        return sum(map(len, self._texts.values())) + 50 * len(self)

    def replace(self, release: Release) -> None:
        """Add a release, and delete that of the same id."""
        before = self._number.get(release.id)
        self.add(release)
        if before is not None:
            self._dead.append(before)

    def add(self, release: Release) -> int:
        """Add a release to those that are there; its number."""
        # First: a release that cannot be stored as UTF-8 leaves the batch as it was.
        self._builder.records.add({"release": stored.dump(release)})
        doc = len(self)
        self._number[release.id] = doc
        self._languages.append(release.language.code)
        for part, stream in self._texts.items():
            words = token_texts(getattr(release, part))
            stream.add(doc, map(self._words.__getitem__, words))
        self._values["id"].add(doc, (self._terms[release.id],))
        for facet, stream in self._facets:
            stream.add(doc, map(self._terms.__getitem__, facet.values_of(release)))
        day = release.date.value
        self._days["first_day"].append(day.toordinal() if day else 0)
        last = release.date.last_day
        self._days["last_day"].append(last.toordinal() if last else 0)
        return doc

    def delete(self, id: str) -> None:
        """Delete a release of this batch; an id that is not there is no error."""
        doc = self._number.pop(id, None)
        if doc is not None:
            self._dead.append(doc)

    def discard(self) -> None:
        """Let go of everything."""
        self._builder.discard()

    def write(self) -> ArraySegment:
        """Write the segment; the batch is then used up."""
        try:
            self._write()
        finally:
            self._builder.discard()
        return self.segment

    def _write(self) -> None:
        fields = {text_field(part, WORDS): s.tokens() for part, s in self._texts.items()}
        words = list(self._terms)
        for language in sorted(set(filter(has_stems, self._languages))):
            spoken = np.array([code == language for code in self._languages], np.bool_)
            for part in PARTS:
                own = _of_documents(fields[text_field(part, WORDS)], spoken)
                fields[text_field(part, language)] = self._stemmed(own, language, words)
        texts, ranks = self._terms.ranks()
        for field, tokens in sorted(fields.items()):
            self._write_text(field, tokens, texts, ranks)
        for field, stream in self._values.items():
            self._write_values(field, stream.tokens(), texts, ranks)
        self._builder.documents.keys("id")
        for column, days in self._days.items():
            self._builder.documents.numbers(column, np.array(days, np.int32))
        self._builder.write(self._folder / self.segment.file_name, len(self))
        self.segment.set_doc_count(len(self))
        deleted = np.zeros(len(self), np.bool_)
        deleted[self._dead] = True
        self.segment.deleted = deleted

    def _stemmed(self, tokens: Tokens, language: str, words: list[str]) -> Tokens:
        """The stems of these tokens; `words` names them by their numbers."""
        there = np.flatnonzero(np.bincount(tokens.terms))
        stems = np.zeros(int(there[-1]) + 1 if len(there) else 0, np.uint32)
        stems[there] = [self._terms[stem(words[number], language)] for number in there.tolist()]
        return Tokens(stems[tokens.terms], tokens.docs, tokens.sizes)

    def _write_text(
        self, field: str, tokens: Tokens, texts: list[str], ranks: NDArray[np.uint32]
    ) -> None:
        if not len(tokens.docs):
            return
        self._write_postings(field, tokens, texts, ranks, counted=True)
        lengths = np.zeros(len(self), np.int64)
        lengths[tokens.docs] = tokens.sizes
        self._builder.documents.lengths(field, lengths)

    def _write_values(
        self, field: str, tokens: Tokens, texts: list[str], ranks: NDArray[np.uint32]
    ) -> None:
        run = self._write_postings(field, tokens, texts, ranks, counted=False)
        self._builder.documents.values(field, run, len(self))

    def _write_postings(
        self,
        field: str,
        tokens: Tokens,
        texts: list[str],
        ranks: NDArray[np.uint32],
        *,
        counted: bool,
    ) -> Run:
        terms, run = invert(Tokens(ranks[tokens.terms], tokens.docs, tokens.sizes))
        kept = run if counted else Run(run.frequencies, run.docs, None, None)
        self._builder.postings.start(field, counted=counted, positioned=counted)
        self._builder.postings.add(field, [texts[n].encode() for n in terms.tolist()], kept)
        return kept


def _of_documents(tokens: Tokens, wanted: NDArray[np.bool_]) -> Tokens:
    rows = wanted[tokens.docs]
    kept = np.repeat(rows, tokens.sizes)
    return Tokens(tokens.terms[kept], tokens.docs[rows], tokens.sizes[rows])
