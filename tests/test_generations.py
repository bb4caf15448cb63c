"""Generations: an index switches at once, survives dead writers, and says when it is damaged.

1. A commit makes a new generation current; the one before stays for readers that open it now.
2. There is one writer; a second is told who holds the lock, and a dead one holds it no more.
3. A damaged pointer is IndexCorrupt, another format and no index are IndexUnavailable.
4. Damage to any file is found by `verify`.
5. What a dead writer left is removed by the next one, and seen by nobody.
6. Threads that search while a writer commits get whole answers.
7. An answer names its build; a build can be asked as long as it is kept.
8. A build that a reader holds, in whatever process, stays; builds stay by number.
9. Segments are few; a compaction makes one of them and drops what is deleted.
"""

import errno
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index
from indexer.embedded import EmbeddedEngine, generations, sealed
from indexer.embedded.codec import SectionFile, merge_policy
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


PROGRAM = re.escape(Path(sys.argv[0]).name)
HOLDER = (
    rf"another writer .*process {os.getpid()} on .* since \d{{4}}-.*{PROGRAM}.*wait for it to end"
)


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
    assert [int(name[:6]) for name in names(engine)] == [int(now.name[:6]) - 1, int(now.name[:6])]
    assert names(engine)[-1] == now.name
    assert not before.exists()


def test_1_a_generation_is_never_written_into(engine: EmbeddedEngine) -> None:
    before = generations.current(engine.folder)
    bytes_before = {p: p.read_bytes() for p in before.rglob("*") if p.is_file()}
    with engine.writer() as writer:
        writer.delete("r1")
        writer.keep("ledger", ["changed"])
    assert {p: p.read_bytes() for p in before.rglob("*") if p.is_file()} == bytes_before


def test_2_a_second_writer_is_told(engine: EmbeddedEngine) -> None:
    with engine.writer(), pytest.raises(IndexUnavailable, match=HOLDER):
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


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 2}', '{"build": "1"}'])
def test_3_a_damaged_pointer_is_corrupt(engine: EmbeddedEngine, text: str) -> None:
    (engine.folder / generations.POINTER).write_text(text, encoding="utf-8")
    with pytest.raises(IndexCorrupt, match=generations.POINTER):
        EmbeddedEngine.open(engine.folder)
    with pytest.raises(IndexCorrupt):
        engine.searcher()


@pytest.mark.parametrize("name", ["../../elsewhere", "", "x"])
def test_3_a_pointer_never_leads_elsewhere(engine: EmbeddedEngine, name: str) -> None:
    pointer = sealed.dump({"format": generations.FORMAT, "build": name, "keep": 2})
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
    with pytest.raises(IndexUnavailable, match="bring it up to date"):
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
        # The build before may share it.
        path.write_bytes(whole)
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


# 7. Builds


def total(index: Index, word: str) -> int:
    return index.search(SearchRequest(Query("", Word(word)), expand=False)).total


def test_7_an_answer_names_its_build(engine: EmbeddedEngine) -> None:
    first = generations.current(engine.folder).name
    with Index.open(engine.folder) as index:
        assert index.search(SearchRequest()).build == first
        write(engine, 1)
        second = index.search(SearchRequest()).build
    assert second == generations.current(engine.folder).name != first
    assert (int(first[:6]), int(second[:6])) == (2, 3)


def test_7_a_build_answers_while_it_is_kept(engine: EmbeddedEngine) -> None:
    first = generations.current(engine.folder).name
    write(engine, 1)
    with Index.open(engine.folder, build=first) as index:
        assert total(index, "version0") == 20
        assert total(index, "version1") == 0
        assert index.search(SearchRequest()).build == first
        with pytest.raises(IndexUnavailable, match="never changes"):
            index.writer()
    write(engine, 2)
    with pytest.raises(IndexUnavailable, match=rf"no build “{first}”.*kept are: 000003"):
        Index.open(engine.folder, build=first)


def test_7_builds_are_listed_with_what_they_are(engine: EmbeddedEngine) -> None:
    with engine.writer() as writer:
        writer.describe("a\nline")
    before, now = engine.builds()
    assert (before.summary, before.current) == ("", False)
    assert (now.summary, now.current) == ("a line", True)
    assert now.bytes > 0
    assert now.id == generations.current(engine.folder).name
    assert now.made.utcoffset() is not None


def test_7_two_copies_of_an_index_differ_in_their_next_build(
    engine: EmbeddedEngine, tmp_path: Path
) -> None:
    copy = EmbeddedEngine.open(Path(shutil.copytree(engine.folder, tmp_path / "copy")))
    for each in (engine, copy):
        write(each, 1)
    assert engine.builds()[0].id == copy.builds()[0].id
    assert engine.builds()[1].id != copy.builds()[1].id


# 8. What stays


