"""Stems.

1. The forms of a paradigm of a grammar share a stem, but for those named apart.
2. Other words have other stems.
3. Names and abbreviations are not stemmed away, and all forms of a name meet.
4. A suffix follows the vowel and the last letter before it; what does not is no suffix.
5. A stem is never empty, and a stemmer answers any word.
6. The measure of the benchmark counts pairs.
7. A word without a letter of the language's script is its own stem.
"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.morphology import Meeting, gold, meeting
from indexer.analysis import normalize, script_of_language, script_of_word, stem
from indexer.analysis.endings import Endings, endings, row
from indexer.analysis.stems import _ALGORITHMS
from indexer.analysis.turkic import Harmony, kinds
from indexer.authority.tagger import _TRANSLITERATED

TABLES = ("be", "hy", "kk", "ky", "tg")
PARADIGMS = tomllib.loads(
    (Path(__file__).parent.parent / "bench" / "paradigms.toml").read_text(encoding="utf-8")
)["paradigm"]


def stems(forms: str, language: str) -> set[str]:
    return {stem(normalize(form), language) for form in forms.split()}


@pytest.mark.parametrize(
    "paradigm", PARADIGMS, ids=lambda each: f"{each['language']}-{each['rule']}"
)
def test_1_forms_of_a_paradigm_share_a_stem(paradigm: dict[str, str]) -> None:
    apart = paradigm.get("apart", "").split()
    forms = [form for form in paradigm["forms"].split() if form not in apart]
    assert len(stems(" ".join(forms), paradigm["language"])) == 1
    for form in apart:
        assert len(stems(f"{form} {forms[-1]}", paradigm["language"])) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("be", "бяспека бясплатна беларус беларускі партыя порт"),
        ("hy", "պետական պետություն նախարար նախարարություն սահման սահմանադրություն"),
        ("hy", "գործ գործել"),
        ("kk", "кеңес кеме қауіп қала аймақ айдар қару қар арал араб ара жылғы жылқы"),
        ("ky", "коопсуздук коомдук коом аймак айыл арал араб ара келиши келишим эл элчи"),
        ("tg", "амният амалиёт вазир вазифа шаҳр шахс дарё дар миллион миллӣ дору дорам"),
        ("ru", "организация орган вопрос опрос"),
        ("en", "exercise executive"),
    ],
)
def test_2_other_words_have_other_stems(language: str, words: str) -> None:
    assert len(stems(words, language)) == len(words.split())


@pytest.mark.parametrize(
    ("language", "word"),
    [
        *(("en", word) for word in ("CSTO", "OSCE", "Proxy", "UNODC", "CARICC", "RATS", "Zas")),
        *(("ru", word) for word in ("ОДКБ", "ОБСЕ", "США", "НАТО", "Прокси", "ООН", "ИГИЛ")),
        *(("be", word) for word in ("АДКБ", "АБСЕ", "НАТО")),
        *(("kk", word) for word in ("ҰҚШҰ", "НАТО", "БҰҰ")),
        *(("ky", word) for word in ("ЖККУ", "БУУ")),
        *(("tg", word) for word in ("СААД", "НАТО")),
        *(("hy", word) for word in ("ՀԱՊԿ", "ՄԱԿ", "ՆԱՏՕ")),
    ],
)
def test_3_names_and_abbreviations_are_kept(language: str, word: str) -> None:
    assert stem(normalize(word), language) == normalize(word)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", "Тасмагамбетов Тасмагамбетова Тасмагамбетову Тасмагамбетовым Тасмагамбетовой"),
        ("ru", "Алиев Алиева Алиевым Алиеву"),
        ("ru", "Токаев Токаева Токаеву Токаевым"),
        ("ru", "Пашинян Пашиняна Пашиняну Пашиняном"),
        ("ru", "Зась Зася Засю Засем"),
        ("ru", "Казахстан Казахстана Казахстаном Казахстане"),
        ("ru", "канал канала каналу каналом канале каналы каналов каналам"),
        ("ru", "саммит саммита саммиту саммите саммитов"),
        ("ru", "исполком исполкома исполкому исполкоме"),
        ("be", "Тасмагамбетаў Тасмагамбетава Тасмагамбетавым Тасмагамбетаву"),
        ("be", "Інтэрпол Інтэрпола Інтэрполам"),
        ("en", "Proxy Proxies"),
        ("hy", "Երևան Երևանի Երևանում Երևանից"),
        ("kk", "Тоқаев Тоқаевтың Тоқаевқа Тоқаевпен"),
    ],
)
def test_3_forms_of_a_name_meet(language: str, forms: str) -> None:
    assert len(stems(forms, language)) == 1


def harmony() -> Endings:
    rules = Harmony(
        vowels=kinds(a="аы", e="еи"),
        letters=kinds(V="аеыи", N="нмдлр", T="ткс"),
        sounds={
            "A": {"a": "а", "e": "е"},
            "L": {"V": "л", "N": "д", "T": "т"},
            "C": {"V": "с", "N": "", "T": ""},
        },
    )
    return rules.endings((("", "LAр"), ("", "CA")))


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("каталар", "ката"),
        ("кеткентер", "кеткентер"),
        ("катанлар", "катанлар"),
        ("катандар", "катан"),
        ("катакта", "катакт"),
        ("катактар", "катак"),
        ("катактер", "катактер"),
        ("катактара", "катак"),
        ("катаса", "ката"),
        ("катакса", "катакс"),
        ("аттар", "ат"),
        ("татар", "татар"),
    ],
)
def test_4_suffixes_follow_the_letters_before_them(word: str, rest: str) -> None:
    assert harmony().cut(word) == rest


def test_4_the_longest_ending_is_cut() -> None:
    table = endings(row("ов ев", "- а"), ["а"])
    assert table.cut("иванова") == "иван"
    assert table.cut("ова") == "ова"
    assert row("- в", "ел", "- ум") == ["ел", "елум", "вел", "велум"]


LETTERS = "абдеикмнорстуыьңүғҳӣӯіўцлսնելաքությվածիმ"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=LETTERS, min_size=1, max_size=16), st.sampled_from([*TABLES, "ru", "en"]))
def test_5_every_word_has_a_stem(word: str, language: str) -> None:
    normal = normalize(word)
    assert stem(normal, language)
    assert len(stem(normal, language)) <= len(normal) + 1


def test_6_pairs_are_counted() -> None:
    pairs = {("aa", "1"), ("ab", "1"), ("b", "1"), ("ac", "2")}
    found = meeting(pairs, lambda form: form[0])
    assert found == Meeting(recall=1 / 3, precision=1 / 3)
    assert found.f1 == pytest.approx(1 / 3)
    assert meeting(pairs, lambda form: form) == Meeting(0.0, 1.0)


def test_6_gold_pairs_are_content_words(tmp_path: Path) -> None:
    folder = tmp_path / "morphology" / "ud_xx_any"
    folder.mkdir(parents=True)
    lines = ["1\tДамы\tдом\tNOUN", "2\tі\tі\tNOUN", "3\tякія\tякі\tPRON", "4\t«\t«\tNOUN", "# x"]
    text = "\n".join(line + "\t_" * 6 for line in lines)
    (folder / "xx-ud-test.conllu").write_text(text, encoding="utf-8")
    (found,) = gold(tmp_path)
    assert (found.name, found.language, found.pairs) == ("UD test", "xx", {("дамы", "дом")})


ALL_FORMS = {normalize(form) for paradigm in PARADIGMS for form in paradigm["forms"].split()}
ALL_FORMS |= {normalize(form) for form in ["nations", "NATO’s", "migrations", "ἀνθρώπων", "يكتبون"]}


@pytest.mark.parametrize("language", sorted({*_ALGORITHMS, *TABLES} - _TRANSLITERATED))
def test_7_words_of_another_script_are_their_own_stems(language: str) -> None:
    own = script_of_language(language)
    others = [w for w in ALL_FORMS if own not in {script_of_word(letter) for letter in w}]
    assert others
    assert [stem(word, language) for word in others] == others
