"""A zip file of an export and its manifest, made while it is sent.

The manifest comes last and says what was written, not what was promised: an export that broke off
has no directory of a zip file, and no program opens it as a whole one.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any, cast

from indexer.exports.formats import Format
from indexer.exports.hits import AllHits
from indexer.exports.recipes import SWITCHES, as_export
from indexer.release import Release
from indexer.request import Filter

MANIFEST = "manifest.json"
PIECE = 64 * 1024
"""About so many bytes are sent at a time."""


class _Outlet:
    """A file that can only be written: what was written is taken from it, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return data


class _Counted:
    """Releases, with the number of those that went through."""

    def __init__(self, releases: Iterable[Release]) -> None:
        self._releases = releases
        self.number = 0

    def __iter__(self) -> Iterator[Release]:
        for release in self._releases:
            yield release
            self.number += 1


def parcel(hits: AllHits, format: Format) -> Iterator[bytes]:
    """The bytes of the zip file; memory is bounded by the longest release."""
    made, outlet = datetime.now(UTC), _Outlet()
    counted, fixity, size = _Counted(hits.releases), hashlib.sha256(), 0
    with zipfile.ZipFile(cast(IO[bytes], outlet), "w") as archive:
        with archive.open(_entry(format.file, made), "w", force_zip64=True) as file:
            for piece in format.pieces(replace(hits, releases=iter(counted))):
                data = piece.encode("utf-8", "replace")
                size += len(data)
                fixity.update(data)
                file.write(data)
                if outlet.size >= PIECE:
                    yield outlet.take()
        written = {
            "name": format.file,
            "note": format.note,
            "releases": counted.number,
            "bytes": size,
            "sha256": fixity.hexdigest(),
        }
        command = as_export(hits.request, format.name)
        manifest = manifest_record(hits, made) | {"command": command, "file": written}
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        archive.writestr(_entry(MANIFEST, made), text.encode("utf-8", "replace"))
    yield outlet.take()


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, made.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def manifest_record(hits: AllHits, made: datetime) -> dict[str, Any]:
    """What was asked, of which build, and what it gave."""
    request = hits.request
    return {
        "program": "Communique",
        "made": made.isoformat(timespec="seconds"),
        "index": {
            "build": hits.build,
            "made": hits.made.isoformat(timespec="seconds") if hits.made else None,
            "releases": hits.held,
        },
        "search": {
            "query": request.query.text,
            "filters": [_filter_record(one) for one in request.filters if not one.excludes],
            "excluded": [_filter_record(one) for one in request.filters if one.excludes],
            "sort": request.sort.value,
            "without_forms": list(request.without_forms),
            **{name: getattr(request, name) for name in SWITCHES},
        },
        "hits": hits.total,
        "collapsed": hits.files - hits.total,
        "notices": list(hits.notices),
    }


def _filter_record(one: Filter) -> dict[str, Any]:
    if one.facet != "date":
        return {"facet": one.facet, "values": list(one.values)}
    return {
        "facet": one.facet,
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat() if one.end else None,
    }
