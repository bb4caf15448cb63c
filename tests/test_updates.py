"""What a change of authority files, glossary, analysis, schema or reading rules does again.

1. Other authority files: the stored releases are tagged again, and no source is read; the index
   answers as one that was made with them, groups included.
2. Another analysis or another schema: the same.
3. Another glossary: only its text is replaced. What a build holds parsed is not parsed again.
4. Other reading rules: the sources that are named are read again, and others stay.
5. What changed at its source meanwhile is read as well; what is gone goes.
6. Where nothing changed, `if_needed` makes no build.
7. Several processes do what one does.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import Filter, Index, IndexUnavailable, SearchRequest, parse_query
from indexer.authority import Authority
from indexer.facets import Facet, FacetKind
from indexer.index import open_or_create
from tests.conftest import ROOT

HAZARDS = (
    '[facet]\nname = "hazard"\nplural = "hazards"\n[facet.label]\nen = "Hazard"\n'
    '[[entry]]\nid = "flood"\n[entry.label]\nen = "Flood"\n[entry.names]\nen = ["flood"]\n'
)
GLOSSARY = """[glossary]
[[entry]]
id = "flood"
[entry.names]
en = ["flood"]
ru = ["наводнение"]
"""
RELEASES = ROOT / "corpus" / "releases"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / "hazards.toml").write_text(HAZARDS)
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    for subject in ("flood", "fire", "storm"):
        text = f"The {subject} of the region\n\nThe rescuers met, because a {subject} was near.\n"
        (folder / f"{subject}.txt").write_text(text)
    return folder


def made(index: Index) -> tuple[object, ...]:
    """Everything that a build decides."""
    page = index.search(SearchRequest(facets=tuple(index.facets), page_size=50))
    ledger = [replace(entry, first_build="", build="") for entry in index.ledger()]
    hits = [(hit.release.id, hit.score) for hit in page.hits]
    return list(index.releases()), hits, page.facets, ledger, list(index.groups())


def unread(*_: object, **__: object) -> None:
    raise AssertionError("a source was read")


@pytest.mark.parametrize("jobs", [1, 2])
def test_1_and_7_other_authority_files_tag_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("indexer.parallel.WORTH_A_POOL", 0)
    few = tmp_path / "few"
    few.mkdir()
    shutil.copy(ROOT / "corpus" / "authority" / "exercises.toml", few)
    every = ROOT / "corpus" / "authority"
    with Index.create(tmp_path / "new", authority=every) as index:
        index.add_corpus(RELEASES)
        expected = made(index)
    with Index.create(tmp_path / "old", authority=few) as index:
        index.add_corpus(RELEASES)
        assert made(index) != expected
        with monkeypatch.context() as patched:
            patched.setattr("indexer.reading.read", unread)
            report = index.add_corpus(RELEASES, authority=every, jobs=jobs)
        assert (report.files_read, report.retagged) == (0, len(expected[0]))
        assert made(index) == expected
        assert not index.verify()
        assert index.add_corpus(RELEASES, authority=every, if_needed=True).build is None


def test_2_another_analysis(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, Index.create(tmp_path / "index") as index:
        patched.setattr("indexer.embedded.engine.ANALYSIS_VERSION", "0")
        patched.setattr("indexer.embedded.batch.stem", lambda word, _: f"{word}-old")
        index.add_corpus(source)
    with pytest.raises(IndexUnavailable, match=r"analysis 0.*communique index SOURCE --index"):
        Index.open(tmp_path / "index")
    monkeypatch.setattr("indexer.reading.read", unread)
    with open_or_create(tmp_path / "index") as index:
        assert index.add_corpus(source, if_needed=True).retagged == 3
        assert index.search(SearchRequest(parse_query("floods"))).total == 1


def test_2_another_schema(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
    more = Facet("tongue", "tongues", FacetKind.LANGUAGE, {"en": "Tongue"})
    monkeypatch.setattr("indexer.authority.authority.YEAR", more)
    with pytest.raises(IndexUnavailable, match="other fields"):
        Index.open(tmp_path / "index")
    monkeypatch.setattr("indexer.reading.read", unread)
    with open_or_create(tmp_path / "index") as index:
        assert index.add_corpus(source).retagged == 3
        page = index.search(SearchRequest(filters=(Filter.any_of("tongue", "en"),)))
        assert page.total == 3


def test_3_another_glossary_is_only_kept(tmp_path: Path, source: Path, names: Path) -> None:
    with Index.create(tmp_path / "index", authority=names) as index:
        index.add_corpus(source)
        (names / "words.toml").write_text(GLOSSARY)
        report = index.add_corpus(source, authority=names, if_needed=True)
        assert (report.files_read, report.retagged) == (0, 0)
        assert report.build == index.statistics().build
        assert len(index.engine.authority.glossary) == 1
        (names / "words.toml").unlink()
        index.add_corpus(source, authority=names, if_needed=True)
        assert list(index.engine.authority.texts) == ["hazards.toml"]
        build = tmp_path / "index" / "generations" / index.statistics().build
        assert not list(build.rglob("words.toml"))
        assert not index.verify()


def test_3_what_is_parsed_already_is_not_parsed_again(
    tmp_path: Path, source: Path, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (names / "words.toml").write_text(GLOSSARY)
    with Index.create(tmp_path / "index", authority=names) as index:
        index.add_corpus(source)
    monkeypatch.setattr("indexer.authority.tables.tomllib.loads", unread)
    with Index.open(tmp_path / "index") as index:
        given = index.engine.authority
        assert len(given.glossary) == 1
        assert index.search(SearchRequest(parse_query("floods"), expand=True)).total
    monkeypatch.undo()
    known = Authority.load(names)
    assert (given.files, given.texts) == (known.files, known.texts)
    assert given.glossary.names("flood") == known.glossary.names("flood")


def test_3_another_parse_is_not_taken_for_that_of_the_text(
    tmp_path: Path, source: Path, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.embedded.engine._digest", lambda _text: "of another text")
    with Index.create(tmp_path / "index", authority=names) as index:
        index.add_corpus(source)
    monkeypatch.undo()
    monkeypatch.setattr("indexer.authority.authority.read_file", unread)
    with Index.open(tmp_path / "index") as index:
        assert list(index.facets["hazard"].entries) == ["flood"]


def test_4_other_reading_rules(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "quake.txt").write_text("A quake\n\nThe quake was felt in the valley.\n")
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
        index.add_corpus(other)
        for module in ("plan", "account"):
            monkeypatch.setattr(f"indexer.{module}.READING_VERSION", "next")
        report = index.add_corpus(source, if_needed=True)
        assert (report.files_read, report.indexed) == (3, 4)
        assert index.add_corpus(source, if_needed=True).build is None
        assert index.add_corpus(other, if_needed=True).files_read == 1


def test_5_sources_and_authority_files_change_at_once(
    tmp_path: Path, source: Path, names: Path
) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add_corpus(source)
        (source / "fire.txt").unlink()
        (source / "storm.txt").write_text("A second flood\n\nAnother flood came in the night.\n")
        report = index.add_corpus(source, authority=names)
        assert (report.files_read, report.files_gone, report.retagged) == (1, 1, 1)
        page = index.search(SearchRequest(parse_query("hazard:flood")).faceted("hazard"))
        assert page.total == 2
        assert [(v.value, v.count) for v in page.facets["hazard"]] == [("flood", 2)]
        assert not index.verify()


def test_6_nothing_to_do_makes_no_build(tmp_path: Path, source: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        first = index.add_corpus(source, if_needed=True)
        assert first.build == index.statistics().build
        before = sorted((tmp_path / "index").rglob("*"))
        again = index.add_corpus(source, if_needed=True)
        assert (again.build, again.indexed, again.files_unchanged) == (None, 3, 3)
        assert sorted((tmp_path / "index").rglob("*")) == before
        assert index.add_corpus(source).build != first.build
