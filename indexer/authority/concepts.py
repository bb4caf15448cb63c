"""One glossary file, read and checked: concepts with their names in several languages."""

import re
from dataclasses import dataclass

from indexer.analysis import normalize, tokenize
from indexer.authority.tables import Names, Table, Tree, entry_table, parse
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
    concepts = read_glossary(name, parse(name, text))
    for concept in concepts:
        _check_words(f"{name}, entry “{concept.id}”", concept.names)
    return concepts


def read_glossary(name: str, table: Tree) -> tuple[Concept, ...]:
    """The same file, parsed already; that names are words and differ was checked then.

    Raises as `parse_glossary` does.
    """
    root = Table(name, table)
    declaration = root.table("glossary")
    declaration.text("note")
    declaration.nothing_more()
    concepts: dict[str, Concept] = {}
    for number, entry in enumerate(root.tables("entry"), 1):
        concept = _concept(name, number, entry)
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
    return Concept(entry_id, names)


def _check_words(where: str, names: Names) -> None:
    for language, spellings in names.items():
        known: set[Path] = set()
        for spelling in spellings:
            words = words_of(spelling)
            if not words:
                raise AuthorityError(f"{where}: “{spelling}” has no letters or digits")
            if words in known:
                raise AuthorityError(
                    f"{where}: “{spelling}” stands twice among its names in {language}"
                )
            known.add(words)


def words_of(name: str) -> Path:
    """The words of a name, normalized."""
    return tuple(normalize(token.text) for token in tokenize(name))
