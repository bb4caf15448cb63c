"""Archives: zip, tar, compressed files, and archives within them.

Laws:
1. Every member is accounted for by its path below the archive; hidden ones are skipped.
2. Reading an archive never raises, whatever stands in it, and never fills memory or disk.
3. What can be read of a damaged archive is read; one rejection says from where the rest is not.
4. Ids are distinct, and stable.
"""

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.readers import Rejection, SourceFile, read
from indexer.readers.archives.member_names import decoded_name, member_path
from indexer.readers.feeds.sitemap import SitemapEntry
from indexer.readers.limits import MB, Budget, Exhausted, Limits
from indexer.readers.registry import Container, ending_of, format_of, stem_of
from indexer.readers.spots import Spot
from indexer.readers.unpacking import Unpacker
from indexer.release import RawRelease

Found = list[RawRelease | Rejection]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def read_content(folder: Path, name: str, content: bytes) -> Found:
    path = folder / name
    path.write_bytes(content)
    return list(read(SourceFile(path, name, len(content))))


def read_within(name: str, content: bytes, limits: Limits) -> Found:
    """Read with other limits than those of `read`."""
    found = format_of(name)
    assert isinstance(found, Container)
    unpacker = Unpacker("", Budget(len(content), limits))
    accounts: Found = []
    try:
        for account in unpacker.content(found, content, Spot(name)):
            accounts.append(account)  # those before an exception count
    except Exhausted as error:
        accounts.append(Rejection(unpacker._source(Spot(name), None), str(error)))
    return accounts


def told(found: Found) -> list[tuple[str, str]]:
    """The path of each account, and its text or its reason."""
    return [
        (str(each.source), each.reason if isinstance(each, Rejection) else each.text)
        for each in found
    ]


PAGES = {"2018/page.html": b"<p>One release.</p>", "2019/b.txt": b"Another."}
READ = [("2018/page.html", "One release."), ("2019/b.txt", "Another.")]


# Members


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(PAGES)),
        ("a.zip", zipped(PAGES, zipfile.ZIP_STORED)),
        ("a.zip", zipped(PAGES, zipfile.ZIP_BZIP2)),
        ("a.zip", zipped(PAGES, zipfile.ZIP_LZMA)),
        ("a.ZIP", zipped(PAGES)),
        ("a.zip", b"a program that unpacks itself" + zipped(PAGES)),
        ("a.tar", tarred(PAGES)),
        ("a.tar.gz", tarred(PAGES, "w:gz")),
        ("a.tgz", tarred(PAGES, "w:gz")),
        ("a.tar.bz2", tarred(PAGES, "w:bz2")),
        ("a.tar.xz", tarred(PAGES, "w:xz")),
        ("a.tar", tarred(PAGES, "w:gz")),
    ],
)
def test_members_are_sources_of_their_own(tmp_path: Path, name: str, content: bytes) -> None:
    found = read_content(tmp_path, name, content)
    assert told(found) == [(f"{name}/{path}", text) for path, text in READ]
    assert {each.source.sha256 for each in found} == {hashlib.sha256(content).hexdigest()}
    assert len({each.id for each in found if isinstance(each, RawRelease)}) == 2


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_one_compressed_file(tmp_path: Path, ending: str, pack: object) -> None:
    assert callable(pack)
    name = f"page.html{ending}"
    assert told(read_content(tmp_path, name, pack(b"<p>One.</p>"))) == [
        (f"{name}/page.html", "One.")
    ]
    two = pack(b'{"text": "a"}\n') + pack(b'{"text": "b"}\n')
    name = f"w.jsonl{ending}"
    assert told(read_content(tmp_path, name, two)) == [
        (f"{name}/w.jsonl#1", "a"),
        (f"{name}/w.jsonl#2", "b"),
    ]


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = zipped({"in.txt": b"inner", "t.tar.gz": tarred({"deep.txt": b"deep"}, "w:gz")})
    found = read_content(tmp_path, "a.tar", tarred({"x/b.zip": inner, "c.txt.gz": b"\x1f\x8b"}))
    assert told(found)[:2] == [
        ("a.tar/x/b.zip/in.txt", "inner"),
        ("a.tar/x/b.zip/t.tar.gz/deep.txt", "deep"),
    ]
    ((path, reason),) = told(found)[2:]
    assert path == "a.tar/c.txt.gz"
    assert "cut off after byte 2" in reason


