"""Laws of language detection.

1. Each of the seven working languages is told from the others, and from its neighbours.
2. A neighbour's sentence is itself, never one of the seven.
3. The same text has the same answer: twice, in each detector, thread and process.
4. Where nothing speaks for a language, it is unknown.
5. How a text was typed (capitals, Latin i, old fonts, stress marks, addresses) does not matter.
6. Every code that can be given has a name.
7. A page's other languages are those that its title or whole sentences are in, never names.
8. The source's own claim decides only where the text cannot.
"""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.languages import LANGUAGE_NAMES, Detector, detect, detect_parts
from indexer.languages.ngrams import ORDER, PROFILES, NgramTable
from indexer.languages.scripts import SCRIPTS
from indexer.release import UNKNOWN, Language

WORKING = {
    "en": (
        "The ministers met in the capital and agreed on a plan for the coming year.",
        "Police officers seized forty kilograms of heroin at the border crossing.",
        "Rescue teams from six states will train together in the mountains this autumn.",
        "Secretary General receives the ambassador",
    ),
    "ru": (
        "Министры собрались в столице и согласовали план работы на следующий год.",
        "На пункте пропуска сотрудники полиции изъяли сорок килограммов героина.",
        "Осенью спасатели шести государств проведут в горах совместные учения.",
        "Генеральный секретарь принял посла",
    ),
    "hy": (
        "Նախարարները հանդիպեցին մայրաքաղաքում և հաստատեցին գալիք տարվա ծրագիրը։",
        "Սահմանային անցակետում ոստիկանները հայտնաբերել են քառասուն կիլոգրամ հերոին։",
        "Աշնանը փրկարարները լեռներում համատեղ վարժանքներ կանցկացնեն։",
        "ՀԱՊԿ",
    ),
    "be": (
        "Міністры сустрэліся ў сталіцы і ўзгаднілі план працы на наступны год.",
        "На памежным пераходзе супрацоўнікі міліцыі канфіскавалі сорак кілаграмаў гераіну.",
        "Увосень ратавальнікі шасці дзяржаў правядуць у гарах сумесныя вучэнні.",
        "Генеральны сакратар прыняў пасла",
    ),
    "kk": (
        "Министрлер елордада бас қосып, келесі жылға арналған жұмыс жоспарын бекітті.",
        "Шекарадағы өткізу пунктінде полиция қызметкерлері қырық келі героин тәркіледі.",
        "Күзде алты мемлекеттің құтқарушылары тауда бірлескен оқу-жаттығу өткізеді.",
        "Бас хатшы елшіні қабылдады",
    ),
    "ky": (
        "Министрлер борбор калаада жолугуп, келерки жылдын иш планын бекитишти.",
        "Чек арадагы өткөрүү пунктунда милиция кызматкерлери кырк килограмм героин кармашты.",
        "Күзүндө алты мамлекеттин куткаруучулары тоодо биргелешкен машыгуу өткөрүшөт.",
        "Башкы катчы элчини кабыл алды",
    ),
    "tg": (
        "Вазирон дар пойтахт вохӯрда, нақшаи кори соли ояндаро тасдиқ карданд.",
        "Дар гузаргоҳи сарҳадӣ кормандони милитсия чил килограмм героинро мусодира намуданд.",
        "Тирамоҳ наҷотдиҳандагони шаш давлат дар кӯҳҳо машқҳои муштарак мегузаронанд.",
        "Дабири кулл сафирро ба ҳузур пазируфт",
    ),
}

