"""The embedded engine against two references.

1. The naive engine of `tests.oracle`: the same ids, the same scores to 1e-6; also after deletes
   and replacements, and over several segments.
2. Whoosh's own exhaustive search on the very same folder: the same sets.
3. Whoosh's own BM25F with our inverse document frequency: the same scores for one word in one
   field.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh
from whoosh.index import open_dir
from whoosh.scoring import BM25F

from indexer.analysis import normalize
from indexer.embedded import EmbeddedEngine, generations
from indexer.query import (
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Required,
    Tagged,
    Translated,
    Translation,
    Wildcard,
    Word,
)
from indexer.release import Release
from indexer.request import SearchRequest
from tests.oracle import Oracle
from tests.releases import authority, release

AUTHORITY = authority()
LONGEST = 30
"""Words in a text; Whoosh's own codec keeps lengths above ten roughly, ours keeps all exactly."""

VOCABULARY = {
    "en": ("seizure", "seizures", "seized", "border", "borders", "UN", "women", "OSCE’s"),
    "ru": ("граница", "границы", "границе", "героин", "героина", "ещё", "еще", "ООН"),
    "hy": ("սահման", "սահմանի", "սահմանը", "թմրանյութ", "ոստիկան", "2015"),
    "unknown": ("seizures", "границы", "сарҳад", "қауіп", "2015", "women"),
}
ALL_WORDS = sorted({word for words in VOCABULARY.values() for word in words})

words = st.sampled_from(ALL_WORDS)
days = st.sampled_from([None, "2015-03-01", "2016-03-01", "2016-12-31"])
tags = st.lists(
    st.sampled_from(
        [
            ("organization", "un"),
            ("organization", "unodc"),
            ("organization", "osce"),
            ("operation", "channel/arax"),
        ]
    ),
    max_size=2,
)


@st.composite
def releases(draw: st.DrawFn) -> Release:
    language = draw(st.sampled_from(sorted(VOCABULARY)))
    own = st.sampled_from(VOCABULARY[language])
    return release(
        draw(st.sampled_from("abcdefghijkl")),
        " ".join(draw(st.lists(own, max_size=LONGEST))),
        title=" ".join(draw(st.lists(own, max_size=4))),
        language=language,
        day=draw(days),
        tags=draw(tags),
    )


batches = st.lists(
    st.lists(st.one_of(releases(), st.sampled_from("abc")), min_size=1, max_size=8), max_size=3
)
"""Commits; a bare letter deletes the release of that id."""

phrases = st.builds(
    Phrase,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    slop=st.integers(0, 3),
    exact=st.booleans(),
)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, words),
    st.builds(Word, words),
    st.builds(ExactWord, words),
    phrases,
    st.builds(Prefix, words.map(lambda word: word[:3])),
    st.builds(Wildcard, st.sampled_from(["wom?n", "*iz*", "гран*", "?????", "с*н*", "*"])),
    st.builds(Fuzzy, words, st.integers(1, 2)),
    st.builds(FieldValue, st.just("organization"), st.sampled_from(["un", "osce", "*"])),
    st.builds(FieldValue, st.just("year"), st.sampled_from(["2015", "unknown", "*"])),
    st.builds(FieldValue, st.just("language"), st.sampled_from(["en", "unknown"])),
    st.builds(DateRange, st.just(date(2016, 1, 1)), st.sampled_from([None, date(2016, 6, 1)])),
    st.just(Everything()),
)


names: st.SearchStrategy[Word | ExactWord | Phrase] = st.one_of(
    st.builds(Word, words),
    st.builds(ExactWord, words),
    st.builds(Phrase, st.lists(words, min_size=2, max_size=3).map(tuple)),
)
translations = st.one_of(
    st.builds(Translation, st.just("border"), st.sampled_from(["en", "ru", "be", "ka"]), names),
    st.builds(
        Translation,
        words.map(normalize),
        st.sampled_from([None, "en", "ru", "hy"]),
        st.builds(Word, words),
        st.sampled_from(["folded", "variant"]),
    ),
)


def _nested(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    children = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, children),
        st.builds(Or, children, st.booleans()),
        st.builds(Not, inner),
        st.builds(Required, inner),
        st.builds(InTitle, inner),
        st.builds(Tagged, st.just("organization"), st.sampled_from(["un", "osce"]), inner),
        st.builds(Translated, inner, st.lists(translations, max_size=3).map(tuple)),
    )


trees = st.recursive(leaves, _nested, max_leaves=6)


POLICY = "indexer.embedded.codec.merge_policy.to_merge"


