"""The command line: exit codes, one-line errors, JSON on standard output and nothing else there."""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer import BuildReport
from indexer.cli import main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def index(sample_report: BuildReport, sample_folder: Path) -> str:
    assert sample_report.indexed
    return str(sample_folder)


def test_index_then_search(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "one.txt"
    source.write_text("Rivers\n\n\nOn 3 May 2019 rivers were discussed at length in Minsk.\n")
    folder = str(tmp_path / "index")
    code, out, err = run(capsys, "index", str(source), "--index", folder, "--jobs", "1")
    assert (code, out) == (0, "")
    assert "1 inputs in 1 files = 1 indexed + 0 duplicates + 0 rejected" in err
    code, out, err = run(capsys, "search", "rivers", "--index", folder)
    assert code == 0
    assert "Rivers" in out
    assert "2019-05-03" in out
    assert "1 release" in err


def test_search_json_has_the_contract(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "operation Channel", "--index", index, "--json")
    answer: dict[str, Any] = json.loads(out)
    assert code == 0
    assert {"query", "total", "took_ms", "page", "hits", "facets", "suggestion"} <= set(answer)
    authority = {"operation", "organization", "exercise"}
    assert set(answer["facets"]) == {"year", "language", "certainty", "changed", *authority}
    hit = answer["hits"][0]
    assert {
        "id", "score", "title", "date", "year", "language", "url", "snippet", "organizations",
        "operations",
    } <= set(hit)  # fmt: skip
    value = answer["facets"]["operation"][0]
    assert {"value", "label", "count", "selected"} <= set(value)


def counted(answer: dict[str, Any], facet: str, value: str) -> int:
    return sum(v["count"] for v in answer["facets"][facet] if v["value"] == value)


def test_filters_pages_and_sort(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    base = ("search", "*", "--index", index, "--json", "--limit", "5")
    newest = json.loads(run(capsys, *base, "--sort", "newest")[1])
    oldest = json.loads(run(capsys, *base, "--sort", "oldest")[1])
    assert newest["hits"][0]["date"] > oldest["hits"][0]["date"]
    second = json.loads(run(capsys, *base, "--sort", "newest", "--page", "2")[1])
    assert not {h["id"] for h in newest["hits"]} & {h["id"] for h in second["hits"]}
    chosen = json.loads(run(capsys, *base, "--filter", "language=hy", "--filter", "date=2020..")[1])
    assert {h["language"] for h in chosen["hits"]} == {"hy"}
    assert all(h["date"] >= "2020" for h in chosen["hits"])
    every = json.loads(run(capsys, *base, "--no-collapse")[1])
    without = json.loads(run(capsys, *base, "--no-collapse", "--filter", "language!=hy")[1])
    assert without["total"] == every["total"] - counted(every, "language", "hy")


def test_versions_are_one_hit(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    base = ("search", "*", "--index", index, "--json", "--limit", "500")
    one = json.loads(run(capsys, *base)[1])
    every = json.loads(run(capsys, *base, "--no-collapse")[1])
    assert one["total"] == one["releases"] == every["releases"] == len(one["hits"])
    assert every["total"] == every["files"] == one["files"] == len(every["hits"])
    assert one["total"] < every["total"]
    shown = [[hit["id"], *(v["id"] for v in hit["versions"])] for hit in one["hits"]]
    assert sorted(m for ids in shown for m in ids) == sorted(h["id"] for h in every["hits"])


def test_explain_says_why(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "search", "операции", "--index", index, "--explain", "--limit", "1")
    assert "(stem, ru)" in out or "(exact)" in out


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("date:2018-13", "2018-13"),
        ("organisation:un", "organization:un"),
        ("operation:nonsense", "nonsense"),
        ("x" * 100_000, "character"),
        ("word~9", "word~2"),
    ],
)
def test_bad_queries_get_one_line(
    query: str, says: str, index: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "search", query, "--index", index)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "query", ["((((", "*", "!!!", "a OR", '"open', "Channel-", "<script>", " OR ".join("a" * 1000)]
)
def test_ordinary_typing_never_errs(
    query: str, index: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "search", query, "--index", index, "--json")[0] == 0


