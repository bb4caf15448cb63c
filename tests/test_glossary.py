"""The glossary: what is wrong with its files, and which concepts a query's words name.

1. The bundled file is sorted, whole in seven languages, and says nothing twice.
2. A fault of a file is one line that names the file, the entry and the fault.
3. A glossary is no facet, and an index keeps it.
4. Words are found in any language, form and script; the longest name counts; all meanings do.
5. What is given in other languages is never the word that was asked.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index
from indexer.analysis import languages_written_like, normalize, tokenize
from indexer.authority import Authority, Concept, Glossary, parse_file, parse_glossary
from indexer.errors import AuthorityError
from tests.releases import ORGANIZATIONS

AUTHORITY = Path(__file__).parent.parent / "corpus" / "authority"
LANGUAGES = ("en", "ru", "hy", "be", "kk", "ky", "tg")
TEXT = (AUTHORITY / "glossary.toml").read_text(encoding="utf-8")
CONCEPTS = parse_glossary("glossary.toml", TEXT)

ENTRY = """
[[entry]]
id = "heroin"
[entry.names]
en = ["heroin"]
ru = ["героин"]
"""
SMALL = f"[glossary]\n{ENTRY}"


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Authority.load(AUTHORITY).glossary


def found(glossary: Glossary, query: str) -> list[tuple[str, str]]:
    """The words of each name that was found, and its concept."""
    words = query.split()
    return [(" ".join(words[f.first : f.last]), f.concept) for f in glossary.find(words)]


def others(glossary: Glossary, query: str) -> dict[str, list[str]]:
    """The names in other languages of the first concept that was found."""
    words = query.split()
    names: dict[str, list[str]] = {}
    for name in glossary.others(glossary.find(words)[0], words):
        names.setdefault(name.language, []).append(" ".join(name.words))
    return names


def test_1_it_has_its_concepts_in_all_languages() -> None:
    whole = [concept for concept in CONCEPTS if all(concept.names.get(c) for c in LANGUAGES)]
    assert len(whole) >= 800
    assert all(set(concept.names) <= set(LANGUAGES) for concept in CONCEPTS)


def test_1_it_is_sorted() -> None:
    ids = [entry["id"] for entry in tomllib.loads(TEXT)["entry"]]
    assert ids == sorted(set(ids))
    assert all(list(c.names) == [each for each in LANGUAGES if each in c.names] for c in CONCEPTS)


def test_1_names_are_written_in_the_script_of_their_language() -> None:
    strangers = [
        (concept.id, language, name)
        for concept in CONCEPTS
        for language, names in concept.names.items()
        for name in names
        for word in name.split()
        if not languages_written_like(word, [language]) or name != name.strip()
    ]
    assert strangers == []


def test_1_every_name_finds_its_concept(glossary: Glossary) -> None:
    lost = []
    for concept in CONCEPTS:
        for name in (name for names in concept.names.values() for name in names):
            words = [token.text for token in tokenize(name)]
            whole = [f.concept for f in glossary.find(words) if f.last - f.first == len(words)]
            if concept.id not in whole:
                lost.append((concept.id, name))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[glossary", "words.toml: not valid TOML"),
        (SMALL + "[more]\nx = 1\n", "words.toml: unknown key “more”"),
        ("[glossary]\nlabel = 1\n" + ENTRY, "words.toml, glossary: unknown key “label”"),
        (SMALL + ENTRY, "words.toml, entry “heroin”: this id stands there twice"),
        (SMALL + "[[entry]]\nid = 'opium'\n", "entry “opium”: it has no names"),
        (SMALL + "[[entry]]\nnames = {}\n", "words.toml, entry 2: “id” is missing"),
        (SMALL + "[[entry]]\nid = 'Opium'\n", "entry “Opium”: an id has lower-case letters"),
        (SMALL + "[[entry]]\nid = 'a'\nlabel = 'x'\n", "entry “a”: unknown key “label”"),
        (SMALL + "tg = 'героин'\n", "“tg” must be a list of names in quotation marks"),
        (SMALL + "hy = ['հերոին', 'Հերոին']\n", "“Հերոին” stands twice among its names in hy"),
        (SMALL + "hy = ['-']\n", "entry “heroin”: “-” has no letters or digits"),
        (SMALL + "Armenian = ['հերոին']\n", "“Armenian” is no language code"),
    ],
)
def test_2_a_fault_is_one_line(text: str, message: str) -> None:
    with pytest.raises(AuthorityError) as error:
        parse_glossary("words.toml", text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_2_a_folder_with_a_bad_glossary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(SMALL + ENTRY, encoding="utf-8")
    with pytest.raises(AuthorityError, match="stands there twice"):
        Authority.load(tmp_path)


def test_3_it_is_no_facet() -> None:
    authority = Authority({"glossary.toml": TEXT, "organizations.toml": ORGANIZATIONS})
    bare = Authority({"organizations.toml": ORGANIZATIONS})
    assert list(authority.facets) == list(bare.facets)
    assert len(authority.glossary) == len(CONCEPTS)
    with pytest.raises(AuthorityError):
        parse_file("glossary.toml", TEXT)


def test_3_an_archive_without_one_works() -> None:
    authority = Authority({"organizations.toml": ORGANIZATIONS})
    assert len(authority.glossary) == 0
    assert authority.glossary.find(["heroin"]) == ()


def test_3_an_index_keeps_the_one_that_it_was_made_with(tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "words.toml").write_text(SMALL, encoding="utf-8")
    (folder / "organizations.toml").write_text(ORGANIZATIONS, encoding="utf-8")
    Index.create(tmp_path / "index", authority=folder).close()
    (folder / "words.toml").unlink()
    with Index.open(tmp_path / "index") as index:
        assert "words" not in index.facets
        assert len(index.engine.authority.glossary) == 1


def test_3_a_second_file_adds_names_and_concepts() -> None:
    own = '[glossary]\n[[entry]]\nid = "heroin"\n[entry.names]\nuk = ["героїн"]\nen = ["smack"]\n'
    own += '[[entry]]\nid = "khat"\n[entry.names]\nen = ["khat"]\nru = ["кат"]\n'
    glossary = Authority({"a.toml": SMALL, "b.toml": own}).glossary
    assert found(glossary, "smack khat") == [("smack", "heroin"), ("khat", "khat")]
    assert others(glossary, "героин") == {"en": ["heroin", "smack"], "uk": ["героїн"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("heroin", "heroin"),
        ("TERRORISTS", "terrorist"),
        ("treaties", "treaty"),
        ("границы", "border"),
        ("визита", "visit"),
        ("войсками", "troops"),
        ("Астане", "astana"),
        ("սահման", "border"),
        ("հերոին", "heroin"),
        ("мяжа", "border"),
        ("бяспекі", "security"),
        ("шекараның", "border"),
        ("қауіпсіздікті", "security"),
        ("коопсуздуктун", "security"),
        ("амнияти", "security"),
        ("сарҳади", "border"),
        ("ОДКБ", "csto"),
        ("ҰҚШҰ", "csto"),
    ],
)
def test_4_a_word_in_any_language_and_form(glossary: Glossary, query: str, expected: str) -> None:
    assert expected in [concept for _, concept in found(glossary, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("illegal migration", [("illegal migration", "illegal-migration")]),
        ("незаконной миграции", [("незаконной миграции", "illegal-migration")]),
        ("заңсыз көші қонға", [("заңсыз көші қонға", "illegal-migration")]),
        ("мыйзамсыз миграциянын", [("мыйзамсыз миграциянын", "illegal-migration")]),
        (
            "seized heroin tajik afghan border",
            [
                ("seized", "seizure"),
                ("heroin", "heroin"),
                ("tajik afghan border", "tajik-afghan-border"),
            ],
        ),
        ("border heroin", [("border", "border"), ("heroin", "heroin")]),
        ("the secretary general", [("secretary general", "secretary-general")]),
    ],
)
def test_4_the_longest_name_counts(
    glossary: Glossary, query: str, expected: list[tuple[str, str]]
) -> None:
    assert found(glossary, query) == expected


def test_4_a_name_of_several_concepts_means_all_of_them(glossary: Glossary) -> None:
    assert found(glossary, "договор") == [("договор", "contract"), ("договор", "treaty")]


def test_4_what_is_written_as_a_name_is_no_form_of_another(glossary: Glossary) -> None:
    assert found(glossary, "виз") == [("виз", "visa")]
    assert found(glossary, "визит") == [("визит", "visit")]
    assert found(glossary, "important") == []
    assert found(glossary, "imports") == [("imports", "import")]


def test_4_abbreviations_and_cut_down_stems_stand_for_nothing_else() -> None:
    names = {"en": ("AIDS",), "hy": ("միություն",)}
    glossary = Glossary([Concept("both", names)])
    assert found(glossary, "aids միություն") == [("aids", "both"), ("միություն", "both")]
    assert found(glossary, "aid") == []
    assert found(glossary, "մի") == []


def test_4_other_words_find_nothing(glossary: Glossary) -> None:
    assert found(glossary, "zzz qwerty ъъъ 2018") == []
    assert found(glossary, "") == []


def test_5_names_in_other_languages(glossary: Glossary) -> None:
    names = others(glossary, "illegal migration")
    assert set(names) == set(LANGUAGES) - {"en"}
    assert "незаконная миграция" in names["ru"]
    assert "заңсыз көші қон" in names["kk"]


def test_5_a_word_that_two_languages_share_is_given_in_neither(glossary: Glossary) -> None:
    names = others(glossary, "контрабанда")
    assert "ru" not in names
    assert names["be"] == ["кантрабанда"]
    assert "контрабанда" not in names.get("kk", ())
    assert names["ky"] == ["аткезчилик"]


SOME = Glossary(CONCEPTS[:300])
WORDS = [name for concept in CONCEPTS for names in concept.names.values() for name in names]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=6))
def test_5_places_are_in_order_and_nothing_is_its_own_translation(parts: list[str]) -> None:
    words = " ".join(parts).split()
    behind = (0, 0)
    for each in SOME.find(words):
        place = (each.first, each.last)
        assert place == behind or behind[1] <= each.first < each.last <= len(words)
        behind = place
        asked = tuple(normalize(word) for word in words[each.first : each.last])
        names = list(SOME.others(each, words))
        assert all(name.words != asked and name.concept == each.concept for name in names)
        assert len(each.languages) > 1 or each.languages.isdisjoint(n.language for n in names)
