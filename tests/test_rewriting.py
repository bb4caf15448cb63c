"""Query trees rewritten for an index.

1. `resolve` turns `name:value` into a value of a facet, or into words, or explains the fault.
2. `expand` finds names of authority files among plain words, and says so.
3. `relaxed` makes alternatives of words that merely stand side by side, and of nothing else.
4. `described` ranks many plain words and lets every operator bind.
5. A tree that needs no rewriting comes back as it was.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UserError
from indexer.query import (
    And,
    ExactWord,
    FieldValue,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Required,
    Span,
    Tagged,
    Translated,
    Word,
    positive_leaves,
)
from indexer.rewriting import described, expand, relaxed, resolve
from indexer.syntax import parse_query
from tests.releases import authority

AUTHORITY = authority()
FACETS = AUTHORITY.facets


def resolved(node: Node) -> Node:
    return resolve(Query("", node), FACETS).root


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("organization", "un", FieldValue("organization", "un")),
        ("organization", "UN", FieldValue("organization", "un")),
        ("organization", "United Nations", FieldValue("organization", "un")),
        ("organization", "обсе", FieldValue("organization", "osce")),
        ("organization", "unknown", FieldValue("organization", "unknown")),
        ("year", "1999", FieldValue("year", "1999")),
        ("year", "unknown", FieldValue("year", "unknown")),
        ("lang", "ru", FieldValue("language", "ru")),
        ("language", "Russian", FieldValue("language", "ru")),
    ],
)
def test_1_a_value_is_found_by_id_or_label(field: str, value: str, expected: Node) -> None:
    assert resolved(FieldValue(field, value)) == expected


@pytest.mark.parametrize(
    "wrap",
    [
        Not,
        Required,
        InTitle,
        lambda n: And((n,)),
        lambda n: Or((n,)),
        lambda n: Tagged("operation", "proxy", n),
        lambda n: Translated(n, ()),
    ],
)
def test_1_values_are_resolved_wherever_they_stand(wrap) -> None:  # type: ignore[no-untyped-def]
    assert resolved(wrap(FieldValue("lang", "RU"))) == wrap(FieldValue("language", "ru"))


@pytest.mark.parametrize(
    ("field", "value", "code", "hint"),
    [
        ("organisation", "un", "unknown_facet", "organization:un"),
        ("organizations", "un", "unknown_facet", "organization:un"),
        ("organization", "osse", "unknown_value", "organization:osce"),
        ("operation", "proxi", "unknown_value", "operation:proxy"),
    ],
)
def test_1_what_was_clearly_meant_is_explained(
    field: str, value: str, code: str, hint: str
) -> None:
    with pytest.raises(UserError) as caught:
        resolved(FieldValue(field, value, Span(4, 9)))
    assert (caught.value.code, caught.value.position) == (code, 4)
    assert hint in str(caught.value.hint)


def test_1_what_is_no_facet_is_words_and_says_so() -> None:
    query = resolve(Query("x", FieldValue("https", "//un.org/a"), ("before",)), FACETS)
    words = [leaf.text for leaf in positive_leaves(query.root) if isinstance(leaf, Word)]
    assert words == ["https", "un", "org", "a"]
    assert query.notices[0] == "before"
    assert len(query.notices) == 2


def expanded(text: str) -> Query:
    return expand(resolve(parse_query(text), FACETS), AUTHORITY)


def tags(node: Node) -> list[tuple[str, str]]:
    match node:
        case Tagged(facet, value, child):
            return [(facet, value), *tags(child)]
        case And(children) | Or(children):
            return [tag for child in children for tag in tags(child)]
        case Not(child) | Required(child) | InTitle(child):
            return tags(child)
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("United Nations", [("organization", "un")]),
        ("ООН", [("organization", "un")]),
        ("session of OSCE in Vienna", [("organization", "osce")]),
        ("operation channel", [("operation", "channel")]),
        ("channel operation", [("operation", "channel")]),
        ("Channel-Arax", [("operation", "channel/arax")]),
        ("UNODC OSCE", [("organization", "unodc"), ("organization", "osce")]),
        ("channel", []),
        ("heroin seized", []),
        ("=OSCE", []),
        ("-OSCE heroin", []),
    ],
)
def test_2_names_are_found_among_plain_words(text: str, expected: list[tuple[str, str]]) -> None:
    query = expanded(text)
    assert tags(query.root) == expected
    assert bool(query.notices) == bool(expected)


def test_2_a_name_keeps_its_words_and_its_cue() -> None:
    root = expanded("drugs operation channel police").root
    assert isinstance(root, And)
    drugs, tagged, police = root.children
    assert isinstance(tagged, Tagged)
    assert [leaf.text for leaf in positive_leaves(tagged) if isinstance(leaf, Word)] == [
        "operation",
        "channel",
    ]
    assert isinstance(drugs, Word)
    assert isinstance(police, Word)


def test_2_the_notice_names_what_was_included() -> None:
    (notice,) = expanded("ОБСЕ").notices
    assert "organization “OSCE”" in notice


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["un", "osce", "operation", "channel", "drugs", "united", "nations"]),
        min_size=1,
        max_size=7,
    )
)
def test_2_expanding_loses_no_word(words: list[str]) -> None:
    text = " ".join(words)
    leaves = positive_leaves(expanded(text).root)
    assert [leaf.text for leaf in leaves if isinstance(leaf, Word)] == words


def test_3_side_by_side_words_become_alternatives() -> None:
    a, b, c, d = Word("a"), Word("b"), Word("c"), Word("d")
    query = Query("a b +c -d", And((a, b, Required(c), Not(d)), implicit=True), ("notice",))
    assert relaxed(query) == Query("a b +c -d", And((Or((a, b)), Required(c), Not(d))), ("notice",))


@pytest.mark.parametrize(
    "root",
    [
        Word("a"),
        Or((Word("a"), Word("b"))),
        And((Word("a"), Word("b"))),
        And((Word("a"),), implicit=True),
        And((Word("a"), Not(Word("b"))), implicit=True),
        And((Required(Word("a")), Required(Word("b"))), implicit=True),
    ],
)
def test_3_nothing_else_is_relaxed(root: Node) -> None:
    assert relaxed(Query("", root)) is None


@pytest.mark.parametrize(
    "root",
    [
        Word("heroin"),
        Phrase(("seized", "heroin")),
        And((Word("a"), Or((ExactWord("b"), Not(Word("c")))))),
        InTitle(Word("a")),
    ],
)
def test_5_what_needs_no_rewriting_stays(root: Node) -> None:
    query = Query("text", root, ("notice",))
    assert resolve(query, FACETS) == query
    assert expand(query, AUTHORITY) == query


def test_4_many_plain_words_are_ranked_and_operators_bind() -> None:
    query = parse_query('route of drug-trafficking gangs "Channel-Arax" +police -border year:2018')
    root = query.root
    assert isinstance(root, And)
    *plain, channel, police, border, year = root.children
    assert described(query) == replace(
        query, root=And((Or(tuple(plain), all_first=True), channel, police, border, year))
    )
    assert isinstance(plain[2], Phrase)


def test_4_with_plain_words_alone_nothing_binds() -> None:
    query = parse_query("where was heroin seized")
    assert isinstance(query.root, And)
    assert described(query) == replace(query, root=Or(query.root.children, all_first=True))


def test_4_a_name_is_one_of_the_words() -> None:
    query = expanded("operation channel heroin")
    assert described(query) is None
    found = described(expanded("operation channel heroin police border"))
    assert found is not None
    assert isinstance(found.root, Or)
    assert isinstance(found.root.children[0], Tagged)


@pytest.mark.parametrize(
    "text",
    [
        "heroin seized",
        "two words",
        "one two +three",
        'one two "three"',
        "one two “three four”",
        "one two thr*",
        "one OR two OR three OR four",
        "one AND two AND three AND four",
        "one two OR three four",
    ],
)
def test_4_fewer_words_and_operators_are_no_description(text: str) -> None:
    assert described(parse_query(text)) is None
