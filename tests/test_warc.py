"""WARC and WACZ files: the pages that a crawler saved.

Laws:
1. Every page that was delivered is read, with its address, its day and its encoding.
2. Every other record is counted by its reason; revisits name the record that they repeat.
3. Damage costs the record that it stands in, and is told once.
"""

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.readers import Rejection, SourceFile, read
from indexer.readers.limits import MB
from indexer.release import RawRelease

Found = list[RawRelease | Rejection]
RUSSIAN = "Завершена международная антинаркотическая операция."
HTML = "text/html; charset=utf-8"


class Crawl:
    """A WARC file in the making, written by hand, so that it can be wrong as well."""

    def __init__(self, *, packed: bool = False) -> None:
        self._packed = packed
        self.content = b""
        self.starts: list[int] = []

    def add(
        self,
        body: bytes,
        content_type: str = HTML,
        *,
        url: str = "https://a.example/p",
        status: str = "200 OK",
        kind: str = "response",
        headers: tuple[tuple[str, str], ...] = (),
        warc: tuple[tuple[str, str], ...] = (),
    ) -> "Crawl":
        """Write one record."""
        fields = [("WARC-Type", kind), ("WARC-Target-URI", url)]
        fields += [("WARC-Date", "2020-05-17T23:59:59Z"), *warc]
        if kind in ("response", "revisit"):
            named = (("Content-Type", content_type),) if content_type else ()
            body = head(f"HTTP/1.1 {status}", (*named, *headers)) + body
            content_type = "application/http; msgtype=response"
        fields += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
        record = head("WARC/1.0", tuple(fields)) + body + b"\r\n\r\n"
        self.starts.append(len(self.content))
        self.content += gzip.compress(record, mtime=0) if self._packed else record
        return self


def head(first: str, fields: tuple[tuple[str, str], ...]) -> bytes:
    lines = (first, *(f"{name}: {value}" for name, value in fields), "", "")
    return "\r\n".join(lines).encode()


def read_content(folder: Path, name: str, content: bytes) -> Found:
    path = folder / name
    path.write_bytes(content)
    return list(read(SourceFile(path, name, len(content))))


def told(found: Found) -> list[tuple[str, str]]:
    return [
        (str(each.source), each.reason if isinstance(each, Rejection) else each.text)
        for each in found
    ]


def page(text: str) -> bytes:
    return f"<html><body><p>{text}</p></body></html>".encode()


# Pages


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_read_by_the_numbers_of_their_records(tmp_path: Path, packed: bool) -> None:
    crawl = Crawl(packed=packed).add(b"software: x", "application/warc-fields", kind="warcinfo")
    crawl.add(page("One."), url="https://a.example/1")
    crawl.add(b"Two.", "text/plain", kind="resource", url="file:///tmp/2.txt")
    name = "c.warc.gz" if packed else "c.warc"
    one, two, rest = read_content(tmp_path, name, crawl.content)
    assert isinstance(one, RawRelease)
    assert (one.text, one.url, str(one.source)) == ("One.", "https://a.example/1", f"{name}#2")
    assert one.source.crawled == date(2020, 5, 17)
    assert one.source.sha256 == hashlib.sha256(crawl.content).hexdigest()
    assert isinstance(two, RawRelease)
    assert (two.text, two.url, two.source.record) == ("Two.", None, 3)
    assert two.id != one.id
    assert told([rest]) == [(name, "1 record of type warcinfo: no page")]


def test_a_gzip_of_the_whole_file_is_read(tmp_path: Path) -> None:
    content = gzip.compress(Crawl().add(page("One.")).add(page("Two.")).content)
    found = told(read_content(tmp_path, "c.warc.gz", content))
    assert found == [("c.warc.gz#1", "One."), ("c.warc.gz#2", "Two.")]