def test_hidden_members_and_folders_are_skipped(tmp_path: Path) -> None:
    members = {".git/x.txt": b"x", "a/.b.txt": b"x", "./c.txt": b"c", "__MACOSX/._c.txt": b"x"}
    assert told(read_content(tmp_path, "a.tar", tarred(members))) == [("a.tar/c.txt", "c")]
    assert told(read_content(tmp_path, "a.zip", zipped(members))) == [("a.zip/c.txt", "c")]
    (only,) = told(read_content(tmp_path, "b.zip", zipped({".x": b"x", "dir/": b""})))
    assert only == ("b.zip", "there are no files in the archive; remove it or fetch it again")


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.parametrize(
    "name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:/x.txt", "..\\x.txt"]
)
def test_names_that_lead_out_are_rejected(tmp_path: Path, make: object, name: str) -> None:
    assert callable(make)
    ending = "zip" if make is zipped else "tar"
    found = told(read_content(tmp_path, f"a.{ending}", make({name: b"x", "ok.txt": b"ok"})))
    assert found[0][1] == "its path leads out of the archive; rename it in the archive"
    assert found[1] == (f"a.{ending}/ok.txt", "ok")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{ending}"]


def test_a_name_that_comes_twice_is_read_twice(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the duplicate names
        for text in ("first", "second", "third"):
            archive.writestr("p.txt", text)
    found = read_content(tmp_path, "a.zip", stream.getvalue())
    assert told(found) == [
        ("a.zip/p.txt", "first"),
        ("a.zip/p.txt#2", "second"),
        ("a.zip/p.txt#3", "third"),
    ]
    ids = [each.id for each in found if isinstance(each, RawRelease)]
    assert len(set(ids)) == 3
    again = read_content(tmp_path, "a.zip", stream.getvalue())
    assert [each.id for each in again if isinstance(each, RawRelease)] == ids


def test_members_of_other_formats_are_named(tmp_path: Path) -> None:
    found = told(read_content(tmp_path, "a.zip", zipped({"i.png": b"x", "LICENSE": b"x"})))
    assert found == [
        ("a.zip/i.png", "not a format that is read: .png"),
        ("a.zip/LICENSE", "not a format that is read: no ending"),
    ]
    (about,) = told(read_content(tmp_path, "a.zip", zipped({"README.md": b"# About us"})))
    assert about[0] == "a.zip/README.md"
    assert "describes the folder" in about[1]


def test_many_members(tmp_path: Path) -> None:
    members = {f"{number}.txt": b"text %d" % number for number in range(10_000)}
    assert len(read_content(tmp_path, "a.zip", zipped(members, zipfile.ZIP_STORED))) == 10_000
    assert len(read_content(tmp_path, "a.tar", tarred(members))) == 10_000


def test_links_and_devices_are_rejected(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("l.txt", tarfile.SYMTYPE), ("h.txt", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name, kind in (("f.txt", tarfile.FIFOTYPE), ("d.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type = kind
            archive.addfile(info)
    found = told(read_content(tmp_path, "a.tar", stream.getvalue()))
    link = "it is a link to /etc/passwd; put the file itself into the archive"
    device = "it is a device or a pipe, no ordinary file; leave it out of the archive"
    assert found == [
        ("a.tar/l.txt", link),
        ("a.tar/h.txt", link),
        ("a.tar/f.txt", device),
        ("a.tar/d.txt", device),
    ]


def test_a_link_in_a_zip_is_rejected(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("l.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    (found,) = told(read_content(tmp_path, "a.zip", stream.getvalue()))
    assert found[0] == "a.zip/l.txt"
    assert found[1].startswith("it is a link or a device")


# Names


@pytest.mark.parametrize("encoding", ["utf-8", "cp866", "cp1251", "cp437"])
def test_names_that_do_not_state_their_encoding(tmp_path: Path, encoding: str) -> None:
    name = "café.txt" if encoding == "cp437" else "Отчёт за 2018 год/Сессия.txt"
    raw = name.encode(encoding)
    stand_in = "x" * (len(raw) - 4) + ".txt"
    content = zipped({stand_in: b"text"}).replace(stand_in.encode(), raw)
    (found,) = read_content(tmp_path, "a.zip", content)
    assert found.source.path == f"a.zip/{name}"


def test_names_that_are_no_text(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in ("a\udcff.txt", "a\udcfe.txt", "b\nc.txt"):
            info = tarfile.TarInfo(name)
            info.size = 4
            archive.addfile(info, io.BytesIO(b"text"))
    found = read_content(tmp_path, "a.tar", stream.getvalue())
    assert [each.source.path for each in found] == [
        "a.tar/a\ufffd.txt",
        "a.tar/a\ufffd.txt#2",
        "a.tar/b\ufffdc.txt",
    ]
    assert len({each.id for each in found if isinstance(each, RawRelease)}) == 3


def test_names_flagged_as_utf8_that_are_not(tmp_path: Path) -> None:
    content = zipped({"é.txt": b"text"}).replace("é.txt".encode(), b"\xff\xfe.txt")
    found = told(read_content(tmp_path, "a.zip", content))
    assert found[0] == ("a.zip/\ufffd\ufffd.txt", "text")
    assert "directory of the ZIP archive is damaged" in found[1][1]


@given(st.binary(max_size=40))
def test_any_name_is_decoded(raw: bytes) -> None:
    assert isinstance(decoded_name(raw), str)


@given(st.text(max_size=40))
def test_a_path_stays_below_the_archive(name: str) -> None:
    try:
        path = member_path(name)
    except Exception as error:  # noqa: BLE001
        assert str(error).startswith("its path leads out")  # noqa: PT017
        return
    if path:
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert path.isprintable() or "\n" not in path


def test_endings_of_two_parts() -> None:
    assert [ending_of(name) for name in ("a.tar.gz", "b/c.WARC.GZ", ".tar.gz", "a.b.txt")] == [
        ".tar.gz",
        ".WARC.GZ",
        ".gz",
        ".txt",
    ]
    assert [stem_of(name) for name in ("x/a.tar.gz", "page.html.gz", "a")] == [
        "a",
        "page.html",
        "a",
    ]


# Damage


def test_an_encrypted_member_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"secret.txt": b"x", "open.txt": b"open"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    content[6] |= 1
    assert told(read_content(tmp_path, "a.zip", bytes(content))) == [
        ("a.zip/secret.txt", "it is encrypted; unpack the archive with its password"),
        ("a.zip/open.txt", "open"),
    ]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"first text", "b.txt": b"second"}, zipfile.ZIP_STORED)
    content = content.replace(b"first text", b"first tex!")
    assert told(read_content(tmp_path, "a.zip", content)) == [
        ("a.zip/a.txt", "its data in the archive is damaged or cut off; fetch the archive again"),
        ("a.zip/b.txt", "second"),
    ]


def test_a_packing_method_that_is_not_read(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"text"}))
    at = content.index(b"PK\x01\x02")
    content[at + 10] = content[8] = 9
    (found,) = told(read_content(tmp_path, "a.zip", bytes(content)))
    assert found[1].startswith("it is packed by a method that is not read (number 9)")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_is_cut_off(tmp_path: Path, method: int) -> None:
    content = zipped({"a.txt": b"first", "b.txt": b"second", "c.txt": b"third"}, method)
    third = content.index(b"PK\x03\x04", content.index(b"b.txt"))
    found = told(read_content(tmp_path, "a.zip", content[: third + 37]))
    assert found == [
        ("a.zip/a.txt", "first"),
        ("a.zip/b.txt", "second"),
        (
            "a.zip",
            f"the ZIP archive is cut off or damaged at byte {third};"
            " the members before it were read",
        ),
    ]


def test_a_zip_without_its_directory(tmp_path: Path) -> None:
    stream = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return stream.write(data)  # type: ignore[arg-type]

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, f"text of {name}")
    content = stream.getvalue()
    found = told(read_content(tmp_path, "a.zip", content[: content.index(b"PK\x01\x02") + 10]))
    assert found == [
        ("a.zip/a.txt", "text of a.txt"),
        ("a.zip/b.txt", "text of b.txt"),
        (
            "a.zip",
            "the directory of the ZIP archive is damaged; its 2 members were read without it",
        ),
    ]


def test_a_tar_that_is_cut_off(tmp_path: Path) -> None:
    content = tarred({"a.txt": b"first", "b.txt": b"second" * 200})
    whole = told(read_content(tmp_path, "a.tar", content))
    assert [path for path, _ in whole] == ["a.tar/a.txt", "a.tar/b.txt"]
    found = told(read_content(tmp_path, "a.tar", content[:1600]))
    assert found[0] == ("a.tar/a.txt", "first")
    assert found[1][0] == "a.tar/b.txt"
    assert "damaged or cut off" in found[1][1]
    assert found[2][0] == "a.tar"
    assert "cut off or damaged at byte 3072 (unpacked)" in found[2][1]
    in_header = told(read_content(tmp_path, "a.tar", content[:1200]))
    assert in_header[0] == ("a.tar/a.txt", "first")
    assert "cut off or damaged at byte 1024 (unpacked)" in in_header[1][1]
    without_end = told(read_content(tmp_path, "a.tar", content[:1024]))
    assert "cut off or damaged at byte 1024 (unpacked)" in without_end[1][1]


def test_a_damaged_header_in_a_tar_is_told(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.txt": b"first", "b.txt": b"second"}))
    content[1024:1030] = b"\xff" * 6
    found = told(read_content(tmp_path, "a.tar", bytes(content)))
    assert found[0] == ("a.tar/a.txt", "first")
    assert "damaged at byte 1024" in found[1][1]


def test_what_follows_a_tar_is_told(tmp_path: Path) -> None:
    found = told(read_content(tmp_path, "a.tar", tarred({"a.txt": b"a"}) + tarred({"b.txt": b"b"})))
    assert found[0] == ("a.tar/a.txt", "a")
    assert found[1][1].startswith("behind the end of the TAR archive, from byte ")


def test_a_gzip_that_is_cut_off_is_read_so_far(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "release %d"}\n' % number for number in range(9000))
    found = read_content(tmp_path, "w.jsonl.gz", gzip.compress(lines)[:-5000])
    releases = [each for each in found if isinstance(each, RawRelease)]
    assert len(releases) > 3000
    assert releases[-1].text == f"release {len(releases) - 1}"
    assert isinstance(found[-1], Rejection)
    assert found[-1].source.path == "w.jsonl.gz"
    assert "cut off after byte" in found[-1].reason


def test_a_tar_gz_that_is_cut_off(tmp_path: Path) -> None:
    members = {f"{n}.txt": hashlib.sha256(b"%d" % n).hexdigest().encode() * 20 for n in range(900)}
    content = tarred(members, "w:gz")
    found = told(read_content(tmp_path, "a.tar.gz", content[: len(content) // 2]))
    assert len(found) > 300
    assert found[-1][0] == "a.tar.gz"
    assert "cut off after byte" in found[-1][1]


def test_what_follows_a_gzip_is_told(tmp_path: Path) -> None:
    padded = gzip.compress(b"text") + bytes(99)
    assert told(read_content(tmp_path, "a.txt.gz", padded)) == [("a.txt.gz/a.txt", "text")]
    found = told(read_content(tmp_path, "a.txt.gz", gzip.compress(b"text") + b"more"))
    assert found[0] == ("a.txt.gz/a.txt", "text")
    assert "is not compressed, and is not read" in found[1][1]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.wacz", "a.warc.gz"])
def test_content_that_is_no_archive(tmp_path: Path, name: str) -> None:
    (found,) = told(read_content(tmp_path, name, b"<html>Not found</html>"))
    assert found[0] == name
    assert "whatever its name says" in found[1]


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b"x"}, ".docx"),
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b"x"}, "Excel"),
        ({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"x"}, "EPUB"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"x"}, "OpenDoc"),
    ],
)
def test_office_documents_are_told_from_archives(
    tmp_path: Path, members: dict[str, bytes], what: str
) -> None:
    ((path, reason),) = told(read_content(tmp_path, "a.zip", zipped(members)))
    assert path == "a.zip"
    assert what in reason


