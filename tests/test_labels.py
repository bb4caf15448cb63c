"""Labels and what `inspect` says of them.

1. A label that agrees gives no difference, and every key that disagrees gives one.
2. A file that was named alone finds its label by the end of its path.
3. Groups are compared among the releases that have labels.
4. A faulty label file is named with its line.
5. `inspect` shows the evidence; colours are for terminals.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.errors import CorpusError
from indexer.grouping import Group, GroupMember
from indexer.inspection import Painter, marked_text, show_release
from indexer.labels import Labels, differences, group_differences
from indexer.release import Mention, Release, RemovedText, Source
from tests.releases import authority, release

FACETS = authority().facets

TEXT = "UN and OSCE meet\n\n\nOn 3 May 2019 the UN and the OSCE met in Vienna to speak of drugs.\n"
LABEL: dict[str, Any] = {
    "source": "press/a.txt",
    "record": None,
    "title": "UN and OSCE meet",
    "language": "en",
    "date": "2019-05-03",
    "date_precision": "day",
    "date_certainty": "printed",
    "year": 2019,
    "organizations": ["un", "osce", "csto"],
    "operations": [],
    "group": None,
    "removed": [],
    "lead": "On 3 May 2019 the UN",
}


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    return folder


def labelled(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({**LABEL, "organizations": ["un", "osce"], **changes}) + "\n")
    return path


def inspect(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["inspect", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_1_a_label_that_agrees(
    press: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = inspect(capsys, press, "--diff", labelled(tmp_path))
    assert (code, out) == (0, "")
    assert "1 releases, 1 with a label: 1 agree, 0 differ in 0 points" in err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "Another title"),
        ("language", "ru"),
        ("date", "2019-05-04"),
        ("date_precision", "month"),
        ("date_certainty", "inferred"),
        ("year", 2018),
        ("organizations", ["un"]),
        ("organizations", ["un", "osce", "nato"]),
        ("operations", ["channel"]),
        ("removed", [{"kind": "teaser", "starts": "A teaser of other news"}]),
        ("lead", "On 4 May"),
    ],
)
def test_1_a_label_that_disagrees(
    key: str, value: Any, press: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = labelled(tmp_path, **{key: value})
    code, out, _ = inspect(capsys, press, "--diff", path, "--json")
    assert code == 1
    assert [(each["source"], each["field"]) for each in json.loads(out)] == [("press/a.txt", key)]


def test_1_only_what_the_label_says_is_compared() -> None:
    assert differences({"source": "x"}, release("a", "Text."), FACETS) == []


def test_2_a_file_named_alone_finds_its_label() -> None:
    labels = Labels([LABEL, {**LABEL, "source": "other/b.txt"}, {**LABEL, "source": "more/b.txt"}])
    assert labels.of(Source("a.txt", "")) == LABEL
    assert labels.of(Source("b.txt", "")) is None
    assert labels.of(Source("a.txt", "", record=1)) is None


def test_3_groups_are_compared_by_their_members() -> None:
    releases = [
        Release(one, Source(f"{one}.txt", ""), "T", "Text.")
        for one in ("a", "b", "c", "unlabelled")
    ]
    labels = Labels(
        {"source": f"{one}.txt", "group": name}
        for one, name in (("a", "g"), ("b", "g"), ("c", None))
    )
    right = Group(tuple(GroupMember(one, "en", "stands", "") for one in ("a", "b", "unlabelled")))
    assert list(group_differences(labels, releases, [right])) == []
    wrong = Group(tuple(GroupMember(one, "en", "stands", "") for one in ("a", "c")))
    found = [
        (one.id, each.expected, each.found)
        for one, each in group_differences(labels, releases, [wrong])
    ]
    assert found == [("a", "b", "c"), ("b", "a", "nothing more"), ("c", "nothing more", "a")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{broken", "line 1 of .*labels.jsonl is no JSON"),
        ('\n{"title": "x"}', "line 2 of .*labels.jsonl names no source"),
        ("[]", "line 1 of .*labels.jsonl names no source"),
    ],
)
def test_4_a_faulty_label_file(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text(text)
    with pytest.raises(CorpusError, match=message):
        Labels.load(tmp_path)


def test_4_there_are_no_labels(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no label file"):
        Labels.load(tmp_path)
    with pytest.raises(CorpusError, match="cannot be read"):
        Labels.load(tmp_path / "nowhere.jsonl")


def test_5_names_are_coloured_in_the_text() -> None:
    body = "The UN and the OSCE met."
    mentions = (
        Mention("organization", "un", "UN", "body", 4, 6, "name"),
        Mention("organization", "osce", "OSCE", "body", 15, 19, "name"),
    )
    made = Release("a", Source("a.txt", ""), "T", body, mentions=mentions)
    assert marked_text(made, FACETS, Painter(colour=False)) == body
    coloured = marked_text(made, FACETS, Painter(colour=True))
    assert coloured == "The \x1b[36mUN\x1b[0m and the \x1b[36mOSCE\x1b[0m met."


def test_5_inspect_shows_the_evidence(press: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = inspect(capsys, press)
    assert code == 0
    assert "\x1b" not in out
    assert out.startswith("UN and OSCE meet\n")
    assert "On 3 May 2019" in out
    for fact in ("source    press/a.txt", "language  English", "date      2019-05-03"):
        assert fact in out


def test_5_removed_text_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    cut = RemovedText("teaser", "teaser", "Other news of the day. " * 20)
    made = Release("a", Source("a.txt", ""), "T", "Text.", removed=(cut,))
    for whole in (False, True):
        show_release(made, FACETS, None, Painter(colour=False), whole=whole)
        shown = " ".join(cut.text.split())
        assert (shown in capsys.readouterr().out) is whole
