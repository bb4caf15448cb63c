"""Following sources.

1. What comes, changes and goes is in the index soon; nothing is built while nothing changes.
2. A change is taken up when it has come to rest, or after some patience.
3. A source that is away and another writer are told once, and end nothing.
4. SIGTERM ends it between builds, with exit code 0; the log can be lines of JSON.
5. Handles, segments and files stay few through many updates.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from indexer import BuildReport, CommuniqueError, Index, watching

TEXT = "{0} in the region\n\nThe rescuers met and spoke about the {0} near the river.\n"
INTERVAL = 0.001


class Steps:
    """In the place of the event that stops: does a step at each wait, and stops after the last."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self._steps = iter(steps)
        self._over = False

    def is_set(self) -> bool:
        return self._over

    def wait(self, _: float) -> bool:
        step = next(self._steps, None)
        if step is None:
            self._over = True
        else:
            step()
        return self._over


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "floods.txt").write_text(TEXT.format("floods"))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as index:
        yield index


def followed(index: Index, source: Path, *steps: Callable[[], object]) -> list[object]:
    """What is told while these steps are done, one at each wait."""
    told: list[BuildReport | CommuniqueError] = []
    stop: Event = Steps(*steps)  # type: ignore[assignment]
    watching.watch(
        [source], lambda: index.add_corpus(source, if_needed=True), stop, INTERVAL, told.append
    )
    return [
        (one.indexed, one.files_read, one.files_gone) if isinstance(one, BuildReport) else str(one)
        for one in told
    ]


def grown(file: Path) -> None:
    with file.open("a") as stream:
        stream.write("The fires went on.\n")


def nothing() -> None:
    """A wait in which nothing happens."""


def test_1_changes_are_followed(index: Index, source: Path) -> None:
    told = followed(
        index, source,
        nothing,
        lambda: (source / "fires.txt").write_text(TEXT.format("fires")), nothing, nothing, nothing,
        lambda: (source / "fires.txt").write_text(TEXT.format("quakes")), nothing, nothing, nothing,
        lambda: (source / "floods.txt").unlink(), nothing, nothing, nothing,
        lambda: os.utime(source / "fires.txt"), nothing, nothing, nothing,
    )  # fmt: skip
    assert told == [(1, 1, 0), (2, 1, 0), (2, 1, 0), (1, 0, 1)]


def test_2_a_change_comes_to_rest(index: Index, source: Path) -> None:
    file = source / "fires.txt"
    grow = [lambda: grown(file)] * 4
    told = followed(index, source, nothing, *grow, nothing, nothing)
    assert told == [(1, 1, 0), (2, 1, 0)]


def test_2_patience_ends(index: Index, source: Path) -> None:
    file = source / "fires.txt"
    grow = [lambda: grown(file)] * (watching.PATIENCE + 4)
    assert followed(index, source, nothing, *grow)[1] == (2, 1, 0)


def test_3_faults_are_told_once(index: Index, source: Path) -> None:
    away = source.with_name("away")
    told = followed(
        index, source,
        lambda: source.rename(away), nothing, nothing,
        lambda: away.rename(source), nothing, nothing,
    )  # fmt: skip
    assert told[0] == (1, 1, 0)
    assert len(told) == 2
    assert "there is no file or folder" in str(told[1])
    writer = index.writer()
    (source / "fires.txt").write_text(TEXT.format("fires"))
    told = followed(index, source, nothing, nothing, writer.rollback, nothing)
    assert "another writer is at work" in str(told[0])
    assert told[1:] == [(2, 1, 0)]


def test_4_sigterm_ends_it(tmp_path: Path, source: Path) -> None:
    argv = ["index", str(source), "--index", str(tmp_path / "index"), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "indexer.cli", *argv, "--watch", "1", "--log", "json"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    built = json.loads(process.stderr.readline())
    assert (built["event"], built["indexed"]) == ("built", 1)
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=60)
    assert json.loads(rest)["event"] == "stopped"
    assert process.returncode == 0


def test_5_what_is_held_stays_small(index: Index, source: Path, tmp_path: Path) -> None:
    handles, files = [], []

    def change(number: int) -> None:
        (source / f"{number % 7}.txt").write_text(TEXT.format(f"number{number}"))
        handles.append(sum(1 for _ in Path("/proc/self/fd").glob("*")))
        files.append(sum(1 for _ in (tmp_path / "index").rglob("*")))

    steps = [
        step
        for number in range(30)
        for step in (lambda number=number: change(number), nothing, nothing, nothing)
    ]
    told = followed(index, source, nothing, *steps)
    assert len(told) >= 30
    assert max(handles[10:]) <= max(handles[:10]) + 2
    assert max(files[10:]) <= max(files[:10]) + 20
    assert index.statistics().segments <= 8
