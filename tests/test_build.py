"""Builds and updates.

1. The report adds up: indexed + duplicates + rejected are the inputs.
2. An update reads only what changed, and drops what is gone.
3. A duplicate takes the place of the release that it repeats when that goes away.
4. An update of one source leaves the releases of another one alone.
5. Two files that claim one id are both there.
6. A build on several processes gives what one process gives.
7. A build that fails leaves the index as it was.
8. What repeats across the archive is cut, and an update gives what a rebuild gives.
9. Copies and language versions are in one group, which follows the index.
"""

from pathlib import Path

import pytest

from indexer import CorpusError, Index, SearchRequest, parse_query

AUTHORITY = Path(__file__).parent.parent / "corpus" / "authority"
TEXT = "{0}\n\n\nOn {1} May 2019 the rescuers of the region met and spoke about {0}.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for day, subject in enumerate(("floods", "fires", "storms"), 1):
        (folder / f"{subject}.txt").write_text(TEXT.format(subject.title(), day))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index", authority=AUTHORITY)


def total(index: Index, query: str) -> int:
    return index.search(SearchRequest(parse_query(query))).total


def test_1_the_report_adds_up(index: Index, source: Path) -> None:
    (source / "empty.txt").write_text("")
    (source / "copy.txt").write_text((source / "floods.txt").read_text() + "\n")
    report = index.add_corpus(source, jobs=1)
    assert (report.indexed, report.duplicates, report.rejected) == (3, 1, 1)
    assert report.inputs == len(list(index.ledger())) == 5
    assert [entry.source for entry in report.rejections] == ["press/empty.txt"]


def test_2_an_update_reads_only_what_changed(index: Index, source: Path) -> None:
    index.add_corpus(source, jobs=1)
    (source / "fires.txt").write_text(TEXT.format("Avalanches", 2))
    (source / "storms.txt").unlink()
    (source / "droughts.txt").write_text(TEXT.format("Droughts", 4))
    report = index.add_corpus(source, jobs=1)
    assert (report.files_read, report.files_unchanged, report.files_gone) == (2, 1, 1)
    assert report.indexed == 3
    assert [total(index, q) for q in ("floods", "fires", "storms", "avalanches", "droughts")] == [
        1, 0, 0, 1, 1,
    ]  # fmt: skip
    assert index.add_corpus(source, jobs=1).files_read == 0
    assert not index.verify()


def test_3_a_duplicate_takes_the_place_of_what_it_repeats(index: Index, source: Path) -> None:
    (source / "a-copy.txt").write_text((source / "floods.txt").read_text())
    index.add_corpus(source, jobs=1)
    assert total(index, "floods") == 1
    (source / "a-copy.txt").unlink()
    report = index.add_corpus(source, jobs=1)
    assert (report.indexed, report.duplicates) == (3, 0)
    assert total(index, "floods") == 1


def test_4_other_sources_are_left_alone(index: Index, source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "quakes.txt").write_text(TEXT.format("Quakes", 5))
    index.add_corpus(source, jobs=1)
    index.add_corpus(other, jobs=1)
    (source / "fires.txt").unlink()
    report = index.add_corpus(source, jobs=1)
    assert report.indexed == 3
    assert total(index, "quakes") == 1


def test_5_two_files_that_claim_one_id_are_both_there(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for name, text in (("a", "The first text, on rivers."), ("b", "The second text, on lakes.")):
        (folder / f"{name}.jsonl").write_text(f'{{"id": "same", "title": "T", "text": "{text}"}}\n')
    assert index.add_corpus(folder, jobs=1).indexed == 2
    assert total(index, "rivers") == total(index, "lakes") == 1


def test_6_several_processes_give_what_one_gives(tmp_path: Path, corpus: Path) -> None:
    answers = []
    for jobs in (1, 2):
        with Index.create(tmp_path / str(jobs), authority=AUTHORITY) as index:
            index.add_corpus(corpus / "releases", jobs=jobs)
            answers.append(list(index.releases()))
    assert answers[0] == answers[1]


def test_7_a_source_that_is_not_there_changes_nothing(index: Index, source: Path) -> None:
    index.add_corpus(source, jobs=1)
    with pytest.raises(CorpusError, match="nowhere"):
        index.add_corpus(source / "nowhere", jobs=1)
    assert total(index, "floods") == 1


TEASER = "The secretariat has opened a competition of essays for students of the member states."
PAGE = """{teaser}
{subject} kept the rescuers busy
Rescuers of the region worked for three days because of {subject} in the valley, and all went well.
Families were brought to safety, and the roads near the river are open again after the {subject}.
"""


def titles(index: Index) -> set[str]:
    return {release.title for release in index.releases()}


def test_8_what_repeats_is_cut_also_by_an_update(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE.format(teaser=TEASER, subject="Floods"))
    index.add_corpus(folder)
    assert titles(index) != {"Floods kept the rescuers busy"}
    (folder / "b.txt").write_text(PAGE.format(teaser=TEASER, subject="Storms"))
    report = index.add_corpus(folder)
    assert report.files_read == 2
    assert titles(index) == {"Floods kept the rescuers busy", "Storms kept the rescuers busy"}
    assert total(index, "competition") == 0
    updated = list(index.releases())
    index.add_corpus(folder, rebuild=True)
    assert list(index.releases()) == updated
    (folder / "b.txt").unlink()
    index.add_corpus(folder)
    assert total(index, "competition") == 1


def test_9_groups_follow_the_index(index: Index, source: Path) -> None:
    copy = "".join(f"On day {n} the rescuers of region {n} met and spoke.\n" for n in range(9))
    (source / "floods.txt").write_text(copy)
    (source / "reprint.txt").write_text(copy + "The agency reports this from the valley.\n")
    index.add_corpus(source)
    (found,) = index.groups()
    assert [member.rule for member in found.members] == ["stands", "near-duplicate"]
    assert index.group_of(found.members[1].id) == index.group_of(found.id) == found
    (source / "reprint.txt").unlink()
    index.add_corpus(source)
    assert index.groups() == []
    assert index.group_of(found.id) is None
