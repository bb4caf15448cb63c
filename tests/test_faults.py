"""An index under faults: never a mixture, never a wrong answer, a clear line for each refusal.

A small part of `python -m bench.faults`, which does thousands of trials.

1. Killed at random moments, copied, flipped, searched through rebuilds: nothing is found.
2. A power loss leaves the index before or after; without flushing it would not.
3. A system that refuses is told of in one line, by the library and by the command line.
4. A clock that goes back changes nothing but what it says.
"""

import errno
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.faults import power, refusals
from indexer.cli import main
from indexer.embedded import EmbeddedEngine, generations
from indexer.embedded.batch import Batch
from indexer.errors import IndexUnavailable
from tests.releases import authority, release

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own: what faults do to it must not reach this one."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def trials(*arguments: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The results of a part of the trials, and the faults among them."""
    done = run("-m", "bench.faults", "--json", *arguments)
    assert done.returncode in (0, 1), done.stderr[-2_000:]
    results = json.loads(done.stdout)
    return results, [fault for result in results for fault in result["faults"]]


def test_1_kills_copies_flips_and_rebuilds() -> None:
    results, faults = trials("kills", "copies", "flips", "rebuilds", "--share", "0.04")
    engine, files, copies, flips, rebuilds = (result["seen"] for result in results)
    assert faults == []
    assert sum(engine.values()) == 36
    assert engine["while writing a build"] > 5
    assert sum(files.values()) == 8
    assert copies["good"] > 20
    assert copies["refused as incomplete"] > 5
    assert flips["told as IndexCorrupt"] > 5
    assert rebuilds["answers"] > 20
    assert rebuilds["builds seen by a process"] > 1


def test_2_a_power_loss_leaves_the_index_before_or_after() -> None:
    results, faults = trials("power", "--share", "0.06")
    assert faults == []
    assert len(results) == len(power.OPERATIONS)
    assert all(result["seen"]["different states"] > 5 for result in results)


def test_2_without_flushing_it_would_not() -> None:
    _, faults = trials("power", "--share", "0.02", "--unflushed")
    assert any("communique.json is damaged" in fault for fault in faults)


def test_3_whatever_is_refused_is_told_in_a_line() -> None:
    results, faults = trials("refusals", "--share", "0.01")
    assert faults == []
    assert len(results) == len(refusals.ERRORS)
    assert all(result["seen"]["told in a line"] for result in results)


LIMITED = """
import resource, signal, sys
from indexer.cli import main
index, source = sys.argv[1:]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
free = resource.RLIM_INFINITY
print("before", main(["search", "borders", "--index", index]))
for handles in range(3, 15):
    resource.setrlimit(resource.RLIMIT_NOFILE, (handles, 4096))
    print("code", main(["search", "borders", "--index", index]), flush=True)
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 4096))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, free))
print("code", main(["index", source, "--index", index, "--jobs", "1"]), flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (free, free))
print("after", main(["search", "borders", "--index", index]), main(["verify", "--index", index]))
"""


def test_3_limits_of_the_system_are_told_in_a_line(tmp_path: Path) -> None:
    source, index = tmp_path / "source", str(tmp_path / "index")
    source.mkdir()
    for number in range(3):
        (source / f"{number}.txt").write_text(f"Of borders {number}\n\n\nOn 3 May 2019 too.\n")
    assert main(["index", str(source), "--index", index, "--jobs", "1"]) == 0
    (source / "3.txt").write_text("Of borders\n\n\n" + "Words and words. " * 500)
    done = run("-c", LIMITED, index, str(source))
    assert "Traceback" not in done.stderr
    assert "before 0" in done.stdout
    assert "after 0 0" in done.stdout
    told = [line for line in done.stderr.splitlines() if line.startswith("communique: ")]
    assert len(told) == done.stdout.count("code 2") > 1
    assert all("Too many open files" in line for line in told[:-1])
    assert "File too large" in told[-1]


@pytest.mark.parametrize("made", ["a file", "a folder that cannot be written"])
def test_3_an_index_that_cannot_be_made_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    (tmp_path / "source.txt").write_text("Of borders.")
    parent = tmp_path / "file"
    if made == "a file":
        parent.touch()
    else:

        def refused(*_arguments: object, **_options: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "mkdir", refused)
    code = main(["index", str(tmp_path / "source.txt"), "--index", str(parent / "index")])
    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith(f"communique: {parent / 'index'} cannot be made: ")
    assert said.count("\n") == 1


def test_3_memory_that_is_used_up_ends_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise MemoryError

    engine = EmbeddedEngine.create(tmp_path / "index", authority())
    monkeypatch.setattr(Batch, "write", full)
    writer = engine.writer()
    writer.add(release("a", "borders"))
    with pytest.raises(IndexUnavailable, match=r"out of memory; it still answers as it did"):
        writer.commit()
    with pytest.raises(IndexUnavailable, match="ended"):
        writer.commit()
    monkeypatch.undo()
    assert list(engine.searcher().ids()) == []
    with engine.writer() as writer:
        writer.add(release("a", "borders"))
    assert list(engine.searcher().ids()) == ["a"]


def test_4_a_clock_that_goes_back_changes_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Yesteryear(datetime):
        """A clock that is wrong by years."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # noqa: ARG003
            return datetime(1999, 1, 1, tzinfo=UTC)

    engine = EmbeddedEngine.create(tmp_path / "index", authority())
    monkeypatch.setattr(generations, "datetime", Yesteryear)
    with engine.writer() as writer:
        writer.add(release("a", "borders"))
    before, now = engine.builds()
    assert now.made < before.made
    assert now.current
    assert list(engine.searcher().ids()) == ["a"]
    with engine.writer() as writer:
        writer.delete("a")
    assert list(engine.searcher().ids()) == []
