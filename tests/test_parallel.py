"""Work on several processes.

1. Results come in the order of the batches, however long each takes.
2. A process that the system ends is told in one line, and the index stays as it was.
"""

import os
import signal
import time
from pathlib import Path

import pytest

from indexer import Index, IndexUnavailable, SearchRequest, parse_query
from indexer.authority import Authority
from indexer.parallel import WORTH_A_POOL, Desk, Workers


def wait(batch: float, desk: Desk) -> tuple[float, int]:
    """Sleep, and tell where."""
    assert isinstance(desk.authority, Authority)
    time.sleep(batch)
    return batch, os.getpid()


def die(batch: int, _: Desk) -> int:
    """End the process of the third batch as the system does where memory is short."""
    if batch == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


def test_1_results_come_in_order() -> None:
    batches = [0.2, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    with Workers(Authority({}), 2, WORTH_A_POOL) as workers:
        found = list(workers.map(wait, batches))
    assert [batch for batch, _ in found] == batches
    assert len({process for _, process in found} - {os.getpid()}) == 2


def test_1_little_is_done_here() -> None:
    with Workers(Authority({}), 2, WORTH_A_POOL - 1) as workers:
        assert list(workers.map(wait, [0.0])) == [(0.0, os.getpid())]
        assert workers.finish() == []


def test_2_a_killed_process_is_told() -> None:
    with (
        Workers(Authority({}), 2, WORTH_A_POOL) as workers,
        pytest.raises(IndexUnavailable, match=r"still answers.*--jobs 1"),
    ):
        list(workers.map(die, range(20)))


def test_2_the_index_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "press"
    source.mkdir()
    (source / "a.txt").write_text("Floods\n\nThe rescuers met and spoke about the floods.\n")
    index = Index.create(tmp_path / "index")
    index.add_corpus(source)
    (source / "b.txt").write_text("Storms\n\nThe rescuers met and spoke about the storms.\n")
    monkeypatch.setattr("indexer.parallel.WORTH_A_POOL", 0)
    monkeypatch.setattr("indexer.parallel._finish", die_at_the_end)
    with pytest.raises(IndexUnavailable, match="still answers"):
        index.add_corpus(source, jobs=2)
    assert index.search(SearchRequest(parse_query("rescuers"))).total == 1
    monkeypatch.undo()
    index.add_corpus(source)
    assert index.search(SearchRequest(parse_query("rescuers"))).total == 2
    assert not index.verify()


def die_at_the_end(_: None, desk: Desk) -> None:
    """In a process that writes: end it."""
    assert desk.parts is not None
    os.kill(os.getpid(), signal.SIGKILL)
