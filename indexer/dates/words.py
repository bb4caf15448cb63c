"""The words that tell what a date in a text is: this year's, a plan's, a treaty's, a coming one."""

from datetime import date

THIS_YEAR = (
    r"this year\b|the current year\b|current year\b"
    r"|с\.\s?г\.|т\.\s?г\.|сего года|этого года|этом году|текущего года|текущем году"
    r"|нынешнего года|нынешнем году"
    r"|сёлетняга|сёлета|гэтага года|гэтым годзе|бягучага года|бягучым годзе"
    r"|биылғы|биыл|осы жылғы|осы жылдың|осы жылы|ағымдағы жылдың|ағымдағы жылғы|ағымдағы жылы"
    r"|быйылкы|быйыл|ушул жылдын|ушул жылы|үстүбүздөгү жылдын|үстүбүздөгү жылы|учурдагы жылдын"
    r"|соли равон|соли ҷорӣ|имсол"
    r"|այս տարվա|այս տարի|ընթացիկ տարվա|ընթացիկ թվականի|սույն թվականի|ս[.․]\s?թ[.․]"
)
YEAR_STEMS_ENGLISH = ("this year", "current year")
YEAR_STEMS = (
    "year",
    "год",
    "с.",
    "т.",
    "имсол",
    "биыл",
    "быйыл",
    "жыл",
    "сол",
    "сёлета",
    "տար",
    "թ",
)
"""In lower case: a sentence without any of them, in ASCII the first, does not say `this year`."""
LAST_YEAR = (
    r"last year\b|the previous year\b|прошлого года|прошлом году|минувшего года|минувшем году"
    r"|летась|мінулага года|мінулым годзе|былтырғы|былтыр|өткен жылғы|өткен жылдың|өткен жылы"
    r"|былтыркы|өткөн жылдын|өткөн жылы|соли гузашта|соли гузашта|порсол"
    r"|անցյալ տարվա|անցյալ տարի|անցած տարվա|նախորդ տարվա"
)
NEXT_YEAR = (
    r"next year\b|the coming year\b|следующего года|следующем году|будущего года|будущем году"
    r"|наступнага года|наступным годзе|келесі жылдың|келесі жылы|келерки жылдын|келерки жылы"
    r"|соли оянда|հաջորդ տարվա|հաջորդ տարի|եկող տարվա"
)
"""The years that are told from the day of publication; alternatives of a regular expression."""

FUTURE_ENGLISH = (
    r"(?:will|would) (?!have\b)(?:be \w+|\w+)|(?:is|are) (?:planned|scheduled|expected)|to be held"
    r"|upcoming|forthcoming"
    r"|(?:is|are) (?:due )?to (?:be|take|meet|gather|open|start|begin)|preparations? for"
)
FUTURE = (
    rf"{FUTURE_ENGLISH}"
    r"|будет|будут|состоится|состоятся|пройд[её]т|пройдут|провед[её]т|проведут|посетит|посетят"
    r"|встретится|встретятся|примет участие|примут участие|прибудет|прибудут|выступит"
    r"|планируется|планируют|запланирован\w*"
    r"|намечен\w*|предстоит|предстоящ\w+|ожидается|собер[её]тся|соберутся|начн[её]тся|стартует"
    r"|готовится|готовятся"
    r"|правядзе|правядуць|наведае|наведаюць|сустрэнецца|прыбудзе|прыбудуць"
    r"|будзе|будуць|адбудзецца|адбудуцца|пройдзе|пройдуць|плануецца|запланаван\w*|збярэцца"
    r"|збяруцца|пачнецца|сустрэнуцца|рыхтуецца"
    r"|өтеді|өткізіледі|өтпек|болмақ|өткізілмек|басталады|жоспарланып|жоспарлануда|күтілуде"
    r"|жиналады|дайындалуда"
    r"|өтөт|өткөрүлөт|башталат|пландалууда|күтүлүүдө|чогулат"
    r"|баргузор (?:мешавад|мегардад)|хоҳад|хоҳанд|доир мегардад|ба нақша гирифта"
    r"|կանցկացվի|կանցկացվեն|կկայանա|կկայանան|կմեկնարկի|կսկսվի|տեղի կունենա|նախատեսվում է"
    r"|նախատեսված է|կհավաքվեն|կլինի"
)
"""That an event is still to come, so that the release is older than the event.

In a text of ASCII alone only the English words can stand; to look for them is cheaper.
"""

