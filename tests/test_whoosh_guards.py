"""Known faults of Whoosh 2.7.4, and that none of them reaches an answer.

1. Its top-k collector returns wrong top hits for nested queries.
2. Its AndNot returns excluded documents, one for each segment.
3. The same unique key twice in a batch leaves duplicates.
4. Searcher.refresh and reader(reuse=) bring deleted documents back in later versions.
5. It never flushes to the disk, so a power failure may leave half a commit.
6. Its default tokenizer differs between versions.
7. Require is inverted and AndMaybe ranks wrongly: neither is used.
8. Its readers share a file position: threads would read each other's bytes.
"""

import ast
import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.analysis import normalize, tokenize
from indexer.embedded import EmbeddedEngine, generations
from indexer.embedded.schema import make_schema
from indexer.query import And, Node, Not, Or, Query, Required, Word
from indexer.release import Release
from indexer.request import SearchRequest
from tests.oracle import Oracle
from tests.releases import authority, release

EMBEDDED = Path(__file__).parent.parent / "indexer" / "embedded"
AUTHORITY = authority()
WORDS = ("drugs", "border", "police", "session", "minister", "heroin")


def corpus() -> list[Release]:
    chosen = random.Random(7)
    return [
        release(f"{n:03d}", " ".join(chosen.choices(WORDS, k=chosen.randint(1, 10))), language="en")
        for n in range(240)
    ]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    made = EmbeddedEngine.create(tmp_path_factory.mktemp("guards") / "index", AUTHORITY)
    releases = corpus()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.embedded.codec.merge_policy.to_merge", lambda _segments: [])
        for start in range(0, 240, 80):
            with made.writer() as writer:
                for one in releases[start : start + 80]:
                    writer.add(one)
    return made


def either(*words: str) -> Or:
    return Or(tuple(Word(word) for word in words))


@pytest.mark.parametrize(
    "node",
    [
        And((either("drugs", "border"), either("police", "heroin"))),
        And((Word("drugs"), either("police", "heroin", "session"))),
        Or((And((Word("drugs"), Word("border"))), Word("heroin"))),
        And((Required(Word("drugs")), either("police", "minister"))),
    ],
)
def test_1_the_first_ten_are_the_best_ten(engine: EmbeddedEngine, node: Node) -> None:
    expected = Oracle(corpus(), AUTHORITY.facets).answer(node)
    best = sorted(expected, key=lambda key: (-round(expected[key], 6), key))[:10]
    page = engine.searcher().search(SearchRequest(Query("", node), expand=False))
    assert [hit.release.id for hit in page.hits] == best
    assert page.total == len(expected)


def test_2_nothing_excluded_is_found_in_any_segment(engine: EmbeddedEngine) -> None:
    assert engine.searcher().statistics().segments == 3
    for excluded in WORDS:
        node = And((either(*WORDS), Not(Word(excluded))))
        asked = SearchRequest(Query("", node), page_size=1000, expand=False)
        found = {hit.release.id for hit in engine.searcher().search(asked).hits}
        assert found == {r.id for r in corpus() if excluded not in r.body.split()}


def test_3_the_same_id_many_times_in_a_batch_stays_once(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    with engine.writer() as writer:
        for number in range(5):
            writer.add(release("same", f"version{number}"))
            writer.add(release(f"other{number}", "version"))
    searcher = engine.searcher()
    assert searcher.statistics().releases == 6
    found = searcher.release("same")
    assert found is not None
    assert found.body == "version4"
    page = searcher.search(SearchRequest().faceted("language"))
    assert [value.count for value in page.facets["language"]] == [6]


def test_4_what_is_deleted_stays_deleted(tmp_path: Path) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    with engine.writer() as writer:
        for one in corpus()[:24]:
            writer.add(one)
    for number in range(15):
        before = engine.searcher()
        with engine.writer() as writer:
            writer.delete(f"{number:03d}")
        assert before.search(SearchRequest()).total == 24 - number
        before.close()
        assert engine.searcher().search(SearchRequest()).total == 23 - number


@pytest.mark.parametrize("path", sorted(EMBEDDED.rglob("*.py")), ids=lambda path: path.name)
def test_4_and_7_what_is_faulty_is_not_used(path: Path) -> None:
    faulty = {
        "refresh",
        "reuse",
        "AndNot",
        "Require",
        "AndMaybe",
        "TimeLimitCollector",
        "collector",
    }
    faulty |= {"MpWriter", "PinpointFragmenter", "QueryParser"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    assert not used & faulty


def test_5_all_is_flushed_before_the_switch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    events: list[tuple[str, tuple[int, int] | None]] = []
    flush, replace = os.fsync, Path.replace

    def noted_flush(handle: int) -> None:
        status = os.fstat(handle)
        events.append(("flush", (status.st_dev, status.st_ino)))
        flush(handle)

    def noted_replace(path: Path, target: Path) -> Path:
        if target.name == generations.POINTER:
            events.append(("switch", None))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_flush)
    monkeypatch.setattr(Path, "replace", noted_replace)
    with engine.writer() as writer:
        writer.add(release("a", "drugs"))
        writer.keep("ledger", ["a"])
    switched = events.index(("switch", None))
    flushed = {place for _, place in events[:switched]}
    generation = generations.current(engine.folder)
    for path in [*generation.rglob("*"), generation, generation.parent]:
        if not path.name.endswith("LOCK"):
            status = path.stat()
            assert (status.st_dev, status.st_ino) in flushed, path
    pointer = (engine.folder / generations.POINTER).stat()
    assert (pointer.st_dev, pointer.st_ino) in flushed
    folder = engine.folder.stat()
    assert ("flush", (folder.st_dev, folder.st_ino)) in events[switched:]


def test_6_the_terms_are_those_of_our_analysis(tmp_path: Path) -> None:
    text = "Women's wom-an a I 7 C-4 O’Neil ԵԱՀԿ-ի аб’яднаны UN/OSCE x_y"
    engine = EmbeddedEngine.create(tmp_path / "index", AUTHORITY)
    with engine.writer() as writer:
        writer.add(release("a", text))
    for token in tokenize(text):
        page = engine.searcher().search(SearchRequest(Query("", Word(token.text)), expand=False))
        assert page.total == 1, token
        assert normalize(token.text)


def test_6_no_text_field_has_an_analyzer_of_whoosh() -> None:
    schema = make_schema(AUTHORITY.facets, ["en", "ru"])
    analyzed = {name for name, field in schema.items() if field.analyzer is not None}
    assert analyzed <= {"id"}


def test_8_threads_read_what_one_thread_reads(engine: EmbeddedEngine) -> None:
    nodes = [either(one, other) for one in WORDS for other in WORDS] * 2
    asked = [SearchRequest(Query("", node), expand=False) for node in nodes]
    alone = [engine.searcher().search(one).hits for one in asked]
    shared = engine.searcher()
    with ThreadPoolExecutor(8) as pool:
        assert [page.hits for page in pool.map(shared.search, asked)] == alone
