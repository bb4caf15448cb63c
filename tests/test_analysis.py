"""Tokens, normalized words and stems."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import has_stems, normalize, spellings, stem, token_texts, tokenize
from indexer.analysis.scripts import (
    languages_written_like,
    script_of_language,
    script_of_word,
    unmix,
)
from indexer.analysis.tokens import ASCII_WORD, WORD
from indexer.analysis.words import MAX_WORD

TABLES = ("be", "hy", "kk", "ky", "tg")

LETTERS = "abzСсІіҰұӣёўьъ’'ʼ-\u0301\u055eՀֆ9 .\n" + "абвгдежзийклмнопрстуфхцчшщыэюя"
TEXTS = st.one_of(st.text(max_size=80), st.text(alphabet=LETTERS, max_size=80))


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def stems(forms: str, language: str) -> set[str]:
    return {stem(normalize(form), language) for form in forms.split()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Channel-2007, stage II", ["Channel", "2007", "stage", "II"]),
        ("Аб’яднаны штаб", ["Аб’яднаны", "штаб"]),
        ("the state's forces", ["the", "state's", "forces"]),
        ("«Канал»: ОДКБ/СНГ", ["Канал", "ОДКБ", "СНГ"]),
        ("ի՞նչ եղավ", ["ի՞նչ", "եղավ"]),
        ("ста́рый snake_case", ["ста́рый", "snake", "case"]),
        ("2-летний", ["2", "летний"]),
        (" -–… ", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_tokens_carry_their_offsets() -> None:
    token = list(tokenize("  «Канал-2007»"))[1]
    assert (token.text, token.start, token.end) == ("2007", 9, 13)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ОДКБ", "одкб"),
        ("Наёмник", "наемник"),
        ("ста́рый", "старый"),
        ("Аб’яднаны", "абяднаны"),
        ("Бар'ер", "барер"),
        ("state's", "state"),
        ("ի՞նչ", "ինչ"),
        ("Straße", "strasse"),
        ("й", "й"),
    ],
)
def test_normalized_words(word: str, expected: str) -> None:
    assert normalize(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("\u0390", "\u03ca"),
        ("\u0149", "n"),
        ("bё", "be"),
        ("жſж", "жѕж"),
        ("ß" * MAX_WORD, "s" * MAX_WORD),
    ],
)
def test_words_are_folded_until_nothing_is_left_to_fold(word: str, expected: str) -> None:
    assert normalize(word) == expected
    assert normalize(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The state's forces, Channel-2007", ["The", "state", "s", "forces", "Channel", "2007"]),
        ("Аб’яднаны штаб, the state’s", ["Аб’яднаны", "штаб", "the", "state’s"]),
        ("", []),
    ],
)
def test_spellings_are_words_without_places(text: str, expected: list[str]) -> None:
    assert spellings(text) == expected


@given(st.text(alphabet="as'\u2019_ 9b-é\n"))
def test_texts_of_tokens_are_those_of_tokens(text: str) -> None:
    assert token_texts(text) == [token.text for token in tokenize(text)]


def test_a_word_without_end_is_cut() -> None:
    assert len(normalize("я" * 10_000)) == MAX_WORD


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("\u0421RRF", "CRRF"),
        ("қау\u0069псіздік", "қауіпсіздік"),
        ("CSTO", "CSTO"),
        ("СНГ", "СНГ"),
        ("windowsокна", "windowsокна"),
    ],
)
def test_letters_that_look_alike_are_unmixed(word: str, expected: str) -> None:
    assert unmix(word) == expected


def test_scripts() -> None:
    assert script_of_language("kk") == "CYRILLIC"
    assert script_of_language("sw") == "LATIN"
    assert script_of_word("ՀԱՊԿ") == "ARMENIAN"
    assert script_of_word("2007") is None
    assert languages_written_like("канал", ["en", "ru", "hy"]) == ["ru"]
    assert languages_written_like("2007", ["en", "ru"]) == ["en", "ru"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "operation operations"),
        ("en", "negotiated negotiating"),
        ("ru", "организация организации организацией организациям"),
        ("ru", "учение учения учений учениями"),
        ("hy", "սահման սահմանի սահմանին"),
        ("be", "арганізацыя арганізацыі арганізацыю арганізацыяй арганізацый"),
        ("be", "вучэнне вучэння вучэнню вучэнням вучэннях"),
        ("be", "калектыўны калектыўнай калектыўную калектыўных"),
        ("be", "бяспека бясьпекі бясьпеку"),
        ("be", "удзельнік ўдзельнікі ўдзельнікаў"),
        ("kk", "кеңесі кеңесінің кеңесіне кеңесінде кеңестер"),
        ("kk", "министрлік министрлігі министрлігінің министрлігінде министрліктер"),
        ("kk", "операция операциясы операциясының операцияларда"),
        ("kk", "хатшы хатшылар хатшысының"),
        ("ky", "кеңеши кеңешинин кеңештер кеңештеринин"),
        ("ky", "машыгуу машыгуусу машыгуусунун машыгуулар машыгууларында"),
        ("ky", "күчтөр күчтөрү күчтөрүнүн күчтөрүнө"),
        ("ky", "уюмунун уюмуна уюмунда уюмдар"),
        ("tg", "созмон созмони созмонҳо созмонҳои созмонро созмонҳоро"),
        ("tg", "вазир вазири вазирон вазирони"),
        ("tg", "дастаҷамъӣ дастаҷамъии дастаҷамъиро"),
        ("tg", "давлат давлати давлатҳоро давлаташ"),
        ("tg", "шӯрои шурои шӯроҳо"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: str) -> None:
    assert len(stems(forms, language)) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "exercise", "executive"),
        ("ru", "организация", "орган"),
        ("be", "бяспека", "бясплатна"),
        ("kk", "кеңес", "кеме"),
        ("ky", "коопсуздук", "коомдук"),
        ("tg", "амният", "амалиёт"),
    ],
)
def test_other_words_have_other_stems(language: str, one: str, other: str) -> None:
    assert len(stems(f"{one} {other}", language)) == 2


@pytest.mark.parametrize("language", TABLES)
def test_tables_spare_short_words_and_digits(language: str) -> None:
    assert stem("мир", language) == "мир"
    assert stem("2007ны", language) == "2007ны"
    assert has_stems(language)


def test_a_language_without_stems_keeps_its_words() -> None:
    assert not has_stems("uk")
    assert stem("операції", "uk") == "операції"


def test_threads_get_the_stems_that_one_gets() -> None:
    languages = ["en", "ru", "hy", "be", "kk", "ky", "tg"]
    endings = ["ing", "ations", "ами", "ость", "ության", "ерінің", "ҳоро", "унда"]
    pairs = [
        (f"{letter}{number}гар".replace(str(number), "абвгдежзик"[number]) + ending, language)
        for letter in "qкмшո"
        for number in range(10)
        for ending in endings
        for language in languages
    ]
    uncached = stem.__wrapped__
    expected = [uncached(*pair) for pair in pairs]
    found: list[list[str]] = []
    ready = threading.Barrier(4)

    def work() -> None:
        ready.wait()
        found.append([uncached(*pair) for pair in pairs])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_offsets_slice_to_the_token(text: str) -> None:
    last = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        last = token.end


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_ascii_words_are_words(text: str) -> None:
    assert ASCII_WORD.findall(text) == WORD.findall(text)
    assert set(spellings(text)) >= {normalize(word) for word in words(text) if word.islower()}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    for token in [*words(text), text]:
        assert normalize(normalize(token)) == normalize(token)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["en", "ru", "hy", "uk", "xx", *TABLES]))
def test_every_word_has_a_stem(text: str, language: str) -> None:
    for token in words(text):
        word = normalize(token)
        assert bool(stem(word, language)) == bool(word)
