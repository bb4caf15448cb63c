"""Authority files: what is wrong with them, and the names that the tagger finds in texts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.authority import Authority, Tagger, parse_file
from indexer.authority.names import NameTable, is_sure_stem
from indexer.authority.screen import Screen
from indexer.errors import AuthorityError

AUTHORITY = Path(__file__).parent.parent / "corpus" / "authority"
LANGUAGES = ("en", "ru", "hy", "be", "kk", "ky", "tg")

FACET = """
[facet]
name = "agency"
plural = "agencies"
[facet.label]
en = "Agency"
"""
ENTRY = """
[[entry]]
id = "council"
[entry.label]
en = "Council"
[entry.names]
en = ["Grand Council"]
"""

OPERATIONS = ("channel", "proxy", "illegal", "mercenary")
STAGES = (
    "2004", "2007", "2009", "2011", "west", "caucasus", "western-barrier", "patrol", "red-dune",
    "center", "caucasian-redoubt", "granite-bastion", "second-barrier", "arax", "interception",
    "far-eastern-raid", "avangard", "mountain-outpost", "western-dvina",
)  # fmt: skip
EXERCISES = (
    "interaction", "search", "echelon", "indestructible-brotherhood", "rubezh",
    "combat-brotherhood", "thunder", "cobalt", "rock", "barrier", "air-bridge",
)  # fmt: skip


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.load(AUTHORITY)


@pytest.fixture(scope="module")
def tagger(authority: Authority) -> Tagger:
    return authority.tagger


def found(tagger: Tagger, text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(mention.id, mention.rule) for mention in tagger.tag(text, language)]


def ids(tagger: Tagger, text: str, language: str = "en") -> list[str]:
    return [mention.id for mention in tagger.tag(text, language)]


# ---- files ----


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (FACET + ENTRY + ENTRY, ["entry “council”", "twice"]),
        (FACET + ENTRY.replace('id = "council"', 'id = "council"\nparent = "senate"'),
         ["entry “council”", "parent “senate”", "no entry"]),
        (FACET + ENTRY.replace('id = "council"', 'id = "council"\nparent = "council"'),
         ["entry “council”", "above itself"]),
        (FACET
         + ENTRY.replace('id = "council"', 'id = "council"\nparent = "senate"')
         + ENTRY.replace('id = "council"', 'id = "senate"\nparent = "council"'),
         ["entry “council”", "above itself"]),
        (FACET + ENTRY.replace('en = "Council"', 'ru = "Совет"'),
         ["entry “council”", "label.en", "missing"]),
        (FACET + ENTRY.replace('[entry.label]\nen = "Council"', ""),
         ["entry “council”", "label.en", "missing"]),
        (FACET + ENTRY.replace('id = "council"', 'id = "council"\ncolour = "red"'),
         ["entry “council”", "unknown key “colour”"]),
        (FACET + ENTRY.replace('id = "council"\n', ""), ["entry 1", "“id” is missing"]),
        (FACET + ENTRY.replace("council", "Big Council"), ["entry “Big Council”", "lower-case"]),
        (FACET + ENTRY.replace('en = ["Grand Council"]', ""), ["entry “council”", "no names"]),
        (FACET + ENTRY.replace('["Grand Council"]', '"Grand Council"'),
         ["entry “council”", "names", "list of names"]),
        (FACET + ENTRY.replace('en = ["Grand', 'english = ["Grand'),
         ["entry “council”", "“english”", "language code"]),
        (FACET + ENTRY.replace('id = "council"', 'id = "council"\nyears = [2010, 2004]'),
         ["entry “council”", "first year"]),
        (FACET.replace('"agency"', '"year"') + ENTRY, ["facet", "“year”"]),
        (FACET.replace('plural = "agencies"', "") + ENTRY, ["facet", "“plural” is missing"]),
        (FACET.replace('plural = "agencies"', 'plural = "agencies"\norder = "first"') + ENTRY,
         ["facet", "“order”", "whole number"]),
        (FACET.replace('plural = "agencies"', 'plural = "agencies"\norder = true') + ENTRY,
         ["facet", "“order”", "whole number"]),
        (FACET.replace("[facet.label]", "parent_is_evidence = 1\n[facet.label]") + ENTRY,
         ["facet", "“parent_is_evidence”", "true or false"]),
        (FACET + "[other]\nkey = 1\n" + ENTRY, ["unknown key “other”"]),
        ("[facet\nname =", ["not valid TOML"]),
    ],
)  # fmt: skip
def test_a_fault_names_file_entry_and_fault(text: str, parts: list[str]) -> None:
    with pytest.raises(AuthorityError) as raised:
        parse_file("bodies.toml", text)
    message = str(raised.value)
    assert message.startswith("bodies.toml")
    for part in parts:
        assert part in message


def test_a_file_without_faults() -> None:
    declared = FACET.replace('"agencies"', '"agencies"\norder = 4\nparent_is_evidence = true')
    file = parse_file("bodies.toml", declared + ENTRY)
    assert (file.order, file.parent_is_evidence) == (4, True)
    assert file.entries[0].names == {"en": ("Grand Council",)}
    assert not parse_file("bodies.toml", FACET + ENTRY).parent_is_evidence


def test_two_files_cannot_declare_one_facet() -> None:
    with pytest.raises(AuthorityError, match=r"b\.toml.*“agenc.*a\.toml"):
        Authority({"a.toml": FACET + ENTRY, "b.toml": FACET + ENTRY})


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="no folder"):
        Authority.load(tmp_path / "absent")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "bodies.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AuthorityError, match=r"bodies\.toml.*UTF-8"):
        Authority.load(tmp_path)


def test_tags_follow_the_facets_alone() -> None:
    one = Authority({"a.toml": FACET + ENTRY})
    other = Authority({"a.toml": FACET + ENTRY.replace("Grand", "Great")})
    assert not one.tags_as(other)
    assert one.tags_as(Authority({"a.toml": FACET + ENTRY, "g.toml": "[glossary]\n"}))


# ---- the bundled files ----


def test_the_bundled_facets_stand_in_their_order(authority: Authority) -> None:
    assert list(authority.facets) == [
        "year",
        "operation",
        "organization",
        "exercise",
        "language",
        "certainty",
        "changed",
    ]


def test_the_bundled_files_are_full(authority: Authority) -> None:
    facets = authority.facets
    assert len(facets["organization"].entries) >= 60
    stages = {f"channel/{stage}" for stage in STAGES}
    assert {*OPERATIONS, *stages} <= set(facets["operation"].entries)
    assert set(EXERCISES) <= set(facets["exercise"].entries)


def test_only_organizations_take_their_parents_for_evidence(authority: Authority) -> None:
    taking = [file.facet.name for file in authority.files if file.parent_is_evidence]
    assert taking == ["organization"]


def test_every_sure_name_is_found(authority: Authority, tagger: Tagger) -> None:
    lost = [
        (entry.id, language, name)
        for file in authority.files
        for entry in file.entries
        for language, names in entry.names.items()
        for name in names
        if not any(len(mention.text) >= len(name) * 0.75 for mention in tagger.tag(name, language))
    ]
    assert lost == []


# ---- evidence ----


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The “Channel” has ended.", "en", [("channel", "quoted")]),
        ("Завершился «Канал».", "ru", [("channel", "quoted")]),
        ("Завяршыўся «Нелегал».", "be", [("illegal", "quoted")]),
        ("«Канал» аяқталды", "kk", [("channel", "quoted")]),
        ("«Нелегал» аяктады", "ky", [("illegal", "quoted")]),
        ("Ба «Канал» оғоз дода шуд", "tg", [("channel", "quoted")]),
        ("«Կանալ» ավարտվեց", "hy", [("channel", "quoted")]),
        ("Interaction-2019 has begun", "en", [("interaction", "stage")]),
        ("Начался Поиск – 2017", "ru", [("search", "stage")]),
        ("In the course of the operation Channel", "en", [("channel", "cue")]),
        ("В ходе операции Канал", "ru", [("channel", "cue")]),
        ("The exercise Interaction was held", "en", [("interaction", "cue")]),
        ("у аперацыі Канал", "be", [("channel", "cue")]),
        (
            '"Channel" operations , Proxy and Nelegal',
            "en",
            [("channel", "quoted"), ("proxy", "list"), ("illegal", "name")],
        ),
        ("Nelegal and Channel", "en", [("illegal", "name"), ("channel", "list")]),
        (
            "ОДКБ провела учения. Работает Объединенный штаб.",
            "ru",
            [("csto", "name"), ("csto-js", "parent")],
        ),
        ("The GA met; so did the UN.", "en", [("unga", "parent"), ("un", "name")]),
        (
            "The CSTO Secretariat and the Joint Staff",
            "en",
            [("csto-secretariat", "name"), ("csto-js", "parent")],
        ),
    ],
)
def test_what_shows_that_a_name_is_meant(
    tagger: Tagger, text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tagger, text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Channels of financing were cut.", "en"),
        ("Channels of smuggling and a Channel of supply", "en"),
        ("Write to our Telegram channel.", "en"),
        ("Об этом сообщил Telegram-канал ведомства", "ru"),
        ("Телеканал «24 Канал» показал сюжет", "ru"),
        ("каналы финансирования", "ru"),
        ("каналы фінансавання", "be"),
        ("ֆինանսավորման ալիքներ, որոնք կան", "hy"),
        ("Telegram каналдардагы жарнама", "ky"),
        ("Каналҳои обёрӣ тоза карда мешаванд", "tg"),
        ("қаржыландыру каналдары", "kk"),
        ("It stood behind a proxy server in a proxy war.", "en"),
        ("прокси-сервер", "ru"),
        ("Illegal migration grows; it is illegal.", "en"),
        ("незаконная миграция и нелегалы", "ru"),
        ("Interaction between agencies, and interaction of units", "en"),
        ("взаимодействие органов", "ru"),
        ("поиск пропавших", "ru"),
        ("a barrier and a rock", "en"),
        ("The Joint Staff of Canada and the GA of shareholders", "en"),
    ],
)
def test_ordinary_words_are_no_names(tagger: Tagger, text: str, language: str) -> None:
    assert found(tagger, text, language) == []


def test_a_parent_is_evidence_only_for_capitals(tagger: Tagger) -> None:
    assert ids(tagger, "The CSTO has a joint staff.") == ["csto"]


def test_a_parent_is_evidence_only_where_the_file_says_so(tagger: Tagger) -> None:
    assert ids(tagger, "Nelegal was held. Illegal migrants were found.") == ["illegal"]


def test_a_typed_query_needs_no_capitals(tagger: Tagger) -> None:
    assert [m.id for m in tagger.tag("operation channel", "en", typed=True)] == ["channel"]
    assert [m.id for m in tagger.tag("csto", "en", typed=True)] == ["csto"]
    assert [m.id for m in tagger.tag("un", "en", typed=True)] == []


# ---- names ----


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("в Организации Договора о коллективной безопасности", "ru", ["csto"]),
        ("с Советом коллективной безопасности", "ru", ["csc"]),
        ("учение с «Нерушимым братством»", "ru", ["indestructible-brotherhood"]),
        ("у Арганізацыі Дагавора аб калектыўнай бяспецы", "be", ["csto"]),
        ("з Саветам калектыўнай бяспекі", "be", ["csc"]),
        ("Հավաքական անվտանգության խորհրդի նիստը", "hy", ["csc"]),
        ("Ұжымдық қауіпсіздік кеңесінің отырысы", "kk", ["csc"]),
        ("Ұжымдық қауіпсіздік туралы шарт ұйымынан", "kk", ["csto"]),
        ("Жамааттык коопсуздук кеңешинен", "ky", ["csc"]),
        ("Жамааттык коопсуздук келишим уюмунун", "ky", ["csto"]),
        ("Шурои амнияти дастаҷамъиро", "tg", ["csc"]),
        ("Созмони Аҳдномаи амнияти дастаҷамъиро", "tg", ["csto"]),
    ],
)
def test_inflected_names(tagger: Tagger, text: str, language: str, expected: list[str]) -> None:
    assert ids(tagger, text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("ՀԱՊԿ-ի", "hy", "csto"),
        ("ՀԱՊԿի", "hy", "csto"),
        ("ՄԱԿ-ում", "hy", "un"),
        ("ҰҚШҰ-ның", "kk", "csto"),
        ("БҰҰның", "kk", "un"),
        ("ЖККУнун", "ky", "csto"),
        ("ЖККУ-нун", "ky", "csto"),
        ("СААДро", "tg", "csto"),
        ("ОДКБ", "ru", "csto"),
    ],
)
def test_abbreviations_with_suffixes(tagger: Tagger, text: str, language: str, name: str) -> None:
    assert ids(tagger, text, language) == [name]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ҰҚШҰ бітімгершілік күштері", "kk"),
        ("ҰҚШҰ-ның бітімгершілік күштерінде", "kk"),
        ("ҰҚШҰның бітімгершілік күштерінің", "kk"),
        ("ЖККУнун тынчтык орнотуучу күчтөрүнө", "ky"),
        ("ՀԱՊԿ-ի խաղաղապահ ուժեր", "hy"),
    ],
)
def test_an_abbreviation_inside_a_name_may_carry_a_suffix(
    tagger: Tagger, text: str, language: str
) -> None:
    assert [(m.id, m.text) for m in tagger.tag(text, language)] == [("pkf", text)]


def test_an_article_inside_a_name_does_not_matter(tagger: Tagger) -> None:
    for text in (
        "Coordination Council of Heads of Competent Authorities for Combating Drug Trafficking",
        "Coordination Council of the Heads of the Competent Authorities for Combating the Drug "
        "Trafficking",
    ):
        assert [(m.id, m.text) for m in tagger.tag(text, "en")] == [("ccbcd", text)]


def test_alphabets_may_be_mixed(tagger: Tagger) -> None:
    assert ids(tagger, "The \u0421RRF held an exercise") == ["crrf"]
    assert ids(tagger, "Ұжымдық қауiпсiздiк кеңесi", "kk") == ["csc"]


def test_the_longest_name_counts(tagger: Tagger) -> None:
    text = "The Collective Security Council of the CSTO and the UN Security Council"
    assert [(m.id, m.text) for m in tagger.tag(text, "en")] == [
        ("csc", "Collective Security Council of the CSTO"),
        ("unsc", "UN Security Council"),
    ]
    assert ids(tagger, "«Канал-Западный заслон»", "ru") == ["channel/western-barrier"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CIS CSTO", ["csc"]),
        ("CIS, CSTO", ["cis", "csto"]),
        ("CIS/CSTO", ["cis", "csto"]),
        ("CIS / CSTO", ["cis", "csto"]),
        ("CIS. CSTO", ["cis", "csto"]),
        ("Channel\n\n2007", []),
    ],
)
def test_names_do_not_run_across_what_parts_them(
    tagger: Tagger, text: str, expected: list[str]
) -> None:
    assert ids(tagger, text) == expected


def test_a_name_may_be_listed_with_dots_or_slashes(tagger: Tagger) -> None:
    assert ids(tagger, "The U.N. was informed") == ["un"]
    assert ids(tagger, "the 1267/1989/2253 Committee") == ["un-1267"]


def test_abbreviations_stand_in_capitals(tagger: Tagger) -> None:
    assert ids(tagger, "un peu, who knows") == []


def test_a_short_stem_does_not_stand_for_a_name(tagger: Tagger) -> None:
    assert not is_sure_stem("կան", "կանալ")
    assert not is_sure_stem("ալ", "ալիք")
    assert not is_sure_stem("опер", "операция")
    assert is_sure_stem("канал", "канал")
    assert ids(tagger, "«Կան»", "hy") == []
    assert ids(tagger, "«Ալ»", "hy") == []


def test_mentions_carry_their_place(tagger: Tagger) -> None:
    text = "Сессия ОДКБ и операция «Канал»"
    for mention in tagger.tag(text, "ru", "title"):
        assert text[mention.start : mention.end] == mention.text
        assert mention.part == "title"
    assert [m.facet for m in tagger.tag(text, "ru")] == ["organization", "operation"]


NAMES = st.sampled_from(
    ["CSTO", "UN", "ГА", "Joint Staff", "«Канал»", "-2007", "Proxy", " and ", ", ", "/", "\n", "“",
     "ҰҚШҰ-ның", "ЖККУнун", " the ", "operation ", "Collective Security Council", " ", "і", "СНГ"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(NAMES, st.text(max_size=5)), max_size=14), st.sampled_from(LANGUAGES))
def test_mentions_never_overlap(tagger: Tagger, parts: list[str], language: str) -> None:
    text = "".join(parts)
    last = 0
    for mention in tagger.tag(text, language):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert mention.rule in {"name", "quoted", "stage", "cue", "sentence", "list", "parent"}
        last = mention.end


# ---- every form of a name ----


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Marks of quotation, dashes and blanks of every kind.
        ("ru", "Доклад об операции «Канал ‒ Дальневосточный рейд»", ["channel/far-eastern-raid"]),
        ("en", "The stage “Channel - Arax” was short", ["channel/arax"]),
        ("ru", "Этап «Канал» – «Аракс» окончен", ["channel/arax"]),
        ("ru", "Этап „Канал-Аракс“ окончен", ["channel/arax"]),
        ("en", "A stage named “Channel Center”", ["channel/center"]),
        ("ru", "Доклад «\u200e Канал » принят", ["channel"]),
        ("en", 'The "PROXY operation " went on', ["proxy"]),
        ("ru", "Доклад ‹Канал› принят", ["channel"]),
        ("ru", "Доклад »Канал« принят", ["channel"]),
        ("en", "The report 'Channel' was heard", ["channel"]),
        ("en", "The “Channel”-2007 report", ["channel/2007"]),
        ("ru", "Доклад «Нелегал 2025» принят", ["illegal"]),
        ("en", "Nelegal - 2017 was told of beside Nelegal-21", ["illegal", "illegal"]),
        ("en", "Exercises “Search – 2019” and Border-2016", ["search", "rubezh"]),
        ("ru", "Доклад «Ка\u00adнал» принят", ["channel"]),
        ("ru", "Организация\u00a0Договора о\u202fколлективной безопасности", ["csto"]),
        # Letters of the other alphabet.
        ("en", "Units of the \u0421RRF came", ["crrf"]),
        ("ru", "Сессия ОД\u004bБ", ["csto"]),
        ("kk", "Ұжымдық қау\u0069пс\u0069зд\u0069к кеңесi", ["csc"]),
        # Transliterations and translations.
        ("en", "Kanal, Naemnik, Poisk and Eshelon", ["channel", "mercenary", "search", "echelon"]),
        ("en", "Vzaimodeystviye and Boyevoye Bratstvo", ["interaction", "combat-brotherhood"]),
        ("en", "Vozdushny Most and Skala-2024", ["air-bridge", "rock"]),
        ("en", "Channel-West Suspension", ["channel/western-barrier"]),
        ("en", "Kanal - Kavkazskiy redut", ["channel/caucasian-redoubt"]),
        ("en", "Channel-Perekhvat was held", ["channel/interception"]),
        ("en", "Kanal-Avangard was held", ["channel/avangard"]),
        ("en", "Kanal-2005 and Kanal-2010", ["channel/2005", "channel/2010"]),
        ("en", "PROXIES-SOUTH-2010", ["proxy"]),
        ("de", "Die Operation „Nelegal“", ["illegal"]),
        ("it", "La “Mercenario” continua", ["mercenary"]),
        ("ar", "بدأت «مرتزق» اليوم", ["mercenary"]),
        # Cases and suffixes.
        ("ru", "Итоги «Наёмника» и «Наемника»", ["mercenary", "mercenary"]),
        ("ru", "В Шанхайской организации сотрудничества", ["sco"]),
        ("ru", "С Организацией Объединённых Наций", ["un"]),
        ("be", "На вучэнні «Узаемадзеянне-2024»", ["interaction"]),
        ("be", "Вучэнне «Бар'ер» і вучэнне «Бар’ер»", ["barrier", "barrier"]),
        ("be", "Пра аперацыю «Нелегал»", ["illegal"]),
        ("hy", "«Փոխազդեցություն-2024» և «Որոնում-2022»", ["interaction", "search"]),
        ("hy", "ՄԱԿ-ի Անվտանգության խորհրդի նիստը", ["unsc"]),
        ("kk", "«Келімсек-2021» жайлы", ["illegal"]),
        ("kk", "«Мызғымас бауырластық-2022» жаттығуы", ["indestructible-brotherhood"]),
        ("kk", "БҰҰ-ның және БҰҰның өкілдері", ["un", "un"]),
        ("ky", "«Рубеж-2024» машыгуусунда", ["rubezh"]),
        ("ky", "ОДКБ-нын жана ЖККУнун өкүлдөрү", ["csto", "csto"]),
        ("tg", "Дар машқи «Бародарии шикастнопазир»", ["indestructible-brotherhood"]),
        ("tg", "Иҷлосияи СААД-и имсола ва «Монеа-2025»", ["csto", "barrier"]),
        # Lists, and the council that machine translation hides.
        ("en", 'On "Channel", Proxy and Nelegal', ["channel", "proxy", "illegal"]),
        ("ru", "О «Канале», «Нелегале» и «Прокси»", ["channel", "illegal", "proxy"]),
        ("hy", "«Կանալից» և «Որոնումից» հետո", ["channel", "search"]),
        ("be", "Да «Рубяжа-2024»", ["rubezh"]),
        ("kk", "«Іздеудің» қорытындысы", ["search"]),
        ("en", "CIS CSTO met, then CSTO CSTO", ["csc", "csc"]),
        ("en", "CSTO PC", ["csto-pc"]),
    ],
)
def test_every_form_of_a_name(
    tagger: Tagger, language: str, text: str, expected: list[str]
) -> None:
    mentions = tagger.tag(text, language)
    assert [mention.id for mention in mentions] == expected
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Channels of entry, a TV Channel and a communication channel"),
        ("uk", "Телеканал «24 Канал» у мережі"),
        ("en", "Mercenarism and Mercenary activities"),
        ("en", "Operational-search measures; Search and rescue teams; Search dogs"),
        ("ru", "Поисково-спасательные отряды и оперативно-розыскные меры"),
        ("en", "The Frontier zone and the southern Frontiers"),
        ("en", "The Security Council of the Republic and national security councils"),
        ("ru", "Секретарь Совета безопасности республики"),
        ("fr", "un plan pour un pays"),
        ("en", "The ATC tower, a CRC check and a PC"),
        ("en", "Illegal armed groups and Illegal possession of arms"),
        ("en", "Interaction and unity; thunder into action; Rock City-Astana"),
        ("ru", "За рубежом и на рубеже веков"),
        ("en", "Rats are mice, and to unite the nation is hard"),
        ("en", "“Ours” Channel “Theirs”"),
    ],
)
def test_traps(tagger: Tagger, language: str, text: str) -> None:
    assert found(tagger, text, language) == []


def test_an_invisible_sign_is_quoted_with_its_name(tagger: Tagger) -> None:
    text = "В О\u00adДКБ и «\u200eКа\u00adнал\u200f»"
    assert [(m.id, m.text, m.start) for m in tagger.tag(text, "ru")] == [
        ("csto", "О\u00adДКБ", 2),
        ("channel", "Ка\u00adнал", 12),
    ]


# ---- cues of an entry ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy of Tajikistan praised the Drug Control Agency.", [("dca-tj", "sentence")]),
        ("The Drug Control Agency reported to Tajik police.", [("dca-tj", "sentence")]),
        ("The envoy of Tajikistan spoke. The Drug Control Agency kept silent.", []),
        ("Tajikistan\n\nThe Drug Control Agency reported.", []),
        ("The envoy of Tajikistan praised a drug control agency.", []),
        ("The Drug Control Agency reported.", []),
    ],
)  # fmt: skip
def test_an_entry_has_cues_for_its_sentence(
    tagger: Tagger, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(tagger, text) == expected


def test_cues_are_read_from_the_file() -> None:
    text = FACET + ENTRY + '[entry.cues]\nen = ["Rome"]\n'
    assert parse_file("bodies.toml", text).entries[0].cues == {"en": ("Rome",)}


# ---- the screen before the walk ----


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The committee on gardens met in spring.", "en", set()),
        ("Nations stand united.", "en", set()),
        ("a channel, a border and a search", "en", set()),
        ("The United Nations", "en", {"United", "United's"}),
        ("The Border's end", "en", {"Border", "Border's"}),
        ("БҰҰның өкілі", "kk", {"БҰҰ", "БҰҰның's"}),
    ],
)
def test_the_screen_lets_few_words_through(
    authority: Authority, text: str, language: str, expected: set[str]
) -> None:
    names = NameTable()
    for file in authority.files:
        for entry in file.entries:
            names.add(file, entry)
    assert Screen(names, language).beginnings(text) == expected


def test_what_the_screen_remembers_changes_nothing(tagger: Tagger) -> None:
    texts = ["The UN and un", "un and the UN", "UN's Border-2016", "the UN’s «Border»"]
    first = [tagger.tag(text, "en") for text in texts]
    assert [tagger.tag(text, "en") for text in texts] == first
    assert [[m.text for m in mentions] for mentions in first] == [
        ["UN"], ["UN"], ["UN's", "Border"], ["UN’s", "Border"],
    ]  # fmt: skip


SURE = [
    (entry.id, language, name)
    for file in Authority.load(AUTHORITY).files
    for entry in file.entries
    for language, names in entry.names.items()
    for name in names
    if language in LANGUAGES
]
AROUND = [
    ("«", "»"), ("“", "”"), ("„", "“"), ('"', '"'), ("'", "'"), ("‹", "›"), ("« ", " »"), ("", ""),
]  # fmt: skip
CARRIERS = {
    "en": ("Yesterday", "rained"),
    "ru": ("вчера", "шли"),
    "hy": ("երեկ", "գնաց"),
    "be": ("учора", "ішлі"),
    "kk": ("кеше", "барды"),
    "ky": ("кечээ", "барды"),
    "tg": ("дирӯз", "рафт"),
}
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SURE),
    st.sampled_from(AROUND),
    st.sampled_from(DASHES),
    st.sampled_from([" ", "\u00a0", "\u202f", "  "]),
)
def test_a_name_in_any_marks_is_found_in_its_place(
    tagger: Tagger, listed: tuple[str, str, str], marks: tuple[str, str], dash: str, blank: str
) -> None:
    entry, language, name = listed
    before, after = CARRIERS[language]
    shown = name.replace("-", dash).replace(" ", blank)
    start = len(before) + 1 + len(marks[0])
    text = f"{before} {marks[0]}{shown}{marks[1]} {after}"
    found_there = [(m.start, m.end) for m in tagger.tag(text, language) if m.id == entry]
    assert found_there == [(start, start + len(shown))]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="bdfghjkqvwxz «»“”-\u00ad\u200e\n.,'", max_size=60),
    st.sampled_from(LANGUAGES),
)
def test_a_text_without_any_word_of_a_name_has_no_mention(
    tagger: Tagger, text: str, language: str
) -> None:
    assert tagger.tag(text, language) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from([*LANGUAGES, "uk", "xx"]), st.booleans())
def test_tagging_never_raises(tagger: Tagger, text: str, language: str, typed: bool) -> None:
    for mention in tagger.tag(text, language, typed=typed):
        assert text[mention.start : mention.end] == mention.text
