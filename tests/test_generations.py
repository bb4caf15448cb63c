"""Generations: an index switches at once, survives dead writers, and says when it is damaged.

1. A commit makes a new generation current; the one before stays for readers that open it now.
2. There is one writer; a second is told who holds the lock, and a dead one holds it no more.
3. A damaged pointer is IndexCorrupt, another format and no index are IndexUnavailable.
4. Damage to any file is found by `verify`.
5. What a dead writer left is removed by the next one, and seen by nobody.
6. Threads that search while a writer commits get whole answers.
"""

import errno
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from indexer import Index
from indexer.embedded import EmbeddedEngine, generations
from indexer.errors import IndexCorrupt, IndexUnavailable
from indexer.query import Query, Word
from indexer.request import SearchRequest
from tests.releases import authority, release

ROOT = Path(__file__).parent.parent


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine.create(tmp_path / "index", authority())
    write(made, 0)
    return made


def write(engine: EmbeddedEngine, version: int) -> None:
    """Twenty releases, all of one version."""
    with engine.writer() as writer:
        for number in range(20):
            writer.add(release(f"r{number}", f"drugs version{version}"))


def names(engine: EmbeddedEngine) -> list[str]:
    return sorted(path.name for path in (engine.folder / generations.GENERATIONS).iterdir())


def test_1_a_commit_switches_and_keeps_the_one_before(engine: EmbeddedEngine) -> None:
    before = generations.current(engine.folder)
    for version in (1, 2, 3):
        write(engine, version)
    now = generations.current(engine.folder)
    assert now != before
    assert names(engine) == sorted([f"{int(now.name) - 1:06d}", now.name])
    assert not before.exists()


def test_1_a_generation_is_never_written_into(engine: EmbeddedEngine) -> None:
    before = generations.current(engine.folder)
    bytes_before = {p: p.read_bytes() for p in before.rglob("*") if p.is_file()}
    with engine.writer() as writer:
        writer.delete("r1")
        writer.keep("ledger", ["changed"])
    assert {p: p.read_bytes() for p in before.rglob("*") if p.is_file()} == bytes_before


def test_2_a_second_writer_is_told(engine: EmbeddedEngine) -> None:
    with engine.writer(), pytest.raises(IndexUnavailable, match="another writer"):
        EmbeddedEngine.open(engine.folder).writer()
    with engine.writer():
        pass


def test_2_a_writer_that_cannot_begin_lets_go(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(generations, "stage", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.writer()
    write(engine, 1)


def test_2_an_ended_writer_takes_no_more(engine: EmbeddedEngine) -> None:
    writer = engine.writer()
    writer.commit()
    with pytest.raises(IndexUnavailable, match="ended"):
        writer.add(release("late"))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"generation": "1"}'])
def test_3_a_damaged_pointer_is_corrupt(engine: EmbeddedEngine, text: str) -> None:
    (engine.folder / generations.POINTER).write_text(text, encoding="utf-8")
    with pytest.raises(IndexCorrupt, match=generations.POINTER):
        EmbeddedEngine.open(engine.folder)
    with pytest.raises(IndexCorrupt):
        engine.searcher()


@pytest.mark.parametrize("name", ["../../elsewhere", "", "x"])
def test_3_a_pointer_never_leads_elsewhere(engine: EmbeddedEngine, name: str) -> None:
    pointer = json.dumps({"format": generations.FORMAT, "generation": name})
    (engine.folder / generations.POINTER).write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        EmbeddedEngine.open(engine.folder)


def test_3_another_format_is_told_with_its_mend(engine: EmbeddedEngine) -> None:
    pointer = json.dumps({"format": 99, "generation": "000001"})
    (engine.folder / generations.POINTER).write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexUnavailable, match=r"format 99.*another folder"):
        EmbeddedEngine.open(engine.folder)


