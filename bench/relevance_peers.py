"""The rankings that are laid side by side: each builds a collection and answers its queries."""

import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import bm25s
import numpy as np
import Stemmer
import tantivy
from whoosh import fields, qparser
from whoosh.index import create_in

from bench.relevance_sets import Text
from indexer import Index, SearchRequest, UserError, parse_query
from indexer.release import Language, Release, Source

Ranked = dict[str, float]
"""Documents by id with falling scores, best first."""

DEPTH = 1_000
"""Documents that an answer names at most, as is usual for average precision."""


class Ranking(Protocol):
    """One way to rank, with the documents of one collection."""

    def answer(self, typed: str, depth: int) -> Ranked:
        """The best documents for a query as a person would type it."""
        ...


def _in_order(ids: Sequence[str]) -> Ranked:
    """Scores that keep an engine's own order, ties included."""
    return {name: float(len(ids) - at) for at, name in enumerate(ids)}


def _bare(typed: str) -> str:
    """The words alone: to the parsers of others, the marks of a sentence are operators."""
    return " ".join(re.findall(r"\w+", typed.lower()))


class Communique:
    """The default of this package, through `Index`."""

    def __init__(self, documents: Sequence[Text], folder: Path) -> None:
        self._index = Index.create(folder / "index")
        with self._index.writer() as writer:
            for text in documents:
                writer.add(_release(text))

    def answer(self, typed: str, depth: int) -> Ranked:
        """The hits of the query as the page would show them; none where it is refused."""
        try:
            request = SearchRequest(parse_query(typed), page_size=depth, collapse=False)
        except UserError:
            return {}
        return _in_order(self._index.rank(request).ids)


def _release(text: Text) -> Release:
    source = Source("collection", "")
    return Release(text.id, source, text.title, text.body, language=Language(text.language))


class Textbook:
    """BM25 of bm25s (k1 1.2, b 0.75): Porter and its stop list for English, no stems elsewhere."""

    _stemmers: Mapping[str, str] = {"en": "porter"}

    def __init__(self, documents: Sequence[Text], _folder: Path) -> None:
        languages = {text.language for text in documents}
        self._language = languages.pop() if len(languages) == 1 else ""
        self._ids = [text.id for text in documents]
        self._retriever = bm25s.BM25(k1=1.2, b=0.75)
        bodies = [f"{text.title} {text.body}" for text in documents]
        self._retriever.index(self._tokens(bodies), show_progress=False)

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        name = self._stemmers.get(self._language)
        found: list[list[str]] = bm25s.tokenize(
            texts,
            stopwords="en" if self._language == "en" else [],
            stemmer=Stemmer.Stemmer(name) if name else None,
            return_ids=False,
            show_progress=False,
        )
        return found

    def answer(self, typed: str, depth: int) -> Ranked:
        """Every document with a word of the query, by its score."""
        (words,) = self._tokens([typed])
        known = [word for word in words if word in self._retriever.vocab_dict]
        if not known:
            return {}
        scores = self._retriever.get_scores(known)
        best = np.argsort(-scores, kind="stable")[:depth]
        return {self._ids[at]: float(scores[at]) for at in best.tolist() if scores[at] > 0}


class Snowball(Textbook):
    """The same with Snowball's stems wherever there are some: English, Russian, Armenian."""

    _stemmers: Mapping[str, str] = {"en": "english", "ru": "russian", "hy": "armenian"}


class PlainWhoosh:
    """Whoosh's standard analyzer and BM25F; any of the words, as all of them finds next to none."""

    def __init__(self, documents: Sequence[Text], folder: Path) -> None:
        schema = fields.Schema(id=fields.STORED(), title=fields.TEXT(), body=fields.TEXT())
        (folder / "whoosh").mkdir()
        index = create_in(str(folder / "whoosh"), schema)
        writer = index.writer()
        for text in documents:
            writer.add_document(id=text.id, title=text.title, body=text.body)
        writer.commit()
        self._searcher = index.searcher()
        self._parser = qparser.MultifieldParser(["title", "body"], schema, group=qparser.OrGroup)

    def answer(self, typed: str, depth: int) -> Ranked:
        """What its own parser makes of the words; exhaustive, as its shortcut loses hits."""
        results = self._searcher.search(self._parser.parse(_bare(typed)), limit=None)
        return _in_order([hit["id"] for hit in results[:depth]])


class Tantivy:
    """Tantivy's default tokenizer and BM25 over title and body."""

    def __init__(self, documents: Sequence[Text], _folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for part in ("title", "body"):
            builder.add_text_field(part)
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer()
        for text in documents:
            writer.add_document(tantivy.Document(id=text.id, title=text.title, body=text.body))
        writer.commit()
        self._index.reload()

    def answer(self, typed: str, depth: int) -> Ranked:
        """What its own parser makes of the words."""
        query, _ = self._index.parse_query_lenient(_bare(typed), ["title", "body"])
        searcher = self._index.searcher()
        hits = searcher.search(query, depth).hits
        return _in_order([searcher.doc(place)["id"][0] for _, place in hits])


OWN = "Communique"
TEXTBOOK = "textbook BM25"
SNOWBALL = "BM25, Snowball"

RANKINGS: Mapping[str, Callable[[Sequence[Text], Path], Ranking]] = {
    OWN: Communique,
    TEXTBOOK: Textbook,
    SNOWBALL: Snowball,
    "plain Whoosh": PlainWhoosh,
    "Tantivy": Tantivy,
}
"""By the name of the column."""

PACKAGES = ("communique", "bm25s", "whoosh", "tantivy", "ir-measures")


def versions() -> dict[str, str]:
    """The version of every package that takes part."""
    return {name: version(name) for name in PACKAGES}
