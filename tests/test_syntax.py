"""The query language.

Laws:
1. Any text gives a query or a UserError with code, message, position and hint; nothing else.
2. Ordinary typing never errs.
3. `parse_query(format_query(tree)).root` is the tree, spans aside, for every tree in normal form.
4. Every tree of the parser is in normal form.
5. Each leaf carries the span of the text that it came from; spans follow each other.
6. Plain words are all in the tree, as typed and in order: nothing is lost.
7. What is mended is told, each kind once; what needs no mending is not.
8. An empty query is everything; one with no letter or digit left is nothing, and says so.
9. Neither length nor number of operators nor nesting makes it slow or deep.
10. What clearly was meant as an operator and cannot be understood is explained at its character.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.errors import UserError
from indexer.query import (
    NOWHERE,
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Span,
    Tagged,
    Translated,
    Wildcard,
    Word,
)
from indexer.syntax import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_SLOP,
    MAX_TERMS,
    format_query,
    lexer,
    parse_query,
    parser,
    quote_word,
)

ALL = Everything()
NOTHING = Or(())


def side_by_side(*children: Node) -> And:
    return And(children, implicit=True)


def both(*children: Node) -> And:
    return And(children)


def either(*children: Node) -> Or:
    return Or(children)


def words(text: str) -> And:
    return side_by_side(*map(Word, text.split()))


def phrase(text: str, slop: int = 0, exact: bool = False) -> Phrase:
    return Phrase(tuple(text.split()), slop, exact)


def days(start: str | None, end: str | None) -> DateRange:
    return DateRange(start and date.fromisoformat(start), end and date.fromisoformat(end))


A, B, C, D = map(Word, "abcd")
UN, OSCE = FieldValue("organization", "un"), FieldValue("organization", "osce")

EXAMPLES: list[tuple[str, Node]] = [
    # Words
    ("", ALL),
    (" \t\n", ALL),
    ("*", ALL),
    ("**", ALL),
    ("heroin", Word("heroin")),
    ("Heroin Seizure", words("Heroin Seizure")),
    ("  a\u00a0 b\n", words("a b")),
    ("операция Канал", words("операция Канал")),
    ("«Канал»", Word("Канал")),
    ("аб’яднаны", Word("аб’яднаны")),
    ("a, b; c.", words("a b c")),
    ("why did it fail?", words("why did it fail")),
    ("and or not", words("and or not")),
    # Phrases
    ('"seized heroin"', phrase("seized heroin")),
    ("“seized heroin”", phrase("seized heroin")),
    ("„seized heroin“", phrase("seized heroin")),
    ("„seized heroin”", phrase("seized heroin")),
    ("«seized heroin»", phrase("seized heroin")),
    ("”seized heroin”", phrase("seized heroin")),
    ('“seized heroin"', phrase("seized heroin")),
    ('"Operation «Channel» starts"', phrase("Operation Channel starts")),
    ('"heroin"', Word("heroin")),
    ('"a b"c', side_by_side(phrase("a b"), C)),
    ('"AND"', Word("AND")),
    ('"a OR b"', phrase("a OR b")),
    ('"smuggl*"', Word("smuggl")),
    ('a "" b', words("a b")),
    # Words that the tokenizer divides
    ("Channel-Arax", phrase("Channel Arax")),
    ("and/or", phrase("and or")),
    ("10,000.5", phrase("10 000 5")),
    ("12:30", phrase("12 30")),
    ("http://x.y/z", phrase("http x y z")),
    ("http://x.y/z?q=*", phrase("http x y z q")),
    ("std::string", phrase("std string")),
    ("a->b", phrase("a b")),
    # Exact forms and proximity
    ("=seized", ExactWord("seized")),
    ('="seized heroin"', phrase("seized heroin", exact=True)),
    ('="seized"', ExactWord("seized")),
    ("=Channel-Arax", phrase("Channel Arax", exact=True)),
    ("=AND", ExactWord("AND")),
    ('"seized heroin"~5', phrase("seized heroin", slop=5)),
    ('="seized heroin"~5', phrase("seized heroin", slop=5, exact=True)),
    ('"seized heroin"~0', phrase("seized heroin")),
    ('"seized heroin"~', phrase("seized heroin")),
    ('"heroin"~5', Word("heroin")),
    # Shapes
    ("smuggl*", Prefix("smuggl")),
    ("smuggl**,", Prefix("smuggl")),
    ("AND*", Prefix("AND")),
    ("wom?n", Wildcard("wom?n")),
    ("*migration", Wildcard("*migration")),
    ("*migra*", Wildcard("*migra*")),
    ("te?*", Wildcard("te?*")),
    ("Channel-A*", both(Word("Channel"), Prefix("A"))),
    ("=smuggl*", Prefix("smuggl")),
    ("word~", Fuzzy("word")),
    ("word~1", Fuzzy("word")),
    ("word~2,", Fuzzy("word", 2)),
    ("10~20", phrase("10 20")),
    ("a~b", phrase("a b")),
    ("~9", Word("9")),
    # Operators
    ("a AND b", both(A, B)),
    ("a OR b", either(A, B)),
    ("a OR b OR c", either(A, B, C)),
    ("NOT a", both(ALL, Not(A))),
    ("a NOT b", side_by_side(A, Not(B))),
    ("a AND NOT b", both(A, Not(B))),
    ("a OR NOT b", either(A, both(ALL, Not(B)))),
    ("NOT NOT a", A),
    ("a b OR c", side_by_side(A, either(B, C))),
    ("a OR b c", side_by_side(either(A, B), C)),
    ("a AND b OR c", either(both(A, B), C)),
    ("a OR b AND c", either(A, both(B, C))),
    ("a AND b c", side_by_side(both(A, B), C)),
    ("NOT a OR b", either(both(ALL, Not(A)), B)),
    # Signs
    ("-a", both(ALL, Not(A))),
    ("-a -b", both(ALL, Not(A), Not(B))),
    ("a -b", side_by_side(A, Not(B))),
    ("+a b", side_by_side(Required(A), B)),
    ('+a -"b c"', side_by_side(Required(A), Not(phrase("b c")))),
    ("-=a b", side_by_side(Not(ExactWord("a")), B)),
    ("-NOT a", side_by_side(Not(Word("NOT")), A)),
    ("a -b-c", side_by_side(A, Not(phrase("b c")))),
    ("-*", both(ALL, Not(ALL))),
    ("* a", A),
    # Signs that are no operators
    ("a - b", words("a b")),
    ("a -- b --c", words("a b c")),
    ("a – b —c", words("a b c")),
    ("Channel-", Word("Channel")),
    ("C++", Word("C")),
    ("a + b = c", words("a b c")),
    ("a -> b => c", words("a b c")),
    ("a+b", phrase("a b")),
    # Groups
    ("(a)", A),
    ("(a b) c", words("a b c")),
    ("(a AND b) AND c", both(A, B, C)),
    ("(a b) AND c", both(words("a b"), C)),
    ("(a b) OR c", either(words("a b"), C)),
    ("a AND (b OR c)", both(A, either(B, C))),
    ("-(a OR b)", both(ALL, Not(either(A, B)))),
    ("+(a OR b) c", side_by_side(Required(either(A, B)), C)),
    ("-(-a)", A),
    ("(-a) b", side_by_side(Not(A), B)),
    ("(-a -b) AND c", both(Not(A), Not(B), C)),
    ("UN(OSCE)", words("UN OSCE")),
    ("f()", Word("f")),
    ("a OR () b", either(A, B)),
    # Titles
    ("title:Channel", InTitle(Word("Channel"))),
    ("Title:Channel", InTitle(Word("Channel"))),
    ('title:"a b"~2', InTitle(phrase("a b", slop=2))),
    ("title:=a", InTitle(ExactWord("a"))),
    ('title:="a b"', InTitle(phrase("a b", exact=True))),
    ("title:smuggl*", InTitle(Prefix("smuggl"))),
    ("title:a-b", InTitle(phrase("a b"))),
    ("title:(a b)", InTitle(words("a b"))),
    ("title:(a OR b) c", side_by_side(InTitle(either(A, B)), C)),
    ("title:(title:a)", InTitle(A)),
    ("-title:a b", side_by_side(Not(InTitle(A)), B)),
    ("title:-a b", side_by_side(Not(InTitle(A)), B)),
    ("+title:a b", side_by_side(Required(InTitle(A)), B)),
    ("title: a", words("title a")),
    # Fields
    ("organization:un", UN),
    ("Organization:un,", UN),
    ("operation:channel/arax", FieldValue("operation", "channel/arax")),
    ("operation:channel-arax", FieldValue("operation", "channel-arax")),
    ('organization:"European Union"', FieldValue("organization", "European Union")),
    ("organization:«European Union»", FieldValue("organization", "European Union")),
    ('organization:"the ""Union"""', FieldValue("organization", 'the "Union"')),
    ("organization:(un OR osce)", either(UN, OSCE)),
    ("organization:(un osce)", side_by_side(UN, OSCE)),
    ("organization:(un -osce)", side_by_side(UN, Not(OSCE))),
    ('f:("x y" OR (g:z OR w))', either(*map(FieldValue, "fgf", ("x y", "z", "w")))),
    ("-organization:un a", side_by_side(Not(UN), A)),
    ("organization:*", FieldValue("organization", "*")),
    ("a:b:c", FieldValue("a", "b:c")),
    ("Re: hello", words("Re hello")),
    ("organization:**", FieldValue("organization", "*")),
    ("Note:!", Word("Note")),
    ("Note:()", Word("Note")),
    # Dates
    ("year:2018", FieldValue("year", "2018")),
    ("year:2018.", FieldValue("year", "2018")),
    ("year:unknown", FieldValue("year", "unknown")),
    ("year:(2017 OR 2018)", either(*map(FieldValue, ("year", "year"), ("2017", "2018")))),
    ("year:2016..2018", days("2016-01-01", "2018-12-31")),
    ("year:..2018", days(None, "2018-12-31")),
    ("date:2018", days("2018-01-01", "2018-12-31")),
    ("date:2018-02", days("2018-02-01", "2018-02-28")),
    ("date:2020-2", days("2020-02-01", "2020-02-29")),
    ("date:2018-05-03", days("2018-05-03", "2018-05-03")),
    ("date:2018-05..2018-09", days("2018-05-01", "2018-09-30")),
    ("date:..2018-09-01", days(None, "2018-09-01")),
    ("date:2018-05-03..", days("2018-05-03", None)),
    ("date:2018-05-03...", days("2018-05-03", None)),
    ("date:2018..2018-09-01,", days("2018-01-01", "2018-09-01")),
    ('date:"2018-05 .. 2018-09"', days("2018-05-01", "2018-09-30")),
    ("date:9999", days("9999-01-01", "9999-12-31")),
    ("date:*", days(None, None)),
    ("date:-", Word("date")),
]

