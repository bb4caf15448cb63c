"""The sample archive is read as its labels say.

1. Every label's record is an input of the ledger, and every input has its label.
2. Title, language, date with precision and certainty, and year are those of the label.
3. The body begins with the label's lead; what the label says is removed is removed.
4. Operations, exercises and organizations are those of the label, parents included.
5. Copies and language versions are in one group, but for a few of each kind.
6. A query by a name finds releases in many languages, with facets that agree.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from indexer import BuildReport, Index, Release, SearchRequest, parse_query
from indexer.labels import differences

LABELS = Path(__file__).parent.parent / "corpus" / "labels"


def labels() -> Iterator[dict[str, Any]]:
    for path in sorted(LABELS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


ALL = list(labels())


def key_of(label: dict[str, Any]) -> tuple[str, int | None]:
    return label["source"], label["record"]


@pytest.fixture(scope="module")
def by_source(sample: Index) -> dict[tuple[str, int | None], Release]:
    releases = {(r.source.path, r.source.record): r for r in sample.releases()}
    # A reprint is in the ledger as the duplicate of a release: its label describes that release.
    for entry in sample.ledger():
        if entry.outcome == "duplicate" and entry.id is not None:
            repeated = sample.release(entry.id)
            assert repeated is not None
            releases[entry.source, entry.record] = repeated
    return releases


def test_1_inputs_and_labels_are_the_same(sample: Index, sample_report: BuildReport) -> None:
    inputs = {(e.source, e.record) for e in sample.ledger() if e.outcome != "rejected"}
    assert inputs == {key_of(label) for label in ALL}
    assert sample_report.rejected == 0
    assert sample_report.inputs == len(ALL)


@pytest.mark.parametrize("label", ALL, ids=lambda label: "#".join(map(str, key_of(label))))
def test_2_to_4_each_release_is_read_as_labelled(
    label: dict[str, Any], by_source: dict[tuple[str, int | None], Release], sample: Index
) -> None:
    assert differences(label, by_source[key_of(label)], sample.facets) == []


def pairs(groups: Iterable[Iterable[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def test_5_versions_are_grouped(
    by_source: dict[tuple[str, int | None], Release], sample: Index
) -> None:
    labelled: dict[str, list[str]] = {}
    for label in ALL:
        if label["group"]:
            labelled.setdefault(label["group"], []).append(by_source[key_of(label)].id)
    expected = pairs(labelled.values())
    found = pairs([member.id for member in group.members] for group in sample.groups())
    assert len(expected) == 135
    # Those that are missed tell in few words, or in other words of the same language.
    assert len(found & expected) >= 122
    assert len(found - expected) <= 6


def test_6_a_name_is_found_in_many_languages(sample: Index) -> None:
    request = SearchRequest(parse_query("operation Channel")).faceted(*sample.facets)
    page = sample.search(replace(request.page(size=200), collapse=False))
    languages = {hit.release.language.code for hit in page.hits}
    assert len(languages) >= 4
    counted = {value.value: value.count for value in page.facets["language"]}
    assert counted == {
        code: sum(hit.release.language.code == code for hit in page.hits) for code in languages
    }
    certainties = {value.value: value.count for value in page.facets["certainty"]}
    assert certainties == Counter(hit.release.date.certainty.value for hit in page.hits)
    assert certainties["printed"] > certainties["inferred"] > 0
    channel = next(value for value in page.facets["operation"] if value.value == "channel")
    assert channel.count >= page.total * 0.9


def test_labels_cover_what_the_archive_promises() -> None:
    groups: dict[str, set[str]] = {}
    for label in ALL:
        if label["group"]:
            groups.setdefault(label["group"], set()).add(label["language"])
    assert len(ALL) >= 140
    assert sum(len(languages) >= 2 for languages in groups.values()) >= 25
    assert {label["language"] for label in ALL} == {"en", "ru", "hy", "be", "kk", "ky", "tg"}
    assert set(range(1, 15)) <= {label["template"] for label in ALL}
    years = {label["year"] for label in ALL if label["year"]}
    assert min(years) <= 2003
    assert max(years) >= 2025