NEIGHBOURS = {
    "uk": (
        "Міністри зустрілися в столиці й узгодили план роботи на наступний рік.",
        "На пункті пропуску поліцейські вилучили сорок кілограмів героїну.",
        "Восени рятувальники шести держав проведуть у горах спільні навчання.",
    ),
    "bg": (
        "Министрите се срещнаха в столицата и съгласуваха план за работа през следващата година.",
        "На граничния пункт полицаите задържаха четиридесет килограма хероин.",
        "През есента спасители от шест държави ще проведат общо учение в планината.",
    ),
    "uz": (
        "Vazirlar poytaxtda uchrashib, kelgusi yil uchun ish rejasini tasdiqladilar.",
        "Chegara punktida militsiya xodimlari qirq kilogramm geroinni musodara qildilar.",
        "Вазирлар пойтахтда учрашиб, келгуси йил учун иш режасини тасдиқладилар.",
        "Чегара пунктида милиция ходимлари қирқ килограмм героинни мусодара қилдилар.",
    ),
    "tt": (
        "Министрлар башкалада очрашып, киләсе елга эш планын расладылар.",
        "Чик буендагы пунктта полиция хезмәткәрләре кырык килограмм героин тартып алган.",
        "Көз көне алты дәүләтнең коткаручылары тауларда уртак күнегүләр үткәрәчәк.",
    ),
    "mn": (
        "Сайд нар нийслэлд уулзаж, ирэх оны ажлын төлөвлөгөөг баталлаа.",
        "Хилийн боомт дээр цагдаа нар дөчин килограмм героин хураан авчээ.",
        "Намар зургаан улсын аврагчид ууланд хамтарсан сургууль хийнэ.",
    ),
    "sr": (
        "Министри су се састали у престоници и усагласили план рада за следећу годину.",
        "На граничном прелазу полицајци су запленили четрдесет килограма хероина.",
    ),
    "de": ("Die Minister trafen sich in der Hauptstadt und beschlossen einen Plan.",),
    "tr": ("Bakanlar başkentte bir araya gelerek gelecek yılın çalışma planını onayladı.",),
    "ka": ("მინისტრები დედაქალაქში შეხვდნენ და გეგმა დაამტკიცეს.",),
    "zh": ("部长们在首都举行会议，通过了明年的工作计划。",),
}

WITHOUT_A_NAME = {
    "Tuvan": "Бо чылын найысылалга сайыттар ужуражып, келир чылдың ажыл планын бадылааннар.",
    "Yakut": "Министрдэр киин куоракка көрсөн, кэлэр сыл үлэтин былаанын бигэргэттилэр.",
    "Ossetian": "Министртӕ сӕйраг горӕты фембӕлдысты ӕмӕ бафидар кодтой фидӕны азы пълан.",
    "Chuvash": "Министрсем тӗп хулара тӗл пулса ҫитес ҫулхи ӗҫ планне ҫирӗплетнӗ.",
}
"""Languages that have no profile, or one that only keeps them from being taken for others."""

OLD_FONTS = {
    "ky": str.maketrans("өүңӨҮҢ", "єїњЄЇЊ"),
    "tg": str.maketrans("ӣҷҳқӯғ", "їљњќўѓ"),
    "mn": str.maketrans("өүӨҮ", "єїЄЇ"),
}


def pairs(texts: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(code, text) for code, sentences in texts.items() for text in sentences]


ALL = pairs(WORKING) + pairs(NEIGHBOURS)


@pytest.mark.parametrize(("code", "text"), pairs(WORKING))
def test_a_working_language_is_told(code: str, text: str) -> None:
    language = detect(text)
    assert language.code == code
    assert 0.5 < language.confidence <= 1.0