def test_8_builds_stay_by_number(engine: EmbeddedEngine) -> None:
    with engine.writer(keep=4):
        pass
    for version in range(5):
        write(engine, version)
    assert len(names(engine)) == 4
    with engine.writer(keep=1):
        pass
    assert names(engine) == [generations.current(engine.folder).name]


def test_8_a_build_that_is_read_stays(engine: EmbeddedEngine) -> None:
    held = generations.current(engine.folder)
    searcher = engine.searcher()
    for version in (1, 2, 3):
        write(engine, version)
    assert held.exists()
    assert len(names(engine)) == 3
    asked = SearchRequest(Query("", Word("version0")), expand=False)
    assert searcher.search(asked).total == 20
    assert list(searcher.kept("nothing")) == []
    searcher.close()
    write(engine, 4)
    assert not held.exists()
    assert len(names(engine)) == 2


HOLDS = """
import sys
from pathlib import Path
from indexer.embedded import EmbeddedEngine
searcher = EmbeddedEngine.open(Path(sys.argv[1])).searcher()
print(searcher.statistics().build, flush=True)
sys.stdin.read()
"""


def test_8_a_build_that_another_process_reads_stays(engine: EmbeddedEngine) -> None:
    command = [sys.executable, "-c", HOLDS, str(engine.folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        held = engine.folder / generations.GENERATIONS / reader.stdout.readline().strip()
        for version in (1, 2, 3):
            write(engine, version)
        assert held.exists()
        reader.kill()
    write(engine, 4)
    assert not held.exists(), "a dead reader holds nothing"


def test_8_a_searcher_that_is_forgotten_lets_go(engine: EmbeddedEngine) -> None:
    held = generations.current(engine.folder)
    with Index.open(engine.folder) as index:
        index.search(SearchRequest())
        write(engine, 1)
        write(engine, 2)
        assert held.exists()
        index.search(SearchRequest())
        write(engine, 3)
        assert not held.exists()


def test_8_a_system_without_locks_answers(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", unlocked)
    assert engine.searcher().statistics().releases == 20
    with pytest.raises(IndexUnavailable, match=r"No locks.*two writers could meet"):
        engine.writer()


def test_8_what_cannot_be_removed_now_goes_later(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def in_use(path: Path, target: Path) -> Path:
        if target.suffix == ".gone":
            raise PermissionError(errno.EACCES, "in use by another process")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", in_use)
        for version in (1, 2, 3):
            write(engine, version)
        assert len(names(engine)) == 5
    write(engine, 4)
    assert len(names(engine)) == 2


# 9. Segments


def test_9_a_compaction_leaves_one_segment(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.embedded.codec.merge_policy.to_merge", lambda _segments: [])
    with engine.writer() as writer:
        writer.add(release("more", "drugs"))
        writer.delete("r7")
    before = engine.searcher()
    done = engine.compact()
    assert (done.before.segments, done.after.segments) == (2, 1)
    assert done.before.releases == done.after.releases == 20
    assert before.release("r7") is None
    assert engine.builds()[-1].summary == "compaction of 2 segments"
    (segment,) = generations.current(engine.folder).glob("*.seg")
    assert SectionFile.open(segment).about["documents"] == 20
    assert dict(engine.verify()) == {}
    again = engine.compact()
    assert again.before == again.after == done.after


@given(st.lists(st.integers(1, 3_000), max_size=60))
def test_9_segments_are_few(commits: list[int]) -> None:
    segments: list[int] = []
    for number, size in enumerate(commits, 1):
        segments, _ = committed(segments, size)
        assert sum(segments) == sum(commits[:number])
        assert len(segments) <= math.log2(max(1, sum(segments) / merge_policy.FLOOR)) + 2


def test_9_documents_are_seldom_copied() -> None:
    segments, copies = [], 0
    for _ in range(1_000):
        segments, copied = committed(segments, 200)
        copies += copied
    assert copies / 200_000 < math.log2(200_000 / merge_policy.FLOOR) + 2


def committed(segments: list[int], size: int) -> tuple[list[int], int]:
    """The sizes of segments after a commit of so many documents, and how many were copied."""
    there = [Sized(each) for each in [*segments, size]]
    merging = merge_policy.to_merge(there)
    left = [each.size for each in there if each not in merging]
    copied = sum(each.size for each in merging)
    return [*left, copied] if copied else left, copied


class Sized:
    """A segment without deleted documents."""

    def __init__(self, size: int) -> None:
        self.size = size

    def doc_count(self) -> int:
        return self.size

    doc_count_all = doc_count


def test_9_a_program_that_seeds_its_chance_overwrites_nothing(engine: EmbeddedEngine) -> None:
    for version in range(1, 4):
        random.seed(0)
        with engine.writer() as writer:
            writer.add(release("again", f"drugs version{version}"))
        assert dict(engine.verify()) == {}
