"""The formats of exports: each turns releases into pieces of text, one release at a time."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indexer.citations import bibtex, csl, ris
from indexer.concordance import lines_of
from indexer.exports.hits import AllHits
from indexer.facets import Facet, FacetKind
from indexer.records import release_record
from indexer.release import Release

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a CSV file for UTF-8 by this alone."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by spreadsheets: OWASP, CSV Injection."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files."""

    name: str
    file: str
    note: str
    """What a reader of the file should know."""
    pieces: Callable[[AllHits], Iterator[str]]
    """The file, a piece for each release at the most, so that memory does not grow."""


def _csv(hits: AllHits) -> Iterator[str]:
    """RFC 4180."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    authority = [facet for facet in hits.facets.values() if facet.kind is FacetKind.AUTHORITY]
    writer.writerow([*_COLUMNS, *(facet.plural for facet in authority), "text"])
    yield BYTE_ORDER_MARK + _taken(buffer)
    for release in hits.releases:
        tags = (_tags(facet, release) for facet in authority)
        cells = (*(column(release) for column in _COLUMNS.values()), *tags, release.body)
        writer.writerow([_safe(cell) for cell in cells])
        yield _taken(buffer)


_COLUMNS: Mapping[str, Callable[[Release], str]] = {
    "id": lambda release: release.id,
    "date": lambda release: release.date.value.isoformat() if release.date.value else "",
    "date_precision": lambda release: release.date.precision.value,
    "date_certainty": lambda release: release.date.certainty.value,
    "language": lambda release: release.language.code,
    "title": lambda release: release.title,
    "url": lambda release: release.url or "",
    "source": lambda release: str(release.source),
    "sha256": lambda release: release.source.sha256,
}


def _tags(facet: Facet, release: Release) -> str:
    return "; ".join(facet.values_of(release))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _concordance(hits: AllHits) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["id", "date", "language", "part", "before", "keyword", "after"])
    yield BYTE_ORDER_MARK + _taken(buffer)
    for release in hits.releases:
        known = [_COLUMNS[name](release) for name in ("id", "date", "language")]
        for line in lines_of(release, *hits.marked(release)):
            cells = (*known, line.part, line.before, line.keyword, line.after)
            writer.writerow([_safe(cell) for cell in cells])
        yield _taken(buffer)


def _jsonl(hits: AllHits) -> Iterator[str]:
    groups = hits.groups()
    for release in hits.releases:
        record = release_record(release, hits.facets, groups.get(release.id))
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _bibtex(hits: AllHits) -> Iterator[str]:
    return (bibtex(release) + "\n" for release in hits.releases)


def _ris(hits: AllHits) -> Iterator[str]:
    return (ris(release) + "\r\n" for release in hits.releases)


def _csl(hits: AllHits) -> Iterator[str]:
    before = "[\n"
    for release in hits.releases:
        yield before + json.dumps(csl(release), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


FORMATS = {
    one.name: one
    for one in (
        Format(
            "csv",
            "releases.csv",
            "CSV in UTF-8 for spreadsheets, a release a row. An apostrophe stands before cells "
            "that a spreadsheet would run as a formula; releases.jsonl has them as they are.",
            _csv,
        ),
        Format(
            "jsonl",
            "releases.jsonl",
            "JSON, a release a line, with all evidence, as GET /api/v1/releases/ID gives it.",
            _jsonl,
        ),
        Format(
            "concordance",
            "concordance.csv",
            "CSV in UTF-8, a row for each place that matches, in the order of hits; apostrophes as "
            "in releases.csv.",
            _concordance,
        ),
        Format("bibtex", "releases.bib", "BibTeX in UTF-8.", _bibtex),
        Format("ris", "releases.ris", "RIS in UTF-8.", _ris),
        Format("csl", "releases.json", "A list of CSL-JSON items.", _csl),
    )
}
"""The formats by their names."""
