"""A release as JSON in the index, and back; plain data, so that no stored byte can run code."""

import json
from dataclasses import asdict
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


def dump(release: Release) -> str:
    """The release as one JSON document."""
    return json.dumps(asdict(release), ensure_ascii=False, default=date.isoformat)


def load(text: str) -> Release:
    """The release of a document that `dump` made. Raises IndexCorrupt where it is none."""
    try:
        fields = json.loads(text)
        return Release(
            id=fields["id"],
            source=_source(fields["source"]),
            title=fields["title"],
            body=fields["body"],
            url=fields["url"],
            language=_language(fields["language"]),
            date=_date(fields["date"]),
            event=_event(fields["event"]) if fields["event"] else None,
            place=Place(**fields["place"]) if fields["place"] else None,
            mentions=tuple(Mention(**mention) for mention in fields["mentions"]),
            removed=tuple(RemovedText(**removed) for removed in fields["removed"]),
            alternates=tuple(fields["alternates"]),
            keywords=tuple(fields["keywords"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"a stored release is damaged: {error}") from error


def _source(fields: dict[str, Any]) -> Source:
    return Source(**{**fields, "crawled": _day(fields["crawled"])})


def _language(fields: dict[str, Any]) -> Language:
    return Language(**{**fields, "also": tuple(fields["also"])})


def _event(fields: dict[str, Any]) -> EventDate:
    return EventDate(
        first=date.fromisoformat(fields["first"]),
        last=date.fromisoformat(fields["last"]),
        certainty=Certainty(fields["certainty"]),
        evidence=fields["evidence"],
        rule=fields["rule"],
    )


def _date(fields: dict[str, Any]) -> PublicationDate:
    return PublicationDate(
        value=_day(fields["value"]),
        precision=Precision(fields["precision"]),
        certainty=Certainty(fields["certainty"]),
        evidence=fields["evidence"],
        rule=fields["rule"],
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