@pytest.mark.parametrize("words", [1, 8_000_000])
def test_2_a_full_disk_is_told_and_changes_nothing(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, words: int
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = names(engine)
    with monkeypatch.context() as patch:
        patch.setattr("indexer.embedded.writer.MEMORY_WORDS", words)
        patch.setattr("indexer.embedded.codec.segment.SegmentBuilder.write", full)
        with pytest.raises(IndexUnavailable, match=r"No space left.*still answers"):
            write(engine, 1)
    assert names(engine) == before
    assert engine.searcher().search(SearchRequest(Query("", Word("version0")))).total == 20
    write(engine, 1)


def test_3_no_index_is_told_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="communique index"):
        EmbeddedEngine.open(tmp_path)
    with pytest.raises(IndexUnavailable):
        EmbeddedEngine.open(tmp_path / "nowhere")


def test_3_other_analysis_is_told(engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embedded.engine.ANALYSIS_VERSION", "next")
    with pytest.raises(IndexUnavailable, match="--rebuild"):
        EmbeddedEngine.open(engine.folder)


def test_3_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexUnavailable, match="other files"):
        EmbeddedEngine.create(tmp_path, authority())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_4_damage_to_any_file_is_found(engine: EmbeddedEngine) -> None:
    assert dict(engine.verify()) == {}
    generation = generations.current(engine.folder)
    files = [p for p in generation.rglob("*") if p.is_file() and not p.name.endswith("LOCK")]
    assert files
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert engine.verify(), path
        path.unlink()
        assert engine.verify(), path
        path.write_bytes(whole)
    assert dict(engine.verify()) == {}


def test_4_a_cut_segment_is_corrupt_not_empty(engine: EmbeddedEngine) -> None:
    generation = generations.current(engine.folder)
    for path in generation.glob("*.seg"):
        path.unlink()
    with pytest.raises(IndexCorrupt):
        engine.searcher()


DIES = """
import os, sys
from pathlib import Path
from indexer.embedded import EmbeddedEngine
from tests.releases import release
writer = EmbeddedEngine.open(Path(sys.argv[1])).writer()
writer.add(release("new", "half"))
writer.add(release("new", "half"))
os._exit(9)
"""


def test_5_a_dead_writer_leaves_nothing(engine: EmbeddedEngine) -> None:
    before = names(engine)
    died = subprocess.run([sys.executable, "-c", DIES, engine.folder], cwd=ROOT, check=False)
    assert died.returncode == 9
    (left,) = set(names(engine)) - set(before)
    trace = engine.folder / generations.GENERATIONS / left / "trace"
    trace.touch()
    current = generations.current(engine.folder)
    assert "new" not in set(engine.searcher().ids())
    write(engine, 1)
    assert not trace.exists()
    assert current.exists(), "the one before stays for readers, not what the dead writer left"
    assert len(names(engine)) == 2
    assert "new" not in set(engine.searcher().ids())
    assert dict(engine.verify()) == {}


def test_6_searching_threads_get_whole_answers(engine: EmbeddedEngine) -> None:
    faults: list[object] = []
    ended = threading.Event()

    def search() -> None:
        try:
            with Index.open(engine.folder) as index:
                while not ended.is_set():
                    page = index.search(
                        SearchRequest(Query("", Word("drugs")), page_size=100, expand=False)
                    )
                    versions = {hit.release.body for hit in page.hits}
                    if page.total != 20 or len(page.hits) != 20 or len(versions) != 1:
                        faults.append((page.total, versions))
        except BaseException as error:  # noqa: BLE001
            faults.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for version in range(1, 6):
        write(engine, version)
    ended.set()
    for thread in threads:
        thread.join()
    assert faults == []


def test_6_threads_share_one_index(engine: EmbeddedEngine) -> None:
    asked = SearchRequest(Query("", Word("drugs")), page_size=100, expand=False)
    with Index.open(engine.folder) as index:
        answers: list[tuple[int, int]] = []

        def search() -> None:
            for _ in range(20):
                page = index.search(asked)
                answers.append((page.total, len({hit.release.body for hit in page.hits})))

        threads = [threading.Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        for version in range(1, 4):
            write(engine, version)
        for thread in threads:
            thread.join()
        assert answers == [(20, 1)] * 80
        assert index.search(asked).hits[0].release.body == "drugs version3"
