"""The part of the sample archive that was set aside while the rules were written.

1. Every input has its label, and every label its input.
2. What is read differs from the labels in what is listed here, and in nothing else.
"""

from pathlib import Path

import pytest

from indexer import bundled
from indexer.authority import Authority
from indexer.grouping import group
from indexer.labels import Labels, differences, group_differences
from indexer.reading import Made, read_sources
from indexer.release import Release

FOLDER = Path(__file__).parent.parent / "corpus" / "set-aside"

KNOWN = {
    # “The Union State” without its members, “the Organization's forces” without its name, and
    # ministries without their country are understood from the whole text.
    ("agency-by.example/belarus-mod-on-csto-exercise-barrier-2025.txt", "organizations"),
    ("kk.csto.example/mirotvortsy-i-khimiki-tadzhikistan.txt", "organizations"),
    ("ky.csto.example/uchenie-rubezh-2025-kg.txt", "organizations"),
    ("news-tj.example/naemnik-javonon.html", "organizations"),
    # The subtitle of an interview, of four words, is taken for a byline.
    ("kk.csto.example/o-bezopasnosti-v-tsentralnoy-azii-intervyu.txt", "lead"),
}
"""What a person reads otherwise: the release, and the field."""

UNGROUPED = {
    "news-am.example/bishkek-nstashrjan-2025.html",
    "news-kg.example/bishkek-sessiya-2025.html",
}
"""Versions that have too little in common to be known as such."""


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels.load(FOLDER / "labels")


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(read_sources([FOLDER / "releases"], authority()))


def authority() -> Authority:
    return Authority.load(bundled.authority())


def releases(made: list[Made]) -> list[Release]:
    return [each.result for each in made if isinstance(each.result, Release)]


def name_of(release: Release) -> str:
    return release.source.path.removeprefix("releases/")


def test_1_inputs_and_labels_are_the_same(labels: Labels, made: list[Made]) -> None:
    assert len(releases(made)) == len(made)
    inputs = {(each.source.path, each.source.record) for each in releases(made)}
    assert inputs == {(label["source"], label["record"]) for label in labels.all}


def test_2_releases_are_read_as_labelled(labels: Labels, made: list[Made]) -> None:
    facets = authority().facets
    found = set()
    for release in releases(made):
        label = labels.of(release.source)
        assert label is not None
        found |= {(name_of(release), each.field) for each in differences(label, release, facets)}
    assert found == KNOWN


def test_2_versions_and_copies_are_grouped(labels: Labels, made: list[Made]) -> None:
    groups = group([each.fingerprint for each in made if each.fingerprint])
    missing = {
        name_of(release)
        for release, each in group_differences(labels, releases(made), groups)
        if each.expected != "nothing more"
    }
    assert missing == UNGROUPED
