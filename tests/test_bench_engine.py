"""The engine benchmark on 300 synthetic documents: engines agree, or it says which does not."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from bench import building, engine, profile, queries, report, senate, synthetic, targets
from bench.asked import Answer, Asked, Mode, QueryClass
from bench.building import Built, Failed, built
from bench.corpora import Corpus, Document, FacetShape, words_of, write
from bench.engines import PLACES, Abilities, Engine, NotInstalled, engine_of
from bench.measure import Latency, measure

SIZE = 300
Cells = list[tuple[QueryClass, Mode, list[Asked]]]
FACETS = ("year", "language", "office", "topic")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    return write(folder, "Synthetic", synthetic.documents(SIZE))


@pytest.fixture(scope="module")
def cells(corpus: Corpus) -> Cells:
    return list(queries.cells(corpus, 4))


@pytest.fixture(scope="module")
def opened(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engine]]:
    """Engines by name, each built and opened once; one that is not there is skipped."""
    there: dict[str, Engine] = {}
    folders: dict[str, Path] = {}

    def open_engine(name: str) -> Engine:
        if name not in there:
            try:
                kind = engine_of(name)
            except NotInstalled as error:
                pytest.skip(f"{name}: {error}")
            base = kind.abilities.index_of
            if base:
                open_engine(base)
            folders[name] = folders[base] if base else tmp_path_factory.mktemp(name)
            there[name] = kind(folders[name])
            if base is None:
                there[name].build(corpus.documents(), corpus.facets)
            there[name].open()
        return there[name]

    yield open_engine
    for each in there.values():
        each.close()


def carries(document: Document, facet: str, value: str) -> bool:
    return value in document.facets[facet]


def matches(asked: Asked, document: Document) -> bool:
    """Whether a document matches, looked up naively."""
    text, words = document.words.split(), asked.words
    match asked.query_class:
        case QueryClass.OR:
            return any(word in text for word in words)
        case QueryClass.PHRASE:
            return f" {' '.join(words)} " in f" {document.words} "
        case QueryClass.PREFIX:
            return any(word.startswith(words[0]) for word in text)
        case QueryClass.WILDCARD:
            return any(fnmatchcase(word, words[0]) for word in text)
        case QueryClass.FUZZY:
            return any(OSA.distance(word, words[0], score_cutoff=1) <= 1 for word in text)
        case _:
            return all(word in text for word in words)


def expected(asked: Asked, documents: Iterable[Document]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total and the counts of the facets, the selected one without its own selection."""
    matched = [each for each in documents if matches(asked, each)]
    found = [d for d in matched if not asked.selected or carries(d, *asked.selected)]
    counts: dict[str, dict[str, int]] = {facet: {} for facet in asked.facets}
    for facet, values in counts.items():
        among = matched if asked.selected and asked.selected[0] == facet else found
        for value in (value for each in among for value in each.facets[facet]):
            values[value] = values.get(value, 0) + 1
    return len(found), counts


@pytest.mark.parametrize("name", [name for name in PLACES if name != "page"])
def test_engines_answer_as_a_naive_search_does(
    name: str, corpus: Corpus, cells: Cells, opened: Callable[[str], Engine]
) -> None:
    searched, documents = opened(name), list(corpus.documents())
    asked_once = 0
    for query_class, mode, questions in cells:
        if searched.abilities.why_not(query_class, mode):
            continue
        for asked in questions:
            answer, (total, counts) = searched.search(asked), expected(asked, documents)
            assert (answer.total, answer.facets) == (total, counts), asked
            assert len(answer.top) == min(searched.abilities.hits, total), asked
            hits = [documents[number] for number in answer.top]
            assert all(matches(asked, each) for each in hits), asked
            assert not asked.selected or all(carries(each, *asked.selected) for each in hits)
            asked_once += 1
    assert asked_once >= 12


def test_every_query_class_finds_something(corpus: Corpus, cells: Cells) -> None:
    documents = list(corpus.documents())
    found: dict[QueryClass, int] = {}
    for query_class, mode, questions in cells:
        if mode is Mode.TOP:
            found[query_class] = sum(expected(asked, documents)[0] for asked in questions)
    assert set(found) == set(QueryClass)
    assert all(found.values()), found


def test_queries_are_the_same_each_time(corpus: Corpus, cells: Cells) -> None:
    assert list(queries.cells(corpus, 4)) == cells
    lengths = {len(a.words) for c, _, asked in cells for a in asked if c is QueryClass.OR}
    assert lengths == {2, 3, 4, 5}


