"""Sources and file systems that are not as usual.

1. A path with a line end goes through index and ledger in every form, one row for each.
2. Without hard links, and with names that differ only in case, nothing is lost.
3. An index of a newer version is refused in one line, with exit code 2.
4. A source that had files and has none is refused, and nothing is removed, until it is confirmed.
"""

import csv
import io
import json
import os
import struct
import zlib
from pathlib import Path

import pytest

from indexer import CorpusError, Index
from indexer.cli import main
from indexer.embedded import generations, sealed
from indexer.embedded.codec import EXTENSION, container
from tests.test_watching import TEXT, followed, nothing

ODD = "two\nlines.txt"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "floods.txt").write_text(TEXT.format("floods"))
    return folder


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main(list(map(str, argv)))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("content", ["", TEXT.format("fires")])
def test_1_a_line_end_in_a_name(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (source / ODD).write_text(content)
    there = "--index", tmp_path / "index"
    code, _, err = run(capsys, "index", source, *there, "--jobs", 1)
    assert code == 0
    assert ("rejected press/two\\nlines.txt: " in err) == (not content)
    assert len(run(capsys, "ledger", *there)[1].splitlines()) == 2
    table = csv.DictReader(io.StringIO(run(capsys, "ledger", *there, "--csv")[1]))
    assert {row["source"] for row in table} == {f"press/{ODD}", "press/floods.txt"}
    rows = json.loads(run(capsys, "ledger", *there, "--json")[1])
    assert {row["source"] for row in rows} == {f"press/{ODD}", "press/floods.txt"}


def test_2_no_hard_links(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refused(*arguments: object, **_: object) -> None:
        tried.append(arguments)
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refused)
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
        (source / "fires.txt").write_text(TEXT.format("fires"))
        assert index.add_corpus(source).indexed == 2
        assert tried
        assert not index.verify()


def test_2_names_that_differ_in_case(source: Path, tmp_path: Path) -> None:
    (source / "FLOODS.TXT").write_text(TEXT.format("storms"))
    alike = len(list(source.iterdir())) == 1
    with Index.create(tmp_path / "index") as index:
        assert index.add_corpus(source).indexed == (1 if alike else 2)
        assert len({release.id for release in index.releases()}) == (1 if alike else 2)


def newer_pointer(folder: Path) -> None:
    pointer = folder / generations.POINTER
    record = sealed.load(pointer.read_text())
    pointer.write_text(sealed.dump({**record, "format": generations.FORMAT + 1}))


def newer_segment(folder: Path) -> None:
    path = min(generations.current(folder).glob(f"*{EXTENSION}"))
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, 8, container.VERSION + 1)
    size = container._HEADER.size
    struct.pack_into("<I", content, size - 4, zlib.crc32(content[: size - 4]))
    path.write_bytes(content)


@pytest.mark.parametrize("newer", [newer_pointer, newer_segment])
def test_3_an_index_of_a_newer_version(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], newer: object
) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
    newer(tmp_path / "index")  # type: ignore[operator]
    code, out, err = run(capsys, "search", "floods", "--index", tmp_path / "index")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "this version" in err


@pytest.mark.parametrize("rebuild", [False, True])
def test_4_an_empty_source(source: Path, tmp_path: Path, rebuild: bool) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
        (source / "floods.txt").unlink()
        with pytest.raises(CorpusError, match=r"the only file of .*press is gone.*--allow-empty"):
            index.add_corpus(source, rebuild=rebuild)
        assert len(list(index.releases())) == 1
        assert index.add_corpus(source, retry_rejected=True).indexed == 1
        assert index.add_corpus(source, rebuild=rebuild, allow_empty=True).indexed == 0
        assert index.add_corpus(source).indexed == 0


def test_4_an_empty_source_on_the_command_line(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = "index", source, "--index", tmp_path / "index", "--jobs", 1
    assert run(capsys, *command)[0] == 0
    (source / "floods.txt").unlink()
    code, _, err = run(capsys, *command)
    assert (code, len(err.splitlines())) == (2, 1)
    assert run(capsys, *command, "--allow-empty")[0] == 0


def test_4_an_empty_source_ends_no_watching(source: Path, tmp_path: Path) -> None:
    file = source / "floods.txt"
    with Index.create(tmp_path / "index") as index:
        told = followed(
            index, source, nothing, file.unlink, *[nothing] * 6,
            lambda: file.write_text(TEXT.format("fires")), *[nothing] * 4,
        )  # fmt: skip
    assert told[0] == (1, 1, 0)
    assert "nothing was removed" in str(told[1])
    assert told[2:] == [(1, 1, 0)]
