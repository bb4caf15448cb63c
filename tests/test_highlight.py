"""What is marked, and which passage is shown.

1. Marks are sorted, disjoint and inside the text, whatever is asked.
2. A mark slices to a word that matches; inflected forms match in the language of the release.
3. A phrase marks whole occurrences only.
4. A snippet holds a mark where the body has one, and its marks are those of the body.
5. HTML is escaped, text and marks alike; without the tags it is the text.
6. What only the title was asked for is marked in the title only; mentions are marked by facet.
"""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import highlight
from indexer.analysis import normalize, stem, tokenize
from indexer.highlight import Marker
from indexer.matching import places
from indexer.passages import SNIPPET_LENGTH, passage
from indexer.query import (
    And,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Translated,
    Translation,
    Wildcard,
    Word,
)
from indexer.release import Language, Mention, Release, Source
from indexer.response import MarkedText
from tests.oracle import times
from tests.releases import authority, release

FACETS = authority().facets


def marked(node: Node, body: str, language: str = "en") -> list[str]:
    text = Marker(node, FACETS).body(release("a", body, language=language))
    return [text.text[start:end] for start, end in text.marks]


def assert_marks(text: MarkedText) -> None:
    at = 0
    for start, end in text.marks:
        assert at <= start < end <= len(text.text)
        at = end


@pytest.mark.parametrize(
    ("node", "language", "body", "expected"),
    [
        (Word("seize"), "en", "Seized, seizing; SEIZES, seizure.", ["Seized", "seizing", "SEIZES"]),
        (Word("граница"), "ru", "На границе, границы. Ограничения", ["границе", "границы"]),
        (Word("граница"), "en", "На границе, граница.", ["граница"]),
        (Word("ещё"), "ru", "Еще и ещё", ["Еще", "ещё"]),
        (Word("seize"), "unknown", "seized seize", ["seize"]),
        (ExactWord("seized"), "en", "Seized, seizing", ["Seized"]),
        (Prefix("seiz"), "en", "Seized, cease, seizure", ["Seized", "seizure"]),
        (Wildcard("wom?n"), "en", "Women, woman, womenfolk", ["Women", "woman"]),
        (Fuzzy("woman"), "en", "women womb", ["women"]),
        (Not(Word("seize")), "en", "seize", []),
        (Or((Word("a"), Not(Word("b")))), "en", "a b", ["a"]),
        (And((Required(Word("a")), Word("b"))), "en", "a b c", ["a", "b"]),
    ],
)
def test_2_words_that_match_are_marked(
    node: Node, language: str, body: str, expected: list[str]
) -> None:
    assert marked(node, body, language) == expected


def test_2_a_word_of_the_stem_in_another_script_is_not_marked() -> None:
    assert marked(Word("UN"), "ООН UN", "ru") == ["UN"]


@pytest.mark.parametrize(
    ("phrase", "body", "expected"),
    [
        (Phrase(("seized", "heroin")), "seize heroin. seized drugs, heroin", ["seize", "heroin"]),
        (
            Phrase(("seized", "heroin"), exact=True),
            "seize heroin. seized heroin",
            ["seized", "heroin"],
        ),
        (Phrase(("seized", "heroin"), slop=1), "heroin was seized", ["heroin", "seized"]),
        (Phrase(("seized", "heroin"), slop=1), "heroin was then seized", []),
        (Phrase(("a", "a")), "a b a", []),
        (Phrase(("a", "a")), "a a a", ["a", "a", "a"]),
        (Phrase(("a", "a"), slop=2), "a b c", []),
        (Phrase(("wom-en",)), "wom en", ["wom", "en"]),
        (Phrase(()), "a", []),
    ],
)
def test_3_phrases_mark_whole_occurrences(phrase: Phrase, body: str, expected: list[str]) -> None:
    assert marked(phrase, body) == expected


letters = st.lists(st.sampled_from("abc"), max_size=9)


@settings(max_examples=200, deadline=None)
@given(letters, st.lists(st.sampled_from("abc"), min_size=1, max_size=3), st.integers(0, 3))
def test_3_a_phrase_is_marked_where_it_is_found(
    words: list[str], terms: list[str], slop: int
) -> None:
    found = marked(Phrase(tuple(terms), slop, exact=True), " ".join(words))
    assert bool(found) == bool(times(terms, words, slop))


texts = st.text("aбի é’'<&>\".\n-", max_size=80) | st.lists(
    st.sampled_from(["seized", "heroin", "границы", "սահմանի", "end.", "\n", "<b>"]), max_size=150
).map(" ".join)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, st.sampled_from(["seize", "граница", "սահման", "a"])),
    st.builds(Prefix, st.sampled_from(["s", "г", "a"])),
    st.builds(Wildcard, st.sampled_from(["*", "?", "*e*"])),
    st.builds(Fuzzy, st.sampled_from(["heroine", "a"]), st.integers(1, 2)),
    st.builds(
        Phrase,
        st.lists(st.sampled_from(["seized", "heroin", "a"]), max_size=3).map(tuple),
        st.integers(0, 3),
    ),
)
nodes = st.recursive(
    leaves, lambda inner: st.builds(Or, st.lists(inner, max_size=3).map(tuple)), max_leaves=4
)
languages = st.sampled_from(["en", "ru", "hy", "unknown"])


@settings(max_examples=200, deadline=None)
@given(nodes, texts, languages)
def test_1_and_4_marks_and_snippets_hold_for_any_text(node: Node, body: str, language: str) -> None:
    one = release("a", body, title=body[:40], language=language)
    marker = Marker(node, FACETS)
    whole, snippet = marker.body(one), marker.snippet(one)
    for text in (marker.title(one), whole, snippet):
        assert_marks(text)
    assert whole.text == body
    assert snippet.text in body
    assert len(snippet.text) <= SNIPPET_LENGTH + 200
    assert bool(snippet.marks) == bool(whole.marks)
    forms = {whole.text[start:end] for start, end in whole.marks}
    assert {snippet.text[start:end] for start, end in snippet.marks} <= forms


