"""A release as JSON in the index, and back; plain data, so that no stored byte can run code."""

import json
import sys
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from indexer.errors import IndexCorrupt
from indexer.release import (
    Certainty,
    EventDate,
    Language,
    Mention,
    Place,
    Precision,
    PublicationDate,
    Release,
    RemovedText,
    Source,
)

LOADED_BYTES = 64 * 2**20
"""Releases that were shown, kept: of 4,000 characters each some eight thousand."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A release as it is kept for the next page that shows it."""

    release: Release
    nbytes: int
    """Of memory, reckoned: twice its JSON; 500 of them took 1.2 times theirs."""

    @classmethod
    def of(cls, text: str) -> "Loaded":
        """What is stored, read. Raises IndexCorrupt."""
        return cls(load(text), 2 * sys.getsizeof(text))


def dump(release: Release) -> str:
    """The release as one JSON document."""
    return _ENCODER.encode(release)


def load(text: str) -> Release:
    """The release of a document that `dump` made. Raises IndexCorrupt where it is none."""
    try:
        found = json.loads(text)
        return Release(
            id=found["id"],
            source=_source(found["source"]),
            title=found["title"],
            body=found["body"],
            url=found["url"],
            language=_language(found["language"]),
            date=_date(found["date"]),
            event=_event(found["event"]) if found["event"] else None,
            place=Place(**found["place"]) if found["place"] else None,
            mentions=tuple(Mention(**mention) for mention in found["mentions"]),
            removed=tuple(RemovedText(**removed) for removed in found["removed"]),
            alternates=tuple(found["alternates"]),
            keywords=tuple(found["keywords"]),
            changed=_day(found.get("changed")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"a stored release is damaged: {error}") from error


def _plain(value: Any) -> object:
    """What JSON does not know: dates, and records, whose fields are not copied as `asdict` does."""
    if isinstance(value, date):
        return value.isoformat()
    return {name: getattr(value, name) for name in _NAMES[type(value)]}


class _Names(dict[type, tuple[str, ...]]):
    """The names of the fields of each kind of record."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        names = self[kind] = tuple(field.name for field in fields(kind))
        return names


_NAMES = _Names()


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)


def _source(found: dict[str, Any]) -> Source:
    return Source(**{**found, "crawled": _day(found["crawled"])})


def _language(found: dict[str, Any]) -> Language:
    return Language(**{**found, "also": tuple(found["also"])})


def _event(found: dict[str, Any]) -> EventDate:
    return EventDate(
        first=date.fromisoformat(found["first"]),
        last=date.fromisoformat(found["last"]),
        certainty=Certainty(found["certainty"]),
        evidence=found["evidence"],
        rule=found["rule"],
    )


def _date(found: dict[str, Any]) -> PublicationDate:
    return PublicationDate(
        value=_day(found["value"]),
        precision=Precision(found["precision"]),
        certainty=Certainty(found["certainty"]),
        evidence=found["evidence"],
        rule=found["rule"],
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
