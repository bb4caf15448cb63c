"""What HTML pages say of themselves, and which of their text is the release.

Laws:
1. Title, date, address, other addresses, key words and text of common layouts are exact.
2. Of several statements the most trusted counts; a change is no publication.
3. The release's own lead, captions and date line stay; boxes beside it are kept as removed text.
4. A page without text of its own says why.
5. No tag soup raises, and none takes long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import CorpusError
from indexer.readers.draft import Draft, Fault
from indexer.readers.pages.encoding import declared_encoding
from indexer.readers.pages.web_page import read_page


def draft(page: str) -> Draft:
    (found,) = read_page(page)
    assert isinstance(found, Draft), found
    return found


def fault(page: str) -> str:
    (found,) = read_page(page)
    assert isinstance(found, Fault), found
    return found.reason


def removed(found: Draft) -> list[str]:
    return [cut.text for cut in found.removed]


RU = (
    "На полигоне «Эдельвейс» завершилось учение спасателей, в котором участвовали шесть команд.",
    "Спасатели прошли три этапа: поиск в горах, разбор завалов и переправу через реку.",
    "Победителей наградили в последний день, и команды договорились о новых сборах.",
)
EN = (
    "The rescue teams of six states have finished their joint exercise in the mountains.",
    "They passed three stages: a search in the mountains, debris and the crossing of a river.",
    "The winners were honoured on the last day, and the teams agreed upon a new gathering.",
)
BE = (
    "Выратавальнікі шасці краін завяршылі сумеснае вучэнне ў гарах, якое доўжылася тыдзень.",
    "Каманды прайшлі тры этапы: пошук у гарах, разбор завалаў і пераправу праз раку.",
)
KK = (
    "Алты елдің құтқарушылары таулы жерде бірлескен оқу-жаттығуды табысты аяқтады деп хабарлайды.",
    "Командалар үш кезеңнен өтті: тауда іздеу, үйінділерді тазарту және өзеннен өту болды.",
)
DE = (
    "Die Rettungskräfte aus sechs Staaten haben ihre gemeinsame Übung im Gebirge abgeschlossen.",
    "Sie bestanden drei Abschnitte: die Suche im Gebirge, das Räumen und die Überquerung.",
)


def paragraphs(texts: Sequence[str]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


@dataclass(frozen=True)
class Layout:
    """A page, and all that is to be found in it."""

    page: str
    text: Sequence[str]
    title: str | None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    removed: Sequence[str] = ()


LAYOUTS = {
    "bitrix, undated teasers above": Layout(
        f"""<html lang="ru"><head><title>Учение «Скала» завершено</title></head><body>
<div class="bx-breadcrumb" itemprop="http://schema.org/breadcrumb" itemscope>
<div class="bx-breadcrumb-item"><a href="/"><span>Главная</span></a></div>
<div class="bx-breadcrumb-item"><i>/</i><a href="/news/"><span>Новости</span></a></div></div>
<div class="news-list"><p class="news-item"><a href="/news/2">Встреча министров</a></p></div>
<div class="news-detail"><h1>Учение «Скала» завершено</h1>
<span class="news-date-time">26.05.2023</span>
{paragraphs(RU)}</div>
<div class="back"><a href="/news/">Назад к разделу</a></div></body></html>""",
        text=("26.05.2023", *RU),
        title="Учение «Скала» завершено",
        language="ru",
        keywords=("Новости",),
        removed=(
            "Главная",
            "/Новости",
            "Встреча министров",
            "Учение «Скала» завершено",
            "Назад к разделу",
        ),
    ),
    "bitrix, microdata in the text": Layout(
        f"""<html><head><base href="https://site.example/ru/"><link rel="canonical"
