"""The readers.

Laws:
1. Every file is accounted for: it yields at least one release or rejection.
2. Reading never raises for what stands in a file, and one bad record costs only itself.
3. A rejection is one line that names the fault; its source names the file and the record.
4. What a page or a record holds is in the text, the hints or the removed text.
5. Ids are stable, plain and, where the reader makes them, unique in the archive.
"""

import codecs
import csv
import hashlib
import json
import os
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer import readers
from indexer.errors import CorpusError
from indexer.readers import FORMATS, Rejection, SourceFile, read, walk
from indexer.readers.records import json_records, table
from indexer.readers.registry import Streamed, WholeFile
from indexer.release import RawRelease

ARCHIVE = Path(__file__).parent.parent / "corpus"
TEXTS = [name for name, found in FORMATS.items() if isinstance(found, WholeFile | Streamed)]
RUSSIAN = (
    "Завершена международная антинаркотическая операция «Канал-2004». Она проходила в два этапа, "
    "и в ней участвовали силовые ведомства государств-членов Организации."
)


def given_file(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return SourceFile(path, name, path.stat().st_size)


def read_content(folder: Path, name: str, content: str | bytes) -> list[RawRelease | Rejection]:
    return list(read(given_file(folder, name, content)))


def release(folder: Path, name: str, content: str | bytes) -> RawRelease:
    (found,) = read_content(folder, name, content)
    assert isinstance(found, RawRelease), found
    return found


def reason(folder: Path, name: str, content: str | bytes) -> str:
    (found,) = read_content(folder, name, content)
    assert isinstance(found, Rejection), found
    assert "\n" not in found.reason
    return found.reason


def kinds(found: list[RawRelease | Rejection]) -> list[tuple[str, int | None]]:
    return [(type(each).__name__, each.source.record) for each in found]


# Walking


def test_walk_is_sorted_shows_the_folder_and_skips_hidden(tmp_path: Path) -> None:
    archive = tmp_path / "releases"
    for name in ("b/2.txt", "a.txt", "b/1.txt", ".git/x.txt", "b/.hidden", "c.xyz"):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text("text")
    single = tmp_path / "single.md"
    single.write_text("text!")
    files = list(walk([single, archive]))
    assert [file.name for file in files] == [
        "single.md",
        "releases/a.txt",
        "releases/b/1.txt",
        "releases/b/2.txt",
        "releases/c.xyz",
    ]
    assert [file.size for file in files] == [5, 4, 4, 4, 4]


def test_walk_visits_a_link_loop_once(tmp_path: Path) -> None:
    archive = tmp_path / "releases"
    (archive / "sub").mkdir(parents=True)
    (archive / "sub" / "x.txt").write_text("text")
    (archive / "self").symlink_to(archive)
    (archive / "sub" / "up").symlink_to(archive)
    assert [file.name for file in walk([archive])] == ["releases/sub/x.txt"]


def test_walk_names_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nothing-here"):
        walk([tmp_path / "nothing-here"])


def guarded(listing: Callable[[object], object], closed: Path) -> Callable[[object], object]:
    """The function of the system, which refuses one folder: root may open each of them."""

    def refusing(folder: object) -> object:
        if Path(str(folder)) == closed:
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    return refusing


def test_a_folder_that_cannot_be_listed_fails_at_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open.txt").write_text("text")
    closed = tmp_path / "closed"
    closed.mkdir()
    for listing in ("scandir", "listdir"):
        monkeypatch.setattr(os, listing, guarded(getattr(os, listing), closed))
    first, second = walk([tmp_path])
    (found,) = read(first)
    assert isinstance(found, Rejection)
    assert "Permission denied" in found.reason
    assert second.name.endswith("open.txt")


def test_a_broken_link_and_a_vanished_file_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "later.jsonl").write_text('{"text": "x"}')
    files = list(walk([tmp_path]))
    (tmp_path / "later.jsonl").unlink()
    for file in files:
        (found,) = read(file)
        assert isinstance(found, Rejection)
        assert "No such file" in found.reason


