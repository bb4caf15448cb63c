"""Whoosh as it comes: its own codec, scorer, collectors and facets."""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from whoosh import fields, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir

from bench.asked import PAGE_SIZE, Answer, Asked, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities

MEMORY_MB = 256


class PlainWhoosh:
    """A text field with phrases; a facet is a column, or a list where it has several values."""

    abilities = Abilities(
        "plain Whoosh", "`groupedby` in the same search; one more search for the selected facet"
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def version() -> str:
        """The version of the package."""
        return version("whoosh")

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None:
        """Write one segment after another within the memory bound."""
        schema = fields.Schema(
            number=fields.STORED(), body=fields.TEXT(analyzer=SpaceSeparatedTokenizer())
        )
        for name, shape in facets.items():
            several = shape.most > 1
            kind = fields.KEYWORD(commas=True) if several else fields.ID(sortable=True)
            schema.add(name, kind)
        writer = create_in(str(self._folder), schema).writer(limitmb=MEMORY_MB)
        for document in documents:
            values = {name: ",".join(own) for name, own in document.facets.items() if own}
            writer.add_document(number=document.number, body=document.words, **values)
        writer.commit()

    def open(self) -> None:
        """Open the index and a searcher."""
        self._index = open_dir(str(self._folder))
        self._searcher = self._index.searcher()
        self._several = {
            name for name, field in self._index.schema.items() if isinstance(field, fields.KEYWORD)
        }

    def search(self, asked: Asked) -> Answer:
        """One search, and a second one for the counts of the selected facet."""
        asked_for = _query(asked)
        others = [name for name in asked.facets if not asked.selected or name != asked.selected[0]]
        chosen = query.Term(*asked.selected) if asked.selected else None
        results = self._searcher.search(
            asked_for, limit=PAGE_SIZE, filter=chosen, groupedby=self._groups(others)
        )
        counts = {name: dict(results.groups(name)) for name in others}
        if len(others) < len(asked.facets) and asked.selected:
            name = asked.selected[0]
            every = self._searcher.search(asked_for, scored=False, groupedby=self._groups([name]))
            counts[name] = dict(every.groups(name))
        # A release without a value is counted under None.
        bare = {name: {v: n for v, n in own.items() if v} for name, own in counts.items()}
        # With facets Whoosh ranks every hit, whatever the limit says.
        top = tuple(hit["number"] for hit in results[:PAGE_SIZE])
        return Answer(len(results), top, bare)

    def _groups(self, names: Iterable[str]) -> dict[str, sorting.FieldFacet] | None:
        groups = {
            name: sorting.FieldFacet(
                name, allow_overlap=name in self._several, maptype=sorting.Count
            )
            for name in names
        }
        return groups or None

    def close(self) -> None:
        """Close the searcher and the index."""
        self._searcher.close()
        self._index.close()


def _query(asked: Asked) -> query.Query:
    terms = [query.Term("body", word) for word in asked.words]
    match asked.query_class:
        case QueryClass.RARE | QueryClass.COMMON:
            return terms[0]
        case QueryClass.OR:
            return query.Or(terms)
        case QueryClass.AND:
            return query.And(terms)
        case QueryClass.PHRASE:
            return query.Phrase("body", list(asked.words))
        case QueryClass.PREFIX:
            return query.Prefix("body", asked.words[0])
        case QueryClass.WILDCARD:
            return query.Wildcard("body", asked.words[0])
        case QueryClass.FUZZY:
            return query.FuzzyTerm("body", asked.words[0], prefixlength=0)
        case QueryClass.ALL:
            return query.Every()
