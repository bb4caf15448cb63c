"""The records of a WARC file one after the other, with nothing kept, and on past damage."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from indexer.errors import CorpusError
from indexer.readers.archives.compressed import Unpacked, buffered, magic_of
from indexer.readers.draft import Fault
from indexer.readers.limits import Limits

_VERSION = re.compile(rb"WARC/\d\.\d\d?\r?\n")
_HTTP_KINDS = ("response", "revisit")
_BROKEN = (EOFError, ValueError, LookupError, TypeError, AttributeError, ArchiveLoadFailed)
"""What warcio raises for headers that it cannot read."""
_HEADERS = 1 << 20
"""Bytes of the headers of one record; more of them are no headers."""
_LINE = 1 << 16
_PIECE = 1 << 20

_NO_WARC = "this is no WARC file, whatever its name says; fetch it again or rename it"
_BREAK = "the WARC file is cut off or damaged {} record {} (which begins at byte {}, unpacked)"
_ENDED = "; the records before it were read, the rest is not"
_WENT_ON = "; reading went on with the next record that was found"
_TOO_LARGE = "the record is larger than {} MB; it is not read"

logging.getLogger("warcio.recordloader").addHandler(logging.NullHandler())


@dataclass(slots=True)
class Record:
    """One record, whose payload can be read until the next record is asked for."""

    number: int
    kind: str
    """Its WARC-Type."""
    headers: StatusAndHeaders
    http: StatusAndHeaders | None
    """The HTTP headers of a server's answer."""
    stream: LimitReader

    def header(self, name: str) -> str | None:
        """The value of a WARC header."""
        value: str | None = self.headers.get_header(name)
        return value

    def payload(self, most: int) -> bytes | None:
        """What stands behind the headers; None where the file ends before it does.

        Raises:
            CorpusError: it is larger than `most` bytes.
        """
        if self.stream.limit > most:
            raise CorpusError(_TOO_LARGE.format(most >> 20))
        data: bytes = self.stream.read()
        return None if self.stream.limit else data


class _Source:
    """The file as warcio reads it, with a bound to the length of headers."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._headers = _HEADERS
        self.at = 0

    def begin_record(self) -> None:
        self._headers = _HEADERS

    def readline(self, length: int | None = None) -> bytes:
        """A line, or a piece of one that is too long. Raises ValueError beyond the bound."""
        line = self._stream.readline(min(_LINE, _LINE if length is None else length))
        self.at += len(line)
        self._headers -= len(line)
        if self._headers < 0:
            raise ValueError("the headers are too long")
        return line

    def read(self, length: int) -> bytes:
        data = self._stream.read(length)
        self.at += len(data)
        return data


class Records:
    """The records of a file, plain or compressed as a whole or record by record.

    Behind damage reading goes on with the next record that is found; each break is one fault.
    """

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        magic = magic_of(stream)
        self._packed = Unpacked(stream, magic, limits) if magic else None
        self._source = _Source(buffered(self._packed) if self._packed else stream)
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        self._http = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)
        self._number = 0
        self._began = 0
        self._broken = False

    def __iter__(self) -> Iterator[Record | Fault]:
        line = self._next_start()
        if not line:
            yield Fault((self._packed and self._packed.fault) or _NO_WARC)
        elif self._broken:
            yield Fault(_BREAK.format("before", 1, self._began) + _WENT_ON)
        while line:
            record = self._parsed(line)
            if record:
                yield record
                self._pass(record)
            place = _BREAK.format("in" if self._broken else "behind", self._number, self._began)
            line = self._next_start()
            if self._broken:
                yield Fault(place + (_WENT_ON if line else self._end()))

    def _next_start(self) -> bytes:
        """The first line of the next record; the empty string at the end of the file."""
        while True:
            self._source.begin_record()
            began, line = self._source.at, self._source.readline()
            if _VERSION.fullmatch(line):
                self._began = began
                return line
            self._broken = self._broken or bool(line.strip())
            if not line and not self._goes_on():
                return b""

    def _end(self) -> str:
        fault = self._packed and self._packed.fault
        return f": {fault}" if fault else _ENDED

    def _goes_on(self) -> bool:
        """Whether, where the unpacked data ends, more can be unpacked."""
        if self._packed is None or self._packed.fault is None:
            return False
        self._broken = True
        return self._packed.resume()

    def _parsed(self, line: bytes) -> Record | None:
        """The record that begins with the line; None where its headers are broken."""
        self._number += 1
        self._broken = False
        try:
            found = self._loader.parse_record_stream(self._source, line, "warc", True)
            stream, kind = found.raw_stream, found.rec_type or "none"
            http = self._http_headers(stream) if kind in _HTTP_KINDS else None
        except _BROKEN:
            self._broken = True
            return None
        if not isinstance(stream, LimitReader):  # there is no Content-Length
            self._broken = True
            return None
        return Record(self._number, kind, found.rec_headers, http, stream)

    def _http_headers(self, stream: LimitReader) -> StatusAndHeaders | None:
        try:
            return self._http.parse(stream)
        except EOFError:
            return None

    def _pass(self, record: Record) -> None:
        """Read to the end of the record."""
        while record.stream.read(_PIECE):
            pass
        self._broken = self._broken or record.stream.limit > 0
