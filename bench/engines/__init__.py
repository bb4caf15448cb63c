"""The engines that are laid side by side, behind one protocol; each is imported when asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Protocol

from bench.asked import PAGE_SIZE, Answer, Asked, Mode, QueryClass
from bench.corpora import Document, FacetShape


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine is called, and what it can be asked."""

    name: str
    counting: str | None
    """How it counts facets, one of them selected; None where it cannot."""
    lacks: Mapping[QueryClass, str] = field(default_factory=dict)
    """Query classes that it does not have, with the reason."""
    skips: tuple[Mode, ...] = ()
    """Modes that it is not asked in; all with facets where it cannot count."""
    text_bytes: Callable[[Path], int] = lambda _folder: 0
    """Of its bytes in a folder those that hold the documents themselves, beside the index."""
    index_of: str | None = None
    """The engine whose index it searches, where it builds none."""
    hits: int = PAGE_SIZE
    """How many documents it names at most."""
    needs_texts: bool = False
    """Whether it is measured only where texts are there as they were written."""
    comparable: bool = True
    """Whether its totals must be those of the others."""
    remark: str = ""

    def why_not(self, query_class: QueryClass, mode: Mode) -> str | None:
        """The reason why it is not asked this, or None."""
        if mode in self.skips:
            return "not asked"
        if mode is not Mode.TOP and self.counting is None:
            return "counts no facets"
        return self.lacks.get(query_class)


class Engine(Protocol):
    """One engine with its index in a folder."""

    abilities: ClassVar[Abilities]

    def __init__(self, folder: Path) -> None: ...

    @staticmethod
    def version() -> str:
        """Its version."""

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None:
        """Index the documents, on disk and committed, in a folder that is there and empty."""

    def open(self) -> None:
        """Get ready to search what `build` made."""

    def search(self, asked: Asked) -> Answer:
        """The total, the ten best and the facets of one search."""

    def close(self) -> None:
        """Let go of the files."""


PLACES = {
    "communique": ("bench.engines.communique", "Communique"),
    "loaded": ("bench.engines.communique", "CommuniqueLoaded"),
    "page": ("bench.engines.communique", "CommuniquePage"),
    "whoosh": ("bench.engines.plain_whoosh", "PlainWhoosh"),
    "fts5": ("bench.engines.fts5", "Fts5"),
    "fts5text": ("bench.engines.fts5", "Fts5WithText"),
    "tantivy": ("bench.engines.tantivy", "Tantivy"),
    "bm25s": ("bench.engines.bm25s_peer", "Bm25s"),
    "xapian": ("bench.engines.xapian", "Xapian"),
}
"""The module and the class of each engine, in the order of the tables' columns."""


class NotInstalled(Exception):
    """An engine is not there; the message says what is missing and how to get it."""


_MENDS = {
    "fts5": "this Python's SQLite is built without FTS5",
    "fts5text": "this Python's SQLite is built without FTS5",
    "tantivy": "pip install tantivy",
    "bm25s": "pip install bm25s",
    "xapian": "apt-get install python3-xapian; its Python and this one must be of one version",
}


def engine_of(name: str) -> type[Engine]:
    """The class of an engine. Raises NotInstalled."""
    module, kind = PLACES[name]
    try:
        found: type[Engine] = getattr(import_module(module), kind)
    except ImportError as error:
        raise NotInstalled(f"{error} ({_MENDS.get(name, 'pip install communique')})") from None
    return found
