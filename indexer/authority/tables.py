"""TOML tables that are read with complaints: every fault names the file, the entry and the mend."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.errors import AuthorityError

_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2})?")

Names = Mapping[str, tuple[str, ...]]
"""Names by the language that they are in."""


Tree = Mapping[str, Any]
"""A whole file as TOML gives it; one without faults has nothing that JSON does not have."""


def parse(name: str, text: str) -> Tree:
    """The tables of the file `name` with this text. Raises AuthorityError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AuthorityError(f"{name}: not valid TOML: {error}") from None


class Table:
    """A TOML table that knows where it stands; what is read from it is taken out of it."""

    def __init__(self, where: str, table: object) -> None:
        self.where = where
        if not isinstance(table, dict):
            raise self.fault("is no table")
        self._table = dict(table)

    def fault(self, what: str) -> AuthorityError:
        """The error to raise, which begins with where the table stands."""
        return AuthorityError(f"{self.where}: {what}")

    def text(self, key: str) -> str | None:
        """A text that may be absent."""
        value = self._table.pop(key, None)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.fault(f"“{key}” must be a text")
        return value

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise self.fault(f"“{key}” is missing")
        return value

    def number(self, key: str, default: int) -> int:
        """A whole number."""
        value = self._table.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"“{key}” must be a whole number")
        return value

    def flag(self, key: str) -> bool:
        """A flag, false where it is absent."""
        value = self._table.pop(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"“{key}” must be true or false")
        return value

    def table(self, key: str) -> "Table":
        """A table inside this one, empty where it is absent."""
        return Table(f"{self.where}, {key}", self._table.pop(key, {}))

    def tables(self, key: str) -> Sequence[object]:
        """The tables of a list, which are still to be read."""
        value = self._table.pop(key, [])
        if not isinstance(value, list):
            raise self.fault(f"“{key}” must be a list of tables: write [[{key}]]")
        return value

    def labels(self, key: str) -> dict[str, str]:
        """A label in some languages, English among them."""
        inner = self.table(key)
        labels = {code: inner.required(code) for code in inner.languages()}
        if "en" not in labels:
            raise self.fault(f"“{key}.en” is missing: every label needs its English form")
        return labels

    def names(self, key: str) -> dict[str, tuple[str, ...]]:
        """Names by language."""
        inner = self.table(key)
        return {code: inner.list_of_names(code) for code in inner.languages()}

    def languages(self) -> list[str]:
        """The keys of the table, which must all be codes of languages."""
        for code in self._table:
            if not _LANGUAGE.fullmatch(code):
                raise self.fault(f"“{code}” is no language code such as en or ru")
        return list(self._table)

    def list_of_names(self, key: str) -> tuple[str, ...]:
        """One list of names."""
        value = self._table.pop(key)
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.fault(f"“{key}” must be a list of names in quotation marks")
        return tuple(value)

    def years(self, key: str) -> tuple[int, int] | None:
        """The first and the last year."""
        value = self._table.pop(key, None)
        if value is None:
            return None
        match value:
            case [int(first), int(last)] if first <= last:
                return first, last
        raise self.fault(f"“{key}” must be [first year, last year]")

    def nothing_more(self) -> None:
        """Raise where the table holds what nobody read."""
        if self._table:
            raise self.fault(f"unknown key “{next(iter(self._table))}”")


def entry_table(name: str, number: int, table: object) -> tuple[str, Table]:
    """The id and the table of the entry of that number in a file. Raises AuthorityError."""
    fields = Table(f"{name}, entry {number}", table)
    entry_id = fields.required("id")
    fields.where = f"{name}, entry “{entry_id}”"
    if not _ID.fullmatch(entry_id):
        raise fields.fault("an id has lower-case letters, digits, hyphens and slashes only")
    return entry_id, fields
