"""Damaged files, a full disk, patterns without bound: never a wrong answer, never a crash.

1. Whatever happens to a file, the index gives right answers or names the file.
2. A segment that is damaged is not merged into a sound one: the index stays as it was.
3. Where the disk is full at whatever point of a build, the old index answers, and the message
   says so; later the writer works again.
4. A pattern that stands for more words than the bound says so in its answer.
"""

import errno
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.embedded import EmbeddedEngine, generations
from indexer.embedded.codec import EXTENSION, SectionFile
from indexer.errors import IndexCorrupt, IndexUnavailable
from indexer.patterns import MAX_TERMS
from indexer.query import Everything, Fuzzy, Node, Not, Prefix, Query, Wildcard, Word
from indexer.request import SearchRequest
from tests import damage
from tests.releases import authority, release

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _handle: None)


# 1. Reading


def test_1_damage_is_told_and_never_answers_wrongly() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.damage", "--count", "200"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    # A crash of the interpreter is a negative code, and the last seed stands in the other stream.
    assert done.returncode in (0, 1), done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert found["faults"] == []
    told = {kind.partition(":")[0] for kind in found["told"]}
    assert {f".seg {kind.__name__[1:]}" for kind in damage.KINDS} <= told
    assert {".toc flip", ".toml flip", ".json flip"} <= told


# 2. Merging


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    with monkeypatch.context() as patch:
        patch.setattr(damage.POLICY, lambda _segments: [])
        damage.build(tmp_path / "index")
    return EmbeddedEngine.open(tmp_path / "index")


def segment_of(engine: EmbeddedEngine) -> Path:
    return min(generations.current(engine.folder).glob(f"*{EXTENSION}"))


def answers(engine: EmbeddedEngine) -> list[object]:
    return [each() for each in damage.answers(engine.searcher())]