# Limits

SMALL = Limits(member=1000, ratio=20, ratio_from=500, depth=2, members=5, total=3000)


def test_a_gzip_bomb_strikes_the_ratio(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50 * MB))
    found = read_content(tmp_path, "bomb.txt.gz", bomb)
    assert all(isinstance(each, Rejection) for each in found)
    assert "more than 200 times its packed size" in told(found)[-1][1]


def test_a_zip_bomb_costs_only_itself(tmp_path: Path) -> None:
    content = zipped({"bomb.txt": bytes(50 * MB), "a.txt": b"text"})
    found = told(read_content(tmp_path, "a.zip", content))
    assert found[0][0] == "a.zip/bomb.txt"
    assert "more than 200 times its packed size" in found[0][1]
    assert found[1] == ("a.zip/a.txt", "text")


def test_a_zip_that_lies_about_sizes_gives_no_more_than_it_says(tmp_path: Path) -> None:
    content = bytearray(zipped({"bomb.txt": b"a" * (5 * MB)}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    ((path, reason),) = told(read_content(tmp_path, "a.zip", bytes(content)))
    assert path == "a.zip/bomb.txt"
    assert "damaged" in reason


def test_a_bomb_in_a_zip_without_directory(tmp_path: Path) -> None:
    content = zipped({"bomb.txt": bytes(50 * MB), "a.txt": b"text"})
    found = told(read_content(tmp_path, "a.zip", content[: content.index(b"PK\x01\x02")]))
    assert "more than 200 times its packed size" in found[0][1]
    assert found[1] == ("a.zip/a.txt", "text")


def test_nested_bombs_count_together(tmp_path: Path) -> None:
    layer = zipped({f"{n}.txt": bytes(b"%d " % n * 80_000) for n in range(20)})
    bomb = zipped({f"{n}.zip": layer for n in range(100)})
    found = read_content(tmp_path, "bomb.zip", bomb)
    assert found[-1].source.path == "bomb.zip"
    assert isinstance(found[-1], Rejection)
    assert "more than 200 times its size" in found[-1].reason
    assert len(found) < 1000


def test_archives_nested_too_deep_are_rejected(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"deep"})
    for _ in range(2):
        content = zipped({"in.zip": content})
    assert told(read_content(tmp_path, "a.zip", content)) == [("a.zip/in.zip/in.zip/a.txt", "deep")]
    ((path, reason),) = told(read_content(tmp_path, "a.zip", zipped({"in.zip": content})))
    assert path == "a.zip/in.zip/in.zip/in.zip"
    assert reason == "archives within archives are read 3 deep; unpack the outer ones"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_each_limit_is_named(make: object) -> None:
    assert callable(make)
    name = "a.zip" if make is zipped else "a.tar"
    incompressible = hashlib.shake_128(b"x").hexdigest(700).encode()
    large = make({"a.txt": incompressible, "b.txt": b"b"})
    assert told(read_within(name, large, SMALL)) == [
        (f"{name}/a.txt", "it is larger than 1000 bytes unpacked; unpack the archive and split it"),
        (f"{name}/b.txt", "b"),
    ]
    many = read_within(name, make({f"{n}.txt": b"x" for n in range(9)}), SMALL)
    assert len(many) == 6
    assert told(many)[-1] == (name, "the archive has more than 5 members; the rest is not read")
    full = read_within(name, make({f"{n}.txt": incompressible[:900] for n in range(5)}), SMALL)
    assert told(full)[-1] == (name, "the archive unpacks to more than 2 KB; the rest is not read")
    assert len(full) == 4
    deep = make({f"b{name[1:]}": make({f"c{name[1:]}": make({"x.txt": b"x"})})})
    ((_, reason),) = told(read_within(name, deep, Limits(depth=2)))
    assert reason == "archives within archives are read 2 deep; unpack the outer ones"


def test_a_large_member_is_not_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo("large.txt")
        info.size = 65 * MB
        archive.addfile(info, io.BytesIO(bytes(65 * MB)))
    ((path, reason),) = told(read_content(tmp_path, "a.tar", stream.getvalue()))
    assert path == "a.tar/large.txt"
    assert reason == "it is larger than 64 MB unpacked; unpack the archive and split it"


def test_a_header_that_asks_for_gigabytes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 7 << 30
    content = info.tobuf(tarfile.GNU_FORMAT) + bytes(1024)
    ((_, reason),) = told(read_content(tmp_path, "a.tar", content))
    assert "no TAR archive" in reason or "damaged" in reason


# Any content

SEEDS = {
    "x.zip": zipped({"a.txt": b"first", "b/c.html": b"<p>x</p>", "d.zip": zipped({"e.txt": b"e"})}),
    "x.tar": tarred(
        {"a.txt": b"first", "b/c.html": b"<p>x</p>", "d.gz": gzip.compress(b"x", mtime=0)}
    ),
    "x.tar.gz": tarred({"a.txt": b"first", "b/c.html": b"<p>x</p>"}, "w:gz"),
    "x.tar.xz": tarred({"a.txt": b"first"}, "w:xz"),
    "x.tar.bz2": tarred({"a.txt": b"first"}, "w:bz2"),
    "x.txt.gz": gzip.compress(b"text " * 99),
    "x.wacz": zipped({"archive/a.warc": b"WARC/1.0\r\n\r\n", "pages/pages.jsonl": b"{}"}),
}


@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_archive_raises(tmp_path: Path, name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.binary(max_size=4))
        content[at : at + data.draw(st.integers(0, 4))] = piece
    cut = data.draw(st.integers(0, len(content)))
    mutated = bytes(content if cut % 2 else content[:cut])
    found = read_content(tmp_path, name, mutated)
    assert found
    assert len(found) < 50
    for each in found:
        assert each.source.sha256 == hashlib.sha256(mutated).hexdigest()
        assert each.source.path.startswith(name)
        if isinstance(each, Rejection):
            assert "\n" not in each.reason


@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=2000))
def test_random_bytes_are_rejected(tmp_path: Path, name: str, content: bytes) -> None:
    magic = SEEDS[name][:4]
    for mutated in (content, magic + content):
        found = read_content(tmp_path, name, mutated)
        assert found
        assert all(isinstance(each, Rejection) or each.text for each in found)


