"""Thousands of seeded searches against references that share nothing with the engine but analysis.

1. A page is that of the naive engine: total, ids in their order, scores, counts of all facets
   without their own filters; over 1 to 20 segments, with deleted and replaced releases, and the
   same again after segments were merged; with the loops of numpy and with the compiled ones.
2. Scores of nested queries are those of Whoosh's exhaustive search over its plain codec, where
   its lengths of one byte are exact; with longer texts the sets are the same.
3. Four threads that search while one writes get answers each wholly of one commit, and never an
   older one after a newer one.
"""

import random
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from math import log
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from whoosh import query as whoosh
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.scoring import BM25F

from indexer import Index
from indexer.embedded import EmbeddedEngine
from indexer.embedded.codec import merge_policy
from indexer.engine import Searcher
from indexer.kernels import choice, counts, phrases, ranking, scored
from indexer.query import And, ExactWord, Node, Not, Or, Phrase, Prefix, Query
from indexer.release import Release
from indexer.request import Filter, SearchRequest, Sort
from indexer.response import SearchPage
from tests.engine_contract import passes
from tests.oracle import Oracle, Scores
from tests.random_archives import Commit, commits, remaining, searches
from tests.releases import authority, release

AUTHORITY = authority()


@pytest.fixture(autouse=True)
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _handle: None)


POLICY = "indexer.embedded.codec.merge_policy.to_merge"


def unmerged(_segments: object) -> list[object]:
    return []


def write(engine: EmbeddedEngine, commit: Commit) -> None:
    with engine.writer() as writer:
        for change in commit:
            if isinstance(change, str):
                writer.delete(change)
            else:
                writer.add(change)


# 1. Pages


class Reference(Oracle):
    """The naive engine, which answers whole searches, and remembers the answer to each node."""

    def __init__(self, releases: Sequence[Release]) -> None:
        super().__init__(releases, AUTHORITY.facets)
        self._known: dict[tuple[Node, tuple[str, ...]], Scores] = {}

    def answer(self, node: Node, parts: Sequence[str] = ("title", "body")) -> Scores:
        key = (node, tuple(parts))
        if key not in self._known:
            self._known[key] = super().answer(node, parts)
        return self._known[key]

    def page(self, asked: SearchRequest) -> tuple[object, ...]:
        """What `told` takes from a page."""
        scores = self.answer(asked.query.root)
        matched = [self.releases[key] for key in scores]
        hits = sorted(self._passing(matched, asked.filters), key=_order(asked.sort, scores))
        start = (asked.page_number - 1) * asked.page_size
        shown = hits[start : start + asked.page_size]
        counts = {name: self._counts(name, matched, asked) for name in asked.facets}
        return len(hits), [one.id for one in shown], [scores[one.id] for one in shown], counts

    def _passing(self, releases: Sequence[Release], filters: Sequence[Filter]) -> list[Release]:
        known = SimpleNamespace(facets=self.facets)
        return [one for one in releases if passes(one, filters, known)]  # type: ignore[arg-type]

    def _counts(self, name: str, matched: Sequence[Release], asked: SearchRequest) -> Scores:
        others = [f for f in asked.filters if f.facet != name]
        facet, among = self.facets[name], self._passing(matched, others)
        chosen = asked.selected(name)
        counts = Counter(value for one in among for value in facet.values_of(one))
        return dict.fromkeys(chosen, 0) | counts


def _order(sort: Sort, scores: Scores) -> Callable[[Release], tuple[object, ...]]:
    def key(one: Release) -> tuple[object, ...]:
        day = one.date.value.toordinal() if one.date.value else 0
        match sort:
            case Sort.RELEVANCE:
                return (-round(scores[one.id], 6), -day, one.id)
            case Sort.NEWEST:
                return (-day, one.id)
            case Sort.OLDEST:
                return (day == 0, day, one.id)

    return key


def told(page: SearchPage) -> tuple[object, ...]:
    """What is compared of a page."""
    counts = {name: {v.value: v.count for v in values} for name, values in page.facets.items()}
    scores = [pytest.approx(hit.score, abs=2e-6) for hit in page.hits]
    return page.total, [hit.release.id for hit in page.hits], scores, counts