@settings(max_examples=100, deadline=None)
@given(texts, languages)
def test_2_a_mark_is_a_word_of_the_stem(body: str, language: str) -> None:
    wanted = stem("seized", language)
    for form in marked(Word("seized"), body, language):
        (token,) = tokenize(form)
        word = normalize(token.text)
        assert word == "seized" or stem(word, language) == wanted


@settings(max_examples=100, deadline=None)
@given(nodes, texts)
def test_5_html_is_the_text_escaped(node: Node, body: str) -> None:
    text = Marker(node, FACETS).body(release("a", body, language="en"))
    html = text.to_html()
    assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}
    assert html.count("<mark>") == html.count("</mark>") == len(text.marks)
    assert unescape(re.sub(r"</?mark>", "", html)) == body


def test_5_html_and_plain_text_show_where_text_was_cut() -> None:
    text = MarkedText('a <b> & "c"', ((2, 5),), cut_before=True, cut_after=True)
    assert text.to_html() == "… a <mark>&lt;b&gt;</mark> &amp; &quot;c&quot; …"
    assert text.to_plain() == '… a <b> & "c" …'


def test_4_the_snippet_is_where_most_different_words_stand() -> None:
    filler = "Nothing of note happened that day. " * 30
    body = f"Heroin, heroin, heroin. {filler}Police seized heroin here. {filler}"
    node = Or((Word("heroin"), Word("police"), Word("seize")))
    snippet = Marker(node, FACETS).snippet(release("a", body, language="en"))
    assert snippet.text.startswith("Police seized heroin here.")
    assert (snippet.cut_before, snippet.cut_after) == (True, True)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(nodes, texts, languages, st.integers(20, 400))
def test_4_the_snippet_of_a_long_text_is_from_its_first_part_with_a_mark(
    monkeypatch: pytest.MonkeyPatch, node: Node, body: str, language: str, size: int
) -> None:
    monkeypatch.setattr(highlight, "SEARCHED", size)
    marker, one = Marker(node, FACETS), release("a", body, language=language)
    whole = marker.body(one)
    part = whole.marks[0][0] // size if whole.marks else 0
    assert marker.snippet(one) == passage(whole, range(part * size, (part + 1) * size))


def test_4_without_a_mark_the_snippet_is_the_beginning() -> None:
    snippet = passage(MarkedText("First words. " * 100))
    assert snippet.text.startswith("First words.")
    assert (snippet.cut_before, snippet.cut_after) == (False, True)
    assert passage(MarkedText("")) == MarkedText("")


def test_6_title_words_are_marked_in_the_title_only() -> None:
    one = release("a", "heroin police", title="police heroin", language="en")
    marker = Marker(And((InTitle(Word("police")), Word("heroin"))), FACETS)
    assert marker.title(one).marks == ((0, 6), (7, 13))
    assert marker.body(one).marks == ((0, 6),)
    assert marker.forms(one) == ("police", "heroin")


def test_6_translations_are_marked_in_their_language_only() -> None:
    names = (
        Translation("border", "ru", Word("граница")),
        Translation("border", "be", Word("мяжа")),
        Translation("border-service", "ru", Phrase(("пограничная", "служба"))),
    )
    root = And((Translated(Word("border"), names), InTitle(Translated(Word("police"), ()))))
    text = "Пограничной службой на границе, мяжа, border"
    russian = Marker(root, FACETS).body(release("a", text, language="ru"))
    marked = [russian.text[start:end] for start, end in russian.marks]
    assert marked == ["Пограничной", "службой", "границе", "border"]
    belarusian = Marker(root, FACETS).forms(release("a", text, language="be"))
    assert belarusian == ("мяжа", "border")
    in_title = Marker(InTitle(Translated(Word("border"), names)), FACETS)
    one = release("a", "граница", title="Граница", language="ru")
    assert (in_title.title(one).marks, in_title.body(one).marks) == (((0, 7),), ())


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (FieldValue("organization", "un"), ["UNODC"]),
        (FieldValue("organization", "unodc"), ["UNODC"]),
        (FieldValue("operation", "channel"), ["Channel-Arax"]),
        (Tagged("operation", "channel/arax", Word("channel")), ["Channel-Arax"]),
        (FieldValue("operation", "proxy"), []),
        (Not(FieldValue("operation", "channel")), []),
    ],
)
def test_6_mentions_are_marked_by_their_facet(node: Node, expected: list[str]) -> None:
    body = "UNODC and Channel-Arax"
    one = Release(
        "a",
        Source("a.txt", "0" * 64),
        "",
        body,
        language=Language("en", 1.0),
        mentions=(
            Mention("organization", "unodc", "UNODC", "body", 0, 5, "name"),
            Mention("operation", "channel/arax", "Channel-Arax", "body", 10, 22, "name"),
        ),
    )
    marks = Marker(node, FACETS).body(one).marks
    assert [body[start:end] for start, end in marks] == expected


@settings(max_examples=500, deadline=None)
@given(
    st.text(st.sampled_from("abs'’-_ .ябé\u0301\u055bի1\n("), max_size=40),
    st.lists(st.integers(0, 20), max_size=4),
)
def test_2_places_are_those_of_the_tokens(text: str, picks: list[int]) -> None:
    tokens = list(tokenize(text))
    words = {tokens[pick].text for pick in picks if pick < len(tokens)} | {"absent", "a", "я"}
    expected = [(token.start, token.end) for token in tokens if token.text in words]
    assert sorted(places(text, words)) == expected
