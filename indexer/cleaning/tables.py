"""The facts of cleaning in tables: what lines that belong to no article look like.

Entries are in lower case and stand between bars; languages go by their ISO 639-1 codes.
"""

import re


def _entries(*rows: str) -> tuple[str, ...]:
    return tuple(entry.strip() for row in rows for entry in row.split("|"))


NAVIGATION = {
    "en": _entries(
        "go back | back | back to the section | back to section | back to the all news",
        "back to all news | back to the list | back to list | back to news | back to top",
        "all news | all csto news | print | print version | printable version | to the top",
        "comments | no comments | home",
    ),
    "ru": _entries(
        "назад | назад к разделу | назад в раздел | назад ко всем новостям | назад к списку",
        "вернуться к разделу | вернуться в раздел | вернуться к списку | вернуться назад",
        "к списку новостей | ко всем новостям | все новости | все новости одкб | наверх",
        "версия для печати | распечатать | печать | комментарии | нет комментариев",
        "текстовая версия",
    ),
    "be": _entries(
        "назад | назад да раздзела | назад у раздзел | да раздзела | назад да ўсіх навін",
        "вярнуцца назад",
        "вярнуцца да раздзела | вярнуцца ў раздзел | да спіса навін | да ўсіх навін",
        "перайсці да ўсіх навін | перайсьці да ўсіх навінаў | усе навіны | усе навіны адкб",
        "версія для друку | надрукаваць | друк | уверх | каментары | каментарыі",
    ),
    "kk": _entries(
        "артқа | артқа қайту | кері қайту | бөлімге қайту | бөлімге оралу | барлық жаңалық",
        "барлық жаңалықтар | барлық жаңалықтарға | жаңалықтар тізіміне | жоғары | пікірлер",
        "басып шығару | басып шығару нұсқасы | басып шығаруға арналған нұсқа",
    ),
    "ky": _entries(
        "артка | артка кайтуу | бөлүмгө кайтуу | бөлүмгө | бардык жаңылыктар | жогору",
        "бардык жаңылыктарга | жаңылыктар тизмесине | басып чыгаруу | пикирлер",
        "басып чыгаруу үчүн версия",
    ),
    "tg": _entries(
        "бозгашт | ба қафо | ба ақиб | бозгашт ба бахш | ба бахш | ҳамаи хабарҳо | ба боло",
        "ба ҳамаи хабарҳо | бозгашт ба ҳамаи хабарҳо | нусхаи чопӣ | чоп кардан | шарҳҳо",
    ),
    "hy": _entries(
        "հետ | վերադառնալ | վերադառնալ բաժին | վերադառնալ լրահոս | դեպի բաժին | վերև",
        "բոլոր լուրերը | բոլոր նորությունները | դեպի բոլոր լուրերը | տպել | տպելու տարբերակ",
        "մեկնաբանություններ",
    ),
}
"""Links of a page that are no part of an article."""

LISTING = re.compile(
    r"(?:all|все|усе)\s(?:the\s)?(?:csto\s|odkb\s)?(?:news|новости|навіны)"
    r"(?:\s(?:of the organization|одкб|организации|адкб|арганізацыі))\Z|all csto news\Z"
    r"|(?:ұйымның|ұқшұ(?:-ның|ның)?)\sбарлық\sжаңалықтары\Z"
    r"|(?:уюмдун|жкку(?:нун)?)\sбардык\sжаңылыктары\Z"
    r"|ҳамаи\sхабарҳои\s(?:созмон|саад)\Z"
    r"|(?:կազմակերպության|հապկ(?:-ի)?)\sբոլոր\s(?:նորությունները|լուրերը)\Z"
)
"""A link that stands under a list of summaries, not under an article (template 12)."""

PRESS_CUES = _entries(
    "press secretary | press service | press office | press center | press centre",
    "press-service | press-secretary | spokesman | spokeswoman | spokesperson",
    "пресс-секретарь | пресс-служба | пресс-центр | прэс-сакратар | прэс-служба | прэс-цэнтр",
    "баспасөз хатшысы | баспасөз қызметі | басма сөз катчысы | басма сөз кызматы",
    "пресс-катчысы | пресс-кызматы | котиби матбуот | хадамоти матбуот | дафтари матбуот",
    "маркази матбуот | մամուլի քարտուղար | մամուլի ծառայություն | մամուլի խոսնակ",
    "մամլո խոսնակ | մամլո ծառայություն",
)
"""Who signs a release for the press."""

BYLINE_CUES = _entries(
    "staff correspondent | own correspondent | special correspondent | собственный корреспондент",
    "соб. корр | наш корреспондент | специальный корреспондент | уласны карэспандэнт",
    "наш карэспандэнт | меншікті тілші | біздің тілші | өз кабарчы | атайын кабарчы",
    "мухбири мо | хабарнигори мо | մեր թղթակից | սեփական թղթակից",
)
"""Who signs an article for an agency or a newspaper, in the first words of a line."""

