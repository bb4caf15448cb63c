"""A release as JSON in the index, and back; plain data, so that no stored byte can run code."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from indexer.errors import IndexCorrupt
from indexer.release import (
    Certainty,
    Language,
    Mention,
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
            source=Source(**fields["source"]),
            title=fields["title"],
            body=fields["body"],
            url=fields["url"],
            language=Language(**fields["language"]),
            date=_date(fields["date"]),
            mentions=tuple(Mention(**mention) for mention in fields["mentions"]),
            removed=tuple(RemovedText(**removed) for removed in fields["removed"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"a stored release is damaged: {error}") from error


def _date(fields: dict[str, Any]) -> PublicationDate:
    value = fields["value"]
    return PublicationDate(
        value=date.fromisoformat(value) if value else None,
        precision=Precision(fields["precision"]),
        certainty=Certainty(fields["certainty"]),
        evidence=fields["evidence"],
        rule=fields["rule"],
    )
