"""One authority file, read and checked: every fault names the file, the entry and the mend."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.authority.tables import Names, Table, Tree, entry_table, parse
from indexer.errors import AuthorityError
from indexer.facets import Facet, FacetEntry, FacetKind

_FACET_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
RESERVED = frozenset(
    {"year", "language", "date", "title", "body", "id", "source", "url", "removed"}
)
"""Names that already mean something in queries, URLs and JSON."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with its names; `ambiguous` ones are ordinary words and need evidence."""

    id: str
    labels: Mapping[str, str]
    names: Names = field(default_factory=dict)
    ambiguous: Names = field(default_factory=dict)
    cues: Names = field(default_factory=dict)
    """Words that show in the same sentence that an ambiguous name of this entry is meant."""
    parent: str | None = None
    years: tuple[int, int] | None = None
    wikidata: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorityFile:
    """One facet: its declaration, the words that point to its names, and its entries."""

    facet: Facet
    cues: Names
    entries: tuple[Entry, ...]
    order: int
    """The place of the facet among the others."""
    parent_is_evidence: bool = False
    """Whether an ambiguous name is meant where an entry above it is surely named."""


def parse_file(name: str, text: str) -> AuthorityFile:
    """The authority file `name` (such as operations.toml) with this text.

    Raises AuthorityError, which names the file, the entry and the fault.
    """
    return read_file(name, parse(name, text))


def read_file(name: str, table: Tree) -> AuthorityFile:
    """The same file, parsed already. Raises as `parse_file` does."""
    root = Table(name, table)
    declaration = root.table("facet")
    order = declaration.number("order", 100)
    parent_is_evidence = declaration.flag("parent_is_evidence")
    cues = root.names("cues")
    entries = tuple(
        _entry(name, number, table) for number, table in enumerate(root.tables("entry"), 1)
    )
    facet = _facet(declaration, entries)
    root.nothing_more()
    _check(name, entries)
    return AuthorityFile(facet, cues, entries, order, parent_is_evidence)


def _facet(declaration: Table, entries: Sequence[Entry]) -> Facet:
    facet = Facet(
        name=declaration.required("name"),
        plural=declaration.required("plural"),
        kind=FacetKind.AUTHORITY,
        labels=declaration.labels("label"),
        entries={entry.id: _facet_entry(entry) for entry in entries},
    )
    declaration.nothing_more()
    for name in (facet.name, facet.plural):
        if not _FACET_NAME.fullmatch(name) or name in RESERVED:
            raise declaration.fault(f"“{name}” cannot be the name of a facet")
    return facet


def _facet_entry(entry: Entry) -> FacetEntry:
    names = {
        language: (*entry.names.get(language, ()), *entry.ambiguous.get(language, ()))
        for language in dict.fromkeys((*entry.names, *entry.ambiguous))
    }
    return FacetEntry(entry.id, entry.labels, entry.parent, names, entry.wikidata)


def _entry(name: str, number: int, table: object) -> Entry:
    entry_id, fields = entry_table(name, number, table)
    entry = Entry(
        id=entry_id,
        labels=fields.labels("label"),
        names=fields.names("names"),
        ambiguous=fields.names("ambiguous"),
        cues=fields.names("cues"),
        parent=fields.text("parent"),
        years=fields.years("years"),
        wikidata=fields.text("wikidata"),
        note=fields.text("note"),
    )
    fields.nothing_more()
    if not entry.names and not entry.ambiguous:
        raise fields.fault("it has no names, so it can never be found")
    return entry


def _check(name: str, entries: Sequence[Entry]) -> None:
    by_id: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in by_id:
            raise AuthorityError(f"{name}, entry “{entry.id}”: this id stands there twice")
        by_id[entry.id] = entry
    for entry in entries:
        if entry.parent is not None and entry.parent not in by_id:
            raise AuthorityError(
                f"{name}, entry “{entry.id}”: its parent “{entry.parent}” is no entry of this file"
            )
        _check_ancestors(name, entry, by_id)


def _check_ancestors(name: str, entry: Entry, by_id: Mapping[str, Entry]) -> None:
    seen = {entry.id}
    above = entry.parent
    while above is not None:
        if above in seen:
            raise AuthorityError(f"{name}, entry “{entry.id}”: it stands above itself")
        seen.add(above)
        above = by_id[above].parent
