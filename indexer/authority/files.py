"""One authority file, read and checked: every fault names the file, the entry and the mend."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.errors import AuthorityError
from indexer.facets import Facet, FacetEntry, FacetKind

_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2})?")
_FACET_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
RESERVED = frozenset(
    {"year", "language", "date", "title", "body", "id", "source", "url", "removed"}
)
"""Names that already mean something in queries, URLs and JSON."""

Names = Mapping[str, tuple[str, ...]]
"""Names by the language that they are in."""


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


class _Table:
    """A TOML table that is read with complaints: it knows where it stands."""

    def __init__(self, where: str, table: object) -> None:
        self.where = where
        if not isinstance(table, dict):
            raise self.fault("is no table")
        self._table = dict(table)

    def fault(self, what: str) -> AuthorityError:
        return AuthorityError(f"{self.where}: {what}")

    def text(self, key: str) -> str | None:
        value = self._table.pop(key, None)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.fault(f"“{key}” must be a text")
        return value

    def required(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.fault(f"“{key}” is missing")
        return value

    def number(self, key: str, default: int) -> int:
        value = self._table.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"“{key}” must be a whole number")
        return value

    def flag(self, key: str) -> bool:
        value = self._table.pop(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"“{key}” must be true or false")
        return value

    def table(self, key: str) -> "_Table":
        return _Table(f"{self.where}, {key}", self._table.pop(key, {}))

    def tables(self, key: str) -> Sequence[object]:
        value = self._table.pop(key, [])
        if not isinstance(value, list):
            raise self.fault(f"“{key}” must be a list of tables: write [[{key}]]")
        return value

    def labels(self, key: str) -> dict[str, str]:
        inner = self.table(key)
        labels = {code: inner.required(code) for code in inner.languages()}
        if "en" not in labels:
            raise self.fault(f"“{key}.en” is missing: every label needs its English form")
        return labels

    def names(self, key: str) -> dict[str, tuple[str, ...]]:
        inner = self.table(key)
        return {code: inner.list_of_names(code) for code in inner.languages()}

    def languages(self) -> list[str]:
        for code in self._table:
            if not _LANGUAGE.fullmatch(code):
                raise self.fault(f"“{code}” is no language code such as en or ru")
        return list(self._table)

    def list_of_names(self, key: str) -> tuple[str, ...]:
        value = self._table.pop(key)
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.fault(f"“{key}” must be a list of names in quotation marks")
        return tuple(value)

    def years(self, key: str) -> tuple[int, int] | None:
        value = self._table.pop(key, None)
        if value is None:
            return None
        match value:
            case [int(first), int(last)] if first <= last:
                return first, last
        raise self.fault(f"“{key}” must be [first year, last year]")

    def nothing_more(self) -> None:
        if self._table:
            raise self.fault(f"unknown key “{next(iter(self._table))}”")


def parse_file(name: str, text: str) -> AuthorityFile:
    """The authority file `name` (such as operations.toml) with this text.

    Raises AuthorityError, which names the file, the entry and the fault.
    """
    try:
        root = _Table(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise AuthorityError(f"{name}: not valid TOML: {error}") from None
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


def _facet(declaration: _Table, entries: Sequence[Entry]) -> Facet:
    facet = Facet(
        name=declaration.required("name"),
        plural=declaration.required("plural"),
        kind=FacetKind.AUTHORITY,
        labels=declaration.labels("label"),
        entries={e.id: FacetEntry(e.id, e.labels, e.parent) for e in entries},
    )
    declaration.nothing_more()
    for name in (facet.name, facet.plural):
        if not _FACET_NAME.fullmatch(name) or name in RESERVED:
            raise declaration.fault(f"“{name}” cannot be the name of a facet")
    return facet


def _entry(name: str, number: int, table: object) -> Entry:
    fields = _Table(f"{name}, entry {number}", table)
    entry_id = fields.required("id")
    fields.where = f"{name}, entry “{entry_id}”"
    if not _ID.fullmatch(entry_id):
        raise fields.fault("an id has lower-case letters, digits, hyphens and slashes only")
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