@pytest.mark.parametrize(("code", "text"), pairs(NEIGHBOURS))
def test_a_neighbour_is_itself(code: str, text: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize("name", WITHOUT_A_NAME)
def test_a_language_without_a_name_is_unknown(name: str) -> None:
    assert detect(WITHOUT_A_NAME[name]) == Language()


@pytest.mark.parametrize("code", WORKING)
def test_a_long_text_is_sampled_and_still_told(code: str) -> None:
    language = detect("\n".join(WORKING[code] * 50))
    assert language.code == code
    assert language.confidence > 0.9


@pytest.mark.parametrize(("code", "text"), pairs(NEIGHBOURS))
def test_a_long_text_in_a_neighbour_is_never_a_working_language(code: str, text: str) -> None:
    assert detect(f"{text}\n" * 30).code == code


def test_the_answer_is_the_same_in_every_detector() -> None:
    first, second = Detector(), Detector()
    for _, text in ALL:
        assert first.detect(text) == second.detect(text) == first.detect(text)


def test_cold_threads_agree() -> None:
    expected = [detect(text) for _, text in ALL]
    cold = Detector()
    start = Barrier(16)

    def all_texts(_: int) -> list[Language]:
        start.wait()
        return [cold.detect(text) for _, text in ALL]

    with ThreadPoolExecutor(16) as pool:
        for answers in pool.map(all_texts, range(16)):
            assert answers == expected


def test_processes_agree_whatever_their_hash_seed() -> None:
    program = (
        "import sys; from indexer.languages import detect\n"
        "for text in sys.argv[1:]: print(detect(text))"
    )
    texts = [text[:20] for _, text in ALL]
    expected = "".join(f"{detect(text)}\n" for text in texts)
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program, *texts],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONUTF8": "1",
            },
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        assert run.stdout == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "2024",
        "12.05.2024, 17:20 — 100 % (№ 7)",
        "https://www.example.org/news/the-meeting-of-the-ministers",
        "press@example.org",
        "и",
        "A 1",
        "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
        "щъхжц ьыйфщ эгшцъ жкхщф ъйцхь ыщжзф цгъхэ щзфжй ьцкхъ ыфгшщ эжъцх йщфзк",
    ],
    ids=[
        "empty",
        "blank",
        "year",
        "figures",
        "url",
        "address",
        "letter",
        "A1",
        "cherokee",
        "nonsense",
    ],
)
def test_nothing_to_go_by_is_unknown(text: str) -> None:
    assert detect(text) == Language(UNKNOWN, 0.0)


def test_the_language_of_most_letters_wins() -> None:
    russian, english = " ".join(WORKING["ru"]), WORKING["en"][3]
    mixed = detect(f"{english}\n{russian}")
    assert mixed.code == "ru"
    assert 0.5 < mixed.confidence < detect(russian).confidence
    assert detect(f"{WORKING['ru'][3]}\n{' '.join(WORKING['en'])}").code == "en"


def test_letters_behind_a_table_of_figures_are_found() -> None:
    figures = "12 345,6 | 7 890,1 | 2 345\n" * 60
    assert detect(figures + WORKING["kk"][0] + "\n" + figures).code == "kk"


@pytest.mark.parametrize("code", ["kk", "be", "uk"])
def test_latin_i_in_cyrillic_words(code: str) -> None:
    for text in (WORKING | NEIGHBOURS)[code]:
        typed = text.replace("і", "i").replace("І", "I")
        assert detect(typed) == detect(text)


@pytest.mark.parametrize("code", OLD_FONTS)
def test_letters_of_old_fonts(code: str) -> None:
    for text in (WORKING | NEIGHBOURS)[code][:3]:
        assert detect(text.translate(OLD_FONTS[code])).code == code


@pytest.mark.parametrize(("code", "text"), pairs({c: t[:3] for c, t in WORKING.items()}))
def test_capitals_and_decomposed_letters(code: str, text: str) -> None:
    assert detect(text.upper()).code == code
    assert detect(unicodedata.normalize("NFD", text)) == detect(text)


def test_stress_marks_and_soft_hyphens_do_not_split_words() -> None:
    plain = WORKING["ru"][0]
    marked = plain.replace("столице", "столи\u0301це").replace("следующий", "сле\u00adдующий")
    assert detect(marked) == detect(plain)


def test_addresses_do_not_count() -> None:
    text = WORKING["tg"][3]
    address = "https://www.example.org/en/news/press-releases/the-secretary-general "
    assert detect(address + text + " press@example.org") == detect(text)


