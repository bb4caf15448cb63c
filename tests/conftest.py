"""What several test modules share: the sample archive, indexed once a run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything of the project: the compiled loops are tested from the first test on.
os.environ.setdefault("COMMUNIQUE_COMPILED", "1")

from indexer import BuildReport, Index

pytest_plugins = ["tests.browsing"]

pytest.register_assert_rewrite("tests.engine_contract")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample") / "index"


@pytest.fixture(scope="session")
def sample_report(sample_folder: Path, corpus: Path) -> BuildReport:
    with Index.create(sample_folder, authority=corpus / "authority") as index:
        return index.add_corpus(corpus / "releases", jobs=1)


@pytest.fixture(scope="session")
def sample(sample_report: BuildReport, sample_folder: Path) -> Iterator[Index]:
    assert sample_report.indexed
    with Index.open(sample_folder) as index:
        yield index
