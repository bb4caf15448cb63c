"""Sitemaps, and which saved file is which of their pages.

Laws:
1. A sitemap is told by its first element; what stands before a fault in it is read.
2. A day of change is no day of publication.
3. A saved file gets what the nearest sitemap says of its page; a path that fits two gets nothing.
4. No content raises anything but CorpusError.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import CorpusError
from indexer.readers import walk
from indexer.readers.feeds.saved_pages import SavedPages
from indexer.readers.feeds.sitemap import SitemapEntry, is_sitemap, parse_sitemap

NEWS = """<?xml version="1.0" encoding="windows-1251"?>
<!-- made by hand --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc> https://site.example/ru/news/1/ </loc><lastmod>2024-05-20</lastmod>
<news:news><news:publication><news:name>Site</news:name><news:language>ru</news:language>
</news:publication><news:publication_date>2024-05-16T10:00:00+03:00</news:publication_date>
<news:title>Учение &amp; «Скала»</news:title></news:news>
<xhtml:link rel="alternate" hreflang="en" href="https://site.example/en/news/1/"/>
<xhtml:link rel="alternate" hreflang="ru" href="https://site.example/ru/news/1/"/>
<xhtml:link rel="alternate" hreflang="x-default" href="https://site.example/"/></url>
<url><loc>https://site.example/about</loc></url><url><lastmod>2020</lastmod></url></urlset>"""

LAUGHS = (
    '<!DOCTYPE urlset [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]>'
    "<urlset><url><loc>https://x.example/&b;</loc></url></urlset>"
)


def sitemap(*urls: str) -> str:
    entries = "".join(f"<url><loc>{url.replace('&', '&amp;')}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def test_1_a_sitemap_is_read() -> None:
    assert is_sitemap(NEWS)
    assert parse_sitemap(NEWS) == [
        SitemapEntry(
            "https://site.example/ru/news/1/",
            lastmod="2024-05-20",
            title="Учение & «Скала»",
            date="2024-05-16T10:00:00+03:00",
            alternates=("https://site.example/en/news/1/",),
        ),
        SitemapEntry("https://site.example/about"),
    ]


def test_1_an_index_names_sitemaps() -> None:
    text = (
        "<sitemapindex><sitemap><loc>https://x.example/sitemap-1.xml</loc>"
        "<lastmod>2024</lastmod></sitemap></sitemapindex>"
    )
    assert is_sitemap(text)
    assert parse_sitemap(text) == [
        SitemapEntry("https://x.example/sitemap-1.xml", lastmod="2024", is_sitemap=True)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n<?xml version='1.0'?>\n<urlset>", True),
        ('<s:urlset xmlns:s="x"/>', True),
        ("<!DOCTYPE urlset><urlset/>", True),
        (LAUGHS, True),
        ("<!-- <urlset> --><rss/>", False),
        ("<urlsets/>", False),
        ("<rss><urlset/></rss>", False),
        ("<!-- <urlset>", False),
        ("urlset", False),
        ("", False),
    ],
)
def test_1_a_sitemap_is_told_by_its_first_element(text: str, told: bool) -> None:
    assert is_sitemap(text) is told


def test_1_what_stands_before_a_fault_is_read() -> None:
    cut = sitemap("https://x.example/1", "https://x.example/2").removesuffix(
        "/2</loc></url></urlset>"
    )
    assert [entry.url for entry in parse_sitemap(cut)] == ["https://x.example/1"]
    odd = "<urlset><url><loc>https://x.example/?a&b</loc></url></urlset>"
    assert parse_sitemap(odd) == [SitemapEntry("https://x.example/?a&b")]


@pytest.mark.parametrize("text", [LAUGHS, "<!doctype urlset SYSTEM 'file:///etc/passwd'><urlset/>"])
def test_1_a_sitemap_that_declares_entities_is_refused(text: str) -> None:
    with pytest.raises(CorpusError, match="DOCTYPE"):
        parse_sitemap(text)


