"""Queries rewritten for search across languages.

1. A word, words side by side, or a phrase that names a concept gets its names in other languages.
2. What is exact, excluded or tagged stays, and so does a query that names nothing.
3. An engine finds translations under direct matches, in their language alone, and says why.
"""

from pathlib import Path

import pytest

from indexer import Index, SearchRequest
from indexer.authority import Authority, Glossary
from indexer.query import (
    And,
    ExactWord,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Required,
    Tagged,
    Translated,
    Translation,
    Word,
    positive_leaves,
)
from indexer.syntax import parse_query
from indexer.translation import translate
from tests.releases import ORGANIZATIONS, release

WORDS = """
[glossary]
[[entry]]
id = "border"
[entry.names]
en = ["border", "frontier"]
ru = ["граница"]
hy = ["սահման"]
kk = ["шекара"]
[[entry]]
id = "illegal-migration"
[entry.names]
en = ["illegal migration"]
ru = ["незаконная миграция"]
[[entry]]
id = "union"
[entry.names]
en = ["union"]
hy = ["ԵԽ"]
[[entry]]
id = "treaty"
[entry.names]
en = ["treaty"]
ru = ["договор"]
[[entry]]
id = "contract"
[entry.names]
en = ["contract"]
ru = ["договор"]
"""
AUTHORITY = Authority({"glossary.toml": WORDS, "organizations.toml": ORGANIZATIONS})
LANGUAGES = ("en", "ru", "hy")


@pytest.fixture
def glossary() -> Glossary:
    return AUTHORITY.glossary


def root_of(text: str, glossary: Glossary) -> Node:
    return translate(parse_query(text), glossary, LANGUAGES).root


def given(node: Node) -> list[tuple[str, str, Node]]:
    """What a node was translated to."""
    assert isinstance(node, Translated)
    return [(one.concept, one.language, one.name) for one in node.translations]


def test_1_a_word(glossary: Glossary) -> None:
    node = root_of("borders", glossary)
    assert given(node) == [
        ("border", "ru", Word("граница")),
        ("border", "hy", Word("սահման")),
    ]
    assert list(positive_leaves(node)) == list(positive_leaves(parse_query("borders").root))


def test_1_words_side_by_side_are_one_name(glossary: Glossary) -> None:
    root = root_of("police illegal migration border", glossary)
    assert isinstance(root, And)
    police, migration, border = root.children
    assert isinstance(police, Word)
    assert given(migration) == [
        ("illegal-migration", "ru", Phrase(("незаконная", "миграция"))),
    ]
    assert isinstance(migration, Translated)
    assert isinstance(migration.child, And)
    assert migration.child.implicit
    assert [leaf.text for leaf in positive_leaves(migration) if isinstance(leaf, Word)] == [
        "illegal",
        "migration",
    ]
    assert isinstance(border, Translated)


def test_1_a_phrase_that_is_a_name_as_a_whole(glossary: Glossary) -> None:
    assert len(given(root_of('"незаконной миграции"', glossary))) == 1
    assert isinstance(root_of('"illegal migration routes"', glossary), Phrase)
    assert isinstance(root_of('"illegal migration"~3', glossary), Phrase)


def test_1_a_name_of_two_concepts_gives_both(glossary: Glossary) -> None:
    assert [concept for concept, _, _ in given(root_of("договор", glossary))] == [
        "treaty",
        "contract",
    ]


def test_1_an_abbreviation_is_searched_as_it_is_written(glossary: Glossary) -> None:
    ((_, _, name),) = given(root_of("union", glossary))
    assert name == ExactWord("եխ")


@pytest.mark.parametrize("text", ["border OR x", "(border) AND x", "+border x", "title:border"])
def test_1_wherever_it_stands(glossary: Glossary, text: str) -> None:
    def translated(node: Node) -> list[Node]:
        match node:
            case And(children) | Or(children):
                return [one for child in children for one in translated(child)]
            case Required(child) | InTitle(child):
                return translated(child)
            case Translated():
                return [node]
        return []

    assert len(translated(root_of(text, glossary))) == 1


def test_1_the_user_is_told(glossary: Glossary) -> None:
    query = translate(parse_query("heroin border"), glossary, LANGUAGES)
    assert query.notices == ("Also searched in other languages: border.",)


@pytest.mark.parametrize("text", ["=border", "-border", "bord*", "border~", "zzz", "", "шекараzzz"])
def test_2_what_stays_as_it_is(glossary: Glossary, text: str) -> None:
    query = parse_query(text)
    assert translate(query, glossary, LANGUAGES) == query


def test_2_a_tagged_name_and_foreign_languages_stay(glossary: Glossary) -> None:
    tagged = Query("border", Tagged("organization", "un", Word("border")))
    assert translate(tagged, glossary, LANGUAGES) == tagged
    assert translate(parse_query("border"), glossary, ["en"]) == parse_query("border")
    excluded = Query("", And((Word("x"), Not(Word("border"))), implicit=True))
    assert translate(excluded, glossary, LANGUAGES) == excluded


def test_3_translations_rank_under_direct_matches(tmp_path: Path, glossary: Glossary) -> None:
    (tmp_path / "authority").mkdir()
    for name, text in AUTHORITY.texts.items():
        (tmp_path / "authority" / name).write_text(text, encoding="utf-8")
    with Index.create(tmp_path / "index", authority=tmp_path / "authority") as index:
        with index.writer() as writer:
            writer.add(release("en", "They crossed the border", language="en"))
            writer.add(release("ru", "Они пересекли границу", language="ru"))
            writer.add(release("kk", "шекара", language="kk"))
            writer.add(release("be", "границу", language="be"))
            writer.commit()
        query = translate(parse_query("border"), glossary, LANGUAGES)
        page = index.search(SearchRequest(query).explained())
        assert [hit.release.id for hit in page.hits] == ["en", "ru"]
        assert page.hits[0].score > page.hits[1].score
        (reason,) = page.hits[1].explanation.reasons
        assert (reason.rule, reason.language, reason.asked) == ("glossary", "ru", "border")
        assert reason.forms == ("границу",)
        assert reason.score == pytest.approx(page.hits[1].score, abs=1e-4)


def test_3_a_language_that_the_index_lacks_gives_nothing(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        with index.writer() as writer:
            writer.add(release("en", "border", language="en"))
            writer.commit()
        names = (Translation("border", "ka", Word("border")),)
        query = Query("x", Translated(Word("x"), names))
        assert index.search(SearchRequest(query)).total == 0
