"""Builds that are interrupted.

1. Killed at whatever point, the next build gives what an uninterrupted one gives: the same
   releases, answers, ledger and groups; and it does again only what was not finished.
2. What changed meanwhile (a source, the authority files, the rules) is done again.
3. Work that was kept damaged is done again; what a stranger put in its place runs no code.
4. After a commit nothing is left; `resume=False` begins anew.
5. A file that is replaced while it is read is read again; where it never rests it is rejected by
   name, and so are the records of a stream.
6. Small builds keep nothing. Several processes go on as one does.
"""

import hashlib
import os
import pickle
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from indexer import Index, reading, resuming
from indexer.pipeline import make_release
from indexer.readers import SourceFile
from indexer.release import RawRelease
from indexer.resuming import Finished
from tests.test_updates import HAZARDS, made

RELEASES = 8


@pytest.fixture(autouse=True)
def _everything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.build.WORTH_KEEPING", 0)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for number in range(RELEASES - 3):
        (folder / f"{number}.txt").write_text(text(number))
    lines = (f'{{"id": "r-{n}", "title": "Lake {n}", "text": "Water {n}."}}\n' for n in range(3))
    (folder / "many.jsonl").write_text("".join(lines))
    (folder / "none.txt").write_text("")
    return folder


def text(number: int) -> str:
    return f"The flood of day {number}\n\nThe rescuers of region {number} met near the river.\n"


def killed(folder: Path, source: Path, at: str, number: int, *, jobs: int = 1) -> None:
    """A build in a process of its own, killed when a function is called so often."""
    child = os.fork()
    if not child:
        try:
            calls, patched = count(1), pytest.MonkeyPatch()
            module, name = at.rsplit(".", 1)
            function = getattr(__import__(module, fromlist=[name]), name)

            def fatal(*arguments: object, **named: object) -> object:
                if next(calls) == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **named)

            patched.setattr(at, fatal)
            with Index.open(folder) as index:
                index.add_corpus(source, jobs=jobs)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the releases that are made from their source."""
    found: list[str] = []

    def counting(raw: RawRelease, *rest: object) -> object:
        found.append(raw.id)
        return make_release(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("indexer.reading.make_release", counting)
    return found


POINTS = (
    ("indexer.reading.prints_of", 4, RELEASES),
    ("indexer.reading.make_release", 1, RELEASES),
    ("indexer.reading.make_release", 4, RELEASES - 3),
    ("indexer.reading.make_release", RELEASES, 3),
    ("indexer.build.group", 1, 0),
    ("indexer.embedded.generations.switch", 1, 0),
)


@pytest.mark.parametrize(("at", "number", "left"), POINTS)
def test_1_the_next_build_goes_on(
    tmp_path: Path, source: Path, counted: list[str], at: str, number: int, left: int
) -> None:
    with Index.create(tmp_path / "whole") as index:
        index.add_corpus(source)
        expected = made(index)
    with Index.create(tmp_path / "index") as index:
        killed(tmp_path / "index", source, at, number)
        assert not list(index.releases())
        counted.clear()
        index.add_corpus(source)
        assert len(counted) == left
        assert made(index) == expected
        assert not index.verify()
        assert not (tmp_path / "index" / resuming.RESUME).exists()


@pytest.fixture
def begun(tmp_path: Path, source: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as index:
        killed(tmp_path / "index", source, "indexer.build.group", 1)
        yield index


def test_2_a_source_that_changed(begun: Index, source: Path, counted: list[str]) -> None:
    (source / "2.txt").write_text(text(99))
    begun.add_corpus(source)
    assert len(counted) == 1
    assert "The flood of day 99" in {release.title for release in begun.releases()}


def test_2_other_authority_files(
    begun: Index, source: Path, counted: list[str], tmp_path: Path
) -> None:
    names = tmp_path / "names"
    names.mkdir()
    (names / "hazards.toml").write_text(HAZARDS)
    begun.add_corpus(source, authority=names)
    assert len(counted) == RELEASES


def test_2_other_rules(
    begun: Index, source: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.resuming.READING_VERSION", "next")
    begun.add_corpus(source)
    assert len(counted) == RELEASES


def test_3_damaged_work(begun: Index, source: Path, counted: list[str], tmp_path: Path) -> None:
    (journal,) = kept(tmp_path / "index")
    content = bytearray(journal.read_bytes())
    content[content.index(b"flood of day 1")] ^= 1
    journal.write_bytes(content[:-1])
    begun.add_corpus(source)
    assert len(list(begun.releases())) == RELEASES
    assert 0 < len(counted) <= 4


@pytest.mark.parametrize("size", ["-60", "9" * 30, "1e3", "x", "7 7"])
def test_3_a_line_that_leads_nowhere(
    begun: Index, source: Path, counted: list[str], tmp_path: Path, size: str
) -> None:
    (journal,) = kept(tmp_path / "index")
    first, _, rest = journal.read_bytes().partition(b"\n")
    kind, name, _ = first.decode().split()
    journal.write_bytes(f"{kind} {name} {size}\n".encode() + rest)
    begun.add_corpus(source)
    assert len(list(begun.releases())) == len(counted) == RELEASES


class Call:
    """A value whose pickle calls a function when it is loaded."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