def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    for name in (b"a\xfe.txt", b"a\xff.txt", b"5%\xff.txt", b"5%.txt"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("text")
    files = list(walk([tmp_path]))
    shown = [file.name.rpartition("/")[2] for file in files]
    assert shown == ["5%.txt", "5%25%FF.txt", "a%FE.txt", "a%FF.txt"]
    ids = {each.id for file in files for each in read(file) if isinstance(each, RawRelease)}
    assert len(ids) == 4


def test_a_link_to_itself_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (file,) = walk([tmp_path])
    (found,) = read(file)
    assert isinstance(found, Rejection)
    assert "cannot be read" in found.reason


def test_each_file_is_asked_for_its_size_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text("text")
    asked: list[object] = []
    for name in ("stat", "lstat"):
        status = getattr(os, name)

        def counted(path: object, status: Callable[..., object] = status, **more: object) -> object:
            asked.append(path)
            return status(path, **more)

        monkeypatch.setattr(os, name, counted)
    assert len(list(walk([tmp_path]))) == 20
    # The source alone; the files' own states come with the listing.
    assert {str(path) for path in asked} == {str(tmp_path)}


def test_walk_asks_for_no_more_than_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("text")
    files = walk([tmp_path])
    assert next(files).name.endswith("a/x.txt")
    monkeypatch.setattr(os, "scandir", guarded(os.scandir, tmp_path / "b"))
    assert next(files).name.endswith("/b")


def test_a_pipe_is_rejected_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (file,) = walk([tmp_path])
    (found,) = read(file)
    assert isinstance(found, Rejection)
    assert "no ordinary file" in found.reason


# Files that are no releases


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_file_is_rejected(tmp_path: Path, ending: str) -> None:
    assert "empty" in reason(tmp_path, f"x{ending}", b"")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_blank_file_is_rejected(tmp_path: Path, ending: str) -> None:
    assert reason(tmp_path, f"x{ending}", b" \n\n\t\n")


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"text \x00\x01\x00\x00 text" * 9, "binary"),
        (bytes(range(1, 256)) * 9, "binary"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
    ],
)
def test_a_binary_file_is_rejected(tmp_path: Path, ending: str, content: bytes, what: str) -> None:
    assert what in reason(tmp_path, f"x{ending}", content)


def test_an_unknown_ending_is_rejected_with_the_formats(tmp_path: Path) -> None:
    said = reason(tmp_path, "x.xyz", "text")
    assert said.startswith("not a format that is read: .xyz; formats: .txt, ")
    assert "no ending" in reason(tmp_path, "README", "text")


@pytest.mark.parametrize("name", ["README.md", "readme.en.md", "LICENSE.txt", "CHANGELOG-2.md"])
def test_a_file_about_its_folder_is_rejected(tmp_path: Path, name: str) -> None:
    assert "describes the folder" in reason(tmp_path, name, "# About\n\nThese are releases.")


def test_names_that_only_begin_like_one_about_the_folder_are_read(tmp_path: Path) -> None:
    assert release(tmp_path, "license-agreement-signed.txt", "text").text == "text"
    assert release(tmp_path, "README.md", "---\ntitle: T\n---\nText.").title_hint == "T"


def test_a_long_file_is_rejected_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "long.txt").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    (found,) = read(SourceFile(tmp_path / "long.txt", "long.txt", 0))
    assert isinstance(found, Rejection)
    assert "64 MB" in found.reason
    assert found.source.path == "long.txt"
    monkeypatch.setattr(readers, "MAX_BYTES", 10)
    assert len(read_content(tmp_path, "x.jsonl", '{"text": "streams have no limit"}\n' * 3)) == 3


# Encodings