def check(searcher: Searcher, reference: Reference, asked: Sequence[SearchRequest]) -> None:
    for one in asked:
        right = reference.page(one)
        assert right == told(searcher.search(one)), one
        ranking = searcher.rank(one)
        assert right[:2] == (ranking.total, list(ranking.ids)), one
    searcher.close()


def run_with(kernels: str, patch: pytest.MonkeyPatch) -> None:
    """Let these loops run, whichever were chosen when they were imported."""
    imported, wanted = choice.loops, import_module(f"indexer.kernels.{kernels}")
    users = [each for name, each in sys.modules.items() if name.startswith("indexer.")]
    for each in users:
        if getattr(each, "loops", None) is imported:
            patch.setattr(each, "loops", wanted)
    assert scored.loops is ranking.loops is counts.loops is phrases.loops is wanted


@pytest.mark.parametrize(("seed", "kernels"), [(1, "loops"), (2, "compiled")])
@pytest.mark.parametrize("segments", [1, 3, 8, 20])
def test_1_pages_are_those_of_the_naive_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segments: int, seed: int, kernels: str
) -> None:
    if kernels == "compiled":
        pytest.importorskip("numba")
    run_with(kernels, monkeypatch)
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    given = commits(seed, 90, segments)
    reference = Reference(remaining(given))
    monkeypatch.setattr(POLICY, unmerged)
    for commit in given:
        write(engine, commit)
    assert engine.searcher().statistics().segments == segments
    asked = list(searches(1_000 * seed + segments, 160))
    check(engine.searcher(), reference, asked)
    # By our own policy, then into one.
    for policy in (merge_policy.to_merge, list):
        monkeypatch.setattr(POLICY, policy)
        write(engine, ["nothing"])
        check(engine.searcher(), reference, asked[::4])
    assert engine.searcher().statistics().segments == 1


def test_1_the_searches_are_of_every_kind() -> None:
    """What is asked finds something, mostly, and not everything."""
    reference = Reference(remaining(commits(1, 90, 1)))
    asked = list(searches(1_001, 140))
    totals = [len(reference.answer(one.query.root)) for one in asked]
    assert sum(0 < total < len(reference.releases) for total in totals) > 80
    assert sum(bool(one.filters) for one in asked) > 60
    for kind in ("Fuzzy", "Wildcard", "Prefix", "InTitle", "Tagged", "DateRange", "slop=4"):
        assert sum(kind in repr(one) for one in asked) >= 8, kind


# 2. Whoosh

LETTERS = [f"w{n}" for n in range(12)]


def plain_tree(chance: random.Random, leaf: Callable[[random.Random], Node], depth: int) -> Node:
    """AND, OR and NOT of leaves; NOT stands beside what must be there."""
    if depth == 0 or chance.random() < 0.2:
        return leaf(chance)
    children = tuple(plain_tree(chance, leaf, depth - 1) for _ in range(chance.randint(1, 3)))
    if chance.random() < 0.3:
        return And((*children, Not(plain_tree(chance, leaf, depth - 1))))
    return And(children) if chance.random() < 0.5 else Or(children)


def one_word(chance: random.Random) -> Node:
    return ExactWord(chance.choice(LETTERS))


def one_leaf(chance: random.Random) -> Node:
    first, second = chance.sample(LETTERS, 2)
    return chance.choice([ExactWord(first), Prefix("w1"), Phrase((first, second), exact=True)])


class Absent(whoosh.Not):  # type: ignore[misc]
    """Whoosh's NOT, which gives each document that it lets pass a score of 1; here none."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        found = super().matcher(searcher, context)
        found._weight = 0.0
        return found


def translated(node: Node) -> Any:
    match node:
        case And(children):
            return whoosh.And([translated(child) for child in children])
        case Or(children):
            return whoosh.Or([translated(child) for child in children])
        case Not(child):
            return Absent(translated(child))
        case ExactWord(text):
            return whoosh.Term("body", text)
        case Phrase(words):
            return whoosh.Phrase("body", list(words))
        case Prefix(text):
            return whoosh.Prefix("body", text)
    raise AssertionError(node)


class OurFrequency(BM25F):  # type: ignore[misc]
    """Whoosh's own scorer with our parameters and inverse document frequency."""

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        documents = searcher.get_parent().doc_count_all()
        containing = searcher.get_parent().doc_frequency(fieldname, text)
        rarity = log(1 + (documents - containing + 0.5) / (containing + 0.5))
        return rarity * (1 - containing / (documents + 1)) ** 2


