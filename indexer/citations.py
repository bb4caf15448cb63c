"""A release as a reference: BibTeX, RIS, CSL-JSON and plain words.

No author is named, because none is known; a date is given as far as it is known, and a note says
where it was inferred. Every reference names the file and its fixity.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from indexer.release import UNKNOWN, Certainty, PublicationDate, Release

GENRE = "Press release"
_KNOWN_PARTS = {"year": 1, "month": 2, "day": 3}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
"""Characters that TeX does not take for themselves. D. E. Knuth, The TeXbook, chapter 7.

BibTeX counts every brace, one behind a backslash too, so those of a text go by their names.
"""

_ADDRESS_SIGNS = "".join(set(map(chr, range(33, 127))) - set('{}\\"<>^`|'))
"""What may stand in an address, and neither opens nor closes a group of TeX."""


def key_of(release: Release) -> str:
    """The same for the same id, and another for another: the year, and 64 bits of its SHA-256."""
    print_of_id = hashlib.sha256(release.id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{release.date.year or 'undated'}-{print_of_id}"


def bibtex(release: Release) -> str:
    """An entry `@misc` with the fields of BibTeX 0.99d, and `url` and `langid` of biblatex 3."""
    year, month, day = (*_parts(release.date), None, None, None)[:3]
    fields = {
        "title": f"{{{_tex(_line(release.title))}}}" if _line(release.title) else "",
        "howpublished": GENRE,
        "year": year and str(year),
        "month": month and _MONTHS[month - 1],
        "day": day and str(day),
        "url": _address(release),
        "langid": _language(release),
        "note": _tex(_note(release)),
    }
    # The names of months are macros of every style, and stand bare.
    lines = [
        f"  {name} = {text if name == 'month' else f'{{{text}}}'},\n"
        for name, text in fields.items()
        if text
    ]
    return f"@misc{{{key_of(release)},\n{''.join(lines)}}}\n"


def ris(release: Release) -> str:
    """A record of Research Information Systems' format: a tag and a value a line, ended by CRLF.

    RefMan's specification of 2011 has no type for press releases: GEN, and the kind in M3.
    """
    parts = _parts(release.date)
    day = "/".join(f"{part:02}" for part in parts)
    fields = [
        ("TY", "GEN"),
        ("M3", GENRE),
        ("ID", key_of(release)),
        ("TI", _line(release.title)),
        ("PY", str(parts[0]) if parts else ""),
        # YYYY/MM/DD/more: all slashes stand, whatever is known.
        ("DA", day + "/" * (4 - len(parts)) if parts else ""),
        ("UR", _address(release)),
        ("LA", _language(release)),
        ("N1", _note(release)),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in fields if value]
    return "".join([*lines, "ER  - \r\n"])


def csl(release: Release) -> dict[str, Any]:
    """An item of the Citation Style Language's JSON, schema 1.0.2."""
    parts = _parts(release.date)
    issued: dict[str, Any] = {"date-parts": [parts]}
    if release.date.certainty is Certainty.INFERRED:
        issued["circa"] = True
    item: dict[str, Any] = {
        "id": key_of(release),
        "type": "document",
        "genre": GENRE,
        "title": _line(release.title),
        "issued": issued if parts else None,
        "URL": _address(release),
        "language": _language(release),
        "note": _note(release),
    }
    return {name: value for name, value in item.items() if value}


def plain(release: Release) -> str:
    """A reference in words: title, kind, date, address, file."""
    day = "-".join(f"{part:02}" for part in _parts(release.date)) or "undated"
    title = _line(release.title) or "[Untitled]"
    said = [title, f"{GENRE}, {day}", _address(release), _note(release)]
    return " ".join(part if part[-1] in ".?!…։" else f"{part}." for part in said if part)


def _parts(date: PublicationDate) -> list[int]:
    """Year, month and day as far as they are known."""
    if date.value is None:
        return []
    whole = [date.value.year, date.value.month, date.value.day]
    return whole[: _KNOWN_PARTS.get(date.precision.value, 0)]


def _note(release: Release) -> str:
    source = release.source
    file = f"File {_line(str(source))}, SHA-256 {source.sha256}"
    inferred = release.date.certainty is Certainty.INFERRED
    return f"Date inferred from the text. {file}" if inferred else file


def _language(release: Release) -> str:
    return "" if release.language.code == UNKNOWN else release.language.code


def _address(release: Release) -> str:
    """The address in ASCII, without what would end a field."""
    return quote(release.url or "", safe=_ADDRESS_SIGNS, errors="replace")


def _line(text: str) -> str:
    """The text on one line: every format gives line breaks a meaning."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)


CITATIONS: Mapping[str, Callable[[Release], str | dict[str, Any]]] = {
    "plain": plain,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
}
"""The formats by their names."""
