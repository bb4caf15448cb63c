"""The benchmark of the glossary.

1. Absent data is named, and nothing is measured without parallel texts.
2. Recall, precision and attestation are counted right.
3. What is missed is listed with the words that stand there instead.
4. Articles are told apart by their numbers.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench import glossary as bench
from bench import parallel_texts
from bench.glossary import Column
from indexer.authority import Concept, Glossary

CONCEPTS = [
    Concept("border", {"en": ("border",), "ru": ("граница", "рубеж")}),
    Concept("heroin", {"en": ("heroin",), "ru": ("героин",)}),
]


@pytest.fixture
def parallel() -> Mapping[str, Column]:
    return bench.columns(
        [
            {"en": "Heroin at the border", "ru": "Героин на границе"},
            {"en": "Two borders", "ru": "Две межи"},
            {"en": "The frontier", "ru": "Граница"},
            {"en": "Border", "hy": "Սահման"},
        ]
    )


def judged(parallel: Mapping[str, Column]) -> dict[str, bench.Judged]:
    every = bench.judge(Glossary(CONCEPTS), CONCEPTS, parallel)
    return {each.concept: each for each in every if each.language == "ru"}


def test_1_absent_data_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["glossary.py", str(tmp_path)])
    assert bench.main() == 0
    err = capsys.readouterr().err
    for folder, _ in parallel_texts.PARALLEL.values():
        assert f"there is no {folder} in {tmp_path}" in err
    assert f"skipped: no parallel texts in {tmp_path}" in err


def test_2_sentences_are_counted(parallel: Mapping[str, Column]) -> None:
    border = judged(parallel)["border"]
    assert border.english == {0, 1}
    assert border.other == {0, 2}
    assert (border.both, border.by_chance) == (1, 1)
    assert judged(parallel)["heroin"].both == 1


def test_2_the_report_has_a_row_for_each_language(parallel: Mapping[str, Column]) -> None:
    own = {"ru": list(judged(parallel).values())}
    lines = list(bench.report(CONCEPTS, (parallel, bench.columns([])), own))
    (russian,) = [line for line in lines if line.startswith("| ru")]
    assert russian == "| ru | 2 | 3 | 66.7 | 100.0 | 66.7 | 66.7 | 0.0 | 0 |"


def test_3_what_is_missed_is_listed(parallel: Mapping[str, Column]) -> None:
    own = {"ru": [judged(parallel)["border"]]}
    assert list(bench.missed(own, parallel, 1)) == [
        "ru border: 1 of 2 found, 1 without English; две 1, меж 1"
    ]
    assert list(bench.missed(own, parallel, 0)) == []


def test_4_articles_are_told_apart() -> None:
    text = "Title\n" + "".join(f"Article {n}\nWords of {n} in 1948.\n\n" for n in range(1, 31))
    articles = parallel_texts.articles(text)
    assert len(articles) == 30
    assert articles[29].startswith("Words of 30")
    assert parallel_texts.articles("1\nOnly one.") == []
