"""Tantivy through its Python package: a search engine library in Rust."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from re import escape

import tantivy
from tantivy import Occur, Query

from bench.asked import PAGE_SIZE, Answer, Asked, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities

HEAP_BYTES = 256 * 2**20

_FACETS = "facets"


def _schema(facets: Iterable[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_integer_field("number", fast=True)
    for name in facets:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class Tantivy:
    """Facets are string columns, counted by terms aggregations."""

    abilities = Abilities(
        "Tantivy",
        "aggregations in a second pass; one more pass for the selected facet",
        remark="indexes in as many threads as it likes",
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"
        self._known = folder / _FACETS

    @staticmethod
    def version() -> str:
        """The version of the package."""
        return version("tantivy")

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None:
        """Write with the package's own choice of threads, and wait for its merges."""
        self._folder.mkdir()
        self._known.write_text(" ".join(facets), encoding="utf-8")
        index = tantivy.Index(_schema(facets), str(self._folder))
        writer = index.writer(HEAP_BYTES)
        for document in documents:
            added = tantivy.Document()
            added.add_integer("number", document.number)
            added.add_text("body", document.words)
            for name, values in document.facets.items():
                for value in values:
                    added.add_text(name, value)
            writer.add_document(added)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index and a searcher."""
        self._index = tantivy.Index.open(str(self._folder))
        self._schema = _schema(self._known.read_text(encoding="utf-8").split())
        self._searcher = self._index.searcher()

    def search(self, asked: Asked) -> Answer:
        """One search, and up to two aggregations."""
        query = self._query(asked)
        chosen = self._restricted(query, asked.selected) if asked.selected else query
        result = self._searcher.search(chosen, PAGE_SIZE)
        own = [name for name in asked.facets if asked.selected and name == asked.selected[0]]
        others = [name for name in asked.facets if name not in own]
        numbers = self._searcher.fast_field_values("number", [place for _, place in result.hits])
        counts = {**self._counts(chosen, others), **self._counts(query, own)}
        return Answer(result.count, tuple(numbers), counts)

    def _counts(self, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        # With room for every value the counts are exact, whatever the number of segments.
        wanted = {n: {"terms": {"field": n, "size": 10_000, "segment_size": 10_000}} for n in names}
        found = self._searcher.aggregate(query, wanted)
        return {n: {b["key"]: b["doc_count"] for b in found[n]["buckets"]} for n in names}

    def _restricted(self, query: Query, selected: tuple[str, str]) -> Query:
        chosen = Query.const_score_query(Query.term_query(self._schema, *selected), 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, chosen)])

    def _query(self, asked: Asked) -> Query:
        schema, words = self._schema, asked.words
        terms = [Query.term_query(schema, "body", word) for word in words]
        match asked.query_class:
            case QueryClass.RARE | QueryClass.COMMON:
                return terms[0]
            case QueryClass.OR:
                return Query.boolean_query([(Occur.Should, term) for term in terms])
            case QueryClass.AND:
                return Query.boolean_query([(Occur.Must, term) for term in terms])
            case QueryClass.PHRASE:
                return Query.phrase_query(schema, "body", list(words))
            case QueryClass.PREFIX:
                return Query.regex_query(schema, "body", escape(words[0]) + ".*")
            case QueryClass.WILDCARD:
                pattern = words[0].replace("?", ".").replace("*", ".*")
                return Query.regex_query(schema, "body", pattern)
            case QueryClass.FUZZY:
                return Query.fuzzy_term_query(schema, "body", words[0], distance=1)
            case QueryClass.ALL:
                return Query.all_query()

    def close(self) -> None:
        """Let go of the searcher and the index."""
        del self._searcher, self._index