@pytest.mark.parametrize("function", [os.mkdir, eval, Path.mkdir, shutil.rmtree])
def test_3_the_work_of_a_stranger_runs_no_code(
    begun: Index, source: Path, tmp_path: Path, function: Callable[..., object]
) -> None:
    trace = tmp_path / "trace"
    if function is shutil.rmtree:
        trace.mkdir()
    arguments = {
        eval: f"__import__('os').mkdir({str(trace)!r})",
        Path.mkdir: trace,
    }
    packed = pickle.dumps(Call(function, arguments.get(function, str(trace))))
    for path in kept(tmp_path / "index"):
        lines = re.findall(rb"(?:prints|file|records) [0-9a-f]{64} ", path.read_bytes())
        assert len(lines) > RELEASES
        sealed = hashlib.sha256(packed).digest() + packed
        path.write_bytes(b"".join(b"%b%d\n%b" % (line, len(packed), sealed) for line in lines))
    begun.add_corpus(source)
    assert trace.exists() == (function is shutil.rmtree)
    assert len(list(begun.releases())) == RELEASES
    pickle.loads(packed)
    assert trace.exists() != (function is shutil.rmtree)


def test_4_without_resuming(begun: Index, source: Path, counted: list[str]) -> None:
    begun.add_corpus(source, resume=False)
    assert len(counted) == RELEASES


def replacing(path: Path, times: int) -> Callable[[SourceFile], Iterator[object]]:
    """Reading, in the midst of which a file is replaced so many times."""
    original, left = reading.read, [times]

    def read(file: SourceFile) -> Iterator[object]:
        for one in original(file):
            if file.path == path and left[0]:
                left[0] -= 1
                new = path.with_name("..new")
                new.write_bytes(path.read_bytes() + b"More water.\n")
                new.replace(path)
            yield one

    return read


@pytest.mark.parametrize(("times", "rejected"), [(2, 1), (9, 2)])
def test_5_a_file_that_is_replaced(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, times: int, rejected: int
) -> None:
    monkeypatch.setattr("indexer.reading.read", replacing(source / "1.txt", times))
    with Index.create(tmp_path / "index") as index:
        report = index.add_corpus(source)
        assert report.rejected == rejected
        assert (reading.REPLACED in {e.reason for e in report.rejections}) == (rejected == 2)
        monkeypatch.undo()
        assert index.add_corpus(source, retry_rejected=True).rejected == 1


def test_5_a_stream_that_is_replaced(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.reading.read", replacing(source / "many.jsonl", 9))
    with Index.create(tmp_path / "index") as index:
        report = index.add_corpus(source)
        assert reading.REPLACED in {e.reason for e in report.rejections}


@pytest.mark.parametrize(("bytes", "is_kept"), [(0, True), (-1, False)])
def test_6_what_is_worth_keeping(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, bytes: int, is_kept: bool
) -> None:
    size = sum(file.stat().st_size for file in source.iterdir())
    monkeypatch.setattr("indexer.build.WORTH_KEEPING", size - bytes)
    with Index.create(tmp_path / "index") as index:
        killed(tmp_path / "index", source, "indexer.build.group", 1)
        assert (tmp_path / "index" / resuming.RESUME).exists() == is_kept
        index.add_corpus(source)
        assert len(list(index.releases())) == RELEASES


def test_6_several_processes_go_on(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.parallel.WORTH_A_POOL", 0)
    with Index.create(tmp_path / "whole") as index:
        index.add_corpus(source)
        expected = made(index)
    with Index.create(tmp_path / "index") as index:
        killed(tmp_path / "index", source, "indexer.build.group", 1, jobs=2)
        before = {path: path.stat().st_mtime_ns for path in kept(tmp_path / "index")}
        assert Finished(tmp_path / "index" / resuming.RESUME, "").count("file") == RELEASES - 2
        with monkeypatch.context() as patched:
            patched.setattr("indexer.build.group", interrupted)
            with pytest.raises(KeyboardInterrupt):
                index.add_corpus(source, jobs=2)
        # Nothing was done again: it would have been written again.
        assert {path: path.stat().st_mtime_ns for path in kept(tmp_path / "index")} == before
        index.add_corpus(source, jobs=2)
        assert made(index) == expected


def kept(folder: Path) -> list[Path]:
    return list((folder / resuming.RESUME).iterdir())


def interrupted(_: object) -> None:
    raise KeyboardInterrupt