PAST = (
    r"was|were|has|have|had|took|held|met|began|\w{3,}ed"
    r"|\w{3,}[аеияёо]л(?:а|о|и|ся|ась|ось|ись)?|про(?:шла|шло|шли|ш[её]л)|\w{3,}(?:шла|шло|шли)"
    r"|\w{3,}(?:[аеыіяё]ў(?:ся)?|[аеыіяё]л(?:а|о|і|ася|ося|іся))|прайш(?:ла|ло|лі|оў)"
    r"|\w{2,}(?:եց|եցին|վեց|վեցին|վել)"
)
"""A verb in the past tense, where the verb stands before what it tells of."""

PAST_LAST = r"(?:[дт](?:ы|і)|[дт](?:ы|и|у|ү)|(?:ид|уд|шт|фт|анд))[.!»”\s]*\Z"
"""The end of a sentence in the past tense, where the verb stands last: kk, ky, tg."""

NOT_THE_DAY = (
    r"(?:of|dated|since|until|till|up to|by|before|after|than|between|treaty|charter)"
    r"|(?<!was )(?<!were )(?<!been )(?:signed|adopted|approved|concluded|established)(?: on)?"
    r"|(?:от|до|после|к|ко|со дня|начиная с|\w+(?:нн|ят)(?:ый|ого|ой|ая|ые|ых|ому|ым|ую|ом))"
    r"|(?:ад|да|пасля|пачынаючы з|\w+(?:н|ят)(?:ы|ага|ай|ая|ыя|ых|аму|ым|ую))"
    r"|(?:аз санаи|санаи|то|баъди|баъд аз|մինչև)"
)
"""What stands right before a date that is not the day of the news: a treaty's, a limit, a start."""

NOT_THE_DAY_AFTER = (
    r"(?:года? |г\. )?(?:бастап|бері|дейін|кейін|тартып|баштап|чейин|кийин|инҷониб|սկսած)\b|-ի\b"
    r"|(?:treaty|agreement|protocol|charter|decision|memorandum)\b"
)
"""What stands right after such a date; the Armenian genitive makes it a document's date."""

ATTRIBUTIVE = r"(?:[дт][ае]ғы|[дт][ае]гі|[дт][аео]гы|[дт][еө]ги)\Z"
"""The Kazakh and Kyrgyz ending that makes a date an attribute: 17 сәуірдегі (заң)."""

START_OF_STATE = r"(?:from|с|з|аз|starting|starting on)\s\Z"
"""What stands before the first day of something that lasts, where no last day follows."""

HORIZON_BEFORE = (
    r"(?:until|till|up to|by|for|through|period|before|plans?|strategy|program\w*|budget)"
    r"(?: (?:of|the|period|years?|up|to|for|until|in|end))*"
    r"|(?:до|к|на|план\w*|период\w*|стратеги\w+|программ\w+)(?: (?:до|на|период|конца|года))*"
    r"|(?:да|на|план\w*|перыяд\w*)|то|барои|то охири|մինչև"
)
HORIZON_AFTER = (
    r"[\s-]?(?:жыл\w* |оны )?(?:дейін|чейин|арналған|карата|plan\b|budget\b|план|жоспар)"
    r"|\s?(?:թ[.․]?|թվական\w*) (?:համար|պլան)"
)
"""What stands before or after a year that a plan or strategy reaches to."""

TOLD_YEAR = (
    r"\b(?:[Ii]n|[Dd]uring)(?: [A-Z][a-z]+| the \w+ of)? (?P<en>20\d\d)"
    r"|\b[вуўВУЎ](?: \w+)? (?P<ru>20\d\d)(?=\s?(?:год[уаз]|г\.))"
    r"|\b(?P<kk>20\d\d)(?=(?:\s|-)жыл(?:ы|дың|дын|ғы)\b)|[Сс]оли (?P<tg>20\d\d)"
    r"|\b(?P<hy>20\d\d)(?=\s(?:թվականի|թ[.․]))|\b\d{1,2} \w{3,12},? (?P<dmy>20\d\d)"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?P<mdy>20\d\d)"
)
"""A year in which something is told to have happened."""