# Formats within


def test_zip64_members_are_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(b"text")
    assert told(read_content(tmp_path, "a.zip", stream.getvalue())) == [("a.zip/a.txt", "text")]


def test_records_and_faults_keep_their_numbers(tmp_path: Path) -> None:
    members = {"w.jsonl": b'{"text": "a"}\n{"te\n', "t.csv": b"text\nrow\n", "e.txt": b""}
    found = read_content(tmp_path, "a.zip", zipped(members))
    assert [str(each.source) for each in found] == [
        "a.zip/w.jsonl#1",
        "a.zip/w.jsonl#2",
        "a.zip/t.csv#1",
        "a.zip/e.txt",
    ]
    assert told(found)[3][1] == "the file is empty; remove it or fetch it again"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
            b"<loc>https://a.example/</loc></url></urlset>",
            "a sitemap: it names 1 page, and holds no text; read the pages themselves",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE n [<!ELEMENT n ANY>]><!-- c --><a:Note>x</a:Note>',
            "XML with the root element note, which is no feed of releases;"
            " save its text as .html or .txt",
        ),
        (b"plain text", "this is no XML; save it as .txt if it is text"),
        (b"<!-- c -->" * 3000, "this is no XML; save it as .txt if it is text"),
    ],
)
def test_xml_without_releases_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    assert told(read_content(tmp_path, "x.xml", content)) == [("x.xml", what)]


