"""The benchmark of relevance, on a tiny folder of its own.

1. Judgements are read as each collection numbers and grades them.
2. A headline is no part of its document; across languages it finds the same document.
3. What is absent is named, and the rest is measured.
4. Measures are those of the literature; every ranking answers what it should.
5. The JSON holds every figure of the table.
6. Sentences with question marks, colons and brackets are answered, not refused.
"""

import importlib
import json
from pathlib import Path

import pytest

from bench import relevance_sets
from bench.labelled_texts import SEVEN
from bench.relevance_sets import Collection, Text

for peer in ("bm25s", "ir_measures", "tantivy"):
    pytest.importorskip(peer)
relevance = importlib.import_module("bench.relevance")
relevance_peers = importlib.import_module("bench.relevance_peers")

SHIPS = Text("1", "", "The wing of an aircraft in a slipstream; ships are painted blue.", "en")
WINGS = Text("2", "", "Wings bend where the air is thin.", "en")
FISH = Text("3", "", "A fish swims.", "en")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "relevance"
    for name in ("cran", "cacm", "med", "npl", "xquad", "ntrex128"):
        (folder / name).mkdir(parents=True)
    documents = ".I 1\n.T\nwings\n.W\nwings\nin air\n.I 2\n.T\nfish\n.W\nfish swim\n"
    queries = ".I 001\n.W\nwhat wings\nbend .\n.I 004\n.W\nfish .\n"
    (folder / "cran" / "cran.all.1400").write_text(documents)
    (folder / "cran" / "cran.qry").write_text(queries)
    (folder / "cran" / "cran.qrels").write_text("1 1 2 \n1 2 -1\n2 2 3 \n")
    (folder / "cacm" / "cacm.all").write_text(documents)
    (folder / "cacm" / "query.text").write_text(".I 1\n.W\n fish\n.N\n 1. A name\n.I 2\n.W\nair\n")
    (folder / "cacm" / "qrels.text").write_text("01 0002  0 0\n")
    (folder / "med" / "MED.ALL").write_text(".I 1\n.W\nwings .\n.I 2\n.W\nfish .\n")
    (folder / "med" / "MED.QRY").write_text(".I 1\n.W\n the fish.\n")
    (folder / "med" / "MED.REL").write_text("1 0 2 1\n")
    (folder / "npl" / "doc-text").write_text("1\nwings  in air\n   /\n2\nfish\n   /\n")
    (folder / "npl" / "query-text").write_text("1\nFISH AND AIR\n/\n")
    (folder / "npl" / "rlv-ass").write_text("1\n 1  2\n   /\n")
    asked = [{"question": "Who swims?", "id": "q1"}]
    article = {"paragraphs": [{"context": "\ufeffFish swim.", "qas": asked}]}
    for code in ("en", "ru"):
        (folder / "xquad" / f"xquad.{code}.json").write_text(json.dumps({"data": [article]}))
    (folder / "ntrex128" / "DOCUMENT_IDS.tsv").write_text("a\na\nb\nb\nb\n")
    for code, (_, name) in SEVEN.items():
        lines = f"Head A {code}\nBody 2025 {code}\nHead B {code}\nBody\nmore {code}\n"
        (folder / "ntrex128" / f"newstest2019-{name}.txt").write_text(lines)
    return tmp_path


def found(data: Path) -> dict[str, Collection]:
    read = relevance_sets.collections(data / "relevance", lambda place: pytest.fail(str(place)))
    return {collection.name: collection for collection in read}


def test_1_judgements(data: Path) -> None:
    sets = found(data)
    assert sets["cran"].judged == {"1": {"1": 1, "2": 1}, "2": {"2": 1}}
    assert sets["cran"].queries == {"1": "what wings bend .", "2": "fish ."}
    assert sets["cran"].documents[0] == Text("1", "wings", "wings in air", "en")
    assert sets["cacm"].judged == {"1": {"2": 1}}
    assert sets["cacm"].queries["1"] == "fish"
    assert sets["med"].judged == {"1": {"2": 1}}
    assert sets["npl"].judged == {"1": {"1": 1, "2": 1}}
    assert sets["npl"].queries == {"1": "fish and air"}
    assert sets["npl"].documents[0].body == "wings in air"
    assert sets["xquad ru"].documents == (Text("0", "", "Fish swim.", "ru"),)
    assert sets["xquad ru"].judged == {"q1": {"0": 1}}