def bodies(chance: random.Random, longest: int) -> list[str]:
    weights = [1 / (n + 1) for n in range(len(LETTERS))]
    lengths = [chance.randint(1, longest) for _ in range(60)]
    return [" ".join(chance.choices(LETTERS, weights, k=length)) for length in lengths]


def plain_whoosh(folder: Path, texts: Sequence[str], batches: int) -> Any:
    folder.mkdir()
    schema = Schema(id=ID(stored=True), body=TEXT(analyzer=SpaceSeparatedTokenizer()))
    index = create_in(str(folder), schema)
    for start in range(batches):
        writer = index.writer()
        for number in range(start, len(texts), batches):
            writer.add_document(id=f"{number:02}", body=texts[number])
        writer.commit(merge=False)
    return index


@pytest.mark.parametrize("batches", [1, 4])
@pytest.mark.parametrize(
    ("longest", "leaf", "asked"), [(10, one_word, 200), (60, one_leaf, 80)], ids=["10", "60"]
)
def test_2_nested_queries_are_answered_as_by_plain_whoosh(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    longest: int,
    leaf: Callable[[random.Random], Node],
    asked: int,
    batches: int,
) -> None:
    chance = random.Random(longest + batches)
    texts = bodies(chance, longest)
    plain = plain_whoosh(tmp_path / "plain", texts, batches)
    monkeypatch.setattr(POLICY, unmerged)
    engine = EmbeddedEngine.create(tmp_path / "own", AUTHORITY)
    for start in range(batches):
        numbers = range(start, len(texts), batches)
        write(engine, [release(f"{n:02}", texts[n], title="news") for n in numbers])
    searcher, found = engine.searcher(), 0
    with plain.searcher(weighting=OurFrequency(B=0.6, K1=1.6)) as reference:
        for _ in range(asked):
            node = plain_tree(chance, leaf, 3)
            request = SearchRequest(Query("", node), page_size=100, expand=False, variants=False)
            ours = {hit.release.id: hit.score for hit in searcher.search(request).hits}
            hits = reference.search(translated(node), limit=None)
            theirs = {hit["id"]: hit.score for hit in hits}
            # Whoosh keeps lengths above ten roughly, and gives phrases and prefixes other scores.
            exact = longest <= 10
            assert (ours if exact else set(ours)) == (
                pytest.approx(theirs, abs=1e-5) if exact else set(theirs)
            ), node
            found += 0 < len(ours) < len(texts)
    assert found > asked / 2


# 3. Threads

THREADS, COMMITS = 4, 6


def test_3_each_answer_is_of_one_commit(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    given = commits(7, 80, COMMITS)
    asked = [s for s in searches(8, 60) if len(Reference(remaining(given)).page(s)[1]) > 1][:12]
    right = [
        [Reference(remaining(given[:version])).page(one) for one in asked]
        for version in range(COMMITS + 1)
    ]
    assert len({repr(pages) for pages in right}) == COMMITS + 1
    faults: list[object] = []
    seen: list[set[int]] = [set() for _ in range(THREADS)]
    ended = threading.Event()

    def search(number: int) -> None:
        chance, oldest = random.Random(number), 0
        try:
            while not ended.is_set() or COMMITS not in seen[number]:
                at = chance.randrange(len(asked))
                page = told(index.search(asked[at]))
                fitting = [v for v in range(oldest, COMMITS + 1) if right[v][at] == page]
                if not fitting:
                    faults.append((number, at, oldest, page))
                    return
                oldest = fitting[0]
                seen[number].add(oldest if len(fitting) > 1 else fitting[0])
        except BaseException as error:  # noqa: BLE001
            faults.append(error)

    with Index.open(engine.folder) as index:
        threads = [threading.Thread(target=search, args=(n,)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for commit in given:
            write(engine, commit)
        ended.set()
        for thread in threads:
            thread.join()
    assert faults == []
