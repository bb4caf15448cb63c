"""One glossary file, read and checked: concepts with their names in several languages."""

import re
from dataclasses import dataclass

from indexer.analysis import normalize, tokenize
from indexer.authority.tables import Names, Table, entry_table
from indexer.errors import AuthorityError

_DECLARATION = re.compile(r"^[ \t]*\[[ \t]*glossary[ \t]*\]", re.MULTILINE)

Path = tuple[str, ...]
"""The words of a name, normalized, or their stems."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that texts of every language speak of, with its names in each."""

    id: str
    names: Names


def is_glossary(text: str) -> bool:
    """Whether the text of a file declares a glossary, and no facet."""
    return _DECLARATION.search(text) is not None


def parse_glossary(name: str, text: str) -> tuple[Concept, ...]:
    """The concepts of the glossary file `name` with this text.

    Raises AuthorityError, which names the file, the entry and the fault.
    """
    root = Table.of_file(name, text)
    declaration = root.table("glossary")
    declaration.text("note")
    declaration.nothing_more()
    concepts: dict[str, Concept] = {}
    for number, table in enumerate(root.tables("entry"), 1):
        concept = _concept(name, number, table)
        if concept.id in concepts:
            raise AuthorityError(f"{name}, entry “{concept.id}”: this id stands there twice")
        concepts[concept.id] = concept
    root.nothing_more()
    return tuple(concepts.values())


def _concept(name: str, number: int, table: object) -> Concept:
    entry_id, fields = entry_table(name, number, table)
    names = fields.names("names")
    fields.text("note")
    fields.nothing_more()
    if not any(names.values()):
        raise fields.fault("it has no names, so it can never be found")
    for language, spellings in names.items():
        known: set[Path] = set()
        for spelling in spellings:
            words = words_of(spelling)
            if not words:
                raise fields.fault(f"“{spelling}” has no letters or digits")
            if words in known:
                raise fields.fault(f"“{spelling}” stands twice among its names in {language}")
            known.add(words)
    return Concept(entry_id, names)


def words_of(name: str) -> Path:
    """The words of a name, normalized."""
    return tuple(normalize(token.text) for token in tokenize(name))