RANKS = _entries(
    "colonel | lieutenant colonel | major general | lieutenant general | colonel general | major",
    "полковник | подполковник | майор | генерал-майор | генерал-лейтенант | генерал-полковник",
    "палкоўнік | падпалкоўнік | маёр | генерал-маёр | генерал-лейтэнант | генерал-палкоўнік",
    "գնդապետ | փոխգնդապետ | մայոր | գեներալ-մայոր | գեներալ-լեյտենանտ",
)
"""Who signs for a staff, in the first word of a line that names a person and an office."""

DESK = re.compile(
    r"(?:отдел|аддзел|шуъбаи)\s[^.!?]{3,60}\Z|[^.!?]{3,60}\s(?:desk|бөлімі|бөлүмү|բաժին)\Z",
    re.IGNORECASE,
)
"""The desk of a newspaper that signs an article."""

TAIL_CUES = {
    "share": _entries(
        "share | share this | share on | поделиться | поделитесь | падзяліцца | бөлісу",
        "бөлүшүү | мубодила | կիսվել | տարածել",
    ),
    "tags": _entries(
        "tags | keywords | теги | метки | ключевые слова | тэгі | тегтер | тэгтер | тегдер",
        "белгилер | барчаспҳо | պիտակներ | թեգեր",
    ),
    "read-also": _entries(
        "read also | see also | related | читайте также | смотрите также | по теме",
        "чытайце таксама | глядзіце таксама | тағы оқыңыз | сондай-ақ оқыңыз | дагы окуңуз",
        "окуңуз | ҳамчунин бихонед | инчунин хонед | կարդացեք նաև",
    ),
    "source": _entries(
        "source | источник | крыніца | дереккөз | дереккөзі | булагы | манбаъ | աղբյուր | աղբյուրը",
    ),
    "subscribe": _entries(
        "subscribe | follow us | join us on | подписывайтесь | подпишитесь | читайте нас",
        "следите за нами | падпісвайцеся | чытайце нас | сачыце за намі | жазылыңыз",
        "жазылыңыздар | жаңалықтарды біздің | биздин жаңылыктарды | обуна шавед",
        "хабарҳои моро | բաժանորդագրվեք | հետևեք մեզ",
    ),
    "copyright": ("©", "(c)"),
}
"""What lines under an article begin with; the rule's name first."""

CONTINUED_CUES = frozenset({"share", "subscribe", "copyright"})
"""Rules whose lines may go on without a colon: `Share on Telegram`."""

PHOTO_CUES = _entries(
    "photo | photo by | photos | фото | фота | сурет | суретте | сүрөт | акс | լուսանկար",
    "լուսանկարը | լուսանկարներ",
)
"""What the line of a photograph's credit begins with, before a colon."""

PHOTO_PHRASES = _entries(
    "photo from | photo courtesy | фото из | фото автора | фота з | фота аўтара | акс аз",
    "аксҳо аз | сурет мұрағаттан | сүрөттөр ачык | сүрөт архивден | լուսանկարն արխիվից",
)
"""The same without a colon."""

DOWNLOAD = re.compile(
    r"(?:download(?: document| file)?|скачать(?: документ| файл)?|спампаваць(?: дакумент)?"
    r"|(?:құжатты )?жүктеу|(?:документти )?жүктөө|боргирӣ(?: кардан)?|ներբեռնել(?: փաստաթուղթը)?)"
    r"[\s:]+\S{1,200}\.(?:docx?|pdf|rtf|odt|xlsx?|pptx?|zip)\Z",
    re.IGNORECASE,
)
"""The link to a document's file (template 9): Download document 0123456789abcdef….docx."""

SOURCE_LINE = re.compile(
    r"(?:(?:cite|source|url|link|источник|ссылка)\s*:?\s*)?https?://\S{1,2000}\Z"
    r"|(?:cite|source|url|link)\s*:\Z",
    re.IGNORECASE,
)
"""A line that only says where the text was taken from."""

LETTERHEAD = re.compile(
    r"(?:the white house\b\s*)?(?:office of (?:the )?(?:[\w,]+ ?){1,6}\b\s*)?(?:[_=-]{5,}\s*)?"
    r"(?P<status>(?:for immediate release|for release|press release|news release|media release"
    r"|пресс-релиз|прэс-рэліз|баспасөз хабарламасы)\b[\s:.]*)?",
    re.IGNORECASE,
)
"""The head of a release: issuer, a rule, and that it is a release; its date may follow."""

RELEASE_CARD = re.compile(
    r"\s(?=Статус материала\s+Опубликован\w* в раздел\w*:.{0,600}\Z)", re.DOTALL
)
"""The card at the end of a presidential release: section, date of publication, address."""
