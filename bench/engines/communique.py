"""Communique itself: the engine alone, and a whole page as a person asks for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.asked import Answer, Asked, Mode, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities
from indexer import Filter, Index, SearchPage, SearchRequest, parse_query
from indexer.embedded.codec import EXTENSION, SectionFile
from indexer.query import (
    And,
    Everything,
    ExactWord,
    Fuzzy,
    Node,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
)
from indexer.release import (
    UNKNOWN,
    Certainty,
    Language,
    Mention,
    Precision,
    PublicationDate,
    Release,
    Source,
)

_BUILT_IN = ("year", "language")
"""Facets that every index has; the others are declared by authority files."""

_SOURCE = Source("documents.jsonl", "")


def _authority_file(facet: str, values: Iterable[str]) -> str:
    lines = ["[facet]", f'name = "{facet}"', f'plural = "{facet}s"']
    lines += ["[facet.label]", f'en = "{facet.title()}"']
    for value in values:
        lines += ["[[entry]]", f'id = "{value}"', "[entry.label]", f'en = "{value}"']
        # Every entry must have a name; nobody types this one, so no query is expanded by it.
        lines += ["[entry.names]", f'en = ["the value {value} of facet {facet}"]']
    return "\n".join(lines)


def _release(document: Document, title: str, body: str, language: str) -> Release:
    (year,) = document.facets["year"]
    published = (
        PublicationDate()
        if year == UNKNOWN
        else PublicationDate(date(int(year), 1, 1), Precision.YEAR, Certainty.PRINTED)
    )
    tags = [
        Mention(facet, value, "", "body", 0, 0, "name")
        for facet, values in document.facets.items()
        if facet not in _BUILT_IN
        for value in values
    ]
    return Release(
        id=f"{document.number:09}",
        source=_SOURCE,
        title=title,
        body=body,
        language=Language(language),
        date=published,
        mentions=tuple(tags),
    )


def _stored_bytes(folder: Path) -> int:
    """What the releases themselves take, with where they begin and end."""
    files = [SectionFile.open(path) for path in folder.rglob(f"*{EXTENSION}")]
    return sum(
        size for file in files for name, size in file.sizes().items() if name.startswith("stored")
    )


class Communique:
    """Trees of exact words, so that it searches what the others search: no stems, no languages."""

    abilities = Abilities(
        "Communique",
        "in the same pass, each facet without its own selection",
        text_bytes=_stored_bytes,
        remark="ranks, and reads no release: what the others do",
    )

    _expand = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def version() -> str:
        """The version of the package."""
        return version("communique")

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None:
        """Write releases whose tags are the facets' values."""
        authority = self._folder / "authority"
        authority.mkdir()
        for name, shape in facets.items():
            if name not in _BUILT_IN:
                text = _authority_file(name, shape.values)
                (authority / f"{name}.toml").write_text(text, encoding="utf-8")
        index = Index.create(self._folder / "index", authority=authority)
        with index, index.writer() as writer:
            for document in documents:
                writer.add(self._release(document))

    def _release(self, document: Document) -> Release:
        return _release(document, "", document.words, document.facets["language"][0])

    def open(self) -> None:
        """Open the index and its searcher."""
        self._index = Index.open(self._folder / "index")
        self._index.statistics()

    def search(self, asked: Asked) -> Answer:
        """One page of ids."""
        filters = (Filter.any_of(*asked.selected),) if asked.selected else ()
        request = SearchRequest(
            self._query(asked),
            filters,
            asked.facets,
            page_size=self.abilities.hits,
            expand=self._expand,
        )
        return self._answer(request)

    def _answer(self, request: SearchRequest) -> Answer:
        found = self._index.rank(request)
        return Answer(
            found.total,
            tuple(map(int, found.ids)),
            {name: _carried(counts) for name, counts in found.facets.items()},
            " ".join(found.notices),
        )

    def _query(self, asked: Asked) -> Query:
        return Query(" ".join(asked.words), _tree(asked.query_class, asked.words))

    def close(self) -> None:
        """Close the index."""
        self._index.close()


def _carried(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Without the selected value, if no hit carries it."""
    return {v: n for v, n in counts.items() if n} if 0 in counts.values() else counts


def _loaded(page: SearchPage) -> Answer:
    return Answer(
        page.total,
        tuple(int(hit.release.id) for hit in page.hits),
        {n: {v.value: v.count for v in values if v.count} for n, values in page.facets.items()},
        " ".join(page.notices),
    )


def _tree(query_class: QueryClass, words: tuple[str, ...]) -> Node:
    match query_class:
        case QueryClass.RARE | QueryClass.COMMON:
            return ExactWord(words[0])
        case QueryClass.OR:
            return Or(tuple(ExactWord(word) for word in words))
        case QueryClass.AND:
            return And(tuple(ExactWord(word) for word in words))
        case QueryClass.PHRASE:
            return Phrase(words, exact=True)
        case QueryClass.PREFIX:
            return Prefix(words[0])
        case QueryClass.WILDCARD:
            return Wildcard(words[0])
        case QueryClass.FUZZY:
            return Fuzzy(words[0])
        case QueryClass.ALL:
            return Everything()


class CommuniqueLoaded(Communique):
    """The same search of the same index, with the ten releases loaded and marked."""

    abilities = Abilities(
        "Communique, loaded",
        "in the same pass, each facet without its own selection",
        index_of="communique",
        text_bytes=_stored_bytes,
        remark="loads and marks the ten releases of each page, which the others do not",
    )

    def _answer(self, request: SearchRequest) -> Answer:
        return _loaded(self._index.search(request))


_TITLE = 120
"""Characters of a text that are taken for its title."""


class CommuniquePage(Communique):
    """What a person gets: the string parsed, words in every form, facets, snippets of the text."""

    abilities = Abilities(
        "Communique, whole page",
        "in the same pass, each facet without its own selection",
        skips=(Mode.TOP,),
        text_bytes=_stored_bytes,
        needs_texts=True,
        comparable=False,
        remark="finds other forms of a word too, so its totals are its own",
    )

    _expand = True

    def _release(self, document: Document) -> Release:
        title, _, _ = (document.text or "").partition("\n")
        if document.text is None or len(title) > _TITLE:
            return _release(document, "", document.text or document.words, "en")
        return _release(document, title, document.text[len(title) + 1 :], "en")

    def _answer(self, request: SearchRequest) -> Answer:
        return _loaded(self._index.search(request))

    def _query(self, asked: Asked) -> Query:
        return parse_query(_typed(asked.query_class, asked.words))


def _typed(query_class: QueryClass, words: tuple[str, ...]) -> str:
    match query_class:
        case QueryClass.OR:
            return " OR ".join(words)
        case QueryClass.PHRASE:
            return f'"{" ".join(words)}"'
        case QueryClass.PREFIX:
            return f"{words[0]}*"
        case QueryClass.FUZZY:
            return f"{words[0]}~"
        case QueryClass.ALL:
            return "*"
        case _:
            return " ".join(words)
