"""The embedded engine keeps the laws of `tests.engine_contract`, over one and many segments."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.embedded import EmbeddedEngine
from tests.engine_contract import EngineContract, corpus, write
from tests.releases import authority


def no_merge(_writer: object, segments: object) -> object:
    """Whoosh's merge policy that leaves segments as they are, however small."""
    return segments


def built(folder: Path, batches: int) -> Path:
    """The corpus of the contract, written in so many commits."""
    engine = EmbeddedEngine.create(folder, authority())
    releases = corpus()
    for start in range(batches):
        write(engine, releases[start::batches])
    return folder


class _Embedded(EngineContract):
    @pytest.fixture
    def empty(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine.create(tmp_path / "empty", authority())

    @pytest.fixture
    def engine(self, corpus_index: Path, tmp_path: Path) -> EmbeddedEngine:
        # Files of a generation never change, so the tests may share them.
        shutil.copytree(corpus_index, tmp_path / "index", copy_function=os.link)
        return EmbeddedEngine.open(tmp_path / "index")


class TestEmbeddedEngine(_Embedded):
    @pytest.fixture(scope="class", params=[1, 3, 8], ids="segments={}".format)
    def batches(self, request: pytest.FixtureRequest) -> Iterator[int]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("whoosh.writing.MERGE_SMALL", no_merge)
            yield request.param

    @pytest.fixture(scope="class")
    def corpus_index(self, batches: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return built(tmp_path_factory.mktemp("contract") / "index", batches)

    def test_each_batch_is_a_segment(self, engine: EmbeddedEngine, batches: int) -> None:
        assert engine.searcher().statistics().segments == batches


class TestMergedEmbeddedEngine(_Embedded):
    """Segments as Whoosh merges them by itself."""

    @pytest.fixture(scope="class")
    def corpus_index(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return built(tmp_path_factory.mktemp("contract") / "index", 8)

    def test_segments_are_merged(self, engine: EmbeddedEngine) -> None:
        assert engine.searcher().statistics().segments < 8
