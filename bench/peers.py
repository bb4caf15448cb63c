"""What a user would otherwise take to read a press page: the other columns of `reading.py`.

Each peer is used as its own documentation shows it. A peer that is not installed is left out.
"""

import re
from collections.abc import Callable
from datetime import date
from html import escape
from importlib.util import find_spec

from indexer.authority import Authority

Detect = Callable[[str], str]


def language_peers() -> dict[str, Detect]:
    """Language detectors by name, each from a text to an ISO 639-1 code or `unknown`."""
    peers: dict[str, Detect] = {"langdetect": _langdetect()}
    if find_spec("py3langid"):
        from py3langid import classify

        peers["py3langid"] = lambda text: str(classify(text)[0])
    return peers


def _langdetect() -> Detect:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def found(text: str) -> str:
        try:
            return str(detect(text))
        except LangDetectException:
            return "unknown"

    return found


def as_page(text: str) -> str:
    """A text as the HTML page that htmldate and trafilatura expect, a paragraph a line."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<html><head></head><body><article>{lines}</article></body></html>"


def found_by_trafilatura(page: str) -> tuple[str, str]:
    """Title and text as trafilatura extracts them; empty strings where it finds none."""
    from trafilatura import bare_extraction

    found = bare_extraction(page, with_metadata=True)
    return (found.title or "", found.text or "") if found else ("", "")


def found_by_htmldate(page: str) -> date | None:
    """The date that htmldate finds."""
    from htmldate import find_date

    found = find_date(page, original_date=True, extensive_search=True)
    return date.fromisoformat(found) if found else None


class KeywordTagger:
    """Every name of the authority files wherever its letters stand between other signs."""

    def __init__(self, authority: Authority) -> None:
        self._patterns = {
            file.facet.name: {entry.id: _pattern(_names(entry)) for entry in file.entries}
            for file in authority.files
        }

    def tags(self, facet: str, text: str) -> set[str]:
        """The entries of a facet that the text names."""
        return {entry for entry, names in self._patterns[facet].items() if names.search(text)}


def _names(entry: object) -> list[str]:
    spellings = [*entry.names.values(), *entry.ambiguous.values()]  # type: ignore[attr-defined]
    return [name for names in spellings for name in names]


def _pattern(names: list[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)", re.IGNORECASE)