def test_other_records_are_counted(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(3):
        crawl.add(b"\x89PNG", "image/png", url=f"https://a.example/{number}.png")
    crawl.add(b"", "", status="404 Not Found").add(b"", "", status="301 Moved")
    crawl.add(b"gone", status="404 Not Found").add(b"GET", "x/y", kind="request")
    crawl.add(b"User-agent: *", "text/plain", url="https://a.example/robots.txt?x=1")
    crawl.add(b"x", "").add(page("One."))
    assert told(read_content(tmp_path, "c.warc", crawl.content)) == [
        ("c.warc#10", "One."),
        ("c.warc", "1 record of HTTP status 301: no page was delivered"),
        ("c.warc", "2 records of HTTP status 404: no page was delivered"),
        ("c.warc", "3 records of image/png: not a press text"),
        ("c.warc", "1 record of no content type: not a press text"),
        ("c.warc", "1 record of robots.txt: not a press text"),
        ("c.warc", "1 record of type request: no page"),
    ]


def test_invented_kinds_do_not_flood(tmp_path: Path) -> None:
    crawl = Crawl()
    for number in range(300):
        crawl.add(b"x", f"x/{number}")
    found = told(read_content(tmp_path, "c.warc", crawl.content))
    assert len(found) == 101
    assert ("c.warc", "200 records of other kinds: not read") in found


def digest(letter: str) -> tuple[tuple[str, str], ...]:
    return (("WARC-Payload-Digest", f"sha1:{letter * 32}"),)


def test_a_revisit_names_the_record_it_repeats(tmp_path: Path) -> None:
    crawl = Crawl().add(b"x", "image/png", warc=digest("B"))
    crawl.add(page("One."), warc=digest("A")).add(b"", kind="revisit", warc=digest("A"))
    crawl.add(b"", "image/png", kind="revisit", warc=digest("B"))
    crawl.add(b"", kind="revisit", warc=digest("C"))
    crawl.add(b"", "image/gif", kind="revisit", warc=digest("D"))
    elsewhere = "a revisit of a page saved in another file, which had not changed; read that too"
    assert told(read_content(tmp_path, "c.warc", crawl.content)) == [
        ("c.warc#2", "One."),
        ("c.warc#3", "a revisit of record 2: the page had not changed"),
        ("c.warc#5", elsewhere),
        ("c.warc", "1 record of a revisit of a record that is not read: nothing new"),
        ("c.warc", "1 record of image/gif: not a press text"),
        ("c.warc", "1 record of image/png: not a press text"),
    ]


def test_a_record_that_holds_many_releases(tmp_path: Path) -> None:
    listed = json.dumps([{"text": "a"}, {"text": "b"}]).encode()
    crawl = Crawl().add(listed, "application/json").add(listed, "application/json")
    crawl.add(json.dumps({"text": "c"}).encode(), "application/json")
    found = read_content(tmp_path, "c.warc", crawl.content)
    assert told(found) == [
        ("c.warc#1#1", "a"),
        ("c.warc#1#2", "b"),
        ("c.warc#2#1", "a"),
        ("c.warc#2#2", "b"),
        ("c.warc#3", "c"),
    ]
    assert len({each.id for each in found if isinstance(each, RawRelease)}) == 5


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
def test_the_address_tells_what_the_server_does_not(tmp_path: Path, content_type: str) -> None:
    crawl = Crawl().add(b"Text.", content_type, url="https://a.example/a/P.TXT?x=1")
    crawl.add(b"Text.", content_type, url="https://a.example/p.bin")
    found = told(read_content(tmp_path, "c.warc", crawl.content))
    assert found[0] == ("c.warc#1", "Text.")
    assert found[1][1].endswith(": not a press text")


def test_a_pdf_that_is_sent_as_a_page_is_no_page(tmp_path: Path) -> None:
    ((_, reason),) = told(read_content(tmp_path, "c.warc", Crawl().add(b"%PDF-1.4 x").content))
    assert "PDF" in reason
    assert "whatever its name says" not in reason


# Encodings


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (RUSSIAN.encode("cp1251"), "text/plain; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), 'text/plain; charset="KOI8-R"', RUSSIAN),
        (RUSSIAN.encode(), "text/plain; charset=windows-1251", RUSSIAN),
        ("é “x”".encode("cp1252"), "text/plain; charset=ISO-8859-1", "é “x”"),
        (RUSSIAN.encode("cp1251"), "text/plain; charset=no-such-one", RUSSIAN),
        (b"plain", "text/plain; charset=unicode_escape", "plain"),
        (
            b"<meta charset=koi8-r><p>" + RUSSIAN.encode("cp1251"),
            "text/html; charset=windows-1251",
            RUSSIAN,
        ),
        (b"<meta charset=windows-1251><p>" + RUSSIAN.encode("cp1251"), "text/html", RUSSIAN),
    ],
)
def test_the_server_is_trusted_before_the_page(
    tmp_path: Path, body: bytes, content_type: str, text: str
) -> None:
    assert told(read_content(tmp_path, "c.warc", Crawl().add(body, content_type).content)) == [
        ("c.warc#1", text)
    ]


