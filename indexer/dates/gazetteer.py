"""Cities and regions by which a dateline is known for one, and words that only look like them."""

_CITIES = """
    Moscow|Saint Petersburg|St. Petersburg|Minsk|Brest|Vitebsk|Astana|Nur-Sultan|Almaty|Shymkent
    Bishkek|Osh|Cholpon-Ata|Dushanbe|Khujand|Yerevan|Gyumri|Tashkent|Samarkand|Ashgabat|Baku
    Tbilisi|Kyiv|Kiev|Chisinau|Kazan|Sochi|Vladivostok|Yekaterinburg|Novosibirsk|Murmansk|Volgograd
    Washington|New York|Geneva|Vienna|Brussels|Paris|London|Berlin|Rome|Beijing|Shanghai
    Tehran|Kabul|Ankara|Istanbul|New Delhi|Delhi|Islamabad|Tokyo|Seoul|Belgrade|Prague|Warsaw
    Riga|Vilnius|Tallinn|Helsinki|Stockholm|Oslo|Copenhagen|Madrid|Lisbon|Athens|Budapest|Bucharest
    Sofia|Cairo|Jerusalem|Damascus|Baghdad|Doha|Abu Dhabi|Riyadh|Havana|The Hague|Strasbourg
    United Nations|Москва|Санкт-Петербург|Ленинград|Сочи|Казань|Мурманск|Волгоград|Владивосток
    Екатеринбург|Новосибирск|Калининград|Псков|Великий Новгород|Нижний Новгород|Ростов-на-Дону
    Самара|Саратов|Уфа|Омск|Томск|Красноярск|Иркутск|Хабаровск|Якутск|Чита|Тула|Тверь|Рязань|Ярославль|Кострома
    Курск|Белгород|Воронеж|Брянск|Орёл|Смоленск|Калуга|Севастополь|Симферополь|Архангельск|Северодвинск
    Петрозаводск|Вологда|Пермь|Челябинск|Тюмень|Барнаул|Махачкала|Грозный|Нальчик|Владикавказ
    Минск|Брест|Витебск|Гомель|Гродно|Могилёв|Астана|Нур-Султан|Алматы|Алма-Ата|Шымкент|Караганда
    Бишкек|Ош|Чолпон-Ата|Душанбе|Худжанд|Ереван|Гюмри|Ташкент|Самарканд|Ашхабад|Баку|Тбилиси|Киев
    Кишинёв|Женева|Вена|Брюссель|Париж|Лондон|Берлин|Рим|Пекин|Шанхай|Тегеран|Кабул|Анкара|Стамбул
    Нью-Йорк|Вашингтон|Нью-Дели|Дели|Исламабад|Токио|Сеул|Белград|Прага|Варшава|Рига|Вильнюс|Таллин
    Мінск|Брэст|Віцебск|Гродна|Магілёў|Масква|Ерэван|Бішкек
    Мәскеу|Қарағанды|Ақтөбе|Ақтау|Қостанай|Павлодар|Талдықорған|Түркістан|Ташкент|Бішкек
    Маскав|Хуҷанд|Бохтар|Кӯлоб|Тошканд|Остона
    Երևան|Գյումրի|Վանաձոր|Մոսկվա|Մինսկ|Աստանա|Բիշքեկ|Դուշանբե|Թբիլիսի
"""
CITIES = frozenset(city.strip().lower() for line in _CITIES.split("\n") for city in line.split("|"))
"""Names in lower case, as datelines write them: capitals, and cities where the six states meet."""

_REGION_WORDS = (
    "область край район округ вобласць раён облысы ауданы облусу району вилояти ноҳияи մարզ"
)
REGION_WORDS = frozenset(_REGION_WORDS.split())
"""What follows the name of a region, in lower case: Курская область."""

_NO_PLACES = """
    in at on the from во на из
    today yesterday update updated correction advisory media news press release statement
    сегодня вчера завтра обновлено молния срочно новости сёння учора бүгін кеше бүгүн кечээ
    имрӯз дирӯз այսօր երեկ
"""
NO_PLACES = frozenset(_NO_PLACES.split())
"""Words that stand where a place would, in lower case."""