def test_a_page_answers_what_is_typed(cells: Cells, opened: Callable[[str], Engine]) -> None:
    page = opened("page")
    assert page.abilities.why_not(QueryClass.COMMON, Mode.TOP)
    for query_class, mode, questions in cells:
        if mode is Mode.FACETS and query_class is QueryClass.COMMON:
            # The invented words have other forms, so that there may be more hits, but not fewer.
            exact = opened("communique").search(questions[0])
            assert page.search(questions[0]).total >= exact.total > 0


def test_synthetic_documents_have_the_stated_shape(corpus: Corpus) -> None:
    first = next(synthetic.documents(1))
    assert first == next(corpus.documents())
    assert words_of(first.words) == first.words
    assert tuple(sorted(corpus.facets)) == tuple(sorted(FACETS))
    assert len(corpus.facets["office"].values) == 10
    assert 90 <= len(corpus.facets["topic"].values) <= 100
    assert {name: shape.most > 1 for name, shape in corpus.facets.items()} == {
        name: name == "topic" for name in FACETS
    }
    assert 200 < corpus.words / corpus.size < 260
    assert len(set(synthetic.vocabulary(np.random.default_rng(1), 5_000))) == 5_000


def test_words_are_the_same_to_every_tokenizer() -> None:
    assert words_of("Sen. Müller’s 2nd A.M.–talk,\n“naïve”") == "sen muller s 2nd a m talk naive"
    assert words_of("x" * 130) == f"{'x' * 60} {'x' * 60} {'x' * 10}"


def test_senate_releases_have_facets(tmp_path: Path) -> None:
    for name in ("Akaka/10Apr2007akaka1.txt", "Ben Nelson/undated.txt", "Akaka/1Jan2006empty.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("" if "empty" in name else "Aloha, Hawaii", encoding="utf-8")
    made = list(senate.documents(tmp_path))
    assert [(each.number, each.words, each.text) for each in made] == [
        (0, "aloha hawaii", "Aloha, Hawaii"),
        (1, "aloha hawaii", "Aloha, Hawaii"),
    ]
    assert made[0].facets == {
        "year": ("2007",),
        "language": ("unknown",),
        "month": ("apr",),
        "senator": ("akaka",),
    }
    assert made[1].facets["year"] == ("unknown",)
    assert made[1].facets["month"] == ()
    assert made[1].facets["senator"] == ("ben-nelson",)
    assert len(list(senate.documents(tmp_path, limit=1))) == 1


class Fake:
    """An engine that always answers the same and counts how often it is asked."""

    abilities = Abilities("Fake", None)

    def __init__(self, total: int = 3, facets: Mapping[str, Mapping[str, int]] | None = None):
        self.answer = Answer(total, tuple(range(min(total, 10))), facets or {})
        self.asked = 0

    @staticmethod
    def version() -> str:
        return "0"

    def build(self, documents: Iterable[Document], facets: Mapping[str, FacetShape]) -> None: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def search(self, _asked: Asked) -> Answer:
        self.asked += 1
        return self.answer


QUESTION = Asked(QueryClass.COMMON, ("word",))


def test_it_says_which_engine_answers_otherwise() -> None:
    engines = {
        "right": Fake(),
        "also right": Fake(),
        "wrong": Fake(total=4),
        "miscounting": Fake(facets={"year": {"2018": 3}}),
    }
    short, bounded = Fake(), Fake(total=2)
    short.answer = replace(short.answer, top=())
    bounded.answer = replace(bounded.answer, notice="a bound was applied")
    measured = measure(
        {**engines, "short": short, "bounded": bounded},
        [(QueryClass.COMMON, Mode.TOP, [QUESTION])],
        repeats=1,
        budget=60,
    )
    assert measured.compared == 1
    assert {each.engine: each.what for each in measured.disagreements} == {
        "wrong": "a total of 4, not 3",
        "miscounting": "other counts of facets",
        "short": "0 best of 3",
        "bounded": "a total of 2, not 3; it says: a bound was applied",
    }


def test_an_engine_on_another_ones_index_has_no_vote() -> None:
    class Second(Fake):
        abilities = Abilities("Second", None, index_of="first")

    cells = [(QueryClass.COMMON, Mode.TOP, [QUESTION])]
    engines = {"second": Second(total=4), "first": Fake(), "third": Fake()}
    measured = measure(engines, cells, repeats=1, budget=60)
    assert [each.engine for each in measured.disagreements] == ["second"]
    assert measure({**engines, "third": Second()}, cells, repeats=1, budget=60).compared == 0


def test_an_engine_that_spent_its_budget_answers_once() -> None:
    slow, quick = Fake(), Fake()
    cell = (QueryClass.COMMON, Mode.TOP)
    measured = measure(
        {"slow": slow, "quick": quick}, [(*cell, [QUESTION] * 3)], repeats=4, budget=-1.0
    )
    assert (slow.asked, quick.asked) == (1, 1)
    assert measured.compared == 0
    measured = measure({"quick": quick}, [(*cell, [QUESTION] * 3)], repeats=4, budget=60)
    assert quick.asked == 1 + 3 + 12
    assert measured.latencies[cell]["quick"].answers == 12


def test_what_an_engine_lacks_is_not_asked() -> None:
    cells = [(QueryClass.COMMON, Mode.FACETS, [QUESTION])]
    measured = measure({"fake": Fake()}, cells, repeats=1, budget=60)
    assert measured.left_out == {cells[0][:2]: {"fake": "counts no facets"}}
    assert measured.latencies == {cells[0][:2]: {}}


def test_times_are_those_of_the_clock() -> None:
    seconds = iter(range(100))
    cell = (QueryClass.COMMON, Mode.TOP)
    measured = measure(
        {"fake": Fake()}, [(*cell, [QUESTION])], repeats=3, budget=60, clock=lambda: next(seconds)
    )
    assert measured.latencies[cell] == {"fake": Latency(1_000, 1_000, 3)}


def test_percentiles() -> None:
    times = [n / 1_000 for n in range(1, 101)]
    assert Latency.of(times) == Latency(50.5, 95.0, 100)
    assert Latency.of([0.002]) == Latency(2.0, 2.0, 1)


def test_a_build_without_end_is_left_out(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"no end of build within 0 s"):
        built("fts5", corpus, tmp_path, 0.01, reuse=False)


def test_a_build_that_would_take_too_long_is_left_out(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "SAMPLE", 30)
    made = building._run
    built("fts5", corpus, tmp_path, 60, reuse=False)
    monkeypatch.setattr(building, "_run", lambda *arguments: {**made(*arguments), "seconds": 60.0})
    with pytest.raises(Failed, match=r"about 10 minutes, for 30 documents took 60\.0 s, and 5 "):
        built("whoosh", corpus, tmp_path, 300, reuse=False)
    assert not (tmp_path / "sample").exists()


def test_a_build_that_fails_says_why(corpus: Corpus, tmp_path: Path) -> None:
    absent = replace(corpus, folder=tmp_path / "absent")
    with pytest.raises(Failed, match="No such file"):
        built("fts5", absent, tmp_path, 60, reuse=False)


def test_an_engine_that_is_not_installed_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLACES, "xapian", ("bench.engines.not_there", "Xapian"))
    with pytest.raises(NotInstalled, match=r"not_there.*apt-get install python3-xapian"):
        engine_of("xapian")


