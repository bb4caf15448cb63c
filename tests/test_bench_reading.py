"""The benchmark of reading.

1. Where data is absent it says which, and measures the rest.
2. It tests on the NTREX documents from which no profile has learnt.
3. Shares and titles are counted right.
4. The keyword tagger, a peer, finds names wherever they stand.
"""

import sys
from pathlib import Path

import pytest

from bench import labelled_texts, peers, reading
from tests.releases import authority


def test_1_absent_data_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["reading.py", str(tmp_path)])
    monkeypatch.setattr(reading, "sample", lambda _: [("titles", {reading.OWN: "100.00"})])
    assert reading.main() == 0
    out, err = capsys.readouterr()
    assert "| titles | 100.00 |" in out
    for folder in ("language/sib200", "press/kremlin_ru_news", "press/white_house"):
        assert f"skipped: there is no {folder} in {tmp_path}" in err


def test_2_only_unseen_documents_are_tested(tmp_path: Path) -> None:
    folder = tmp_path / "relevance" / "ntrex128"
    folder.mkdir(parents=True)
    (folder / "DOCUMENT_IDS.tsv").write_text("a\na\nb\nb\nc\nd\n")
    (folder / "newstest2019-src.eng.txt").write_text("A1\nA2\nB1\nB2\nC1\nD1\n")
    english = {"en": ("eng_Latn", "src.eng")}
    sentences = list(labelled_texts.ntrex_sentences(tmp_path, english))
    assert [each.text for each in sentences] == ["B1", "B2", "D1"]
    documents = list(labelled_texts.ntrex_documents(tmp_path, english))
    assert [each.text for each in documents] == ["B1\nB2", "D1"]
    assert [each.text for each in labelled_texts.cut(sentences, 1)] == ["B", "B", "D"]


def test_2_white_house_releases_say_their_day(tmp_path: Path) -> None:
    folder = tmp_path / "press" / "white_house" / "president"
    folder.mkdir(parents=True)
    address = "Cite: \nhttp://www.whitehouse.gov/the-press-office/remarks-on-jobs-2-23-09\n"
    (folder / "2009-02-3_ID1.txt").write_text(address + "Text.")
    (folder / "undated.txt").write_text("Text.")
    dated, undated = labelled_texts.white_house(tmp_path)
    assert (str(dated.day), dated.title) == ("2009-02-03", "remarks-on-jobs-2-23-09")
    assert (undated.day, undated.title) == (None, None)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("REMARKS BY THE PRESIDENT ON JOBS", True),
        ("President's Remarks on Jobs and Growth", True),
        ("Statement on health", False),
        ("", False),
    ],
)
def test_3_titles_are_compared_with_addresses(title: str, same: bool) -> None:
    assert reading._same_title("remarks-president-jobs-2-23-09", title) is same


def test_3_shares() -> None:
    assert reading.share(1, 3) == "33.33"
    assert reading.share(0, 0) == "-"


def test_4_the_keyword_tagger() -> None:
    tagger = peers.KeywordTagger(authority())
    assert tagger.tags("operation", "a channel of financing") == {"channel"}
    assert tagger.tags("organization", "The UN and unions; ООН") == {"un"}
    assert tagger.tags("organization", "nothing") == set()
