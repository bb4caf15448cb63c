"""Laws of language detection.

1. Each of the seven working languages is told from the others, and from its neighbours.
2. A neighbour's sentence is itself, never one of the seven.
3. The same text has the same answer: twice, in each detector, thread and process.
4. Where nothing speaks for a language, it is unknown.
5. How a text was typed (capitals, Latin i, old fonts, stress marks, addresses) does not matter.
6. Every code that can be given has a name.
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

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.languages import LANGUAGE_NAMES, Detector, detect
from indexer.languages.detector import OWN_PROFILES
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


@pytest.mark.parametrize("path", sorted(OWN_PROFILES.glob("*.json")), ids=lambda path: path.stem)
def test_an_own_profile_is_small_used_and_named(path: Path) -> None:
    profile = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < 60_000
    assert sum(path.stem in script.profiles for script in SCRIPTS) == 1
    assert profile["name"] == path.stem.partition("-")[0]
    assert max(map(len, profile["freq"])) == 3


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_has_an_answer_with_a_name(text: str) -> None:
    language = detect(text)
    assert language.code in LANGUAGE_NAMES
    assert 0.0 <= language.confidence <= 1.0
    assert (language.code == UNKNOWN) == (language.confidence == 0.0)