MENDED: list[tuple[str, Node, int]] = [
    # Query, tree, number of notices
    ("((((", NOTHING, 2),
    ("foo)", Word("foo"), 1),
    ("a :-) b ;-(", words("a b"), 1),
    ("(a (b c", words("a b c"), 1),
    ("Sad:( a", words("Sad a"), 1),
    ("a OR", A, 1),
    ("OR b", B, 1),
    ("a OR OR b", either(A, B), 1),
    ("a OR AND b", both(A, B), 1),
    ("a AND NOT", A, 1),
    ("(OR a AND) b", words("a b"), 1),
    ("a OR !!! b", either(A, B), 0),
    ("a OR !!!", A, 1),
    ("AND", Word("AND"), 1),
    ("(AND) OR", side_by_side(Word("AND"), Word("OR")), 1),
    ('"a b', phrase("a b"), 1),
    ("“a b", phrase("a b"), 1),
    ('organization:"European Union', FieldValue("organization", "European Union"), 1),
    ('title:("a b) c', side_by_side(Word("title"), phrase("a b c")), 2),
    ('a 12" pipe', words("a 12 pipe"), 0),
    ("Channel-Arax~2", phrase("Channel Arax"), 1),
    ("smuggl*~", Prefix("smuggl"), 1),
    ("!!!", NOTHING, 1),
    ("()", NOTHING, 1),
    ('""', NOTHING, 1),
    (" - ", NOTHING, 1),
    ("👍 🚁", NOTHING, 1),
    ("\u200b", NOTHING, 1),
    ("!!! -a", both(ALL, Not(A)), 0),
]