def test_odd_options(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "*", "--index", index, "--json", "--page", str(10**9))
    answer = json.loads(out)
    assert (code, answer["hits"]) == (0, [])
    assert answer["total"] > 100
    for bad in (["--page", "0"], ["--limit", "0"], ["--filter", "x"], ["--filter", "colour=red"]):
        code, _, err = run(capsys, "search", "*", "--index", index, *bad)
        assert code == 2
        assert err.startswith("communique: ")


def test_a_folder_that_is_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    for command in (["search", "x"], ["stats"], ["verify"], ["ledger"]):
        code, _, err = run(capsys, *command, "--index", str(tmp_path))
        assert code == 2
        assert "there is no index in" in err
    code, _, err = run(capsys, "index", str(tmp_path / "file"), "--index", str(tmp_path))
    assert code == 2
    assert (tmp_path / "file").read_text() == "x"
    code, _, err = run(capsys, "index", "x", "--index", "https://search.example:9200/releases")
    assert code == 2


def test_an_index_of_another_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "communique.json").write_text('{"format": 99, "generation": "000001"}')
    code, _, err = run(capsys, "search", "x", "--index", str(tmp_path))
    assert code == 2
    assert "format 99" in err
    assert "another folder" in err


def test_an_index_of_another_analysis_is_updated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("Rivers and lakes were discussed.")
    argv = ("index", str(tmp_path / "one.txt"), "--index", str(tmp_path / "ix"), "--jobs", "1")
    monkeypatch.setattr("indexer.embedded.engine.ANALYSIS_VERSION", "0")
    assert run(capsys, *argv)[0] == 0
    monkeypatch.undo()
    code, _, err = run(capsys, "search", "rivers", "--index", argv[3])
    assert code == 2
    assert "bring it up to date with" in err
    code, _, err = run(capsys, *argv)
    assert code == 0
    assert "0 files read" in err
    assert "1 releases tagged again" in err
    assert run(capsys, "search", "rivers", "--index", argv[3])[0] == 0


def test_a_missing_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "index", str(tmp_path / "no"), "--index", str(tmp_path / "index"))
    assert code == 2
    assert "there is no file or folder" in err
    assert not (tmp_path / "index").exists()


def test_strict_turns_rejects_into_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    press = tmp_path / "press"
    press.mkdir()
    (press / "empty.txt").write_text("")
    argv = ("index", str(press), "--index", str(tmp_path / "index"), "--jobs", "1")
    code, _, err = run(capsys, *argv)
    assert code == 0
    assert "rejected press/empty.txt" in err
    assert run(capsys, *argv, "--strict")[0] == 1
    code, out, _ = run(capsys, "ledger", "--rejected", "--json", "--index", argv[3])
    assert [entry["outcome"] for entry in json.loads(out)] == ["rejected"]


