"""Xapian through Debian's package: a search engine library in C++."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from bench.asked import PAGE_SIZE, Answer, Asked, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities

_DEBIAN = Path("/usr/lib/python3/dist-packages/xapian/__init__.py")


def _package() -> Any:
    """Debian's package, also from a virtual environment, which does not look where it lies.

    Nothing else of Debian's Python is taken. Raises ImportError where it is not there, or is made
    for another version of Python.
    """
    try:
        return import_module("xapian")
    except ModuleNotFoundError:
        if not _DEBIAN.is_file():
            raise
    spec = spec_from_file_location("xapian", _DEBIAN)
    assert spec is not None
    assert spec.loader is not None
    found = sys.modules["xapian"] = module_from_spec(spec)
    try:
        spec.loader.exec_module(found)
    except ImportError:
        del sys.modules["xapian"]
        raise
    return found


xapian = _package()

_SLOTS = "slots"


def _facet_term(facet: str, value: str) -> str:
    """A term of upper-case letters first, so that no word is taken for it."""
    return f"X{facet.upper()}:{value}"


class Xapian:
    """Facet values are terms for filtering, and value slots for counting."""

    abilities = Abilities(
        "Xapian",
        "match spies in the same search, a slot for each value of a document; one more search "
        "for the selected facet",
        {
            QueryClass.WILDCARD: "Xapian 1.4 has wildcards at the end of words only",
            QueryClass.FUZZY: "Xapian 1.4 has no fuzzy words",
        },
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"

    @staticmethod
    def version() -> str:
        """The version of the library."""
        return str(xapian.version_string())

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None:
        """Index with positions; Xapian flushes every 10,000 documents of itself."""
        database = xapian.WritableDatabase(str(self._folder), xapian.DB_CREATE)
        slots = _numbered(facets)
        database.set_metadata(_SLOTS, " ".join(f"{n}={len(own)}" for n, own in slots.items()))
        generator = xapian.TermGenerator()
        for document in documents:
            added = xapian.Document()
            generator.set_document(added)
            generator.index_text(document.words)
            for facet, values in document.facets.items():
                for slot, value in zip(slots[facet], values, strict=False):
                    added.add_boolean_term(_facet_term(facet, value))
                    added.add_value(slot, value)
            database.add_document(added)
        database.commit()
        database.close()

    def open(self) -> None:
        """Open the database."""
        self._database = xapian.Database(str(self._folder))
        known = self._database.get_metadata(_SLOTS).decode().split()
        pairs = [pair.rpartition("=") for pair in known]
        self._slots = _numbered({name: FacetShape((), int(most)) for name, _, most in pairs})

    def search(self, asked: Asked) -> Answer:
        """One search with an exact total, and a second one for the selected facet."""
        query = _query(asked)
        chosen = query
        if asked.selected:
            restriction = xapian.Query(_facet_term(*asked.selected))
            chosen = xapian.Query(xapian.Query.OP_FILTER, query, restriction)
        own = [name for name in asked.facets if asked.selected and name == asked.selected[0]]
        others = [name for name in asked.facets if name not in own]
        found, counts = self._search(chosen, others)
        if own:
            counts |= self._search(query, own)[1]
        # Xapian numbers documents from 1.
        top = tuple(match.docid - 1 for match in found)
        return Answer(found.get_matches_estimated(), top, counts)

    def _search(
        self, query: xapian.Query, facets: Iterable[str]
    ) -> tuple[xapian.MSet, dict[str, dict[str, int]]]:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(query)
        spies = {n: [xapian.ValueCountMatchSpy(s) for s in self._slots[n]] for n in facets}
        for spy in (spy for own in spies.values() for spy in own):
            enquire.add_matchspy(spy)
        # Checking every document makes the total and the counts exact.
        found = enquire.get_mset(0, PAGE_SIZE, self._database.get_doccount())
        return found, {name: _summed(own) for name, own in spies.items()}

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _numbered(facets: Mapping[str, FacetShape]) -> dict[str, range]:
    slots, first = {}, 0
    for name, shape in facets.items():
        slots[name] = range(first, first + shape.most)
        first += shape.most
    return slots


def _summed(spies: Iterable[xapian.ValueCountMatchSpy]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value, count in (pair for spy in spies for pair in _values(spy)):
        counts[value] = counts.get(value, 0) + count
    return counts


def _values(spy: xapian.ValueCountMatchSpy) -> Iterator[tuple[str, int]]:
    for item in spy.values():
        yield item.term.decode(), item.termfreq


def _query(asked: Asked) -> xapian.Query:
    terms = list(asked.words)
    match asked.query_class:
        case QueryClass.RARE | QueryClass.COMMON:
            return xapian.Query(terms[0])
        case QueryClass.OR:
            return xapian.Query(xapian.Query.OP_OR, terms)
        case QueryClass.AND:
            return xapian.Query(xapian.Query.OP_AND, terms)
        case QueryClass.PHRASE:
            return xapian.Query(xapian.Query.OP_PHRASE, terms)
        case QueryClass.PREFIX:
            # With fewer arguments the package takes the text for a list of queries.
            limit = xapian.Query.WILDCARD_LIMIT_ERROR
            return xapian.Query(xapian.Query.OP_WILDCARD, terms[0], 0, limit)
        case _:
            return xapian.Query.MatchAll
