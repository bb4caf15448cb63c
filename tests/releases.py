"""Small releases and authority files for tests."""

from collections.abc import Sequence
from datetime import date

from indexer.authority import Authority
from indexer.release import (
    UNKNOWN,
    Certainty,
    Language,
    Mention,
    Precision,
    PublicationDate,
    Release,
    Source,
)

ORGANIZATIONS = """
[facet]
name = "organization"
plural = "organizations"
order = 1
[facet.label]
en = "Organization"
[[entry]]
id = "un"
[entry.label]
en = "United Nations"
[entry.names]
en = ["UN", "United Nations"]
ru = ["ООН"]
[[entry]]
id = "unodc"
parent = "un"
[entry.label]
en = "Office on Drugs and Crime"
[entry.names]
en = ["UNODC"]
[[entry]]
id = "osce"
[entry.label]
en = "OSCE"
ru = "ОБСЕ"
[entry.names]
en = ["OSCE"]
ru = ["ОБСЕ"]
"""

OPERATIONS = """
[facet]
name = "operation"
plural = "operations"
order = 2
[facet.label]
en = "Operation"
[cues]
en = ["operation"]
ru = ["операция"]
[[entry]]
id = "channel"
[entry.label]
en = "Channel"
[entry.ambiguous]
en = ["Channel"]
ru = ["Канал"]
[[entry]]
id = "channel/arax"
parent = "channel"
[entry.label]
en = "Channel-Arax"
[entry.names]
en = ["Channel Arax"]
[[entry]]
id = "proxy"
[entry.label]
en = "Proxy"
[entry.ambiguous]
en = ["Proxy"]
"""


def authority() -> Authority:
    """Two small authority files: organizations and operations."""
    return Authority({"operations.toml": OPERATIONS, "organizations.toml": ORGANIZATIONS})


def released(value: date | str | None, precision: Precision = Precision.DAY) -> PublicationDate:
    """A printed date; None is unknown."""
    if value is None:
        return PublicationDate()
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return PublicationDate(day, precision, Certainty.PRINTED)


def release(
    id: str,
    body: str = "",
    *,
    title: str = "",
    language: str = UNKNOWN,
    day: date | str | None = None,
    tags: Sequence[tuple[str, str]] = (),
) -> Release:
    """A release; `tags` are pairs of a facet and an entry, without a place in the text."""
    return Release(
        id=id,
        source=Source(f"releases/{id}.txt", "0" * 64),
        title=title,
        body=body,
        language=Language(language, 1.0),
        date=released(day),
        mentions=tuple(Mention(facet, entry, "", "body", 0, 0, "name") for facet, entry in tags),
    )
