"""The facts of cleaning in tables: what lines that belong to no article look like."""

import re

NAVIGATION = {
    "en": (
        "go back",
        "back",
        "back to the section",
        "back to section",
        "back to the all news",
        "back to all news",
        "back to the list",
        "back to list",
        "back to top",
        "all news",
        "all csto news",
        "print",
        "print version",
        "home",
        "to the top",
    ),
    "ru": (
        "назад",
        "назад к разделу",
        "назад в раздел",
        "назад ко всем новостям",
        "вернуться к разделу",
        "вернуться в раздел",
        "вернуться к списку",
        "к списку новостей",
        "ко всем новостям",
        "все новости",
        "все новости одкб",
        "версия для печати",
        "распечатать",
        "наверх",
    ),
    "be": (
        "назад",
        "назад да раздзела",
        "назад у раздзел",
        "назад да ўсіх навін",
        "вярнуцца да раздзела",
        "вярнуцца ў раздзел",
        "да спіса навін",
        "да ўсіх навін",
        "усе навіны",
        "усе навіны адкб",
        "версія для друку",
        "надрукаваць",
        "уверх",
    ),
    "kk": (
        "артқа",
        "артқа қайту",
        "кері қайту",
        "бөлімге қайту",
        "бөлімге оралу",
        "барлық жаңалық",
        "барлық жаңалықтар",
        "барлық жаңалықтарға",
        "жаңалықтар тізіміне",
        "басып шығару",
        "жоғары",
    ),
    "ky": (
        "артка",
        "артка кайтуу",
        "бөлүмгө кайтуу",
        "бөлүмгө",
        "бардык жаңылыктар",
        "бардык жаңылыктарга",
        "жаңылыктар тизмесине",
        "басып чыгаруу",
        "жогору",
    ),
    "tg": (
        "бозгашт",
        "ба қафо",
        "ба ақиб",
        "бозгашт ба бахш",
        "ба бахш",
        "ҳамаи хабарҳо",
        "ба ҳамаи хабарҳо",
        "бозгашт ба ҳамаи хабарҳо",
        "нусхаи чопӣ",
        "чоп кардан",
        "ба боло",
    ),
    "hy": (
        "հետ",
        "վերադառնալ",
        "վերադառնալ բաժին",
        "վերադառնալ լրահոս",
        "դեպի բաժին",
        "բոլոր լուրերը",
        "բոլոր նորությունները",
        "դեպի բոլոր լուրերը",
        "տպել",
        "տպելու տարբերակ",
        "վերև",
    ),
}
"""Links that end a page, in lower case. Official pages end with the first, third and fifth."""

LISTING = frozenset({"all csto news"})
"""A link that stands under a list of summaries, not under an article."""

SIGNATURE_CUES = (
    "press secretary",
    "press service",
    "press office",
    "press center",
    "press centre",
    "press-service",
    "press-secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "пресс-секретарь",
    "пресс-служба",
    "пресс-центр",
    "прэс-сакратар",
    "прэс-служба",
    "прэс-цэнтр",
    "баспасөз хатшысы",
    "баспасөз қызметі",
    "басма сөз катчысы",
    "басма сөз кызматы",
    "пресс-катчысы",
    "пресс-кызматы",
    "котиби матбуот",
    "хадамоти матбуот",
    "дафтари матбуот",
    "маркази матбуот",
    "մամուլի քարտուղար",
    "մամուլի ծառայություն",
    "մամուլի խոսնակ",
    "մամլո խոսնակ",
    "մամլո ծառայություն",
)
"""Who signs a release for the press."""

TAIL_CUES = {
    "share": (
        "share",
        "share this",
        "share on",
        "поделиться",
        "падзяліцца",
        "бөлісу",
        "бөлүшүү",
        "мубодила",
        "կիսվել",
    ),
    "tags": (
        "tags",
        "keywords",
        "теги",
        "метки",
        "ключевые слова",
        "тэгі",
        "тегтер",
        "тэгтер",
        "белгилер",
        "барчаспҳо",
        "պիտակներ",
        "թեգեր",
    ),
    "read-also": (
        "read also",
        "see also",
        "related",
        "читайте также",
        "смотрите также",
        "по теме",
        "чытайце таксама",
        "глядзіце таксама",
        "тағы оқыңыз",
        "сондай-ақ оқыңыз",
        "дагы окуңуз",
        "окуңуз",
        "ҳамчунин бихонед",
        "инчунин хонед",
        "կարդացեք նաև",
    ),
    "source": (
        "source",
        "источник",
        "крыніца",
        "дереккөз",
        "дереккөзі",
        "булагы",
        "манбаъ",
        "աղբյուր",
        "աղբյուրը",
    ),
    "subscribe": (
        "subscribe",
        "подписывайтесь",
        "подпишитесь",
        "падпісвайцеся",
        "жазылыңыз",
        "жазылыңыздар",
        "обуна шавед",
        "բաժանորդագրվեք",
    ),
    "copyright": ("©", "(c)"),
}
"""What the lines under an article begin with, the line's rule first."""

PHOTO_CUES = (
    "photo",
    "photo by",
    "photos",
    "фото",
    "фота",
    "сурет",
    "суретте",
    "сүрөт",
    "акс",
    "լուսանկար",
    "լուսանկարը",
    "լուսանկարներ",
)
"""What the line of a photograph's credit begins with."""

DOWNLOAD = re.compile(
    r"(?:download(?: document| file)?|скачать(?: документ| файл)?|спампаваць(?: дакумент)?"
    r"|(?:құжатты )?жүктеу|(?:документти )?жүктөө|боргирӣ(?: кардан)?|ներբեռնել(?: փաստաթուղթը)?)"
    r"[\s:]+\S{1,200}\.(?:docx?|pdf|rtf|odt|xlsx?|pptx?|zip)\Z",
    re.IGNORECASE,
)
"""The link to the file of a document: Download document 0123456789abcdef….docx."""

CONTINUED_CUES = frozenset({"share", "subscribe", "copyright"})
"""Rules whose lines may go on without a colon: `Share on Telegram`."""

SOURCE_LINE = re.compile(
    r"(?:(?:cite|source|url|link|источник|ссылка)\s*:?\s*)?(?:https?://\S{1,2000})\Z"
    r"|(?:cite|source|url|link)\s*:\Z",
    re.IGNORECASE,
)
"""A line that only says where the text was taken from."""

STATUS_LINE = re.compile(
    r"(?:for immediate release|for release|press release|news release|media release|пресс-релиз"
    r"|прэс-рэліз|баспасөз хабарламасы|пресс-релизи)[\s:.]*(?=\Z|\w+day\b|[A-Z][a-z]{2,8} \d|\d)",
    re.IGNORECASE,
)
"""A line that only says that the text is a release, perhaps with its date behind."""

ISSUER = re.compile(
    r"(?:the white house|office of (?:the )?[\w ]{3,50}|press office|press service)\Z", re.IGNORECASE
)
"""The letterhead of an issuer."""
