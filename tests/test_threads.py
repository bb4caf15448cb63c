"""Threads that search while one writes.

1. Every answer is the whole answer of one commit, and a thread never sees an older one again.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from indexer import Index, Ranking, Release, SearchRequest
from indexer.request import Filter, Interval
from tests.engine_contract import QUERIES, corpus, request, write

COMMITS = 4
THREADS = 4


def batches() -> Iterator[list[Release]]:
    releases = corpus()
    for number in range(COMMITS):
        yield releases[number::COMMITS]


def asked(index: Index) -> list[SearchRequest]:
    un = Filter.any_of("organization", "un")
    plain = [request(node) for node in QUERIES]
    return [one.where(un).faceted(*index.facets).by_date(Interval.YEAR) for one in plain] + plain


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr("os.fsync", lambda _handle: None)
    return Index.create(tmp_path / "index")


def test_1_answers_are_those_of_a_commit(index: Index, tmp_path: Path) -> None:
    known = Index.create(tmp_path / "known")
    requests = asked(known)
    expected: list[list[Ranking]] = [[known.rank(one) for one in requests]]
    for batch in batches():
        write(known.engine, batch)
        expected.append([known.rank(one) for one in requests])
    faults: list[object] = []
    done: list[bool] = []

    def search() -> None:
        oldest = 0
        while not done or oldest < COMMITS:
            for number, one in enumerate(requests):
                found = index.rank(one)
                fits = [at for at in range(oldest, COMMITS + 1) if expected[at][number] == found]
                if not fits:
                    faults.append((oldest, one, found))
                    return
                oldest = fits[0]

    threads = [Thread(target=search) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for batch in batches():
        write(index.engine, batch)
    done.append(True)
    for thread in threads:
        thread.join(timeout=60)
    assert not faults
    assert not any(thread.is_alive() for thread in threads)
