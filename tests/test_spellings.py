"""Other spellings of the words of a query.

1. The words of an index that share a folded form, or a key across scripts, are all found.
2. For a pair of releases that differ in the form alone, the nearer form ranks higher: exact,
   folded, stem, variant, glossary.
3. What was added is told, marked and explained, and can be switched off.
4. A form that is switched off is found, marked and told no more.
5. What is exact, excluded or quoted is not respelled, and short words meet no other scripts.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Index, SearchRequest, parse_query
from indexer.analysis import folded, normalize, script_of_word, transliteration_key
from indexer.embedded import spellings
from indexer.embedded.spellings import SHORTEST_FOLDED, SHORTEST_VARIANT, Spellings
from indexer.lexicon import Lexicon
from indexer.release import Release
from tests.releases import release

LANGUAGES = ("en", "ru", "kk", "hy")

letters = st.one_of(
    st.text("abcehiostyzkgđøæœé", min_size=1, max_size=7),
    st.text("абгдежзийкхцчшщьюяғқіїөў", min_size=1, max_size=7),
    st.text("աբգեզժիխծկհձճյշչցոււըև", min_size=1, max_size=7),
    st.sampled_from(["shch", "kh", "tz", "yo", "щ", "х", "дж", "խ", "ու", "թ", "th", "ts"]),
)
words = st.lists(letters, min_size=1, max_size=3).map("".join).map(normalize)


class _Words:
    """A snapshot that has these words, each in one release."""

    def __init__(self, words: Sequence[str]) -> None:
        self._lexicon = Lexicon.of(sorted(set(words), key=str.encode))

    def lexicons(self, field: str) -> list[Lexicon]:
        return [self._lexicon] if field == "body_words" else []

    def frequency(self, _field: str, _word: str) -> int:
        return 1


def found(word: str, among: Sequence[str]) -> dict[str, set[str]]:
    """The spellings of a word by their rule."""
    others = Spellings(cast(Any, _Words(among)), LANGUAGES).of(word)
    by_rule: dict[str, set[str]] = {"folded": set(), "variant": set()}
    for one in others:
        by_rule[one.rule].add(cast(Any, one.name).text)
    return by_rule


def spelled(word: str) -> list[str]:
    """The word in other letters: by chance two words hardly ever meet. Each is of one script."""
    cyrillic = word.translate(str.maketrans("abgdezik", "абгдезик"))
    made = [word, folded(word), word.replace("kh", "х"), cyrillic, word.replace("é", "e")]
    return [one for one in made if len({script_of_word(letter) for letter in one}) == 1]


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=1, max_size=12))
def test_1_all_spellings_are_found(some: list[str]) -> None:
    among = [normalize(each) for word in some for each in spelled(word)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spellings, "MOST", 1000)
        for word in among:
            by_rule = found(word, among)
            others = set(among) - {word}
            same = {w for w in others if folded(w) == folded(word)}
            likely = len(word) >= SHORTEST_FOLDED and word.isalpha()
            assert by_rule["folded"] == (same if likely else set()), word
            key, script = transliteration_key(word), script_of_word(word)
            sound = {w for w in others if key and transliteration_key(w) == key}
            sound = {w for w in sound - same if script_of_word(w) != script}
            assert by_rule["variant"] == (sound if len(word) >= SHORTEST_VARIANT else set()), word


GLOSSARY = """
[glossary]
[[entry]]
id = "governor"
[entry.names]
ru = ["Тасмагамбетов"]
hy = ["մարզպետ"]
"""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """One release for each rule, and a neighbour in its language, all of equal length."""
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    made = Index.create(tmp_path / "index", authority=folder)
    with made.writer() as writer:
        for one in releases():
            writer.add(one)
    return made


def releases() -> list[Release]:
    return [
        release("exact", "Тасмагамбетов заявил вчера", language="ru"),
        release("stem", "Тасмагамбетову заявили вчера", language="ru"),
        release("folded", "Тасмағамбетов сегодня там", language="ru"),
        release("variant", "Tasmagambetov spoke there", language="en"),
        release("en", "Nobody spoke there", language="en"),
        release("glossary", "մարզպետ երեկ ասաց", language="hy"),
        release("hy", "նախարար երեկ ասաց", language="hy"),
    ]


RULES = ("exact", "folded", "stem", "variant", "glossary")


def ranked(index: Index, request: SearchRequest) -> list[str]:
    return [hit.release.id for hit in index.search(request).hits]


def test_2_the_nearer_form_ranks_higher(index: Index) -> None:
    assert ranked(index, SearchRequest(parse_query("Тасмагамбетов"))) == list(RULES)


def test_2_five_scores_by_hand(index: Index) -> None:
    """Every text has three words, as long as the average: one word counts as 1, saturated.

    Two of the three Russian releases have the stem, so its rarity is
    ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) * (1 - 2 / 4)^2 = ln 1.6 * 0.25 = 0.117501.
    The word as it stands is in one release of seven, but counts as no rarer than its stem, and so
    do the other spellings and the translation.
    """
    rarity = 0.117501
    by_hand = {
        # The stem and the word itself give as much; the exact form gets a fifth on top.
        "exact": {"exact": rarity + 0.2 * rarity},  # 0.141001
        "folded": {"folded": 1.1 * rarity},  # 0.129251
        "stem": {"stem": rarity},  # 0.117501
        "variant": {"variant": 0.75 * rarity},  # 0.088126
        "glossary": {"glossary": 0.5 * rarity},  # 0.058750
    }
    for hit in index.search(SearchRequest(parse_query("Тасмагамбетов"), explain=True)).hits:
        assert hit.explanation is not None
        given = {reason.rule: reason.score for reason in hit.explanation.reasons}
        assert given == pytest.approx(by_hand[hit.release.id], abs=2e-6)
        assert hit.score == pytest.approx(sum(by_hand[hit.release.id].values()), abs=2e-6)


def test_3_each_rule_explains_and_marks(index: Index) -> None:
    page = index.search(SearchRequest(parse_query("Тасмагамбетов"), explain=True))
    for hit in page.hits:
        assert hit.explanation is not None
        assert hit.explanation.reasons[0].rule == hit.release.id
        assert hit.explanation.reasons[0].asked == "Тасмагамбетов"
        assert sum(r.score for r in hit.explanation.reasons) == pytest.approx(hit.score, abs=1e-5)
        first = hit.release.body.split()[0]
        assert "".join(hit.snippet.text[a:b] for a, b in hit.snippet.marks) == first
        assert hit.explanation.reasons[0].forms == (first,)
        assert index.marked(hit.release, SearchRequest(parse_query("Тасмагамбетов")))[1].marks


def test_3_what_was_added_is_told(index: Index) -> None:
    page = index.search(SearchRequest(parse_query("Тасмагамбетов")))
    assert page.notices == (
        "Also searched in other languages: Тасмагамбетов.",
        "Also spelled: тасмағамбетов, tasmagambetov.",
    )


def test_3_each_addition_is_switched_off(index: Index) -> None:
    request = SearchRequest(parse_query("Тасмагамбетов"))
    direct = {"exact", "stem"}
    assert set(ranked(index, replace(request, variants=False))) == direct | {"glossary"}
    assert set(ranked(index, replace(request, translate=False))) == set(RULES) - {"glossary"}
    bare = index.search(replace(request, translate=False, variants=False))
    assert {hit.release.id for hit in bare.hits} == direct
    assert bare.notices == ()


def test_3_a_language_that_is_asked_for_is_not_translated_from(index: Index) -> None:
    page = index.search(SearchRequest(parse_query("Тасмагамбетов lang:ru")))
    assert {hit.release.id for hit in page.hits} == {"exact", "folded", "stem"}
    assert not any("other languages" in notice for notice in page.notices)


@pytest.mark.parametrize(
    ("form", "gone"),
    [("Тасмагамбетов", "exact"), ("Тасмагамбетову", "stem"), ("Тасмағамбетов", "folded")],
)
def test_4_a_form_is_switched_off(index: Index, form: str, gone: str) -> None:
    request = SearchRequest(parse_query("Тасмагамбетов"), without_forms=(form,))
    page = index.search(request.explained())
    assert {hit.release.id for hit in page.hits} == set(RULES) - {gone}
    switched_off = index.release(gone)
    assert switched_off is not None
    assert index.marked(switched_off, request)[1].marks == ()
    for hit in page.hits:
        assert hit.explanation is not None
        assert form not in [f for reason in hit.explanation.reasons for f in reason.forms]


def test_4_what_is_switched_off_is_not_told(index: Index) -> None:
    request = SearchRequest(parse_query("Тасмагамбетов"), without_forms=("Tasmagambetov",))
    assert "Also spelled: тасмағамбетов." in index.search(request).notices


@pytest.mark.parametrize("query", ["=Тасмагамбетов", '"Тасмагамбетов заявил"'])
def test_5_what_is_exact_or_quoted_stays(index: Index, query: str) -> None:
    page = index.search(SearchRequest(parse_query(query)))
    assert [hit.release.id for hit in page.hits if hit.release.id in RULES[1::2]] == []
    assert page.notices == ()


def test_5_nothing_is_excluded_that_nobody_typed(index: Index) -> None:
    found = ranked(index, SearchRequest(parse_query("-Тасмагамбетов заявил")))
    assert "variant" not in found
    assert set(ranked(index, SearchRequest(parse_query("NOT Тасмагамбетов")))) == {
        "folded", "variant", "en", "glossary", "hy",
    }  # fmt: skip


def test_5_short_words_meet_no_other_script() -> None:
    assert found("data", ["data", "дата"])["variant"] == set()
    assert found("forum", ["forum", "форум"])["variant"] == {"форум"}