FAULTS: list[tuple[str, str, int]] = [
    # Query, code, position
    ("date:2018-13", "bad_date", 5),
    ("a date:yesterday", "bad_date", 7),
    ("date:2018-02-30", "bad_date", 5),
    ("date:0000", "bad_date", 5),
    ("date:18", "bad_date", 5),
    ("date:2018..x", "bad_date", 11),
    ("date:2018..2019..2020", "bad_date", 11),
    ('date:"May 2018"', "bad_date", 6),
    ("date:(2018 OR May)", "bad_date", 14),
    ("-date:2O18", "bad_date", 6),
    ("date:2018..2016", "bad_range", 5),
    ("year:20x8", "bad_year", 5),
    ("year:>2018", "bad_year", 5),
    ("year:2018-05", "bad_year", 5),
    ("year:2016..20x8", "bad_year", 11),
    ("year:2016..6", "bad_year", 11),
    ("year:2016..2017..2018", "bad_year", 11),
    ("year:0000", "bad_year", 5),
    ("year:2018..2016", "bad_range", 5),
    ("a word~9", "bad_fuzzy", 6),
    ("word~0", "bad_fuzzy", 4),
    ("word~" + "9" * 5_000, "bad_fuzzy", 4),
    (f'"a b"~{MAX_SLOP + 1}', "bad_proximity", 5),
    ('"a b"~' + "9" * 5_000, "bad_proximity", 5),
    ("a" * (MAX_CHARACTERS + 1), "query_too_long", MAX_CHARACTERS),
    ("a" * 100_000, "query_too_long", MAX_CHARACTERS),
    ("a " * (MAX_TERMS + 1), "too_many_terms", 2 * MAX_TERMS),
    ("(" * 51 + "a" + ")" * 51, "nested_too_deeply", MAX_DEPTH),
]