def test_one_command_measures_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PLACES, "bm25s", ("bench.engines.not_there", "Bm25s"))
    json_file = tmp_path / "figures.json"
    command = [
        str(tmp_path),
        "--synthetic",
        str(SIZE),
        "--peers",
        "communique,loaded,page,fts5,bm25s",
    ]
    command += ["--queries", "2", "--repeats", "1", "--json", str(json_file)]
    assert engine.main(command) == 0
    printed = capsys.readouterr().out
    assert f"## Synthetic: {SIZE} documents of" in printed
    assert "0 answers unlike the others'" in printed
    assert "- bm25s is left out: No module named 'bench.engines.not_there'" in printed
    assert "- page is left out: it cuts snippets from texts" in printed
    assert printed.count("| one rare word |") == 2
    (run,) = json.loads(json_file.read_text(encoding="utf-8"))["runs"]
    assert list(run["engines"]) == ["communique", "fts5"]
    assert all(own["disk_bytes"] > 50_000 < own["peak_bytes"] for own in run["engines"].values())
    rows = {(row["query"], row["mode"]): row for row in run["latencies_ms"]}
    assert len(rows) == 8 * 3 + 2
    fuzzy = rows["fuzzy, one edit", "top 10"]
    assert fuzzy["left_out"] == {"fts5": "has no fuzzy words"}
    assert set(fuzzy["engines"]) == {"communique", "loaded"}
    assert rows["one rare word", "top 10"]["ratio_to_communique"]["communique"] == 1.0


def test_indexes_are_taken_again(corpus: Corpus, tmp_path: Path) -> None:
    first = built("fts5", corpus, tmp_path, 60, reuse=False)
    again = built("fts5", corpus, tmp_path, 60, reuse=True)
    assert (again.seconds, again.disk_bytes) == (first.seconds, first.disk_bytes)
    assert first.rate == SIZE / first.seconds