def test_every_code_has_a_name() -> None:
    detector = Detector()
    codes = {detector.detect(text).code for _, text in ALL} | {UNKNOWN}
    for script in SCRIPTS:
        codes |= {name.partition("-")[0] for name in script.profiles}
    assert codes == set(LANGUAGE_NAMES)
    assert len(set(LANGUAGE_NAMES.values())) == len(LANGUAGE_NAMES)


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.json")), ids=lambda path: path.stem)
def test_an_own_profile_is_small_used_and_named(path: Path) -> None:
    profile = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < 60_000
    assert sum(path.stem in script.profiles for script in SCRIPTS) == 1
    assert profile["name"] == path.stem.partition("-")[0]
    assert max(map(len, profile["freq"])) == 3


@pytest.mark.parametrize("script", ["cyrillic", "latin"])
def test_a_table_serves_its_script_in_a_few_megabytes(script: str) -> None:
    table = NgramTable(script)
    lines = (PROFILES / f"{script}.txt").read_text(encoding="utf-8").split("\n")
    ngrams = lines[1:-1]
    profiles = next(known.profiles for known in SCRIPTS if known.name == script)
    assert set(profiles) <= set(table.languages)
    assert len(set(table.languages)) == len(table.languages)
    assert ngrams == sorted(set(ngrams))
    assert max(map(len, ngrams)) == ORDER
    costs = np.load(PROFILES / f"{script}.npy")
    assert costs.shape == (len(ngrams), len(table.languages))
    assert costs.nbytes + (PROFILES / f"{script}.txt").stat().st_size < 2_000_000


def test_a_table_adds_up_the_costs_of_the_longest_ngrams() -> None:
    table = NgramTable("cyrillic")
    word, last = table.surprise(["мы"]), table.surprise(["мы"], whole=False)
    assert (word.letters, last.letters) == (3, 2)
    assert (word.nats > last.nats).all()
    twice = table.surprise(["мы", "МЫ"])
    assert np.array_equal(twice.nats, word.nats * 2)
    beyond = table.costs([["мы"], ["мы", "мы"]], "ru")
    at = table.column["ru"]
    assert beyond.tolist() == [
        word.nats[at] - word.nats.min(),
        2 * (word.nats[at] - word.nats.min()),
    ]


def test_letters_of_no_language_cost_ten_nats_in_each() -> None:
    surprise = NgramTable("cyrillic").surprise(["\u0500\u0502"], whole=False)
    assert surprise.letters == 2
    assert surprise.nats.tolist() == [20.0] * len(surprise.nats)


@pytest.mark.parametrize(("code", "text"), ALL)
def test_a_page_in_one_language_has_no_other(code: str, text: str) -> None:
    assert detect_parts(text, f"{text}\n{text}").also == ()
    assert detect_parts(text, "") == detect(text)
    assert detect_parts("", text).code == code


def test_the_title_may_be_in_another_language() -> None:
    body = " ".join(WORKING["ru"])
    for code in ("en", "hy", "kk", "tg", "be"):
        found = detect_parts(WORKING[code][0], body)
        assert (found.code, found.also) == ("ru", (code,))


def test_sentences_may_be_in_another_language() -> None:
    for first, other in (("ru", "en"), ("kk", "ru"), ("hy", "ru"), ("tg", "en"), ("en", "de")):
        own = " ".join((WORKING | NEIGHBOURS)[first][:3])
        foreign = (WORKING | NEIGHBOURS)[other][0]
        found = detect_parts("", f"{own}\n{foreign}")
        assert (found.code, found.also) == (first, (other,))


def test_half_belarusian_and_half_tajik_is_not_russian() -> None:
    belarusian, tajik = " ".join(WORKING["be"][:3]), " ".join(WORKING["tg"][:3])
    found = detect_parts("", f"{belarusian}\n{tajik}\n{tajik}")
    assert (found.code, found.also) == ("tg", ("be",))


