"""The ledger with its history: what became of every source, and when.

1. The first build that saw a file, the one that read its bytes first, and the one that found it
   gone are kept, also by a rebuild; a file that comes again is known.
2. A release keeps the build that indexed it first, through changes and rebuilds.
3. Each file is new, changed, unchanged or removed in the last build.
4. What was rejected can be read again, and nothing else is.
5. Histories continue as the naive rule says, whatever is read in whatever order.
6. A damaged history is told; a rebuild begins it anew, and says so.
7. A clock that goes back confuses nothing: the order is that of the builds.
8. A name with line ends is one line, one row and one record.
"""

import csv
import io
import json
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index, IndexCorrupt
from indexer.cli import main
from indexer.history import SourceChange, SourceHistory, beside, continued
from indexer.ledger import Entry, Outcome
from indexer.readers import registry

TEXT = "{0} in the region\n\nThe rescuers met and spoke about the {0} near the river.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for subject in ("floods", "fires", "storms"):
        (folder / f"{subject}.txt").write_text(TEXT.format(subject))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index")


def histories(index: Index) -> dict[str, SourceHistory]:
    return {Path(s.path).stem: s for _, s in index.account() if s}


def built(index: Index, source: Path, *, rebuild: bool = False) -> str:
    build = index.add_corpus(source, rebuild=rebuild).build
    assert build
    return build


def test_1_the_history_of_a_source(index: Index, source: Path) -> None:
    first = built(index, source)
    (source / "fires.txt").write_text(TEXT.format("avalanches"))
    (source / "storms.txt").unlink()
    second = built(index, source)
    third = built(index, source, rebuild=True)
    found = histories(index)
    assert {name: (s.first, s.changed, s.gone) for name, s in found.items()} == {
        "floods": (first, first, None),
        "fires": (first, second, None),
        "storms": (first, first, second),
    }
    (source / "storms.txt").write_text(TEXT.format("storms"))
    fourth = built(index, source)
    storms = histories(index)["storms"]
    assert (storms.first, storms.changed, storms.gone) == (first, fourth, None)
    assert list(index.build_times()) == [first, second, third, fourth]


def test_2_a_release_keeps_its_first_build(index: Index, source: Path) -> None:
    first = built(index, source)
    (source / "fires.txt").write_text(TEXT.format("avalanches"))
    for rebuild in (False, True):
        build = built(index, source, rebuild=rebuild)
        entry = next(e for e in index.ledger() if e.source.endswith("fires.txt"))
        assert (entry.first_build, entry.build) == (first, build)


def test_3_each_file_is_new_changed_unchanged_or_removed(
    index: Index, source: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    built(index, source)
    (source / "fires.txt").write_text(TEXT.format("avalanches"))
    (source / "storms.txt").unlink()
    (source / "quakes.txt").write_text(TEXT.format("quakes"))
    last = built(index, source)
    changes = [s.change_in(last) for s in histories(index).values()]
    assert sorted(map(str, changes)) == sorted(SourceChange)
    folder = tmp_path / "index"
    assert rows(capsys, folder, "--changed") == ["press/fires.txt", "press/quakes.txt"]
    assert rows(capsys, folder, "--removed") == ["press/storms.txt"]
    assert rows(capsys, folder, "--source", "press/fl") == ["press/floods.txt"]
    assert rows(capsys, folder, "--rejected") == []


def rows(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> list[str]:
    """The sources in a ledger, in which its three forms agree."""
    found = []
    for form in ("--json", "--csv"):
        assert main(["ledger", "--index", str(folder), form, *options]) == 0
        out = capsys.readouterr().out
        table = json.loads(out) if form == "--json" else csv.DictReader(io.StringIO(out))
        found.append([{k: str(v or "") for k, v in row.items()} for row in table])
    assert found[0] == found[1]
    assert main(["ledger", "--index", str(folder), *options]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found[0])
    return sorted(row["source"] for row in found[0])


def test_4_what_was_rejected_is_read_again(
    index: Index, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "broken.jsonl").write_text('{"title": "T", "text": "A lake."}\n{broken\n')
    with monkeypatch.context() as patched:
        patched.setattr(
            registry, "FORMATS", {k: v for k, v in registry.FORMATS.items() if k != ".txt"}
        )
        assert index.add_corpus(source).rejected == 4
    (source / "floods.txt").unlink()
    assert index.add_corpus(source, if_needed=True).files_read == 0
    (source / "new.txt").write_text(TEXT.format("hail"))
    report = index.add_corpus(source, retry_rejected=True)
    assert (report.files_read, report.indexed, report.rejected) == (3, 3, 1)
    report = index.add_corpus(source, retry_rejected=True)
    assert (report.files_read, report.indexed, report.rejected) == (1, 3, 1)


_FILES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("xyz"), max_size=4)


@given(st.lists(_FILES, max_size=6))
def test_5_histories_continue_as_the_naive_rule_says(builds: list[dict[str, str]]) -> None:
    history: dict[str, SourceHistory] = {}
    for number, files in enumerate(builds):
        ledger = [Entry(p, p, n, sha, Outcome.INDEXED) for p, sha in files.items() for n in (1, 2)]
        history = continued(history, ledger, {}, str(number))
        for path in "abcd":
            expected = naive(path, [there.get(path) for there in builds[: number + 1]])
            assert history.get(path) == expected
        told = list(beside(ledger, history.values()))
        assert [e for e, _ in told if e] == ledger
        assert {s.path for _, s in told if s} == set(history)
        assert all(s and s.path == e.path for e, s in told if e)


def naive(path: str, shas: list[str | None]) -> SourceHistory | None:
    """From the SHA-256 of a file in each build, None where it was not there."""
    starts = [(sha, next(run)[0]) for sha, run in groupby(enumerate(shas), lambda each: each[1])]
    there = [(sha, str(start)) for sha, start in starts if sha]
    if not there:
        return None
    gone = str(starts[-1][1]) if starts[-1][0] is None else None
    return SourceHistory(path, path, there[-1][0], there[0][1], there[-1][1], gone)


def test_6_a_damaged_history(index: Index, source: Path, tmp_path: Path) -> None:
    build = built(index, source)
    path = tmp_path / "index" / "generations" / build / "kept" / "history.jsonl"
    path.write_text(path.read_text().replace("floods", "clouds"))
    with pytest.raises(IndexCorrupt, match=r"history\.jsonl"):
        index.add_corpus(source)
    report = index.add_corpus(source, rebuild=True)
    assert "begins anew" in report.notices[0]
    assert {s.first for s in histories(index).values()} == {report.build}


class _Back(datetime):
    """A clock that is an age behind."""

    @classmethod
    def now(cls, _tz: object = None) -> "_Back":
        return cls(1999, 1, 1, tzinfo=UTC)


def test_7_a_clock_that_goes_back(
    index: Index, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(index, source)
    monkeypatch.setattr("indexer.build.datetime", _Back)
    (source / "fires.txt").write_text(TEXT.format("avalanches"))
    second = built(index, source)
    assert list(index.build_times()) == [first, second]
    assert index.build_times()[second].startswith("1999")
    assert histories(index)["fires"].change_in(second) is SourceChange.CHANGED


def test_8_a_name_with_line_ends(
    source: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (source / "a\nname\twith.txt").write_text(TEXT.format("hail"))
    (source / "an\nempty.txt").write_text("")
    argv = ["index", str(source), "--index", str(tmp_path / "index"), "--jobs", "1"]
    assert main(argv) == 0
    assert "rejected press/an\\nempty.txt" in capsys.readouterr().err
    assert "press/a\nname\twith.txt" in rows(capsys, tmp_path / "index")