href="news/skala/"></head><body><header><a href="/">ОДКБ</a></header>
<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Учение «Скала»</h1>
<meta itemprop="datePublished" content="2023-05-26T10:00:00+03:00">
<meta itemprop="dateModified" content="2024-01-31">
<div itemprop="articleBody">{paragraphs(RU)}</div></div>
<div class="last"><time datetime="2024-03-01">1 марта</time> <a href="/x">Другая новость</a></div>
</body></html>""",
        text=RU,
        title="Учение «Скала»",
        date="2023-05-26T10:00:00+03:00",
        url="https://site.example/ru/news/skala/",
        removed=("ОДКБ", "Учение «Скала»", "1 марта", "Другая новость"),
    ),
    "wordpress": Layout(
        f"""<html lang="en-US"><head><title>Exercise Rock is over - Press &amp; News</title>
<link rel="canonical" href="https://wp.example/2023/05/26/rock/">
<meta property="og:title" content="Exercise Rock is over - Press &amp;amp; News">
<meta property="og:site_name" content="Press &amp; News">
<meta property="article:published_time" content="2023-05-26T07:00:00+00:00">
<meta property="article:modified_time" content="2023-06-01T07:00:00+00:00">
<meta property="article:section" content="Exercises">
<meta property="article:tag" content="rescue"><meta property="article:tag" content="Rock">
</head><body class="single category-news">
<article class="post category-news tag-rock">
<header class="entry-header"><h1 class="entry-title">Exercise Rock is over</h1></header>
<div class="entry-content"><p>{EN[0]}</p>
<figure><img src="a.jpg"><figcaption>Photo: the camp</figcaption></figure>
<p>{EN[1]}</p><p>{EN[2]}</p></div>
<footer><span class="cat-links">Posted in <a href="/c" rel="category tag">Exercises</a></span>
<span class="tags-links">Tagged <a href="/t/1" rel="tag">rescue</a>, <a href="/t/2">Alps</a></span>
</footer></article><aside><h2>Recent Posts</h2><ul><li><a href="/z">Other</a></li></ul></aside>
</body></html>""",
        text=(EN[0], "Photo: the camp", EN[1], EN[2]),
        title="Exercise Rock is over",
        date="2023-05-26T07:00:00+00:00",
        url="https://wp.example/2023/05/26/rock/",
        language="en-US",
        keywords=("Exercises", "rescue", "Rock", "Alps"),
        removed=(
            "Posted in Exercises",
            "Tagged rescue, Alps",
            "Recent Posts",
            "Other",
            "dateModified: 2023-06-01T07:00:00+00:00",
        ),
    ),
    "wordpress, yoast graph": Layout(
        """<html lang="be"><head><title>Скала</title><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Сайт", "url": "https://be.example/", "inLanguage": "be"},
 {"@type": "Article", "headline": "Вучэнне &#8220;Скала&#8221; завершана",
  "datePublished": "2023-05-26T09:00:00+03:00", "dateModified": "2025-01-01T09:00:00+03:00",
  "mainEntityOfPage": {"@id": "https://be.example/skala/"}, "articleSection": ["Вучэнні"],
  "keywords": ["Скала", "выратавальнікі"], "inLanguage": "be-BY"},
 {"@type": "BreadcrumbList", "itemListElement": [
  {"@type": "ListItem", "position": 1, "name": "Галоўная"},
  {"@type": "ListItem", "position": 2, "item": {"@id": "https://be.example/n/", "name": "Навіны"}},
  {"@type": "ListItem", "position": 3, "name": "Вучэнне “Скала” завершана"}]}]}</script>
<link rel="alternate" hreflang="be" href="https://be.example/skala/">
<link rel="alternate" hreflang="ru" href="/ru/skala/">
<link rel="alternate" hreflang="x-default" href="https://be.example/any/skala/">
<link rel="alternate" hreflang="en" href="https://be.example/en/">
<link rel="alternate" hreflang="ru" type="application/rss+xml" href="/ru/feed/">
</head><body><main><article><h1>Вучэнне “Скала” завершана</h1>"""
        f"{paragraphs(BE)}</article></main></body></html>",
        text=BE,
        title="Вучэнне “Скала” завершана",
        date="2023-05-26T09:00:00+03:00",
        url="https://be.example/skala/",
        language="be",
        keywords=("Вучэнні", "Навіны", "Скала", "выратавальнікі"),
        alternates=("https://be.example/ru/skala/",),
        removed=("dateModified: 2025-01-01T09:00:00+03:00",),
    ),
    "drupal": Layout(
        f"""<html lang="kk" prefix="dc: http://purl.org/dc/terms/"><head>
