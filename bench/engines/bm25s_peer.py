"""bm25s: scores computed when indexing, summed by numpy when searching."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import bm25s
import numpy as np
from bm25s.selection import topk
from bm25s.tokenization import Tokenizer

from bench.asked import PAGE_SIZE, Answer, Asked, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities

_ONLY_OR = "has only OR of words"


class Bm25s:
    """The index in memory-mapped arrays, without its compiled extra."""

    abilities = Abilities(
        "bm25s",
        None,
        {
            each: _ONLY_OR
            for each in QueryClass
            if each not in (QueryClass.RARE, QueryClass.COMMON, QueryClass.OR)
        },
        remark="keeps no positions",
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def version() -> str:
        """The version of the package."""
        return version("bm25s")

    def build(self, documents: Iterable[Document], _facets: Mapping[str, FacetShape]) -> None:
        """Hold all documents as lists of numbers, then index them at once."""
        tokenizer = Tokenizer(lower=False, splitter=str.split, stopwords=[], stemmer=None)
        words = [document.words for document in documents]
        tokens = tokenizer.tokenize(words, return_as="tuple", show_progress=False)
        retriever = bm25s.BM25(k1=1.2, b=0.75)
        retriever.index(tokens, show_progress=False)
        retriever.save(str(self._folder))

    def open(self) -> None:
        """Map the arrays and load the vocabulary."""
        self._retriever = bm25s.BM25.load(str(self._folder), mmap=True, show_progress=False)

    def search(self, asked: Asked) -> Answer:
        """Score every document; those above zero are hits."""
        scores = self._retriever.get_scores(list(asked.words))
        total = int(np.count_nonzero(scores))
        _, best = topk(scores, min(PAGE_SIZE, len(scores)))
        return Answer(total, tuple(int(doc) for doc in best[:total]))

    def close(self) -> None:
        """Let go of the arrays."""
        del self._retriever
