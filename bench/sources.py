"""The corpora of the benchmarks: made at the first run, found again at the next."""

from collections.abc import Iterable
from pathlib import Path

from bench import senate, synthetic
from bench.corpora import SHAPE, Corpus, Document, write


def synthetic_corpus(data: Path, size: int) -> Corpus:
    """That many seeded documents."""
    return _made(data / f"synthetic-{size}", "Synthetic", synthetic.documents(size))


def senate_corpus(data: Path, archive: Path, limit: int | None) -> Corpus:
    """The Senate archive, or that many of its releases."""
    folder = data / f"senate-{limit or 'all'}"
    return _made(folder, "Senate archive", senate.documents(archive, limit))


def _made(folder: Path, name: str, documents: Iterable[Document]) -> Corpus:
    # The shape is written last: where it is, the documents are whole.
    return Corpus.load(folder) if (folder / SHAPE).is_file() else write(folder, name, documents)