<meta name="dcterms.title" content="«Скала» оқу-жаттығуы аяқталды">
<meta name="DC.date.issued" content="2024-10-25"><meta name="dcterms.subject" content="оқу; тау">
<link rel="canonical" href="/kk/node/12"><meta property="og:url" content="https://d.example/node/12">
<link rel="alternate" hreflang="ru" href="https://d.example/ru/node/12"></head><body>
<nav class="breadcrumb" aria-labelledby="system-breadcrumb"><h2 id="system-breadcrumb">Сіз</h2>
<ol><li><a href="/">Басты бет</a></li><li><a href="/n">Жаңалықтар</a></li></ol></nav>
<main role="main"><h1 class="page-header">«Скала» оқу-жаттығуы аяқталды</h1>
<article class="node node--type-news"><div class="field field--name-body">{paragraphs(KK)}</div>
<div class="field field--name-field-tags"><div class="field__label">Тегтер</div>
<div class="field__items"><a href="/t/1">құтқарушылар</a></div></div></article></main>
<aside><article class="node node--view-mode-teaser">
<h2><a href="/n/9">Басқа жаңалық</a></h2></article>
</aside></body></html>""",
        text=KK,
        title="«Скала» оқу-жаттығуы аяқталды",
        date="2024-10-25",
        url="https://d.example/kk/node/12",
        language="kk",
        keywords=("Жаңалықтар", "оқу", "тау", "құтқарушылар"),
        alternates=("https://d.example/ru/node/12",),
        removed=(
            "Сіз",
            "Басты бет",
            "Жаңалықтар",
            "«Скала» оқу-жаттығуы аяқталды",
            "Тегтер",
            "құтқарушылар",
            "Басқа жаңалық",
        ),
    ),
    "agency, standfirst above the article": Layout(
        f"""<html lang="de"><head><title>Übung beendet | Agentur</title></head><body>
<nav aria-label="Breadcrumb"><a href="/">Startseite</a> › <a href="/p">Politik</a> › Übung</nav>
<main><header><h1>Übung beendet</h1><p class="teaser">{DE[0]}</p>
<div class="share"><a href="#">Teilen auf Facebook und auf Telegram und auf anderen</a></div>
<time datetime="2024-07-26">26. Juli 2024</time></header>
<article><p>{DE[1]}</p><p>{DE[0]} Das war alles.</p>
<div class="teaser"><h3><a href="/a">Andere Übung</a></h3>
<p>Ein langer Anriss der anderen Übung.</p>
</div></article></main></body></html>""",
        text=(DE[0], "26. Juli 2024", DE[1], f"{DE[0]} Das war alles."),
        title="Übung beendet",
        date="2024-07-26",
        language="de",
        keywords=("Politik", "Übung"),
        removed=(
            "Startseite › Politik › Übung",
            "Übung beendet",
            "Teilen auf Facebook und auf Telegram und auf anderen",
            "Andere Übung",
            "Ein langer Anriss der anderen Übung.",
        ),
    ),
    "agency, read also in the text": Layout(
        f"""<html lang="ru"><head><meta property="og:title" content="Скала">
<meta name="news_keywords" content="учения, спасатели"></head><body><article><h1>Скала</h1>
<p>{RU[0]}</p><div class="read-also"><b>Читайте также</b>
<ul><li><a href="/1">Первая</a></li></ul></div>
<p>{RU[1]}</p><p class="also">Читайте также: <a href="/2">Сборы прошли в Алма-Ате</a></p>
<p>{RU[2]} <a href="/d">Подробности</a></p></article></body></html>""",
        text=(RU[0], RU[1], f"{RU[2]} Подробности"),
        title="Скала",
        language="ru",
        keywords=("учения", "спасатели"),
        removed=("Читайте также", "Первая", "Читайте также: Сборы прошли в Алма-Ате"),
    ),
    "agency, cards of other articles": Layout(
        f"""<html lang="en"><head><title>Rock</title></head><body>
