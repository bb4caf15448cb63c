"""Opening: what is read when it is first asked for is the same, and what is damaged there is told.

1. A facet is read when it is first asked for; searches that do not need it answer without it.
2. A facet of one value a document is as any other.
3. Many ids are found as one by one, deleted ones and those of several segments too.
"""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Filter, SearchRequest
from indexer.embedded import EmbeddedEngine, generations
from indexer.embedded.codec import EXTENSION, SectionFile
from indexer.errors import IndexCorrupt
from indexer.kernels.counts import FacetColumn
from tests.releases import authority, release

FACET = "values.facet_organization"


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine.create(tmp_path / "index", authority())
    with made.writer() as writer:
        for number in range(40):
            tags = [("organization", "un")] if number % 2 else []
            writer.add(release(f"r{number:02}", f"word{number}", language="en", tags=tags))
    return made


def damage(engine: EmbeddedEngine, section: str) -> None:
    (path,) = generations.current(engine.folder).glob(f"*{EXTENSION}")
    place = SectionFile.open(path)._sections[section].start
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_1_damage_is_told_by_the_search_that_needs_it(engine: EmbeddedEngine) -> None:
    damage(engine, FACET)
    searcher = engine.searcher()
    assert searcher.search(SearchRequest()).total == 40
    for _ in range(2):
        with pytest.raises(IndexCorrupt, match=FACET):
            searcher.search(SearchRequest().faceted("organization"))
        with pytest.raises(IndexCorrupt, match=FACET):
            searcher.search(SearchRequest(filters=(Filter.any_of("organization", "un"),)))
    assert engine.verify()


@given(st.lists(st.integers(0, 3), min_size=1), st.sets(st.integers(0, 60)))
def test_2_one_value_each(values: list[int], some: set[int]) -> None:
    numbers = np.array(values, np.int32)
    docs = np.array(sorted(doc for doc in some if doc < len(values)), np.int32)
    every = np.arange(len(values), dtype=np.int32)
    one = FacetColumn.single(tuple("abcd"), numbers)
    other = FacetColumn.of(tuple("abcd"), every, numbers, len(values))
    assert one.counts(docs).tolist() == other.counts(docs).tolist()
    assert one.mask("bd").tolist() == other.mask("bd").tolist()
    assert [part.tolist() for part in one.pairs(docs)] == [p.tolist() for p in other.pairs(docs)]


def test_3_many_ids(engine: EmbeddedEngine) -> None:
    with engine.writer() as writer:
        for number in range(30, 50):
            writer.add(release(f"r{number:02}", "again"))
        writer.delete("r03")
    snapshot = engine.searcher()._snapshot
    ids = [f"r{number:02}" for number in range(60)]
    one_by_one = {each: snapshot.document(each) for each in ids}
    expected = {each: doc for each, doc in one_by_one.items() if doc is not None}
    assert len(expected) == 49
    assert snapshot.documents_of(ids) == expected
    assert snapshot.documents_of(ids[:5]) == {
        each: expected[each] for each in ids[:5] if each != "r03"
    }
    assert snapshot.documents_of([]) == {}
