"""Earlier versions of releases.

1. A text that changed at its source keeps what it was before, the facet says so, and the first
   build and the file are known; also after another change, a rebuild and other authority files.
2. What changed without its words (layout), or only because of its neighbours, is no new version.
3. A release under another path is the same release where its id is.
4. The pieces of two texts are these texts.
5. Several processes keep what one keeps.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Filter, Index, SearchRequest, word_changes
from tests.test_updates import HAZARDS


def line(text: str, id: str = "r-1") -> str:
    return f'{{"id": "{id}", "title": "The session", "text": "{text}"}}\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "a.jsonl").write_text(line("Nine ministers met on Monday.") + line("A lake.", "r-2"))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index")


def changed(index: Index) -> list[str]:
    request = SearchRequest(filters=(Filter.any_of("changed", "yes"),))
    return [hit.release.id for hit in index.search(request).hits]


def test_1_versions_are_kept(index: Index, source: Path, tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.mkdir()
    (names / "hazards.toml").write_text(HAZARDS)
    first = index.add_corpus(source).build
    assert (changed(index), index.versions("r-1")) == ([], [])
    (source / "a.jsonl").write_text(line("Ten ministers met on Monday.") + line("A lake.", "r-2"))
    second = index.add_corpus(source).build
    (found,) = index.versions("r-1")
    assert (found.body, found.build, found.replaced) == (
        "Nine ministers met on Monday.", first, second,
    )  # fmt: skip
    assert changed(index) == ["r-1"]
    assert index.versions("r-2") == []
    index.add_corpus(source, authority=names)
    index.add_corpus(source, rebuild=True)
    assert index.versions("r-1") == [found]
    assert changed(index) == ["r-1"]
    (source / "a.jsonl").write_text(line("Ten ministers met on Tuesday."))
    last = index.add_corpus(source).build
    assert [v.body for v in index.versions("r-1")] == [
        "Nine ministers met on Monday.", "Ten ministers met on Monday.",
    ]  # fmt: skip
    entry = index.entry("r-1")
    assert entry is not None
    assert (entry.first_build, entry.build, entry.record) == (first, last, 1)
    assert index.entry("r-2") is None
    assert not index.verify()


def test_2_what_is_no_new_version(index: Index, source: Path) -> None:
    page = "A teaser of news that stands on every page.\n{0} in the valley\nThe {0} came at {1}.\n"
    (source / "b.txt").write_text(page.format("Floods", "night"))
    index.add_corpus(source)
    (source / "a.jsonl").write_text(line("Nine  MINISTERS met on Monday."))
    (source / "c.txt").write_text(page.format("Storms", "noon"))
    index.add_corpus(source)
    assert changed(index) == []
    assert [index.versions(release.id) for release in index.releases()] == [[], [], []]


def test_3_a_release_that_moved(index: Index, source: Path) -> None:
    index.add_corpus(source)
    (source / "a.jsonl").unlink()
    (source / "b.jsonl").write_text(line("Ten ministers met on Monday."))
    index.add_corpus(source)
    assert [v.body for v in index.versions("r-1")] == ["Nine ministers met on Monday."]


_TEXTS = st.text("ab \n.я", max_size=30)


@given(_TEXTS, _TEXTS)
def test_4_the_pieces_are_the_texts(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after
    assert (before == after) == all(kind == "same" for kind, _ in pieces)
    assert all(text for _, text in pieces)


def test_4_a_word_that_was_replaced() -> None:
    assert word_changes("Nine men met.", "Ten men met.") == [
        ("removed", "Nine"), ("added", "Ten"), ("same", " men met."),
    ]  # fmt: skip


def test_5_several_processes(index: Index, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.parallel.WORTH_A_POOL", 0)
    index.add_corpus(source, jobs=2)
    (source / "a.jsonl").write_text(line("Ten ministers met on Monday.") + line("A lake.", "r-2"))
    index.add_corpus(source, jobs=2)
    assert changed(index) == ["r-1"]
    release = index.release("r-1")
    assert release is not None
    assert release.changed
