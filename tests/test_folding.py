"""Folded forms and keys of names.

1. A folded form drops marks and the letters that a keyboard lacks; folding twice changes nothing.
2. Words joined by a hyphen are also one word, at their place in the text.
3. The spellings of a name in any script share a key; other names have other keys.
4. Numbers, short words and other scripts have no key.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import compounds, folded, normalize, transliteration_key

WORDS = st.text(alphabet="abhijkostyzéïłøабгежзийкстыьюяіқғңөүӣҳєљևեւվուշ", max_size=14)


def key(word: str) -> str | None:
    return transliteration_key(normalize(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Zaïnetdinov", "zainetdinov"),
        ("Łódź", "lodz"),
        ("Қазақстан", "казакстан"),
        ("Ҳуқуқ", "хукук"),
        ("Ўзбекистон", "узбекистон"),
        ("йод", "йод"),
        ("Ёлка", "елка"),
        ("Єлкє", "олко"),
        ("љ", "љ"),
        ("Երևան", "երեվան"),
        ("ԵՐԵՎԱՆ", "երեվան"),
        ("CSTO", "csto"),
    ],
)
def test_1_folded_words(word: str, expected: str) -> None:
    assert folded(normalize(word)) == expected


@settings(max_examples=300, deadline=None)
@given(st.one_of(WORDS, st.text(max_size=12)))
def test_1_folding_twice_changes_nothing(text: str) -> None:
    word = normalize(text)
    assert folded(folded(word)) == folded(word)


def test_2_hyphens_join() -> None:
    text = "On Counter-terrorism, Channel-Arax - not 2-day."
    found = list(compounds(text))
    assert [token.text for token in found] == ["Counterterrorism", "ChannelArax"]
    assert text[found[0].start : found[0].end] == "Counter-terrorism"


@pytest.mark.parametrize(
    "spellings",
    [
        "Tasmagambetov Тасмагамбетов Тасмағамбетов",
        "Zas Зась Zass",
        "Zaynetdinov Zainetdinov Zaïnetdinov Зайнетдинов",
        "Bordyuzha Bordiuzha Borduja Бордюжа",
        "Masadykov Masadikov Масадыков",
        "Khachaturov Хачатуров Խաչատուրով",
        "Pashinyan Pashinian Пашинян Փաշինյան",
        "Shchegrikovich Щегрикович",
        "Khairulloyev Khayrulloev Хайруллоев",
        "Rakhmon Rahmon Рахмон Раҳмон",
        "Japarov Zhaparov Жапаров",
        "Tokayev Tokaev Toqaev Токаев Тоқаев",
        "Mirziyoyev Мирзиёев",
        "Yerevan Erevan Ереван Երևան ԵՐԵՎԱՆ",
        "Tsikhanouski Ціханоўскі",
        "Alexey Aleksey Aleksei Алексей",
        "Yuri Yuriy Юрий",
        "Bishkek Бишкек Բիշքեկ",
        "Rubezh Рубеж",
        "Naemnik Наёмник",
    ],
)
def test_3_spellings_of_a_name_share_a_key(spellings: str) -> None:
    assert len({key(spelling) for spelling in spellings.split()}) == 1
    assert key(spellings.split()[0])


def test_3_other_names_have_other_keys() -> None:
    names = "Sidorov Сердюков Semerikov Храпов Зась Zhaparov Шарипов Լուկաշենկո Aliyev Валиев"
    assert len({key(name) for name in names.split()}) == len(names.split())


@pytest.mark.parametrize("word", ["2007", "no", "вы", "ня7", "日本語", "Ελλάδα", ""])
def test_4_what_has_no_key(word: str) -> None:
    assert key(word) is None


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_4_keys_are_plain_letters(text: str) -> None:
    found = key(text)
    assert found is None or (found.isascii() and found.isalpha() and len(found) >= 3)