def test_ratios_stand_in_the_tables(corpus: Corpus) -> None:
    cell = (QueryClass.COMMON, Mode.TOP)
    measured = measure({}, [], repeats=1, budget=1)
    measured.latencies[cell] = {"communique": Latency(2, 3, 9), "whoosh": Latency(100, 100, 9)}
    measured.latencies[QueryClass.PHRASE, Mode.TOP] = measured.latencies[cell]
    run = report.Run(
        corpus=corpus,
        abilities={name: engine_of(name).abilities for name in ("communique", "whoosh")},
        versions={"communique": "1", "whoosh": "2"},
        built=dict.fromkeys(
            ("communique", "whoosh"), Built(300, 10.0, 9.0, 2**30, 2**20, 3_000, 600)
        ),
        absent={},
        measured=measured,
    )
    lines = list(report.markdown(run))
    assert "| Communique 1 | 30 | 9.0 | 10 | 2 | 1,024 | 1 | 0.0 | 0.0 |" in lines
    assert "| one common word | 2.00 / 3.00 | 100.00 / 100.00 |" in lines
    assert "| one common word | 1 | 50 |" in lines
    row = "| phrase of common words top 10 | 2 ms, p50 | 100 (plain Whoosh) | 50 | 20 | met |"
    assert row in lines
    assert "| one common word | 50 | 1 |" in lines
    row, _ = report.plain(run)["latencies_ms"]  # type: ignore[misc, attr-defined]
    assert row["ratio_to_whoosh"] == {"communique": 0.02, "whoosh": 1.0}  # type: ignore[index]


def test_targets_are_met_or_missed(corpus: Corpus) -> None:
    measured = measure({}, [], repeats=1, budget=1)
    measured.latencies = {
        (QueryClass.OR, Mode.TOP): {
            "communique": Latency(2, 3, 9),
            "tantivy": Latency(2, 3, 9),
            "whoosh": Latency(99, 99, 9),
        },
        (QueryClass.FUZZY, Mode.TOP): {
            "communique": Latency(2.9, 3, 9),
            "tantivy": Latency(1, 2, 9),
        },
        (QueryClass.ALL, Mode.FACETS): {"page": Latency(1, 30, 9)},
    }
    ours = Built(1_000_000, 10.0, 9.0, 2**30, 2**20, 3_000_000, 2_000_000, open_ms=200)
    theirs = Built(1_000_000, 20.0, 9.0, 2**30, 2**20, 500_000, 0)
    built = {"communique": ours, "tantivy": theirs, "xapian": theirs}
    texts = replace(corpus, folder=corpus.folder / "texts")
    write(texts.folder, "Texts", [replace(next(synthetic.documents(1)), text="Some text")])
    found = list(targets.verdicts(texts, built, measured))
    assert [(each.what, each.peer, each.times, each.met) for each in found] == [
        ("OR of 2-5 words top 10", "tantivy", 1.0, True),
        ("OR of 2-5 words top 10", "whoosh", 49.5, False),
        ("fuzzy, one edit top 10", "tantivy", pytest.approx(1 / 2.9), True),
        ("slowest page: everything, filtered + 4 facets", "bound", 0.5, False),
        ("indexing", "xapian", 2.0, True),
        ("size without the documents", "tantivy", 0.5, False),
        ("opening", "bound", 0.5, False),
    ]
    assert not [v for v in targets.verdicts(corpus, {}, measured) if "page" in v.what]


def test_profile_names_rooms_and_functions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = ["--size", "100", "--queries", "1", "--repeats", "1"]
    assert profile.main([str(tmp_path), *few, "--engine", "page"]) == 0
    printed = capsys.readouterr().out
    assert "## Build of 100 documents, ms a document: " in printed
    assert printed.count("| room | ms | % |") == 1 + len(QueryClass)
    assert "| indexer/embedded |" in printed
    assert "`tokenize` tokens.py:" in printed


def test_built_ins_count_for_their_callers() -> None:
    caller, sort = ("a.py", 1, "f"), ("~", 0, "<sort>")
    statistics = {
        caller: (1, 1, 0.5, 2.5, {}),
        sort: (1, 1, 2.0, 2.0, {caller: (1, 1, 2.0, 2.0)}),
    }
    assert profile.own_times(statistics) == {caller: 2.5}


@pytest.mark.parametrize(
    ("file", "room"),
    [
        (str(profile.ROOT / "indexer" / "kernels" / "bm25.py"), "indexer/kernels"),
        (str(profile.ROOT / "indexer" / "index.py"), "indexer/index"),
        ("/env/lib/python3.11/site-packages/numpy/lib/x.py", "numpy"),
        ("/usr/lib/python3.11/json/decoder.py", "standard library"),
        ("~", "built-ins"),
    ],
)
def test_rooms(file: str, room: str) -> None:
    assert profile.room_of(file) == room