def damaged(path: Path, section: str) -> bytes:
    """Flip a bit in the middle of a section; returns what the file was."""
    whole, place = path.read_bytes(), SectionFile.open(path)._sections[section]
    broken = bytearray(whole)
    broken[place.start + place.size // 2] ^= 4
    restore(path, bytes(broken))
    return whole


def restore(path: Path, content: bytes) -> None:
    # As a new file: the old one may be shared with another generation, and mapped.
    path.unlink()
    path.write_bytes(content)


def test_2_what_is_damaged_is_not_merged(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, path = answers(engine), segment_of(engine)
    monkeypatch.setattr(damage.POLICY, list)
    # What documents have is not merged: it is made again of the postings.
    names = [n for n, s in SectionFile.open(path).sizes().items() if s and n[:6] != "values"]
    for name in names:
        whole = damaged(path, name)
        with pytest.raises(IndexCorrupt, match=rf"{path.name}.*{name}"), engine.writer() as writer:
            writer.add(release("new", "border"))
        restore(path, whole)
    assert len(names) > 15
    assert answers(engine) == before
    assert dict(engine.verify()) == {}


def test_2_merging_mends_what_it_makes_again(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, path = answers(engine), segment_of(engine)
    monkeypatch.setattr(damage.POLICY, list)
    damaged(path, "values.facet_year")
    with pytest.raises(IndexCorrupt, match=r"values\.facet_year"):
        engine.searcher().search(SearchRequest().faceted("year"))
    for _ in range(2):
        # The second commit lets the damaged build go.
        with engine.writer() as writer:
            writer.delete("nothing")
    assert answers(engine) == before
    assert dict(engine.verify()) == {}


# 3. A full disk

_FULL = """
import resource, signal, sys
from pathlib import Path
from indexer.embedded import EmbeddedEngine
from indexer.errors import IndexUnavailable
from tests.releases import release

folder, room = sys.argv[1:]
engine = EmbeddedEngine.open(Path(folder))
# Without the signal, a write that goes beyond fails as it does on a full disk.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), resource.RLIM_INFINITY))
try:
    with engine.writer(rebuild=len(room) % 2 == 0) as writer:
        for number in range(400):
            writer.add(release(f"n{number}", f"word{number} " * 40, title="A new one"))
        writer.keep("ledger", [f"line {number}" for number in range(400)])
except IndexUnavailable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of this kind")
@pytest.mark.parametrize("room", [100, 1_000, 5_000, 12_000, 33_000, 70_000])
def test_3_a_file_that_finds_no_room(engine: EmbeddedEngine, room: int) -> None:
    before = answers(engine)
    command = [sys.executable, "-c", _FULL, str(engine.folder), str(room)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "File too large" in done.stdout
    assert re.search("still (answers as it did|be searched)", done.stdout)
    assert done.stdout.count("\n") == 1
    assert answers(engine) == before
    assert dict(engine.verify()) == {}
    with engine.writer() as writer:
        writer.add(release("later", "later"))
    assert engine.searcher().release("later")


class Disk:
    """Calls of the system that fail from a certain one on, as on a disk that is full."""

    def __init__(self, patch: pytest.MonkeyPatch, room: int) -> None:
        self.calls, self._room = 0, room
        for owner, name in ((Path, "open"), (Path, "mkdir"), (Path, "write_text")):
            self._limit(patch, owner, name)

    def _limit(self, patch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        real = getattr(owner, name)

        def limited(path: Path, *arguments: object, **options: object) -> object:
            writes = name != "open" or any(m in str(arguments) for m in ("w", "a", "x"))
            if writes:
                self.calls += 1
                if self.calls > self._room:
                    raise OSError(errno.ENOSPC, "No space left on device", str(path))
            return real(path, *arguments, **options)

        patch.setattr(owner, name, limited)


def batch(engine: EmbeddedEngine) -> None:
    with engine.writer() as writer:
        writer.add(release("new", "border police"))
        writer.delete("r0-3")
        writer.keep("ledger", ["one"])


def said_by(work: Callable[[EmbeddedEngine], None], engine: EmbeddedEngine) -> str:
    """What it says that the index is unavailable; empty where it is done."""
    try:
        work(engine)
    except IndexUnavailable as error:
        return str(error)
    return ""


def test_3_whenever_the_disk_is_full(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, room = answers(engine), 0
    while True:
        with monkeypatch.context() as patch:
            Disk(patch, room)
            told = said_by(batch, engine)
        if not told:
            break
        assert "No space left on device" in told
        assert re.search("still (answers as it did|be searched)", told)
        assert answers(engine) == before, room
        room += 1
    assert room > 4
    assert engine.searcher().release("new")


# 4. Patterns without bound


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """An index with more words than a pattern may stand for."""
    engine = EmbeddedEngine.create(tmp_path_factory.mktemp("many") / "index", authority())
    with engine.writer() as writer:
        for number in range(MAX_TERMS + 100):
            writer.add(release(f"{number:05}", f"word{number:05} another"))
    return engine


@pytest.mark.parametrize("node", [Prefix("word"), Wildcard("w*"), Wildcard("*"), Fuzzy("word", 2)])
@pytest.mark.parametrize("negated", [False, True], ids=["", "not"])
def test_4_a_pattern_that_is_cut_says_so(many: EmbeddedEngine, node: Node, negated: bool) -> None:
    asked = SearchRequest(Query("", Not(node) if negated else node), expand=False)
    page = many.searcher().search(asked)
    cut = not isinstance(node, Fuzzy)
    assert any(f"{MAX_TERMS:}" in notice.replace(",", "") for notice in page.notices) is cut


def test_4_what_is_within_the_bound_says_nothing(many: EmbeddedEngine) -> None:
    for node in (Prefix("word000"), Wildcard("word?0000"), Word("another"), Everything()):
        page = many.searcher().search(SearchRequest(Query("", node), expand=False))
        assert page.total
        assert page.notices == ()