ORDINARY = [
    "What's new in Channel-Arax (2018)?",
    "Re: FW: hello :-) ;) :(",
    "https://www.osce.org/arctic/123?x=[1]&y={2}",
    "C:\\Users\\me\\file.txt",
    "5' 6\" tall, 100% – “quoted, then left",
    "tel. +7 (495) 123-45-67",
    "a@b.org; c@d.org",
    "WAR AND PEACE OR NOT",
    '<b>bold</b> & "x" || y && z ^ 2 # 3 $ 4 % 5 ~ 6 ` 7',
    "¿Qué? ¡Sí! «да» „нет“ ‘so’ …",
    "\x00\x01\x1f\x7f\x85\u2028\ufeff\ud800",
    "👩‍👩‍👧 e\u0301 ի՞նչ 中文 עברית العربية",
    "~ ~~ word~~ * ** ? ?? - -- + ++ = ==",
]


def children_of(node: Node) -> tuple[Node, ...]:
    match node:
        case And(children) | Or(children):
            return children
        case InTitle(child) | Required(child) | Not(child):
            return (child,)
    return ()


def without_spans(node: Node) -> Node:
    match node:
        case And(children) | Or(children):
            return replace(node, children=tuple(map(without_spans, children)))
        case InTitle(child) | Required(child) | Not(child):
            return replace(node, child=without_spans(child))
        case Everything() | Tagged() | Translated():
            return node
        case leaf:
            return replace(leaf, span=NOWHERE)


def nodes_of(node: Node) -> Iterator[Node]:
    yield node
    for child in children_of(node):
        yield from nodes_of(child)


def leaves_of(node: Node) -> list[Leaf]:
    return [one for one in nodes_of(node) if hasattr(one, "span")]


def tree(text: str) -> Node:
    return without_spans(parse_query(text).root)


def parsed(text: str) -> Node | None:
    """The tree, or None where the query is a user's error."""
    try:
        return parse_query(text).root
    except UserError as caught:
        fault = caught
    assert fault.code.startswith(("bad_", "query_", "too_", "nested_"))
    assert fault.code != "bad_request"
    assert fault.message
    assert fault.hint
    assert fault.position is not None
    assert 0 <= fault.position < len(text)
    return None


SNIPPETS = st.sampled_from(
    [
        *("a", "Бб", "c1", "AND", "OR", "NOT", "and", "'", "’s", "\u0301", "中", "2018", "_"),
        *("(", ")", '"', "“", "”", "„", "«", "»", '""', "+", "-", "=", "--", "*", "?", "~", "~2"),
        *("title:", "organization:", "f:(", "title:(", "date:", "year:", "date:2018", "..", "-05"),
        *(":", "/", "://", ".", ",", "!", "👍", "\x00", "\ud800", "\u00a0", "\t", "\\", "~9"),
    ]
)
SPACES = st.sampled_from(["", " ", " ", " "])
QUERIES = st.lists(st.tuples(SNIPPETS, SPACES).map("".join), max_size=25).map("".join)
ANY_TEXT = st.one_of(QUERIES, st.text(st.characters(codec=None), max_size=80))
modest = settings(max_examples=400, deadline=None)