PLAN_OF_YEAR = (
    r"\bplans?\b[^.;]{0,90}?\bfor\s(?P<en>20\d\d)(?!\s?[-–—/]\s?\d)"
    r"|план\w*[^.;]{0,90}?\s(?:на|ў|у)\s(?P<ru>20\d\d)\s?(?:год|г\.)"
    r"|(?P<kk>20\d\d)[\s-](?:жыл\w*)\s(?:\S+\s){0,6}?(?:жоспар|план)"
    r"|(?P<hy>20\d\d)\s?(?:թ[.․]|թվական\w*)\s(?:\S+\s){0,6}?պլան"
    r"|нақша\w*[^.;]{0,60}?соли\s(?P<tg>20\d\d)"
)
"""The plan of one year, by which the event that is told of took place."""
PLAN_STEMS = ("plan", "план", "жоспар", "պլան", "нақша")
"""In lower case: a sentence without any of them names no plan."""

_HORIZONS = """
    fy strategy agenda vision concept program programme plan kazakhstan uzbekistan covid
    windows office
    стратегия повестка концепция программа казахстан узбекистан план ковид
    стратэгія парадак канцэпцыя праграма каранавірус
    қазақстан стратегия стратегиясы бағдарлама күн
    кыргызстан стратегиясы тоҷикистон стратегияи барнома барномаи
"""
STRATEGIES = frozenset(_HORIZONS.split())
"""Names whose year is a horizon, or no year at all: Strategy-2025, Covid-19."""

ANNIVERSARIES = (
    (r"(?P<years>\d{2})(?:st|nd|rd|th) anniversary\b[^.;]{0,60}\bTreaty\b", 1992),
    (r"(?P<years>\d{2})(?:st|nd|rd|th) anniversary\b[^.;]{0,60}\bOrganization\b", 2002),
    (r"(?P<years>\d{2})[-‑–]?\s?(?:лети\w+|годдз\w+)\b[^.;]{0,60}\b(?:Догов|Дагав)\w+", 1992),
    (r"(?P<years>\d{2})[-‑–]?\s?(?:лети\w+|годдз\w+)\b[^.;]{0,60}\b(?:Организ|Арганіз)\w+", 2002),
)
"""Anniversaries of the Collective Security Treaty (1992) and of its Organization (2002)."""

ACTS = frozenset({date(1992, 5, 15), date(2002, 10, 7), date(2001, 9, 11)})
"""Days of acts that texts recall for decades: the Treaty, its Charter, the attacks of 2001."""

RECALLED = (
    r"anniversary|(?:years?|decades?) ago|годовщин\w*|\w*лети[еяюи]\w*|(?:лет|год|года) назад"
    r"|гадавін\w*|угодк\w*|\w*годдз\w*|(?:гадоў|год|гады) таму|жылдығ\w*|жыл бұрын|жылдыг\w*"
    r"|жыл мурун|солаг\w*|сол пеш|տարեդարձ\w*|\w*ամյակ\w*|տարի առաջ"
)
"""That a sentence recalls what was years ago."""

TODAY = r"today(?!['’]s)|tonight|сегодня|сёння|бүгін|бүгүн|имрӯз|այսօր"
YESTERDAY = r"yesterday(?!['’]s)|вчера|учора|кеше|кечээ|дирӯз|երեկ"
TOMORROW = r"tomorrow(?!['’]s)|завтра|заўтра|ертең|эртең|фардо|վաղը"
"""Days that are told from the day of publication; alternatives of a regular expression."""

LABELS = (
    *("Published", "Publication date", "Date of publication", "Posted"),
    *("Дата публикации", "Дата размещения", "Опубликовано", "Размещено"),
    *("Дата публікацыі", "Апублікавана", "Жарияланды", "Жарияланған күні"),
    *("Жарыяланды", "Жарыяланган күнү", "Санаи нашр", "Нашр шуд"),
    *("Հրապարակվել է", "Հրապարակման ամսաթիվ"),
)
"""What a page writes before its own date."""

ANNIVERSARY_STEMS = ("anniversary", "лет", "годдз")
RECALLED_STEMS = (
    *("anniversary", "ago", "годовщин", "лет", "год", "гадавін", "угодк", "гад", "жылд", "жыл "),
    *("сол", "տարեդարձ", "ամյակ", "տարի"),
)
"""In lower case: a sentence without any of them has no anniversary, recalls nothing."""
