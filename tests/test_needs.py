"""Information needs on the sample archive, in seven languages.

1. Each release that answers a need, or one of its versions, is among the first hits.
2. What must not come does not.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer import Index, SearchRequest, parse_filter, parse_query

TOP = 5
NEEDS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "needs.toml").read_text(encoding="utf-8")
)["need"]


def first_hits(index: Index, need: dict[str, Any]) -> list[set[str]]:
    """The sources of each of the first hits, those of its versions included."""
    request = SearchRequest(
        parse_query(need["query"]),
        filters=tuple(map(parse_filter, need.get("filters", ()))),
        page_size=need.get("top", TOP),
    )
    found = []
    for hit in index.search(request).hits:
        others = [index.release(version.id) for version in hit.versions]
        found.append({source_of(one) for one in (hit.release, *others)})
    return found


def source_of(release: Any) -> str:
    """The end of the path from `releases` on, and the record."""
    path = release.source.path.split("releases/", 1)[-1]
    return path if release.source.record is None else f"{path}#{release.source.record}"


def test_needs_are_twenty_and_more_in_seven_languages() -> None:
    assert len(NEEDS) >= 20
    assert len({need["id"] for need in NEEDS}) == len(NEEDS)


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: str(need["id"]))
def test_1_the_answer_is_among_the_first(sample: Index, need: dict[str, Any]) -> None:
    shown = set().union(*first_hits(sample, need))
    assert set(need["expected"]) <= shown
    assert not set(need.get("never", ())) & shown