WORD = st.sampled_from(["a", "Heroin", "Канал", "аб’яднаны", "AND", "OR", "NOT", "2018", "中文"])
MANY = st.lists(WORD, min_size=2, max_size=4).map(tuple)
DAYS = st.one_of(st.none(), st.dates())
VALUES = st.text('ab Ж/-.":«»~*()\\,', max_size=12).map(lambda text: f"v{text}w")
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, WORD),
    st.builds(ExactWord, WORD),
    st.builds(Phrase, MANY, st.integers(0, MAX_SLOP), st.booleans()),
    st.builds(Prefix, WORD),
    st.builds(Wildcard, st.sampled_from(["*a", "?a", "a*b", "a?b", "*a*", "a?*", "??a", "AND?OR"])),
    st.builds(Fuzzy, WORD, st.sampled_from([1, 2])),
    st.builds(FieldValue, st.sampled_from(["organization", "x-1", "and"]), VALUES),
    st.builds(FieldValue, st.just("year"), st.sampled_from(["2018", "unknown"])),
    st.tuples(DAYS, DAYS)
    .filter(lambda ends: ends[0] is None or ends[1] is None or ends[0] <= ends[1])
    .map(lambda ends: DateRange(*ends)),
)


def compounds(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees in normal form (as `normal` states it) over positive nodes in normal form."""
    some = st.lists(nodes, min_size=2, max_size=4)
    negative = nodes.filter(lambda node: not isinstance(node, Required)).map(Not)
    return st.one_of(
        some.map(lambda parts: Or(tuple(flat(parts, Or)))),
        st.builds(conjunction_of, some, st.lists(negative, max_size=2), st.booleans()),
        st.lists(negative, min_size=2, max_size=3).map(lambda parts: And((ALL, *parts))),
        nodes.filter(lambda node: not isinstance(node, Required)).map(Required),
        nodes.filter(lambda node: not isinstance(node, Required | InTitle)).map(InTitle),
    )


def flat(parts: list[Node], kind: type) -> list[Node]:
    return [sub for part in parts for sub in (part.children if isinstance(part, kind) else [part])]


def conjunction_of(some: list[Node], negative: list[Not], implicit: bool) -> Node:
    parts: list[Node] = []
    for part in some:
        alike = isinstance(part, And) and (part.implicit == implicit or part.children[0] == ALL)
        parts.extend(part.children if alike else [part])
    parts = [part for part in [*parts, *negative] if part != ALL]
    if all(isinstance(part, Not) for part in parts):
        return And((ALL, *parts))
    return And(tuple(parts), implicit)


TREES = st.recursive(LEAVES, compounds, max_leaves=12)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_examples(text: str, expected: Node) -> None:
    query = parse_query(text)
    assert without_spans(query.root) == expected
    assert query.text == text
    assert query.notices == ()  # law 7


@given(ANY_TEXT)
@example("".join(map(chr, range(0x250))))
@settings(modest, max_examples=1_000)
def test_law_1_any_text_gives_a_query_or_a_user_error(text: str) -> None:
    parsed(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_law_2_ordinary_typing_never_errs(text: str) -> None:
    parse_query(text)
    for end in range(len(text)):  # as it is typed
        parse_query(text[:end])


@given(st.lists(WORD | st.sampled_from(list("()+-=\"'“”«»*?.,;!&|^/\\<>[]{}👍 ")), max_size=40))
@modest
def test_law_2_words_and_signs_in_any_order_never_err(parts: list[str]) -> None:
    parse_query("".join(parts))


@given(TREES)
@modest
def test_law_3_a_tree_comes_back_from_its_string(node: Node) -> None:
    assert tree(format_query(node)) == node


@given(ANY_TEXT)
@modest
def test_law_3_a_parsed_tree_comes_back_from_its_string(text: str) -> None:
    root = parsed(text)
    if root is not None:
        query = parse_query(format_query(root))
        assert without_spans(query.root) == without_spans(root)
        assert query.notices == () or root == NOTHING


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_law_3_holds_for_the_examples(text: str) -> None:
    assert tree(format_query(parse_query(text).root)) == tree(text)


@given(ANY_TEXT)
@modest
def test_law_4_the_tree_is_in_normal_form(text: str) -> None:
    root = parsed(text)
    if root is None or root == NOTHING:
        return
    assert not isinstance(root, Not)
    for node in nodes_of(root):
        children = children_of(node)
        match node:
            case And(children, implicit):
                assert len(children) > 1
                assert not any(isinstance(c, And) and c.implicit == implicit for c in children)
                assert not all(isinstance(child, Not) for child in children)
                if ALL in children:
                    assert children.index(ALL) == 0
                    assert all(isinstance(child, Not) for child in children[1:])
            case Or():
                assert len(children) > 1
                assert not any(isinstance(child, Or | Not) for child in children)
            case Not() | Required():
                assert not isinstance(children[0], Not | Required)
            case InTitle():
                assert not isinstance(children[0], Not | Required | InTitle)


@given(ANY_TEXT)
@example('x "AND" =b -"c d"~2 title:="e f" organization:(g OR "h i") j* k~2, l?m =n-o')
@modest
def test_law_5_spans_are_where_the_leaves_stand(text: str) -> None:
    root = parsed(text)
    leaves = leaves_of(root) if root is not None else []
    assert all(left.span.end <= right.span.start for left, right in pairwise(leaves))
    for leaf in leaves:
        assert 0 <= leaf.span.start < leaf.span.end <= len(text)
        typed = text[leaf.span.start : leaf.span.end]
        match leaf:
            case Word(word) | ExactWord(word):
                assert in_order([word], typed)
            case Phrase(words=several):
                assert in_order(several, typed)
            case _:
                assert any([without_spans(leaf)] == found for found in readings(leaf, typed))


def in_order(surfaces: Sequence[str], typed: str) -> bool:
    """Whether the text is these words with nothing but marks and signs around them."""
    divided = r"[\W_]*".join(map(re.escape, surfaces))
    return re.fullmatch(rf"[\W_]*{divided}[\W_]*(~[0-9]+)?", typed) is not None


def readings(leaf: Leaf, typed: str) -> list[list[Node]]:
    """The leaves (signs aside) of a span's text, by itself or in a group of the leaf's field."""
    texts = [typed]
    if isinstance(leaf, FieldValue):
        texts.append(f"{leaf.field}:({typed})")
    if isinstance(leaf, DateRange):
        texts += [f"date:({typed})", f"year:({typed})"]
    roots = [root for text in texts if (root := parsed(text)) is not None]
    return [[without_spans(one) for one in leaves_of(root)] for root in roots]


def in_words(text: str) -> Word | Phrase:
    surfaces = tuple(token.text for token in tokenize(text))
    return Word(*surfaces) if len(surfaces) == 1 else Phrase(surfaces)


def test_law_5_spans_by_example() -> None:
    text = '-foo =bar "b c"~2 title:x organization:(un) Channel-Arax, y*'
    spans = [text[leaf.span.start : leaf.span.end] for leaf in leaves_of(parse_query(text).root)]
    assert spans == ["foo", "=bar", '"b c"~2', "x", "un", "Channel-Arax", "y*"]
    (value,) = leaves_of(parse_query("-organization:un,").root)
    assert (value.span.start, value.span.end) == (1, 16)


@given(st.text("abЖé1 -/.,;&", max_size=60))
@modest
def test_law_6_plain_words_are_all_in_the_tree(text: str) -> None:
    found: list[str] = []
    for leaf in leaves_of(parse_query(text).root):
        found.extend(leaf.words if isinstance(leaf, Phrase) else [leaf.text])
    assert found == [token.text for token in tokenize(text)]


@pytest.mark.parametrize(("text", "expected", "notices"), MENDED)
def test_law_7_what_is_mended_is_told_once(text: str, expected: Node, notices: int) -> None:
    query = parse_query(text)
    assert without_spans(query.root) == expected
    assert len(query.notices) == notices
    assert all(type(notice) is str and "{" not in notice for notice in query.notices)


def test_law_7_a_notice_names_the_first_place() -> None:
    assert parse_query("ab) ) OR").notices == (
        "The parenthesis at character 3 has no partner and was ignored.",
        "The operator at character 7 has nothing to join and was ignored.",
    )


@given(st.text('!?.,;:…-+=~()"“”«»👍\u200b\x00 ', min_size=1, max_size=30))
@modest
def test_law_8_nothing_left_is_not_everything(text: str) -> None:
    query = parse_query(text)
    if text.strip():
        assert query.root == NOTHING
        assert any("matches nothing" in notice for notice in query.notices)
    else:
        assert query.root == ALL
        assert not query.notices


HEAVY = [
    "a" * MAX_CHARACTERS,
    "(" * MAX_CHARACTERS,
    ")" * MAX_CHARACTERS,
    "()" * (MAX_CHARACTERS // 2),
    "(" * 5_000 + ")" * 5_000,
    "“" * MAX_CHARACTERS,
    '"' * MAX_CHARACTERS,
    "f:" + '"' * (MAX_CHARACTERS - 2),
    "f:a" + "," * (MAX_CHARACTERS - 4) + "b",
    "a~" * (MAX_CHARACTERS // 2 - 1_500),
    "a" + "~" * (MAX_CHARACTERS - 2) + "b",
    "a" + "?" * (MAX_CHARACTERS - 2) + "b",
    "*" * MAX_CHARACTERS,
    "a-" * 1_000 + "-" * 8_000,
    "- " * (MAX_CHARACTERS // 2),
    "NOT " * (MAX_CHARACTERS // 4 - 1) + "a",
    "OR " * (MAX_CHARACTERS // 3),
    "a OR " * MAX_TERMS,
    "f:(" * (MAX_CHARACTERS // 3),
    "x" * 5_000 + ":" + "y" * 4_000,
]


@pytest.mark.parametrize("text", HEAVY, ids=[text[:6] for text in HEAVY])
def test_law_9_no_query_is_slow(text: str) -> None:
    started = time.process_time()
    parsed(text)
    assert time.process_time() - started < 1


def test_law_9_too_long_a_query_is_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(UserError, match=r"100,000 characters; the limit is 10,000"):
        parse_query("a OR (" * 16_666 + "aaaa")
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize("joint", [" OR ", " AND ", " ", " -", " AND NOT "])
def test_law_9_ten_thousand_operands_are_one_flat_node(
    joint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "MAX_CHARACTERS", 10**6)
    monkeypatch.setattr(lexer, "MAX_TERMS", 10**6)
    text = joint.join(["a"] * 10_000)
    started = time.process_time()
    root = parse_query(text).root
    assert time.process_time() - started < 1
    assert len(children_of(root)) == 10_000
    assert tree(format_query(root)) == without_spans(root)


def test_law_9_the_limits_themselves_are_allowed() -> None:
    assert parse_query("a" * MAX_CHARACTERS).root == Word("a" * MAX_CHARACTERS, Span(0, 10_000))
    assert len(children_of(parse_query("a " * MAX_TERMS).root)) == MAX_TERMS
    assert len(children_of(parse_query(" OR ".join("a" * MAX_TERMS)).root)) == MAX_TERMS
    assert tree("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == A
    assert tree("(" * 99 + ")" * 99 + "a") == A
    assert tree("(" * 99 + "a") == A
    assert tree(f'"a b"~{MAX_SLOP}') == phrase("a b", slop=MAX_SLOP)


@pytest.mark.parametrize(
    ("text", "code", "position"), FAULTS, ids=[f"{text[:16]}-{code}" for text, code, _ in FAULTS]
)
def test_law_10_faults_are_explained_at_their_character(
    text: str, code: str, position: int
) -> None:
    with pytest.raises(UserError) as caught:
        parse_query(text)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert caught.value.hint
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("word", "typed"),
    [("a", "a"), ("AND", '"AND"'), ("or", "or"), ("a b", '"a b"'), ("-a", '"-a"'), ("", '""')],
)
def test_quote_word(word: str, typed: str) -> None:
    assert quote_word(word) == typed


@given(st.text(max_size=20))
@modest
def test_quote_word_gives_words_and_no_operators(word: str) -> None:
    expected = in_words(word)
    assert tree(quote_word(word)) == (NOTHING if expected == Phrase(()) else expected)


def test_trees_that_the_language_cannot_say_come_out_nearly() -> None:
    assert format_query(Tagged("organization", "un", Word("UN"))) == "UN"
    assert format_query(Not(Tagged("organization", "un", words("a b")))) == "-(a b)"
    assert format_query(Not(Translated(words("a b"), ()))) == "-(a b)"
    assert format_query(And((Translated(Word("a"), ()), Word("b")), implicit=True)) == "a b"
    assert format_query(And(())) == "*"
    assert format_query(Not(Not(A))) == "-(-a)"