@pytest.mark.parametrize("name", ["x.txt", "x.html"])
@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode("cp1251"),
        RUSSIAN.replace("«", '"').replace("»", '"').encode("koi8-r"),
        codecs.BOM_UTF8 + RUSSIAN.encode(),
        RUSSIAN.encode("utf-16"),
        codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"),
        RUSSIAN.encode("utf-16-le"),
        RUSSIAN.encode("utf-16-be"),
        RUSSIAN.encode("utf-32"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, name: str, data: bytes) -> None:
    text = release(tmp_path, name, data).text
    assert text in (RUSSIAN, RUSSIAN.replace("«", '"').replace("»", '"'))


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_streams_are_decoded(tmp_path: Path, encoding: str) -> None:
    plain = RUSSIAN.replace("«", "").replace("»", "")
    rows = f"title;text\nИтоги;{plain}\n".encode(encoding)
    assert release(tmp_path, "x.csv", rows).text == plain
    line = json.dumps({"text": plain}, ensure_ascii=False).encode(encoding)
    assert release(tmp_path, "x.jsonl", line).text == plain


def test_a_cut_last_character_is_kept_as_replacement(tmp_path: Path) -> None:
    assert release(tmp_path, "x.txt", "при".encode()[:-1]).text == "пр\ufffd"
    assert release(tmp_path, "x.txt", RUSSIAN.encode() + b"\xe2\x80").text == RUSSIAN + "\ufffd"


def test_a_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    data = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert release(tmp_path, "x.txt", data).text == f"{RUSSIAN}\ufffd{RUSSIAN}"


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    page = "<meta charset=iso-8859-7><p>Η Ένωση ανακοίνωσε.</p>"
    assert release(tmp_path, "x.html", page.encode("iso-8859-7")).text == "Η Ένωση ανακοίνωσε."


def test_text_is_in_normal_form_c(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Ёлкой й")
    assert release(tmp_path, "x.txt", decomposed).text == "Ёлкой й"
    lone = release(tmp_path, "x.json", r'{"text": "a \ud800 b \ud83d\ude00", "title": "\udfff"}')
    assert lone.text == "a \ufffd b 😀"
    assert lone.title_hint == "\ufffd"


# Source and id


def test_source_and_id(tmp_path: Path) -> None:
    found = release(tmp_path, "О сессии, part 2.txt", "text")
    assert found.source.sha256 == hashlib.sha256(b"text").hexdigest()
    digest = hashlib.sha256("О сессии, part 2.txt#".encode()).hexdigest()
    assert found.id == f"part-2-{digest[:10]}"
    assert release(tmp_path, "Сессия.txt", "text").id.startswith("release-")
    assert len(release(tmp_path, f"{'a' * 100}.txt", "text").id) == 71


def test_a_record_keeps_its_plain_id_only(tmp_path: Path) -> None:
    lines = ('{"id": "wire-1.a_B", "text": "x"}', '{"id": 17, "text": "x"}')
    odd = ('{"id": "../x", "text": "x"}', '{"id": "..", "text": "x"}', '{"id": "", "text": "x"}')
    found = read_content(tmp_path, "w.jsonl", "\n".join((*lines, *odd)))
    ids = [each.id for each in found if isinstance(each, RawRelease)]
    assert ids[:2] == ["wire-1.a_B", "17"]
    assert len(set(ids[2:])) == 3
    assert all(re.fullmatch(r"w-[0-9a-f]{10}", each) for each in ids[2:])


# JSON


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    lines = '{"text": "one"}\n{"text": "tw\n\n[1]\n{"title": "no text"}\n{"text": "six"}'
    found = read_content(tmp_path, "x.jsonl", lines)
    assert kinds(found) == [
        ("RawRelease", 1),
        ("Rejection", 2),
        ("Rejection", 4),
        ("Rejection", 5),
        ("RawRelease", 6),
    ]
    reasons = [each.reason for each in found if isinstance(each, Rejection)]
    assert ["broken JSON" in reasons[0], "no object" in reasons[1], "text" in reasons[2]] == [
        True,
        True,
        True,
    ]


def test_json_holds_one_object_or_a_list(tmp_path: Path) -> None:
    assert release(tmp_path, "x.json", '{"body": "one"}').source.record is None
    found = read_content(tmp_path, "x.json", '[{"body": "one"}, 2, {"content": ["a", "b"]}]')
    assert kinds(found) == [("RawRelease", 1), ("Rejection", 2), ("RawRelease", 3)]
    assert "no object" in reason(tmp_path, "x.json", '"a string"')
    assert reason(tmp_path, "x.json", "[]")


@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
@pytest.mark.parametrize("content", ["[" * 100_000, '{"text": ' + "9" * 5000 + "}"])
def test_json_that_the_parser_refuses_is_rejected(tmp_path: Path, name: str, content: str) -> None:
    assert reason(tmp_path, name, content)


def test_a_line_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    text = "слово " * 1_000_000
    line = json.dumps({"text": text}, ensure_ascii=False)
    first, second = read_content(tmp_path, "x.jsonl", f'{line}\n{{"text": "next"}}')
    assert isinstance(first, RawRelease)
    assert len(first.text) == len(text)
    assert isinstance(second, RawRelease)


def test_a_line_beyond_the_limit_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "MAX_RECORD", 30)
    lines = f'{{"text": "one"}}\n{{"text": "{"x" * 5000}"}}\n{{"text": "three"}}\n'
    found = read_content(tmp_path, "x.jsonl", lines)
    assert kinds(found) == [("RawRelease", 1), ("Rejection", 2), ("RawRelease", 3)]