URL = "https://en.site.example/news/odkb/skala%202024"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{URL}/", "news/odkb/skala 2024/index.html"),
        (f"{URL}/", "news/odkb/skala%202024.htm"),
        (f"{URL}/", "en.site.example/news/odkb/skala 2024/index.html"),
        (URL, "en.site.example/news/odkb/skala 2024"),
        (f"{URL}.html", "en.site.example/news/odkb/skala 2024.html"),
        (f"{URL}.php", "news/odkb/skala 2024.php.html"),
        ("https://EN.site.example:8080/a", "en.site.example:8080/a.html"),
        ("https://x.example/", "index.html"),
        ("https://x.example", "x.example/index.html"),
        ("https://x.example/page.html?id=3", "page.html?id=3"),
        ("https://x.example/page.html?id=3&l=ru", "x.example/page.html?id=3&l=ru.html"),
        ("https://x.example/page?id=3", "page@id=3.html"),
        ("https://x.example/index.php?id=3", "x.example/index.php@id=3.html"),
        ("https://x.example/@user/post", "@user/post.html"),
        ("https://x.example/%D1%81%D0%BA%D0%B0%D0%BB%D0%B0", "скала.html"),
    ],
)
def test_3_a_saved_path_is_that_of_its_page(url: str, path: str) -> None:
    other = SitemapEntry("https://x.example/other?id=4")
    pages = SavedPages([SitemapEntry(url), other])
    assert pages.page_of(path) == SitemapEntry(url)


@pytest.mark.parametrize(
    ("urls", "path"),
    [
        (["https://a.example/1", "https://b.example/1"], "1.html"),
        (["https://a.example/1", "https://a.example/1.html"], "1.html"),
        (["https://a.example/1?id=3"], "1.html"),
        (["https://a.example/1"], "1.html?id=3"),
        (["https://a.example/1"], "deeper/1.html"),
        (["https://a.example/1"], "b.example/1.html"),
        (["https://[broken/1", "no address", "/1"], "1.html"),
    ],
)
def test_3_a_path_that_fits_none_or_two_has_no_page(urls: list[str], path: str) -> None:
    assert SavedPages(map(SitemapEntry, urls)).page_of(path) is None


def test_3_hosts_tell_pages_apart() -> None:
    pages = SavedPages(map(SitemapEntry, ["https://a.example/1", "https://b.example/1"]))
    assert pages.page_of("b.example/1.html") == SitemapEntry("https://b.example/1")


def test_3_two_sitemaps_say_what_they_know_of_one_page() -> None:
    url = "https://a.example/1"
    first = SitemapEntry(url, lastmod="2024-05-20")
    news = SitemapEntry(url, lastmod="2020", title="T", date="2024-05-16", alternates=("u",))
    assert SavedPages([first, news]).page_of("1.html") == SitemapEntry(
        url, lastmod="2024-05-20", title="T", date="2024-05-16", alternates=("u",)
    )


def test_3_files_get_what_the_nearest_sitemap_says(tmp_path: Path) -> None:
    archive = tmp_path / "releases"
    contents = {
        "sitemap.xml": sitemap("https://top.example/a", "https://top.example/sub/b"),
        "sitemap-broken.xml": LAUGHS,
        "sitemap-index.xml": "<sitemapindex><sitemap><loc>https://top.example/z</loc>"
        "</sitemap></sitemapindex>",
        "a.html": "x",
        "z.html": "x",
        "sub/b.html": "x",
        "sub/c.html": "x",
        "sub/Sitemap_news.XML": sitemap("https://sub.example/c", "https://sub.example/a"),
        "other/a.html": "x",
    }
    for name, content in contents.items():
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text(content)
    found = {file.name: file.page.url if file.page else None for file in walk([archive])}
    assert found == {
        "releases/a.html": "https://top.example/a",
        "releases/other/a.html": None,
        "releases/sitemap-broken.xml": None,
        "releases/sitemap-index.xml": None,
        "releases/sitemap.xml": None,
        "releases/sub/Sitemap_news.XML": None,
        "releases/sub/b.html": "https://top.example/sub/b",
        "releases/sub/c.html": "https://sub.example/c",
        "releases/z.html": None,
    }


def test_3_a_sitemap_above_the_source_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text("x")
    (tmp_path / "sitemap.xml").write_text(sitemap("https://x.example/sub/a"))
    assert [file.page for file in walk([tmp_path / "sub"])] == [None]


PIECES = st.sampled_from(
    [
        *("<urlset>", "<url>", "<loc>", "</loc>", "</url>", "https://a.example/1", "<!--", "-->"),
        *("<?", "<!DOCTYPE a [", "]>", "&amp;", "&x;", "<sitemapindex", ">"),
        *("\x00", "\ud800", "?", "@"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_4_no_content_raises(text: str) -> None:
    is_sitemap(text)
    try:
        pages = SavedPages(parse_sitemap(text))
    except CorpusError:
        return
    pages.page_of(text)
