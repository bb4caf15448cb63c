"""WARC files (ISO 28500): the pages that a crawler saved, as the servers sent them."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders

from indexer.errors import CorpusError
from indexer.readers.archives.http_body import body_of
from indexer.readers.archives.member_names import shown
from indexer.readers.archives.warc_records import Record, Records
from indexer.readers.draft import Fault, Member
from indexer.readers.limits import Budget, Limits

ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/json": ".json",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}
"""The content types that are read, and the ending by which their reader is known."""

_KINDS = 100
"""Different reasons that are counted apart; a hostile file could give each record its own."""
_PAGES = ("response", "resource")
_ROBOTS = "/robots.txt"
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/force-download")
"""Content types that tell nothing; the ending of the address decides."""


class _Skipped:
    """The records that are not read, counted by the reason."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, reason: str) -> None:
        known = reason in self._counts or len(self._counts) < _KINDS
        self._counts[reason if known else "other kinds: not read"] += 1

    def faults(self) -> Iterator[Fault]:
        for reason, count in sorted(self._counts.items()):
            yield Fault(f"{count} record{'s' if count > 1 else ''} of {reason}")


def read_warc(stream: io.BufferedReader, budget: Budget) -> Iterator[Member | Fault]:
    """Yield the pages of the file by the numbers of their records, from 1.

    Records that are no pages come last, counted by kind. A page that had not changed since an
    earlier visit is a fault that names the record of that visit.
    """
    skipped = _Skipped()
    visits = _Visits()
    for record in Records(stream, budget.limits):
        if isinstance(record, Fault):
            yield record
            continue
        found = visits.again(record) if record.kind == "revisit" else _page(record, budget.limits)
        if isinstance(found, str):
            skipped.add(found)
        elif found:
            yield found
        visits.note(record, was_read=isinstance(found, Member))
    yield from skipped.faults()


class _Visits:
    """Which record first held a payload, by the digest that the crawler wrote."""

    def __init__(self) -> None:
        self._records: dict[str, int] = {}

    def note(self, record: Record, *, was_read: bool) -> None:
        """Remember the record; 0 stands for a payload that is not read."""
        digest = record.header("WARC-Payload-Digest")
        if digest and record.kind != "revisit":
            self._records.setdefault(digest, record.number if was_read else 0)

    def again(self, record: Record) -> Fault | str:
        """What the revisit comes to: a fault of its own, or a reason to count it by."""
        earlier = self._records.get(record.header("WARC-Payload-Digest") or "")
        if earlier == 0:
            return "a revisit of a record that is not read: nothing new"
        if earlier:
            reason = f"a revisit of record {earlier}: the page had not changed"
            return Fault(reason, record.number)
        kind = _content_type(record.http)[0]
        if kind and kind not in ENDINGS:
            return _no_press_text(kind)
        reason = "a revisit of a page saved in another file, which had not changed; read that too"
        return Fault(reason, record.number)


def _page(record: Record, limits: Limits) -> Member | Fault | str | None:
    """The page of a record, why it cannot be read, or the reason to count it by.

    None where the file breaks off within it, which is a fault of the file.
    """
    if record.kind not in _PAGES:
        return f"type {_short(record.kind)}: no page"
    if record.kind == "response" and record.http is None:
        return "type response without HTTP: no page"
    status = record.http.get_statuscode() if record.http else "200"
    if status != "200":
        return f"HTTP status {_short(status)}: no page was delivered"
    content_type, encoding = _content_type(record.http or record.headers)
    url = record.header("WARC-Target-URI") or ""
    path = _path_of(url)
    ending = _ending_of(path) if content_type in _UNTOLD else ENDINGS.get(content_type)
    if ending is None:
        return _no_press_text(content_type or "no content type")
    if path == _ROBOTS:
        return "robots.txt: not a press text"
    try:
        data = record.payload(limits.member)
        body = None if data is None else body_of(data, record.http, limits)
    except CorpusError as error:
        return Fault(str(error), record.number)
    if body is None:
        return None
    return Member(
        f"{record.number}{'.pdf' if body.startswith(b'%PDF-') else ending}",
        body,
        record.number,
        url=url if url.startswith(("http://", "https://")) else None,
        encoding=encoding,
        crawled=_day(record.header("WARC-Date")),
    )


def _content_type(headers: StatusAndHeaders | None) -> tuple[str, str | None]:
    """The media type, and the charset, of a Content-Type header (RFC 9110, 8.3)."""
    value = (headers.get_header("Content-Type") if headers else None) or ""
    kind, *parameters = value.split(";")
    for parameter in parameters:
        name, _, charset = parameter.partition("=")
        if name.strip().lower() == "charset":
            return kind.strip().lower(), charset.strip(" \t\"'") or None
    return kind.strip().lower(), None


def _no_press_text(content_type: str) -> str:
    return f"{_short(content_type)}: not a press text"


def _short(text: str) -> str:
    return shown(text)[:80] or "none"


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _ending_of(path: str) -> str | None:
    """The ending of the path, where it is that of a readable content type."""
    return next((each for each in ENDINGS.values() if path.lower().endswith(each)), None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
