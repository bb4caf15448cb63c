"""The words that tell what a date in a text is: this year's, a plan's, a treaty's, a coming one."""

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

FUTURE = (
    r"will (?!have\b)\w+|(?:is|are) (?:to|due|planned|scheduled|expected)\b|to be held\b|upcoming\b"
    r"|forthcoming\b|preparations? for\b"
    r"|будет|будут|состоится|состоятся|пройд[её]т|пройдут|планируется|планируют|запланирован\w*"
    r"|намечен\w*|предстоит|предстоящ\w+|ожидается|собер[её]тся|соберутся|начн[её]тся|стартует"
    r"|готовится|готовятся"
    r"|будзе|будуць|адбудзецца|адбудуцца|пройдзе|пройдуць|плануецца|запланаван\w*|збярэцца"
    r"|збяруцца|пачнецца|сустрэнуцца|рыхтуецца"
    r"|өтеді|өткізіледі|өтпек|болмақ|өткізілмек|басталады|жоспарланып|жоспарлануда|күтілуде"
    r"|жиналады|дайындалуда"
    r"|өтөт|өткөрүлөт|башталат|пландалууда|күтүлүүдө|чогулат"
    r"|баргузор (?:мешавад|мегардад)|хоҳад|хоҳанд|доир мегардад|ба нақша гирифта"
    r"|կանցկացվի|կանցկացվեն|կկայանա|կկայանան|կմեկնարկի|կսկսվի|տեղի կունենա|նախատեսվում է"
    r"|նախատեսված է|կհավաքվեն|կլինի"
)
"""That an event is still to come, so that the release is older than the event."""

NOT_THE_DAY = (
    r"(?:treaty|charter|agreement|protocol|memorandum|declaration|decision|resolution|regulations?"
    r"|strategy|statement|law|decree|order|anniversary|until|till|since|up to|no later than|before"
    r"|after|by|dated|(?<!was )(?<!were )(?<!been )(?:signed|adopted|approved|concluded|established"
    r"|founded|created|formed))(?:\s(?:of|on|from|in|dated|as of|the|session|day|\w+ council))*"
    r"|(?:догов\w+|устав\w*|соглашени\w+|протокол\w*|меморандум\w*|деклараци\w+|решени\w+|указ\w*"
    r"|резолюци\w+|положени\w+|стратеги\w+|закон\w*|годовщин\w+|[-–]лети\w+|подписанн\w+|принят\w{2,3}"
    r"|утвержденн\w+|утверждённ\w+|созданн\w+|заключенн\w+|заключённ\w+|учрежденн\w+|основанн\w+)"
    r"(?:\s(?:от|из|в|на|со дня))*"
    r"|\b(?:до|начиная с|не позднее|со дня|после|к|ко|со времени|одкб)"
    r"|(?:дагавор\w*|статут\w*|пагадненн\w+|рашэнн\w+|падпісан\w{2,3}|прынят\w{2,3}|пасля|да)(?:\s(?:ад|з))*"
    r"|(?:дейін|кейін|бастап|чейин|кийин|баштап|тартып|аз санаи|то|баъди|баъд аз|մինչև|հետո|սկսած)"
)
"""What stands right before a date that is not the day of the news: a treaty's, an earlier act's."""

NOT_THE_DAY_AFTER = (
    r"(?:(?:года?|г\.)\s)?(?:бастап|бері|тартып|баштап|дейін|чейин|инҷониб|շարունակ|սկսած|onwards?\b"
    r"|treaty\b|agreement\b|protocol\b|charter\b|decision\b)|дегі\b|дағы\b"
)
"""What stands right after such a date."""

PLAN_BEFORE = (
    r"(?:until|till|up to|by|for|through|to|period|before|plans?|strategy|program\w*|budget)"
    r"(?:\s(?:of|the|period|years?|up|to|for|until|in|end))*"
    r"|(?:до|к|ко|на|план\w*|период\w*|стратеги\w+|программ\w+|бюджет\w*)(?:\s(?:до|на|период|конца|года))*"
    r"|(?:да|на|план\w*|перыяд)|(?:дейінгі|арналған|жоспар\w*)|(?:план\w*)|(?:то соли|то|барои соли)|մինչև"
)
"""What stands right before a year that a plan reaches to."""

PLAN_AFTER = (
    r"(?:жыл\w*|жылғы|оны)?\s?(?:дейін|дейінгі|чейин|чейинки|арналған|карата|план\w*|жоспар\w*)"
    r"|plan\b|budget\b|year plan\b|թ[.․]? պլան\w*|թվականի\s(?:\S+\s){0,3}պլան\w*"
)
"""What stands right after such a year."""

PLAN_OF_YEAR = (
    r"(?:plan\w*|program\w*|schedule|calendar)\b[^.;]{0,90}?\b(?:for|of|in)\s(?P<en>20\d\d)(?!\s?[-–—]\s?\d)"
    r"|план\w*[^.;]{0,90}?\s(?:на|ў|у)\s(?P<ru>20\d\d)\s?(?:год|г\.)"
    r"|(?P<kk>20\d\d)[\s-](?:жыл\w*)\s(?:\S+\s){0,6}?(?:жоспар|план)"
    r"|(?P<hy>20\d\d)\s?(?:թ[.․]|թվական\w*)\s(?:\S+\s){0,6}?պլան"
    r"|нақша\w*[^.;]{0,60}?соли\s(?P<tg>20\d\d)"
)
"""A plan of one year, by which the event that is told of took place."""

STRATEGIES = frozenset(
    """
    strategy agenda vision concept program programme plan kazakhstan uzbekistan covid windows office
    стратегия повестка концепция программа казахстан узбекистан план ковид
    стратэгія парадак канцэпцыя праграма каранавірус
    қазақстан стратегия стратегиясы бағдарлама күн
    кыргызстан стратегиясы тоҷикистон стратегияи барнома барномаи
    """.split()
)
"""Names whose year is a horizon, or no year at all: Strategy-2025, Covid-19."""