<article class="story"><h1>Rock</h1><p class="rubric">World</p>
<time datetime="2020-01-01">1 Jan</time><time datetime="2024-02-16T10:00">16 Feb 2024</time>
{paragraphs(EN)}</article>
<section class="related-news"><article><h2><a href="/1">One</a></h2>
<span class="rubric">Sport</span>
<span itemprop="datePublished" content="2019-01-02"></span></article>
<article><h2><a href="/2">Two</a></h2><span class="rubric">Arts</span></article></section>
</body></html>""",
        text=("1 Jan", "16 Feb 2024", *EN),
        title="Rock",
        date="2020-01-01",
        language="en",
        keywords=("World",),
        removed=("World", "One", "Sport", "Two", "Arts"),
    ),
    "old tables, no markup of the article": Layout(
        f"""<HTML><HEAD><TITLE>Joint Staff: Rock is over</TITLE></HEAD><BODY><TABLE><TR><TD>
<A HREF=/>Home</A><BR><A HREF=/n>News</A></TD><TD><H1>Rock is over</H1>
{paragraphs(EN)}</TD></TR></TABLE></BODY></HTML>""",
        text=EN,
        title="Rock is over",
        removed=("Home\nNews", "Rock is over"),
    ),
    "several articles in JSON-LD": Layout(
        """<html lang="en"><head><title>Rock is over</title><script type="application/ld+json">
//<![CDATA[
[{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Other",
 "datePublished": "2024-03-01"}]},
 {"@type": ["NewsArticle", "PressRelease"], "headline": "Rock is over",
 "datePublished": "2023-05-26", "url": "https://n.example/rock", "keywords": "a, b; A"}]