@contextmanager
def engine_of(commits: Sequence[Sequence[Release | str]]) -> Iterator[EmbeddedEngine]:
    """An index of its own that these commits made, unmerged."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(POLICY, lambda _segments: [])
        # Nothing here is about power failures, and each flush waits for the disk.
        patch.setattr("os.fsync", lambda _handle: None)
        engine = EmbeddedEngine.create(Path(folder) / "index", AUTHORITY)
        for commit in commits:
            with engine.writer() as writer:
                for change in commit:
                    if isinstance(change, str):
                        writer.delete(change)
                    else:
                        writer.add(change)
        yield engine


def remaining(commits: Sequence[Sequence[Release | str]]) -> list[Release]:
    """What is there after these commits."""
    there: dict[str, Release] = {}
    for change in (change for commit in commits for change in commit):
        if isinstance(change, str):
            there.pop(change, None)
        else:
            there[change.id] = change
    return list(there.values())


def answers(
    engine: EmbeddedEngine, nodes: Sequence[Node], without: Sequence[str] = ()
) -> list[Mapping[str, float]]:
    searcher = engine.searcher()
    try:
        plain = SearchRequest(
            page_size=1000, expand=False, variants=False, without_forms=tuple(without)
        )
        asked = [replace(plain, query=Query("", node)) for node in nodes]
        return [{h.release.id: h.score for h in searcher.search(one).hits} for one in asked]
    finally:
        searcher.close()


@settings(max_examples=80, deadline=None)
@given(batches, st.lists(trees, min_size=8, max_size=16))
def test_1_answers_are_those_of_the_naive_engine(
    commits: list[list[Release | str]], nodes: list[Node]
) -> None:
    oracle = Oracle(remaining(commits), AUTHORITY.facets)
    with engine_of(commits) as engine:
        for node, found in zip(nodes, answers(engine, nodes), strict=True):
            assert found == pytest.approx(oracle.answer(node), abs=1e-6), node


@settings(max_examples=40, deadline=None)
@given(batches, st.lists(trees, min_size=6, max_size=12), st.lists(words, min_size=1, max_size=6))
def test_1_forms_that_are_switched_off_count_for_nothing(
    commits: list[list[Release | str]], nodes: list[Node], without: list[str]
) -> None:
    oracle = Oracle(remaining(commits), AUTHORITY.facets, without)
    with engine_of(commits) as engine:
        for node, found in zip(nodes, answers(engine, nodes, without), strict=True):
            assert found == pytest.approx(oracle.answer(node), abs=1e-6), (node, without)


exact_leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(ExactWord, words),
    st.builds(
        Phrase,
        st.lists(words, min_size=2, max_size=3, unique_by=normalize).map(tuple),
        exact=st.just(True),
    ),
    st.builds(Prefix, words.map(lambda word: word[:3])),
)
plain_trees = st.recursive(
    exact_leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


def translated(node: Node) -> Any:
    """The Whoosh query of a tree, in titles; AndNot, Require and AndMaybe are faulty there."""
    match node:
        case And(children):
            return whoosh.And([translated(child) for child in children])
        case Or(children):
            return whoosh.Or([translated(child) for child in children])
        case Not(child):
            return whoosh.And([whoosh.Every(), whoosh.Not(translated(child))])
        case ExactWord(text):
            return whoosh.Term("title_words", normalize(text))
        case Phrase(texts):
            return whoosh.Phrase("title_words", [normalize(text) for text in texts])
        case Prefix(text):
            return whoosh.Prefix("title_words", normalize(text))
    raise AssertionError(node)


def by_whoosh(engine: EmbeddedEngine, query: Any, weighting: Any = BM25F) -> dict[str, float]:
    index = open_dir(str(generations.current(engine.folder)))
    with index.searcher(weighting=weighting() if weighting is BM25F else weighting) as searcher:
        return {hit["id"]: hit.score for hit in searcher.search(query, limit=None)}


@settings(max_examples=40, deadline=None)
@given(batches, st.lists(plain_trees, min_size=6, max_size=10))
def test_2_sets_are_those_of_whoosh(commits: list[list[Release | str]], nodes: list[Node]) -> None:
    with engine_of(commits) as engine:
        found = answers(engine, [InTitle(node) for node in nodes])
        for node, ours in zip(nodes, found, strict=True):
            assert set(ours) == set(by_whoosh(engine, translated(node))), node


class _OurFrequency(BM25F):  # type: ignore[misc]
    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        documents = searcher.get_parent().doc_count_all()
        containing = searcher.get_parent().doc_frequency(fieldname, text)
        rarity = log(1 + (documents - containing + 0.5) / (containing + 0.5))
        return rarity * (1 - containing / (documents + 1)) ** 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(
            st.lists(st.sampled_from(("drugs", "border", "police")), min_size=1, max_size=LONGEST),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_3_scores_of_one_word_are_those_of_whoosh(commits: list[list[list[str]]]) -> None:
    numbered: list[list[Release | str]] = [
        [release(f"{at}-{n}", " ".join(body), title="news") for n, body in enumerate(bodies)]
        for at, bodies in enumerate(commits)
    ]
    with engine_of(numbered) as engine:
        for word in ("drugs", "border", "police"):
            (ours,) = answers(engine, [ExactWord(word)])
            theirs = by_whoosh(
                engine, whoosh.Term("body_words", word), _OurFrequency(B=0.6, K1=1.6)
            )
            assert ours == pytest.approx(theirs, abs=1e-6)
