"""SQLite's full-text index, with the facets in a table beside it."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.asked import PAGE_SIZE, Answer, Asked, QueryClass
from bench.corpora import Document, FacetShape
from bench.engines import Abilities

with closing(sqlite3.connect(":memory:")) as _database:
    if ("ENABLE_FTS5",) not in _database.execute("PRAGMA compile_options").fetchall():
        raise ImportError("SQLite has no FTS5")


def _path(folder: Path) -> Path:
    return folder / "fts5.sqlite"


_SCHEMA = """
CREATE VIRTUAL TABLE text USING fts5(body, {content} tokenize='unicode61 remove_diacritics 0');
CREATE TABLE facets (
    doc INTEGER, facet TEXT, value TEXT, PRIMARY KEY (doc, facet, value)
) WITHOUT ROWID;
"""
_COUNT = "SELECT facet, value, count(*) FROM facets WHERE doc IN ({found}) {which} GROUP BY 1, 2"


class Fts5:
    """A contentless table of FTS5: the index without the text."""

    abilities = Abilities(
        "SQLite FTS5",
        "SQL over a table of values; one more query for the selected facet",
        {
            QueryClass.WILDCARD: "has no wildcards within words",
            QueryClass.FUZZY: "has no fuzzy words",
        },
    )

    _content = "content='',"
    """No text is kept."""

    def __init__(self, folder: Path) -> None:
        self._path = _path(folder)

    @staticmethod
    def version() -> str:
        """The version of SQLite."""
        return sqlite3.sqlite_version

    def build(self, documents: Iterable[Document], _facets: Mapping[str, FacetShape]) -> None:
        """Insert in one transaction, then merge FTS5's own segments into one."""
        database = sqlite3.connect(self._path)
        database.executescript(_SCHEMA.format(content=self._content))
        with database:
            for document in documents:
                database.execute(
                    "INSERT INTO text (rowid, body) VALUES (?, ?)",
                    (document.number, document.words),
                )
                database.executemany(
                    "INSERT INTO facets VALUES (?, ?, ?)",
                    [(document.number, f, v) for f, own in document.facets.items() for v in own],
                )
            database.execute("CREATE INDEX by_value ON facets (facet, value, doc)")
            database.execute("INSERT INTO text (text) VALUES ('optimize')")
        database.close()

    def open(self) -> None:
        """Open the file for reading; the cache may hold 256 MB."""
        self._database = sqlite3.connect(self._path)
        self._database.execute("PRAGMA query_only = ON")
        self._database.execute("PRAGMA cache_size = -262144")

    def search(self, asked: Asked) -> Answer:
        """One query for the ten best, one for the total, up to two for the facets."""
        matched, parameters = _matched(asked)
        found, arguments = matched, parameters
        if asked.selected:
            found, arguments = _restricted(matched), [*parameters, *asked.selected]
        order = "" if asked.query_class is QueryClass.ALL else "ORDER BY rank"
        top = self._all(f"{found} {order} LIMIT {PAGE_SIZE}", arguments)
        ((total,),) = self._all(f"SELECT count(*) FROM ({found})", arguments)
        return Answer(total, tuple(doc for (doc,) in top), self._counts(asked))

    def _counts(self, asked: Asked) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {name: {} for name in asked.facets}
        if not asked.facets:
            return counts
        matched, parameters = _matched(asked)
        if asked.selected is None:
            rows = self._all(_COUNT.format(found=matched, which=""), parameters)
        else:
            facet = asked.selected[0]
            rows = self._all(
                _COUNT.format(found=_restricted(matched), which="AND facet != ?"),
                [*parameters, *asked.selected, facet],
            )
            rows += self._all(
                _COUNT.format(found=matched, which="AND facet = ?"), [*parameters, facet]
            )
        for facet, value, count in rows:
            counts[facet][value] = count
        return counts

    def _all(self, statement: str, parameters: list[str]) -> list[tuple[Any, ...]]:
        return self._database.execute(statement, parameters).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _text_bytes(folder: Path) -> int:
    with closing(sqlite3.connect(_path(folder))) as database:
        ((size,),) = database.execute("SELECT sum(length(CAST(c0 AS BLOB))) FROM text_content")
    return int(size)


class Fts5WithText(Fts5):
    """The same with its documents: what an index that shows them has to keep somewhere."""

    abilities = replace(
        Fts5.abilities,
        name="SQLite FTS5, with the text",
        counting=None,
        text_bytes=_text_bytes,
        remark="counts facets as the one without the text does, so it is not asked again",
    )

    _content = ""


def _matched(asked: Asked) -> tuple[str, list[str]]:
    if asked.query_class is QueryClass.ALL:
        return "SELECT rowid FROM text WHERE TRUE", []
    return "SELECT rowid FROM text WHERE text MATCH ?", [_expression(asked)]


def _restricted(matched: str) -> str:
    # The plus keeps SQLite from putting the query to FTS5 again for every value's document.
    return f"{matched} AND +rowid IN (SELECT doc FROM facets WHERE facet = ? AND value = ?)"


def _expression(asked: Asked) -> str:
    quoted = [f'"{word}"' for word in asked.words]
    match asked.query_class:
        case QueryClass.OR:
            return " OR ".join(quoted)
        case QueryClass.AND:
            return " AND ".join(quoted)
        case QueryClass.PREFIX:
            return quoted[0] + " *"
        case _:
            return " + ".join(quoted)