//]]></script><script type="application/ld+json">{"@type": "Organization", "name": "N",
 "headline": "We"}</script><link rel="canonical" href="https://n.example/"></head><body>"""
        f"<article><h2>Rock is over</h2>{paragraphs(EN)}</article></body></html>",
        text=EN,
        title="Rock is over",
        date="2023-05-26",
        url="https://n.example/rock",
        language="en",
        keywords=("a", "b"),
    ),
    "entities, no-break blanks, soft hyphens": Layout(
        "<title>W</title><article><h1>Со&shy;дру&shy;же&shy;ство</h1><p>Дого&shy;вор&nbsp;о&#160;"
        "кол&shy;лективной&#8239;безопасности &laquo;15&nbsp;мая&raquo; &lt;b&gt; &amp;amp;</p>"
        "<p>Ещё</p></article>",
        text=("Договор о коллективной безопасности «15 мая» <b> &amp;", "Ещё"),
        title="Содружество",
    ),
    "unclosed tags": Layout(
        f"<html><title>T<body><h1>T</title><article><h1>Rock<p>{EN[0]}<p>{EN[1]}<div><b>{EN[2]}",
        text=EN,
        title="Rock",
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_1_layouts(name: str) -> None:
    layout = LAYOUTS[name]
    found = draft(layout.page)
    assert found.text == "\n\n".join(layout.text)
    assert found.title == layout.title
    assert found.date == layout.date
    assert found.url == layout.url
    assert found.language == layout.language
    assert found.keywords == layout.keywords
    assert found.alternates == layout.alternates
    assert removed(found) == list(layout.removed)


def dated(head: str, body: str = "<article><p>Text.</p></article>") -> str | None:
    return draft(f"<html><head>{head}</head><body>{body}</body></html>").date


def ld(text: str) -> str:
    return f'<script type="application/ld+json; charset=utf-8">{text}</script>'


def metas(**contents: str) -> str:
    return "".join(f'<meta name="{name}" content="{each}">' for name, each in contents.items())


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (metas(date="2020-01-01", pubdate="2019-05-16"), "2019-05-16"),
        (metas(date="2020-01-01T00:00:00+03:00", pubdate="16.05.2019"), "16.05.2019"),
        (metas(date="01.01.2020", pubdate="2019-05-16"), "2019-05-16"),
        (metas(date="2020-01-01T09:15:00", pubdate="2019-05-16"), "2020-01-01T09:15:00"),
        (metas(pubdate="2020-01-01"), "2020-01-01"),
        ('<meta name="dc:date" content="1998"><meta name="DC.Date" content="1999">', "1998"),
        ('<meta property="article:modified_time" content="2024-01-31">', None),
        ('<meta itemprop="datePublished" content="2018-05-28">', "2018-05-28"),
        (ld('{"headline": "H", "dateModified": "2024"}'), None),
        (ld('{"@type": "WebSite", "datePublished": "2001"}'), None),
        (ld('{"@type": "WebPage", "datePublished": "2018"}'), "2018"),
        (ld('{"@type": "schema:Report", "name": "N", "datePublished": "2018"}'), "2018"),
        (ld('{"@type": "Article", "headline": "H", "datePublished": 2018}') + metas(date="7"), "7"),
        (ld("[" * 100_000), None),
        (ld('{"headline": "H", "datePublished": "2018"'), None),
    ],
)
def test_2_dates_of_the_head(head: str, date: str | None) -> None:
    assert dated(head) == date


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<time datetime=2024-03-01>x</time><time datetime=2024-03-02>y</time><p>T.</p>", None),
        (
            "<time datetime=2024-03-01>x</time><p>T.</p><time datetime=2024-03-01>y</time>",
            "2024-03-01",
        ),
        (
            "<time datetime=2024-03-01>x</time><article><time datetime=2018>y</time>T.</article>",
            "2018",
        ),
        (
            "<article><time datetime=2024>x</time><time pubdate datetime=2018>y</time>T.</article>",
            "2018",
        ),
        ("<article><b itemprop=datePublished>28 мая 2018</b>T.</article>", "28 мая 2018"),
        (
            "<article>T.<div class=related><a href=/>A</a><time datetime=2024>x</time></div>",
            None,
        ),
        ("<article><time>28 May</time>T.</article>", None),
    ],
)
def test_2_dates_of_the_text(body: str, date: str | None) -> None:
    assert dated("", body) == date


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel=canonical href="/a?b=1">', "/a?b=1"),
        (
            '<base href="https://x.example/ru/"><link rel=canonical href="a">',
            "https://x.example/ru/a",
        ),
        (
            '<link rel=canonical href="/ru/a"><meta property="og:url" content="https://x.example/b">',
            "https://x.example/ru/a",
        ),
        (
            '<link rel=canonical href="https://x.example/ru/">'
            '<meta property="og:url" content="https://x.example/b">',
            "https://x.example/b",
        ),
        ('<link rel=canonical href="https://x.example/">', "https://x.example/"),
        ('<meta property="og:url" content="//[">', None),
        ('<link rel=canonical href="http://[broken">', "http://[broken"),
        (ld('{"headline": "H", "mainEntityOfPage": "https://x.example/c"}'), "https://x.example/c"),
        (ld('{"headline": "H", "mainEntityOfPage": {"@id": "#page"}}'), None),
    ],
)
def test_2_addresses(head: str, url: str | None) -> None:
    assert draft(f"<html><head>{head}</head><body><p>T.</p></body></html>").url == url


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("<html lang=ru>" + metas(**{"dc.language": "en"}), "ru"),
        ("<html>" + ld('{"headline": "H", "inLanguage": "kk"}'), "kk"),
        ('<html><meta property="og:locale" content="be_BY">', "be_BY"),
        ('<html><meta http-equiv="Content-Language" content="tg">', "tg"),
        ("<html>", None),
    ],
)
def test_2_languages(head: str, language: str | None) -> None:
    assert draft(f"{head}<p>T.</p></html>").language == language


def test_2_key_words_are_bounded() -> None:
    words = ", ".join(["ОДКБ", "одкб", "x" * 101, *(f"w{number}" for number in range(100))])
    found = draft(metas(news_keywords=words) + "<p>T.</p>").keywords
    assert found == ("ОДКБ", *(f"w{number}" for number in range(29)))


def test_2_the_list_of_key_words_of_the_whole_site_is_not_that_of_the_release() -> None:
    assert draft(metas(keywords="news, csto") + "<p>T.</p>").keywords == ()


def test_2_key_words_without_links() -> None:
    page = "<article><p>T.</p><p class=tags>Պիտակներ՝ Երևան, գագաթնաժողով</p></article>"
    assert draft(page).keywords == ("Երևան", "գագաթնաժողով")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<title>Rock</title><h1><a href=/>CSTO</a></h1><article><h2>Rock</h2>{EN[0]}", "Rock"),
        (f"<title>W</title><h1>CSTO</h1><article><h2>Part</h2>{EN[0]}", "CSTO"),
        (f"<title>W</title><h1>CSTO</h1><article><h1>Rock</h1>{EN[0]}", "Rock"),
        (ld('{"@type": "Report", "name": "N"}') + "<h1>H</h1><p>T.", "N"),
        (ld('{"@type": "Organization", "name": "N"}') + "<h1>H</h1><p>T.", "H"),
        (
            '<meta property="og:title" content="Rock — CSTO">'
            '<meta property="og:site_name" content="CSTO"><p>T.',
            "Rock",
        ),
        (
            '<meta property="og:title" content="CSTO">'
            '<meta property="og:site_name" content="CSTO"><p>T.',
            "CSTO",
        ),
    ],
)
def test_2_titles(page: str, title: str) -> None:
    assert draft(page).title == title


@pytest.mark.parametrize(
    "lead",
    [
        f"<p class=lead>{EN[0]}</p>",
        f"<div class=teaser>{EN[0]}</div>",
        f'<p class="related">{EN[0].replace("teams", "<a href=/t>teams</a>")}</p>',
        f"<div itemprop=description><p>{EN[0]}</p></div>",
        f"<h2>{EN[0]}</h2>",
    ],
)
@pytest.mark.parametrize("container", ["<article>", "<div itemprop=articleBody>", "<div>"])
def test_3_the_lead_is_of_the_release(lead: str, container: str) -> None:
    others = "<ul class=menu><li><a href=/>Home</a></li></ul>"
    found = draft(f"{others}<h1>Rock</h1>{lead}{container}<p>{EN[1]}</p><p>{EN[2]}</p>")
    assert found.text == "\n\n".join(EN)
    assert "Home" in removed(found)


def test_3_teasers_below_the_heading_of_the_site_are_not_the_lead() -> None:
    teasers = f"<div class=list><p><a href=/1>{EN[0]}</a></p></div>"
    page = f"<h1>Site</h1>{teasers}<article><h2>Rock</h2><p>{EN[1]}</p><p>{EN[2]}</p></article>"
    assert draft(page).text == f"Rock\n\n{EN[1]}\n\n{EN[2]}"


def test_3_boxes_that_are_the_page_are_no_boxes() -> None:
    page = f"<div class=related><h1>Rock</h1><p>{EN[0]}</p><a href=/1>One</a></div>"
    assert draft(page).text == f"{EN[0]}\n\nOne"
    assert draft(f"<body class='teaser tags'><p>{EN[0]}</p>").text == EN[0]
    assert (
        draft(f"<div class=tags>{'<p>Long text of a page.</p>' * 100}</div>").text.count("Long")
        == 100
    )


def test_4_a_page_that_scripts_write_says_so() -> None:
    note = "<noscript>You need JavaScript to run this app.</noscript>"
    for body in ("", note):
        page = f"<html><title>T</title><body><div id=root></div>{body}<script src=a.js></script>"
        assert fault(page).startswith("the page has no text without its scripts; ")
    assert draft("<html><title>T</title><body></body></html>").text == ""


def test_4_long_text_for_lack_of_scripts_is_read() -> None:
    page = f"<script>x()</script><noscript><p>{'</p><p>'.join(EN * 2)}</p></noscript>"
    assert draft(page).text == "\n\n".join(EN * 2)
    both = f"<script>x()</script><noscript>Enable it!</noscript><p>{EN[0]}</p>"
    assert (draft(both).text, removed(draft(both))) == (EN[0], ["Enable it!"])


def test_4_frames_are_named() -> None:
    page = (
        "<html><frameset cols=2><frame src=menu.htm><frame src='news.htm'>"
        "<noframes>No frames?</noframes></frameset></html>"
    )
    assert fault(page) == (
        "the page has no text, only frames (menu.htm, news.htm); fetch the pages that it frames"
    )


def test_4_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(CorpusError, match="more than 800,000 tags"):
        list(read_page("<p>" * 800_001))


CYRILLIC = "Спасатели прошли три этапа"


@pytest.mark.parametrize(
    ("head", "text", "encoding"),
    [
        ("<meta charset=Windows-1251>", CYRILLIC, "cp1251"),
        ("<meta charset=win-1251>", CYRILLIC, "cp1251"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
            CYRILLIC,
            "koi8-r",
        ),
        ('<?xml version="1.0" encoding="iso-8859-5"?><html>', CYRILLIC, "iso-8859-5"),
        ("<meta charset=iso-8859-1>", "Déjà vu à l’Élysée, où le président parlera", "cp1252"),
        ("<meta charset=x-mac-cyrillic>", CYRILLIC, "mac-cyrillic"),
    ],
)
def test_4_declared_encodings(head: str, text: str, encoding: str) -> None:
    data = (head + text).encode(encoding)
    declared = declared_encoding(data)
    assert declared is not None
    assert data.decode(declared) == head + text


@pytest.mark.parametrize(
    "label", ["utf-16", "utf-7", "unicode_escape", "idna", "rot13", "hex", "none", "iso-8859-1"]
)
def test_4_encodings_that_cannot_be_true_are_ignored(label: str) -> None:
    assert declared_encoding(f"<meta charset={label}>{CYRILLIC}".encode("cp1251")) is None


TAGS = st.sampled_from(
    [
        *("html", "head", "body", "article", "main", "nav", "p", "div class=related", "h1", "h2"),
        *("a href=/x", "a", "ul", "li", "table", "td", "tr", "time datetime=2020", "noscript"),
        *(
            "div class=tags",
            "p class=teaser",
            "nav class=breadcrumb",
            "span itemprop=datePublished",
        ),
        *(
            "frameset",
            "frame src=x",
            "script",
            "script type=application/ld+json",
            "svg",
            "base href=//[",
        ),
        *(
            "meta name=date content=2020",
            "meta property=og:url content=http://[",
            "pre",
            "br",
            "title",
        ),
        *("link rel=canonical href=a", "link rel=alternate hreflang=ru href=http://x.example/a"),
    ]
)
SOUP = st.lists(
    TAGS.map("<{}>".format)
    | TAGS.map(lambda tag: f"</{tag.partition(' ')[0]}>")
    | st.sampled_from(["<!--", "-->", "&shy;", "&nbsp;", "<![CDATA[", '{"@type": "Article"', "<"])
    | st.text(max_size=12),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_5_no_soup_raises(page: str) -> None:
    for found in read_page(page):
        if isinstance(found, Fault):
            assert "\n" not in found.reason
        else:
            assert "\xad" not in found.text
            assert len(found.keywords) <= 30


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + EN[0],
        "<div class=related><a href=/>" * 20_000 + EN[0],
        "<p>" + EN[0] + "<time datetime=2020></time>" * 20_000,
        f"<p>{EN[0]}" + "<div class=tags><a href=/>t</a></div>" * 20_000,
        ld("[" + '{"@type": "Article", "headline": "H"},' * 20_000 + "{}]") + EN[0],
    ],
)
def test_5_large_pages_are_read(page: str) -> None:
    found = draft(page)
    assert EN[0] in "\n".join((found.text, *removed(found)))