def test_2_headlines(data: Path) -> None:
    sets = found(data)
    assert sum(name.startswith("ntrex") for name in sets) == 7 + 42 + 7
    own, crossing, mixed = sets["ntrex hy"], sets["ntrex hy-tg"], sets["ntrex hy of 7"]
    assert own.queries == crossing.queries == {"a": "Head A hy", "b": "Head B hy"}
    assert [text.body for text in own.documents] == ["Body 2025 hy", "Body\nmore hy"]
    assert [text.body for text in crossing.documents] == ["Body 2025 tg", "Body\nmore tg"]
    assert crossing.judged == {"a": {"a": 1}, "b": {"b": 1}}
    assert (own.measures, crossing.measures) == (("nDCG@10",), ("R@10",))
    assert len(mixed.documents) == 14
    assert mixed.judged["a"] == {"hy a": 1}
    assert "hy a" in {text.id for text in mixed.documents}


def test_3_absent_sets_are_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "relevance" / "med").rename(data / "elsewhere")
    assert relevance.main([str(data), "--only", "med,npl", "--rankings", "Communique"]) == 0
    out, err = capsys.readouterr()
    assert f"skipped: there is no med in {data / 'relevance'}" in err
    assert "| npl | AP |" in out
    assert "| med |" not in out


def test_3_nothing_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert relevance.main([str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("skipped: there is no") == 7


def test_3_morphology_is_measured_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "morphology" / "unimorph"
    folder.mkdir(parents=True)
    rows = ["кітап\tкітап\tN", "кітап\tкітапты\tN", "мектеп\tмектеп\tN", "мектеп\tмектепті\tN"]
    (folder / "kaz_kaz.noun.tsv").write_text("\n".join(rows) + "\n")
    assert relevance.main([str(tmp_path), "--only", "morphology"]) == 0
    assert "| morphology kk, UniMorph test | F1 | 1.000 |" in capsys.readouterr().out


@pytest.mark.parametrize("name", relevance_peers.RANKINGS)
def test_4_every_ranking_answers(name: str, tmp_path: Path) -> None:
    ranking = relevance_peers.RANKINGS[name]([SHIPS, WINGS, FISH], tmp_path)
    answer = ranking.answer("fish swims", 10)
    assert list(answer) == ["3"]
    assert next(iter(ranking.answer("wing slipstream", 10))) == "1"
    assert len(ranking.answer("the wing, wings, fish or ships", 1)) == 1
    assert ranking.answer("zeppelin", 10) == {}


def test_4_measures() -> None:
    collection = Collection(
        "own",
        "en",
        (SHIPS, WINGS, FISH),
        {"both": "wing air", "none": "zeppelin", "unjudged": "fish"},
        {"both": {"2": 1, "3": 1}, "none": {"1": 1}},
        ("AP", "nDCG@10", "R@10"),
    )
    figures = list(relevance.measured([collection], ["textbook BM25"]))
    # The one query finds half of its answers, at the first place; the other finds nothing.
    ideal = 1 + 1 / 1.584962500721156
    values = {figure.measure: figure.value for figure in figures}
    assert values == pytest.approx({"AP": 0.25, "nDCG@10": 1 / ideal / 2, "R@10": 0.25})


def test_5_json_holds_the_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--rankings", "Communique,textbook BM25"]
    relevance.main([str(data), "--only", "ntrex en,ntrex hy,xquad", *chosen])
    table = capsys.readouterr().out
    relevance.main([str(data), "--only", "ntrex en,ntrex hy,xquad", *chosen, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["versions"]["communique"]
    values = {(f["collection"], f["ranking"]): f["value"] for f in document["figures"]}
    assert f"| xquad en | nDCG@10 | {values['xquad en', 'Communique']:.3f} |" in table
    assert "asked in | en | ru | hy | be | kk | ky | tg |" in table
    assert f"| {values['ntrex hy-en', 'Communique']:.2f} |" in table


@pytest.mark.parametrize("name", relevance_peers.RANKINGS)
def test_6_sentences_are_answered(name: str, tmp_path: Path) -> None:
    ranking = relevance_peers.RANKINGS[name]([SHIPS, WINGS, FISH], tmp_path)
    for typed in ("Which fish swims?", "fish: (swims", "fish/swims -- 'a", 'A "fish" swims.'):
        assert next(iter(ranking.answer(typed, 10))) == "3", typed
