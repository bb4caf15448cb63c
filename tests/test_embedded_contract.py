"""The embedded engine keeps the laws of `tests.engine_contract`, over one and many segments."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.embedded import EmbeddedEngine
from tests.engine_contract import EngineContract, corpus, write
from tests.releases import authority

POLICY = "indexer.embedded.codec.merge_policy.to_merge"


def no_merge(_segments: object) -> list[object]:
    """A merge policy that leaves segments as they are, however small."""
    return []


@pytest.fixture(scope="module", autouse=True)
def unflushed() -> Iterator[None]:
    """No waiting for the disk: `test_whoosh_guards` looks after the flushing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _handle: None)
        yield


def built(folder: Path, batches: int) -> Path:
    """The corpus of the contract, written in so many commits."""
    engine = EmbeddedEngine.create(folder, authority())
    releases = corpus()
    for start in range(batches):
        write(engine, releases[start::batches])
    return folder


@pytest.fixture(scope="module", params=[1, 3, 8], ids="segments={}".format)
def batches(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def unmerged(batches: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(POLICY, no_merge)
        return built(tmp_path_factory.mktemp("contract") / "index", batches)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("contract") / "index", 8)


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def empty(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine.create(tmp_path / "empty", authority())

    @pytest.fixture
    def engine(
        self, unmerged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> EmbeddedEngine:
        monkeypatch.setattr(POLICY, no_merge)
        shutil.copytree(unmerged, tmp_path / "index")
        return EmbeddedEngine.open(tmp_path / "index")

    def test_each_batch_is_a_segment(self, engine: EmbeddedEngine, batches: int) -> None:
        assert engine.searcher().statistics().segments == batches


class TestMergedEmbeddedEngine(EngineContract):
    """Segments as our policy merges them."""

    @pytest.fixture
    def empty(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine.create(tmp_path / "empty", authority())

    @pytest.fixture
    def engine(self, merged: Path, tmp_path: Path) -> EmbeddedEngine:
        shutil.copytree(merged, tmp_path / "index")
        return EmbeddedEngine.open(tmp_path / "index")

    def test_segments_are_merged(self, engine: EmbeddedEngine) -> None:
        assert engine.searcher().statistics().segments < 8