def deflated_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CHUNKED = ("Transfer-Encoding", "chunked")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page("One."), mtime=0), (("Content-Encoding", "gzip"),)),
        (zlib.compress(page("One.")), (("Content-Encoding", "deflate"),)),
        (deflated_raw(page("One.")), (("Content-Encoding", "deflate"),)),
        (page("One."), (("Content-Encoding", "gzip"),)),
        (page("One."), (CHUNKED,)),
        (
            b"21\r\n" + page("One.")[:33] + b"\r\n4\r\n" + page("One.")[33:] + b"\r\n0\r\n\r\n",
            (CHUNKED,),
        ),
        (gzip.compress(page("One."), mtime=0)[:-6], (("Content-Encoding", "GZIP"),)),
    ],
)
def test_bodies_are_decoded(
    tmp_path: Path, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    content = Crawl().add(body, headers=headers).content
    assert told(read_content(tmp_path, "c.warc", content)) == [("c.warc#1", "One.")]


@pytest.mark.parametrize(
    ("body", "coding", "what"),
    [
        (gzip.compress(bytes(80 * MB)), "gzip", "more than 200 times its packed size"),
        (b"x", "zstd", "it is compressed by zstd, which is not read"),
        (b"\xff\xff\xff", "deflate", "damaged or cut off before any text"),
    ],
)
def test_bodies_that_cannot_be_decoded_cost_only_themselves(
    tmp_path: Path, body: bytes, coding: str, what: str
) -> None:
    crawl = Crawl().add(body, headers=(("Content-Encoding", coding),)).add(page("Two."))
    first, second = told(read_content(tmp_path, "c.warc", crawl.content))
    assert first[0] == "c.warc#1"
    assert what in first[1]
    assert second == ("c.warc#2", "Two.")


def test_brotli_needs_its_package(tmp_path: Path) -> None:
    content = Crawl().add(b"\x0b\x02\x80x\x03", headers=(("Content-Encoding", "br"),)).content
    ((_, reason),) = told(read_content(tmp_path, "c.warc", content))
    assert "brotli" in reason


# Damage


def test_a_file_cut_in_a_record_is_read_so_far(tmp_path: Path) -> None:
    crawl = Crawl().add(page("One.")).add(page("Two.")).add(page("Three."))
    at = crawl.starts[2]
    ended = "; the records before it were read, the rest is not"
    for cut in (at + 5, at + 200, len(crawl.content) - 20):
        assert told(read_content(tmp_path, "c.warc", crawl.content[:cut]))[:2] == [
            ("c.warc#1", "One."),
            ("c.warc#2", "Two."),
        ]
    found = told(read_content(tmp_path, "c.warc", crawl.content[: len(crawl.content) - 20]))
    place = "the WARC file is cut off or damaged in record 3"
    place += f" (which begins at byte {at}, unpacked)"
    assert found[2:] == [("c.warc", place + ended)]


def test_a_packed_file_cut_in_a_record_is_read_so_far(tmp_path: Path) -> None:
    crawl = Crawl(packed=True).add(page("One.")).add(page("Two." * 50))
    found = told(read_content(tmp_path, "c.warc.gz", crawl.content[:-40]))
    assert found[0] == ("c.warc.gz#1", "One.")
    assert len(found) == 2
    assert "cut off or damaged in record 2" in found[1][1]


@pytest.mark.parametrize("packed", [False, True])
def test_reading_goes_on_behind_damage(tmp_path: Path, packed: bool) -> None:
    crawl = Crawl(packed=packed)
    for text in ("One.", "Two.", "Three."):
        crawl.add(page(text + hashlib.shake_128(text.encode()).hexdigest(300)))
    content = bytearray(crawl.content)
    if packed:
        at = crawl.starts[1] + 120
        content[at : at + 60] = b"\xff" * 60
    else:
        at = content.index(b"Content-Length", crawl.starts[1])
        content[at : at + 18] = b"Content-Length: 50"
    found = told(read_content(tmp_path, "c.warc.gz" if packed else "c.warc", bytes(content)))
    assert found[0][1].startswith("One.")
    assert found[-1][1].startswith("Three.")
    damage = [text for _, text in found if "damaged" in text]
    assert len(damage) == 1
    assert "behind record 1" in damage[0] if packed else "behind record 2" in damage[0]
    assert damage[0].endswith("reading went on with the next record that was found")


def test_headers_without_end_are_refused(tmp_path: Path) -> None:
    content = b"WARC/1.0\r\n" + b"X: " + b"x" * (3 * MB) + b"\r\n\r\n"
    crawl = Crawl().add(page("One."))
    found = told(read_content(tmp_path, "c.warc", content + crawl.content))
    assert "damaged in record 1" in found[0][1]
    assert found[1] == ("c.warc#2", "One.")


def test_a_record_without_length_or_address(tmp_path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\n"
    crawl = Crawl().add(page("One."))
    found = told(read_content(tmp_path, "c.warc", head + b"\r\n\r\n\r\n" + crawl.content))
    assert "damaged in record 1" in found[0][1]
    assert found[1] == ("c.warc#2", "One.")
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\ntext"
    record = head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)
    (only,) = read_content(tmp_path, "c.warc", record)
    assert isinstance(only, RawRelease)
    assert (only.text, only.url, only.source.crawled) == ("text", None, None)


def test_bytes_before_the_first_record_are_told(tmp_path: Path) -> None:
    found = told(read_content(tmp_path, "c.warc", b"garbage\n" + Crawl().add(page("One.")).content))
    assert found[0][0] == "c.warc"
    assert found[0][1].startswith("the WARC file is cut off or damaged before record 1 (")
    assert found[1] == ("c.warc#1", "One.")


def test_a_bomb_of_a_warc_strikes_the_ratio(tmp_path: Path) -> None:
    crawl = Crawl(packed=True).add(page("One.")).add(bytes(30 * MB), "video/mp4")
    found = told(read_content(tmp_path, "c.warc.gz", crawl.add(page("Two.")).content))
    assert found[0] == ("c.warc.gz#1", "One.")
    assert found[1][0] == "c.warc.gz"
    assert "it unpacks to more than 200 times its packed size" in found[1][1]
    assert found[2:] == [("c.warc.gz", "1 record of video/mp4: not a press text")]


# WACZ


def wacz(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_wacz_is_read(tmp_path: Path) -> None:
    crawl = Crawl(packed=True).add(b"One.", "text/plain", url="https://a.example/1")
    pages = b'{"format": "json-pages-1.0"}\n{"url": "https://a.example/1", "title": "A title"}\n'
    content = wacz(
        {"datapackage.json": b"{}", "pages/pages.jsonl": pages, "archive/d.warc.gz": crawl.content}
    )
    one, rest = read_content(tmp_path, "c.wacz", content)
    assert isinstance(one, RawRelease)
    assert (str(one.source), one.title_hint) == ("c.wacz/archive/d.warc.gz#1", "A title")
    assert one.source.sha256 == hashlib.sha256(content).hexdigest()
    assert "2 files of the package itself" in told([rest])[0][1]


def test_a_wacz_without_warcs_is_rejected(tmp_path: Path) -> None:
    ((path, reason),) = told(read_content(tmp_path, "c.wacz", wacz({"datapackage.json": b"{}"})))
    assert path == "c.wacz"
    assert "no WARC file" in reason


def test_a_warc_in_a_zip_may_be_larger_than_a_member(tmp_path: Path) -> None:
    crawl = Crawl().add(page("One."))
    for number in range(5):
        crawl.add(bytes([number]) * (15 * MB), "video/mp4")
    found = told(read_content(tmp_path, "a.zip", wacz({"c.warc": crawl.add(page("Two.")).content})))
    assert found == [
        ("a.zip/c.warc#1", "One."),
        ("a.zip/c.warc#7", "Two."),
        ("a.zip/c.warc", "5 records of video/mp4: not a press text"),
    ]


# Any content


@pytest.mark.parametrize("packed", [False, True])
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_warc_raises(tmp_path: Path, packed: bool, data: st.DataObject) -> None:
    crawl = Crawl(packed=packed).add(page("One.")).add(b"x", "image/png")
    crawl.add(gzip.compress(page("Two."), mtime=0), headers=(("Content-Encoding", "gzip"), CHUNKED))
    content = bytearray(crawl.add(b"", kind="revisit").content)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    mutated = bytes(content[: data.draw(st.integers(0, 2 * len(content)))])
    name = "c.warc.gz" if packed else "c.warc"
    found = read_content(tmp_path, name, mutated)
    assert 0 < len(found) < 30
    for each in found:
        assert each.source.path == name or each.source.path.startswith(f"{name}#")
        if isinstance(each, Rejection):
            assert each.reason
            assert "\n" not in each.reason


def test_the_items_of_a_saved_feed_do_not_get_its_address(tmp_path: Path) -> None:
    feed = b'<rss version="2.0"><channel><item><title>T</title><description>Text.</description>'
    crawl = Crawl().add(feed + b"</item></channel></rss>", "application/rss+xml")
    (found,) = read_content(tmp_path, "c.warc", crawl.content)
    assert isinstance(found, RawRelease)
    assert (found.text, found.url, str(found.source)) == ("Text.", None, "c.warc#1#1")
    assert found.source.crawled == date(2020, 5, 17)