def test_fields_without_a_role_are_kept(tmp_path: Path) -> None:
    record = {"Headline": "T", "link": "u", "Published": "2014", "LANG": "be", "text": "x"}
    found = release(tmp_path, "x.json", json.dumps({**record, "place": "Minsk", "n": None}))
    assert (found.title_hint, found.url, found.date_hint, found.language_hint) == (
        "T",
        "u",
        "2014",
        "be",
    )
    assert [(cut.rule, cut.text) for cut in found.removed] == [("unread field", "place: Minsk")]


# Tables


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["x.csv", "x.tsv"])
def test_separators_are_told_apart(tmp_path: Path, name: str, separator: str) -> None:
    rows = [["Title", "BODY", "URL"], ["a; b, c", 'line\n\nline, "q"', "u"], [], ["d", "e", ""]]
    with (tmp_path / name).open("w", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    first, second = read(SourceFile(tmp_path / name, name, 0))
    assert isinstance(first, RawRelease)
    assert (first.title_hint, first.text, first.source.record) == (
        "a; b, c",
        'line\n\nline, "q"',
        1,
    )
    assert isinstance(second, RawRelease)
    assert (second.url, second.source.record) == (None, 2)


def test_a_table_needs_a_text_column(tmp_path: Path) -> None:
    said = reason(tmp_path, "x.csv", "title,date\na,b\n")
    assert "text, body or content" in said
    assert "title, date" in said


def test_a_table_without_rows_is_rejected(tmp_path: Path) -> None:
    assert "no rows" in reason(tmp_path, "x.csv", "title,text\n")


def test_bad_rows_cost_only_themselves(tmp_path: Path) -> None:
    found = read_content(tmp_path, "x.csv", "title,text\na,b\nc,d,e\nf\ng,h\n")
    assert kinds(found) == [
        ("RawRelease", 1),
        ("Rejection", 2),
        ("Rejection", 3),
        ("RawRelease", 4),
    ]


def test_an_open_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    found = read_content(tmp_path, "x.csv", 'title,text\na,b\nc,"d\ne,f\ng,h')
    assert kinds(found) == [
        ("RawRelease", 1),
        ("Rejection", 2),
        ("RawRelease", 3),
        ("RawRelease", 4),
    ]


def test_endless_open_quotes_are_given_up(tmp_path: Path) -> None:
    found = read_content(tmp_path, "x.csv", "title,text\n" + 'a","b\n' * 100)
    assert "too many quotes" in [each.reason for each in found if isinstance(each, Rejection)][-1]


def test_a_row_beyond_the_limit_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MAX_FIELD", 100)
    found = read_content(tmp_path, "x.csv", f"title,text\na,b\nc,{'d' * 5000}\ne,f\n")
    assert kinds(found) == [("RawRelease", 1), ("Rejection", 2), ("RawRelease", 3)]


def test_an_open_quote_takes_no_more_memory_than_a_row_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MAX_FIELD", 100)
    found = read_content(tmp_path, "x.csv", 'title,text\na,"b\n' + "c,d\n" * 500)
    assert kinds(found)[0] == ("Rejection", 1)
    assert kinds(found)[1:] == [("RawRelease", number) for number in range(2, 502)]


def test_a_long_field_is_read(tmp_path: Path) -> None:
    assert len(release(tmp_path, "x.csv", "text\n" + "d" * 1_000_000).text) == 1_000_000


def test_a_summary_and_numbered_texts_are_one_text(tmp_path: Path) -> None:
    header = "title,date,raw_date,summary,article_full_text_1,article_full_text_2,url\n"
    rows = "t,2025-05-08,8 May,Short.,One.,Two.,u\nt,,,One,One.,,u\n"
    first, second = read_content(tmp_path, "x.csv", header + rows)
    assert isinstance(first, RawRelease)
    assert isinstance(second, RawRelease)
    assert (first.text, second.text) == ("Short.\n\nOne.\n\nTwo.", "One.")
    assert [cut.text for cut in first.removed] == ["raw_date: 8 May"]


# Markdown


def test_front_matter_gives_the_hints(tmp_path: Path) -> None:
    head = (
        '---\ntitle: "Signed: a \\"pact\\""\ndate: 2024-10-25\nlang: en\nid: p-1\nby: X\n- y\n---\n'
    )
    found = release(tmp_path, "x.md", head + "\n# Other\n\nOne *line*\nand [two](u).\n\n- a\n- b\n")
    assert (found.title_hint, found.date_hint, found.language_hint, found.id) == (
        'Signed: a "pact"',
        "2024-10-25",
        "en",
        "p-1",
    )
    assert found.text == "Other\n\nOne line and two.\n\na\n\nb"
    assert [cut.text for cut in found.removed] == ["by: X", "- y"]


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    found = release(tmp_path, "x.md", "# Title\n\n## Part\n\nText.\n\n---\n\nMore.")
    assert (found.title_hint, found.text) == ("Title", "Part\n\nText.\n\nMore.")
    assert release(tmp_path, "x.md", "# Only a title").text == "Only a title"
    assert release(tmp_path, "x.txt", "---\ntitle: T\n---\nx").text == "---\ntitle: T\n---\nx"


@pytest.mark.parametrize(
    "content", ["> " * 50_000 + "deep", "- " * 3000 + "deep", "[" * 50_000 + "deep"]
)
def test_deep_markdown_is_not_lost(tmp_path: Path, content: str) -> None:
    assert release(tmp_path, "x.md", content).text.endswith("deep")


# Pages

PAGE = """<!doctype html><html lang="ru"><head><title>T | Site</title>
<link rel="canonical" href="https://x.example/1"><meta property="og:title" content="T of og">
<meta property="article:published_time" content="2019-02-21"></head><body>
<nav><a href="/">Home</a><a href="/n">News</a></nav>
<article><h1>T of og</h1><time datetime="2019-02-20">20 Feb</time><p>{0}</p><!-- c -->tail
<p>Second <b>bold</b><br>line.</p><script>var x</script></article>
<div class="menu">Elsewhere</div><footer>All rights reserved</footer></body></html>"""


def test_a_page_is_parted(tmp_path: Path) -> None:
    found = release(tmp_path, "x.html", PAGE.format(RUSSIAN))
    assert found.text == f"20 Feb\n\n{RUSSIAN}\n\ntail\n\nSecond bold\nline."
    assert (found.title_hint, found.date_hint, found.url, found.language_hint) == (
        "T of og",
        "2019-02-21",
        "https://x.example/1",
        "ru",
    )
    assert [cut.text for cut in found.removed] == [
        "HomeNews",
        "Elsewhere",
        "All rights reserved",
    ]
    assert {(cut.kind, cut.rule) for cut in found.removed} == {
        ("furniture", "outside the main text")
    }


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"headline": '
            '"L", "datePublished": "2018"}]}</script><meta property="og:title" content="O">',
            "L",
            "2018",
        ),
        ('<script type="application/ld+json">{broken</script>', "H", "2001-01-01"),
        ("<title>W</title><meta name=DC.Date content=2002>", "H", "2002"),
    ],
)
def test_titles_and_dates_of_pages(tmp_path: Path, head: str, title: str, date: str) -> None:
    page = f"<head>{head}</head><body><h1>H</h1><time datetime=2001-01-01>x</time><p>{RUSSIAN}</p>"
    found = release(tmp_path, "x.htm", page)
    assert (found.title_hint, found.date_hint) == (title, date)