def test_a_short_quotation_makes_no_page_mixed() -> None:
    body = "\n".join(WORKING["ru"] * 4)
    assert detect_parts("", f"{body}\n{WORKING['en'][1]}").also == ()


@pytest.mark.parametrize(
    "names",
    [
        "Johannes Winterberg, Marguerite Delacroix-Fontaine, Giovanni Bellarosa",
        "NATO, OSCE, UNODC, INTERPOL, UNESCO, EUROPOL, FRONTEX, UNHCR, OPCW",
        "Winterberg & Söhne GmbH",
    ],
)
def test_names_and_abbreviations_make_no_page_mixed(names: str) -> None:
    for code in ("ru", "en"):
        body = " ".join(WORKING[code])
        assert detect_parts(names, f"{body}\n{names}\n{body}").also == ()


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("2024", "en-GB", "en"),
        ("17:20", "ru_RU", "ru"),
        ("", "hye", "hy"),
        ("ОК", "kk", "kk"),
        ("ОК", "en", UNKNOWN),
        ("2024", "klingon", UNKNOWN),
        ("2024", "tlh", UNKNOWN),
        ("2024", "", UNKNOWN),
        ("2024", None, UNKNOWN),
    ],
)
def test_a_claim_decides_where_the_text_cannot(text: str, hint: str | None, code: str) -> None:
    assert detect_parts(text, "", hint) == Language(code, 0.0 if code == UNKNOWN else 0.3)
    assert detect_parts("", text, hint) == detect_parts(text, "", hint)


@pytest.mark.parametrize("text", [text for _, text in ALL])
def test_a_claim_never_decides_against_a_clear_text(text: str) -> None:
    for hint in ("en", "ru_RU", "kk-KZ", "uk", "bg"):
        assert detect_parts("", text, hint) == detect_parts("", text)


def test_a_claim_does_not_name_a_long_text_without_a_name() -> None:
    assert detect_parts("", WITHOUT_A_NAME["Ossetian"], "ru") == Language()


@given(
    st.sampled_from([pair for pair in ALL if len(pair[1]) > 20]),
    st.integers(min_value=1, max_value=40),
    st.sampled_from(["\n", " ", "\n\n"]),
)
@settings(max_examples=100, deadline=None)
def test_repeating_a_sentence_changes_nothing(
    pair: tuple[str, str], times: int, between: str
) -> None:
    code, text = pair
    repeated = between.join([text] * times)
    assert detect(repeated).code == code
    found = detect_parts(text, repeated)
    assert (found.code, found.also) == (code, ())


@given(st.text(max_size=300), st.text(max_size=300), st.none() | st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_page_has_an_answer_with_names(title: str, body: str, hint: str | None) -> None:
    language = detect_parts(title, body, hint)
    assert {language.code, *language.also} <= set(LANGUAGE_NAMES)
    assert language.code not in language.also
    assert UNKNOWN not in language.also
    assert 0.0 <= language.confidence <= 1.0


LETTERS_OF_ALL_SCRIPTS = "[" + "".join(script.letters for script in SCRIPTS) + " .!\n]*"


@given(
    st.from_regex(LETTERS_OF_ALL_SCRIPTS, fullmatch=True),
    st.from_regex(LETTERS_OF_ALL_SCRIPTS, fullmatch=True),
)
@settings(max_examples=150, deadline=None)
def test_any_letters_have_an_answer(title: str, body: str) -> None:
    language = detect_parts(title, body * 3)
    assert {language.code, *language.also} <= set(LANGUAGE_NAMES)
    assert 0.0 <= language.confidence <= 1.0


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_has_an_answer_with_a_name(text: str) -> None:
    language = detect(text)
    assert language.code in LANGUAGE_NAMES
    assert 0.0 <= language.confidence <= 1.0
    assert (language.code == UNKNOWN) == (language.confidence == 0.0)
