"""From the named fields of a record (a row, a JSON object, front matter) to a draft."""

import json
import re
from collections.abc import Mapping

from indexer.readers.draft import Draft, Fault
from indexer.release import RemovedText

ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title", "headline"),
    "date": ("date", "published", "datetime", "date_published", "datepublished", "published_at"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "summary": ("summary",),
}
"""For each role the names of fields that play it, the preferred first; letter case is ignored."""

TEXT = re.compile(
    r"(text|body|content|release|(?:article_)?(?:full_?)?text|article_body|articlebody)(?:_\d+)?",
    re.IGNORECASE,
)
"""The names of the fields that hold the text; numbered ones hold it in pieces."""

UNREAD = "unread field"
"""The rule by which fields without a role are kept beside the text."""


def draft_of(fields: Mapping[str, object], record: int | None) -> Draft | Fault:
    """The draft of a record; its fields without a role come back as removed text."""
    names = {name.strip().lower(): name for name in reversed(list(fields))}
    chosen = {role: _first(fields, names, aliases) for role, aliases in ALIASES.items()}
    pieces = text_names(list(fields), fields)
    text = "\n\n".join(_plain(fields[name]) for name in pieces)
    summary = _plain(fields[chosen["summary"]]) if chosen["summary"] else ""
    if _squashed(summary) not in _squashed(text):
        text = f"{summary}\n\n{text}" if text else summary
    if not text.strip():
        return Fault("there is no text in it; it needs a field text, body or content", record)
    hints = {role: _plain(fields[name]) for role, name in chosen.items() if name}
    used = {*pieces, *chosen.values()}
    return Draft(
        text,
        record,
        id=hints.get("id"),
        url=hints.get("url"),
        title=hints.get("title"),
        date=hints.get("date"),
        language=hints.get("language"),
        removed=unread(fields, used),
    )


def text_names(names: list[str], fields: Mapping[str, object] | None = None) -> list[str]:
    """The fields that hold the text, of the first kind that is there (and not blank)."""
    kinds: dict[str, list[str]] = {}
    for name in names:
        match = TEXT.fullmatch(name.strip())
        if match and (fields is None or _plain(fields[name]).strip()):
            kinds.setdefault(match[1].lower(), []).append(name)
    preferred = [kind for kind in ("text", "body", "content") if kind in kinds]
    return next((kinds[kind] for kind in (*preferred, *kinds)), [])


def unread(fields: Mapping[str, object], used: set[str | None]) -> tuple[RemovedText, ...]:
    """What stands in the fields that are not used, so that it is not lost."""
    rest = ((name, _shown(value)) for name, value in fields.items() if name not in used)
    return tuple(
        RemovedText("furniture", UNREAD, f"{name}: {value}") for name, value in rest if value
    )


def _first(
    fields: Mapping[str, object], names: Mapping[str, str], aliases: tuple[str, ...]
) -> str | None:
    found = (names[alias] for alias in aliases if alias in names)
    return next((name for name in found if _plain(fields[name]).strip()), None)


def _plain(value: object) -> str:
    """The value as text: a string, a number, or paragraphs in a list; else the empty string."""
    match value:
        case str():
            return value
        case bool():
            return ""
        case int() | float():
            return str(value)
        case list() if all(isinstance(each, str) for each in value):
            return "\n\n".join(value)
        case _:
            return ""


def _shown(value: object) -> str:
    return value.strip() if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    return "" if value in (None, [], {}) else json.dumps(value, ensure_ascii=False)


def _squashed(text: str) -> str:
    return " ".join(text.split())