def test_xhtml_is_read_as_a_page(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Завершена.</p></body></html>'
    )
    assert told(read_content(tmp_path, "x.xml", page.encode("cp1251"))) == [("x.xml", "Завершена.")]


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"%PDF-1.4", "give it the ending .pdf"),
        (zipped(PAGES), "give it the ending .zip or .docx"),
        (gzip.compress(b"x", mtime=0), "add the ending .gz"),
        (lzma.compress(b"x"), "add the ending .xz"),
        (b"Rar!\x1a\x07\x00", "pack it as .zip"),
    ],
)
def test_a_wrong_ending_is_told_with_the_right_one(
    tmp_path: Path, content: bytes, mend: str
) -> None:
    ((_, reason),) = told(read_content(tmp_path, "x.html", content))
    assert reason.endswith(f"whatever its name says; {mend}")


def mail(text: str, attachment: bytes, name: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Talks"
    message.set_content(text)
    message.add_attachment(attachment, maintype="application", subtype="zip", filename=name)
    return message.as_bytes()


def test_attachments_are_members(tmp_path: Path) -> None:
    content = mail("Body of the mail.\n", zipped({"a.txt": b"attached"}), "z.zip")
    found = read_content(tmp_path, "m.eml", content)
    assert [
        (str(each.source), each.text.strip()) for each in found if isinstance(each, RawRelease)
    ] == [
        ("m.eml", "Body of the mail."),
        ("m.eml/z.zip/a.txt", "attached"),
    ]


def test_mails_within_mails_are_bounded(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"deep"})
    for _ in range(5):
        content = mail("Body.", zipped({"m.eml": content}), "z.zip")
    found = told(read_content(tmp_path, "m.eml", content))
    assert found[-1][1] == "archives within archives are read 3 deep; unpack the outer ones"
    assert len(found) < 10


def test_what_a_sitemap_says_fills_in(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("Text.")
    page = SitemapEntry("https://a.example/p", "2021-01-01", "A title", "2020-01-01", ("u",))
    (found,) = read(SourceFile(path, "p.txt", 5, page))
    assert isinstance(found, RawRelease)
    assert (found.url, found.title_hint, found.date_hint, found.alternates) == (
        "https://a.example/p",
        "A title",
        "2020-01-01",
        ("u",),
    )