@pytest.mark.parametrize(
    ("heading", "text"),
    [("<h1>T</h1>", "x"), ("<h2>T</h2>", "x"), ("<h2>Part</h2>", "Part\n\nx")],
)
def test_the_heading_that_the_title_tells_leaves_the_text(
    tmp_path: Path, heading: str, text: str
) -> None:
    page = f'<meta property="og:title" content="T"><article>{heading}<p>x</p></article>'
    assert release(tmp_path, "x.html", page).text == text


def test_a_page_without_an_article_element_is_extracted(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{RUSSIAN} {number}</p>" for number in range(5))
    menu = "<ul>" + "".join(f'<li><a href="/{n}">Menu {n}</a></li>' for n in range(9)) + "</ul>"
    found = release(tmp_path, "x.html", f"<body>{menu}<div id=c>{paragraphs}</div></body>")
    assert found.text == "\n\n".join(f"{RUSSIAN} {number}" for number in range(5))
    assert [cut.text for cut in found.removed] == [f"Menu {n}" for n in range(9)]


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "table", "article", "p", "h1", "font"])
def test_a_page_nested_deep_is_read_soon(tmp_path: Path, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}deep text{f'</{tag}>' * 100_000}</body></html>"
    start = time.monotonic()
    (found,) = read_content(tmp_path, "x.html", page)
    assert time.monotonic() - start < 10
    if isinstance(found, RawRelease):
        assert found.text == "deep text"
    else:
        assert "nested too deep" in found.reason


