"""The targets of Communique's engine, each a ratio to a peer in the same run, or a bound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.asked import Mode, QueryClass
from bench.building import Built
from bench.corpora import Corpus
from bench.measure import Measured

OURS = "communique"
PAGE = "page"
BOUND = "bound"
"""What stands for a peer where a figure has a bound of its own."""

_ALL_MODES = (Mode.TOP, Mode.FACETS, Mode.SIDEWAYS)
_FACETED = (Mode.FACETS, Mode.SIDEWAYS)
_TOP = (Mode.TOP,)


@dataclass(frozen=True, slots=True)
class Target:
    """Queries in which Communique must be so many times as fast as a peer, by their p50."""

    classes: tuple[QueryClass, ...]
    modes: tuple[Mode, ...]
    peer: str
    times: float


_WORDS = (QueryClass.OR, QueryClass.AND)
_PATTERNS = (QueryClass.PREFIX, QueryClass.WILDCARD, QueryClass.FUZZY)
_PHRASE = (QueryClass.PHRASE,)
TARGETS = (
    Target(_WORDS, _TOP, "tantivy", 1),
    Target(_WORDS, _TOP, "whoosh", 50),
    Target(_WORDS, _FACETED, "tantivy", 2),
    Target(_WORDS, _FACETED, "whoosh", 200),
    Target(_PHRASE, _TOP, "tantivy", 1 / 3),
    Target(_PHRASE, _TOP, "whoosh", 20),
    Target(_PATTERNS, _TOP, "tantivy", 1 / 3),
)

PAGE_MS = 15
"""What a whole page may take at the 95th percentile, on real releases."""
OPEN_MS, OPENED = 100, 1_000_000
"""What opening an index of so many documents may take."""
SIZE = 1.5
"""The bytes of the index without the documents themselves, in those of Tantivy's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure beside what it must be."""

    what: str
    ours: float
    theirs: float
    """The peer's figure; where a bound is the target, that bound."""
    peer: str
    unit: str
    times: float
    """How many times as good ours is."""
    wanted: float
    """How many times as good it must be at least."""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.times >= self.wanted


def verdicts(corpus: Corpus, built: Mapping[str, Built], measured: Measured) -> Iterator[Verdict]:
    """Every target of which a run has both figures."""
    yield from _of_queries(measured)
    yield from _of_pages(corpus, measured)
    if OURS in built:
        yield from _of_builds(built)


def _of_queries(measured: Measured) -> Iterator[Verdict]:
    for target in TARGETS:
        for cell in ((c, m) for c in target.classes for m in target.modes):
            found = measured.latencies.get(cell, {})
            if OURS in found and target.peer in found:
                ours, theirs = found[OURS].p50, found[target.peer].p50
                what = " ".join(cell)
                times = theirs / ours
                yield Verdict(what, ours, theirs, target.peer, "ms, p50", times, target.times)


def _of_pages(corpus: Corpus, measured: Measured) -> Iterator[Verdict]:
    """The slowest class of queries, where the texts are real ones with snippets to cut."""
    found = [(own[PAGE].p95, cell) for cell, own in measured.latencies.items() if PAGE in own]
    if found and corpus.has_texts:
        ours, cell = max(found)
        what = f"slowest page: {' '.join(cell)}"
        yield Verdict(what, ours, PAGE_MS, BOUND, "ms, p95", PAGE_MS / ours, 1)


def _of_builds(built: Mapping[str, Built]) -> Iterator[Verdict]:
    own = built[OURS]
    for peer in ("xapian", "fts5", "fts5text"):
        if peer in built:
            theirs = built[peer].rate
            yield Verdict("indexing", own.rate, theirs, peer, "documents/s", own.rate / theirs, 1)
    if "tantivy" in built:
        ours, theirs = _index_bytes(own), _index_bytes(built["tantivy"])
        what = "size without the documents"
        yield Verdict(what, ours, theirs, "tantivy", "bytes/document", theirs / ours, 1 / SIZE)
    if own.documents >= OPENED:
        yield Verdict("opening", own.open_ms, OPEN_MS, BOUND, "ms", OPEN_MS / own.open_ms, 1)


def _index_bytes(built: Built) -> float:
    return (built.disk_bytes - built.text_bytes) / built.documents