def test_stats_verify_and_ledger(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    stats = json.loads(run(capsys, "stats", "--index", index, "--json")[1])
    ledger = json.loads(run(capsys, "ledger", "--index", index, "--json")[1])
    assert sum(stats["inputs"].values()) == len(ledger)
    assert stats["inputs"]["indexed"] == stats["releases"]
    assert sum(stats["facets"]["year"].values()) == stats["releases"]
    assert run(capsys, "verify", "--index", index)[1] == "the index is sound\n"
    for command in ("stats", "ledger"):
        assert run(capsys, command, "--index", index)[0] == 0


def test_inspect_prints_the_contract(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(corpus / "releases" / "js.csto.example")
    code, out, _ = run(capsys, "inspect", folder, "--json")
    records = json.loads(out)
    assert code == 0
    assert records
    assert {
        "id", "source", "url", "title", "language", "language_confidence", "date",
        "date_precision", "date_certainty", "date_evidence", "year", "body", "removed",
        "organizations", "operations", "exercises",
    } <= set(records[0])  # fmt: skip
    code, out, _ = run(capsys, "inspect", folder)
    assert code == 0
    assert records[0]["title"] in out


def test_a_faulty_authority_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.toml").write_text('[facet]\nname = "x"\n')
    (tmp_path / "one.txt").write_text("Some text.")
    code, _, err = run(
        capsys, "inspect", str(tmp_path / "one.txt"), "--authority", str(tmp_path)
    )  # fmt: skip
    assert code == 2
    assert "bad.toml" in err


@pytest.fixture
def press(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """Two releases in two folders, and their index."""
    folder = tmp_path / "press"
    for name, text in (("north/one.txt", "Rivers"), ("south/two.txt", "Lakes and rivers")):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(f"{text}\n\n\nOn 3 May 2019 {text} were discussed in Minsk.\n")
    index = str(tmp_path / "index")
    assert run(capsys, "index", str(folder), "--index", index, "--jobs", "1", "--keep", "3")[0] == 0
    return folder, index


def test_builds_are_kept_listed_asked_and_compared(
    press: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = press
    (folder / "south" / "three.txt").write_text("Rivers, rivers, rivers\n\n\nOf rivers.\n")
    assert run(capsys, "index", str(folder), "--index", index, "--jobs", "1")[0] == 0
    stats = json.loads(run(capsys, "stats", "--index", index, "--json")[1])
    assert len(stats["builds"]) == 3
    first, before, now = (build["id"] for build in stats["builds"])
    assert stats["build"] == now
    assert "2 indexed" in stats["builds"][1]["summary"]
    assert stats["sources"] == {"press/south": 2, "press/north": 1}
    assert stats["age_seconds"] < 3_600
    shown = run(capsys, "stats", "--index", index)[1]
    assert all(build in shown for build in (first, before, now))
    base = ("search", "rivers", "--index", index, "--json")
    newest = json.loads(run(capsys, *base)[1])
    earlier = json.loads(run(capsys, *base, "--build", before)[1])
    assert (newest["build"], newest["total"]) == (now, 3)
    assert (earlier["build"], earlier["total"]) == (before, 2)
    code, out, _ = run(capsys, "diff", before, now, "rivers", "--index", index)
    assert code == 0
    assert f"2 hits in {before}\n3 hits in {now}\n1 new\n  - → " in out
    found = json.loads(run(capsys, "diff", before, now, "rivers", "--index", index, "--json")[1])
    assert (found["total_before"], found["total"], len(found["appeared"])) == (2, 3, 1)
    code, _, err = run(capsys, "search", "rivers", "--index", index, "--build", "000009-abcdef")
    assert code == 2
    assert "000009-abcdef" in err
    assert now in err


def test_verify_names_sources_that_differ(
    press: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = press
    base = ("verify", "--sources", "--index", index)
    assert run(capsys, *base) == (0, "the index is sound\nthe sources are as read\n", "")
    (folder / "north" / "one.txt").write_text("Other words")
    (folder / "south" / "two.txt").unlink()
    code, out, _ = run(capsys, *base)
    assert code == 1
    assert "north/one.txt: this file is not as it was read: its SHA-256 differs\n" in out
    assert "south/two.txt: this file is gone\n" in out
    found = json.loads(run(capsys, *base, "--json")[1])
    assert (found["sound"], len(found["sources"])) == (True, 2)
    assert run(capsys, "verify", "--index", index)[0] == 0


def test_verify_tells_of_an_index_that_does_not_open(
    press: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    pointer = Path(press[1]) / "communique.json"
    pointer.write_text(pointer.read_text().replace(":", ";", 1))
    code, out, _ = run(capsys, "verify", "--index", press[1])
    assert code == 1
    assert "communique.json is damaged" in out
    assert json.loads(run(capsys, "verify", "--index", press[1], "--json")[1])["sound"] is False


def test_compact_says_what_it_did(
    press: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = press
    (folder / "north" / "one.txt").unlink()
    assert run(capsys, "index", str(folder), "--index", index, "--jobs", "1")[0] == 0
    code, out, _ = run(capsys, "compact", "--index", index)
    assert code == 0
    assert "1 segment" in out
    done = json.loads(run(capsys, "compact", "--index", index, "--json")[1])
    assert done["before"] == done["after"]


def test_a_path_of_two_lines_is_told_in_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "search", "x", "--index", str(tmp_path / "two\nlines"))
    assert code == 2
    assert err.count("\n") == 1
    assert "two\\nlines" in err