def test_a_page_without_text_is_rejected(tmp_path: Path) -> None:
    assert "no text" in reason(tmp_path, "x.html", "<html><body><script>x</script></body></html>")


# All formats


PIECES = st.sampled_from(
    [
        *(b'{"text":', b'"', b"\n", b",", b"<p>", b"<article>", b"</", b"<!--", b"<h1>", b"|"),
        *(b"---\n", b"title: x\n", b"# h", b"text,title\n", b"[", b"}"),
        *(b"\\ud800", b"\x00", b"\xff\xfe", b"\xd0"),
    ]
)
CONTENT = st.binary(max_size=300) | st.lists(PIECES | st.binary(max_size=8)).map(b"".join)


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=CONTENT)
@example(content=b"<?xml version='1.0' encoding='x'?><p>a")
@example(content=b'text\n"a\r\r\n""\r')
def test_no_content_raises(tmp_path: Path, ending: str, content: bytes) -> None:
    found = read_content(tmp_path, f"x{ending}", content)
    assert found
    for each in found:
        assert each.source.sha256 == hashlib.sha256(content).hexdigest()
        if isinstance(each, Rejection):
            assert each.reason
            assert "\n" not in each.reason
        else:
            assert each.text.strip()
            assert unicodedata.is_normalized("NFC", each.text)
            each.text.encode()


# The sample archive


def test_every_labelled_release_of_the_sample_archive_is_read() -> None:
    found = {
        (each.source.path, each.source.record): each
        for file in walk([ARCHIVE / "releases"])
        for each in read(file)
    }
    for path in sorted((ARCHIVE / "labels").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            each = found[label["source"], label["record"]]
            assert isinstance(each, RawRelease), each
            lead = unicodedata.normalize("NFC", " ".join(label["lead"].split()))
            assert lead in " ".join(each.text.split()), each.source
    ids = [each.id for each in found.values() if isinstance(each, RawRelease)]
    assert len(ids) == len(set(ids))
