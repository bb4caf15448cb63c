"""Feeds: Atom and RSS.

Laws:
1. Reading never raises for what stands in a feed; each entry is a release or a fault.
2. What an entry holds is in the text, the hints or the removed text.
3. No entity is resolved that stands for more than a few characters.
"""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers.draft import Draft, Fault
from indexer.readers.feeds import feed
from indexer.readers.feeds.feed import is_feed, read_feed

ATOM = """<?xml version="1.0" encoding="windows-1251"?>
<!-- a feed -->
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru" xml:base="https://example.org/news/">
  <title>News</title>
  <entry>
    <title type="html">Salt &amp;amp; &lt;b&gt;pepper&lt;/b&gt;</title>
    <id>tag:example.org,2004:1</id>
    <link rel="self" href="1.atom"/>
    <link rel="alternate" hreflang="en" href="/en/1"/>
    <link href="1"/>
    <updated>2005-01-01T00:00:00Z</updated>
    <published>2004-10-14T23:30:00+03:00</published>
    <category term="ops" label="Operations"/>
    <category term="drugs"/>
    <author><name>Press service</name></author>
    <summary>Teaser of another kind</summary>
    <content type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second&amp;nbsp;one.&lt;/p&gt;</content>
  </entry>
  <entry>
    <title>XHTML</title>
    <updated>2005-02-02T00:00:00Z</updated>
    <content type="xhtml" xml:lang="en"><x:div xmlns:x="http://www.w3.org/1999/xhtml">
      <x:p>One<x:br/>two</x:p><x:p>Three</x:p></x:div></content>
  </entry>
  <entry><title>Only a title</title><link href="3"/></entry>
</feed>"""

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>News</title><link>https://example.org/</link><language>en-gb</language>
<item>
  <title>Caf&eacute; &amp; bar</title>
  <link>/1</link>
  <guid isPermaLink="false">release-1</guid>
  <pubDate>Thu, 14 Oct 2004 23:30:00 -0400</pubDate>
  <category>Politics</category><category>Politics</category>
  <description>First.</description>
  <content:encoded><![CDATA[<p>First.</p><ul><li>a &amp; b</li></ul>
  <script>x()</script>]]></content:encoded>
  <media:title>A picture</media:title>
  <enclosure url="https://example.org/1.pdf" type="application/pdf"/>
</item>
<item><guid>https://example.org/2</guid><description>Plain
text</description><pubDate>yesterday</pubDate></item>
</channel></rss>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>News</title><dc:language>fr</dc:language>
<items><rdf:Seq><rdf:li resource="https://example.org/1"/></rdf:Seq></items></channel>
<item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link>
<description>Le texte.</description><dc:date>2004-10-14</dc:date><dc:subject>Art</dc:subject></item>
</rdf:RDF>"""


def one(text: str) -> Draft:
    (draft,) = read_feed(text)
    assert isinstance(draft, Draft), draft
    return draft


def reason(text: str) -> str:
    (fault,) = read_feed(text)
    assert isinstance(fault, Fault), fault
    assert "\n" not in fault.reason
    return fault.reason


def removed(draft: Draft) -> list[tuple[str, str]]:
    return [(cut.rule, cut.text) for cut in draft.removed]


def test_an_atom_entry_is_a_release() -> None:
    first, second, third = read_feed(ATOM)
    assert isinstance(first, Draft)
    assert (first.record, first.title) == (1, "Salt & pepper")
    assert first.text == "First.\n\nSecond one."
    assert first.url == "https://example.org/news/1"
    assert first.alternates == ("https://example.org/en/1",)
    assert first.date == "2004-10-14T23:30:00+03:00"
    assert first.language == "ru"
    assert first.keywords == ("Operations", "drugs")
    assert first.id == "tag:example.org,2004:1"
    assert removed(first) == [
        ("feed summary", "Teaser of another kind"),
        ("unread field", "id: tag:example.org,2004:1"),
        ("unread field", "updated: 2005-01-01T00:00:00Z"),
        ("unread field", "author: Press service"),
    ]
    assert isinstance(second, Draft)
    assert (second.text, second.language) == ("One\ntwo\n\nThree", "en")
    assert second.date == "2005-02-02T00:00:00Z"
    assert third == Fault(
        "the entry has no text, only a title; fetch the page itself: https://example.org/news/3", 3
    )


def test_an_rss_item_is_a_release() -> None:
    first, second = read_feed(RSS)
    assert isinstance(first, Draft)
    assert first.title == "Café & bar"
    assert first.text == "First.\n\na & b"
    assert (first.id, first.url) == ("release-1", "https://example.org/1")
    assert (first.date, first.language) == ("2004-10-14T23:30:00-04:00", "en-gb")
    assert first.keywords == ("Politics",)
    assert removed(first) == [
        ("unread field", "guid: release-1"),
        ("unread field", "media:title: A picture"),
        ("unread field", "enclosure: https://example.org/1.pdf"),
    ]
    assert isinstance(second, Draft)
    assert second.url == "https://example.org/2"
    assert (second.text, second.date, second.title) == ("Plain\ntext", "yesterday", None)


def test_an_item_of_rdf_is_a_release() -> None:
    draft = one(RDF)
    assert (draft.title, draft.text, draft.language) == ("One", "Le texte.", "fr")
    assert (draft.url, draft.date) == ("https://example.org/1", "2004-10-14")
    assert draft.keywords == ("Art",)


def test_old_rss_with_a_document_type_is_read() -> None:
    text = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"
      "http://example.org/rss-0.91.dtd" [<!-- ]> --> <!ENTITY firm "Salt Ltd">]>
      <rss version="0.91"><channel><item><title>&firm; &nbsp;x</title><description>T &copy; &amp;
      &unknown;</description></item></channel></rss>"""
    draft = one(text)
    assert draft.title == "Salt Ltd x"
    assert "T © &" in draft.text
    assert "&unknown;" in draft.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ATOM, True),
        (RSS, True),
        (RDF, True),
        ("\ufeff" + RSS, True),
        ("<!DOCTYPE rss [<!ENTITY a 'x'>]><rss/>", True),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", False),
        ("<urlset><url/></urlset>", False),
        ("<html><body>rss feed</body></html>", False),
        ("no xml <rss>", False),
        ("", False),
    ],
)
def test_what_is_a_feed(text: str, expected: bool) -> None:
    assert is_feed(text) is expected


# Bombs


def laughs(levels: int) -> str:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, levels))
    return f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss><item>&l{levels - 1};</item></rss>'


@pytest.mark.parametrize(
    "text",
    [
        laughs(10),
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 101}">]><rss><item>&a;</item></rss>',
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 99}">]><rss><item>{"&a;" * 20_000}</item></rss>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item>&a;</item></rss>',
        '<!DOCTYPE rss [<!ENTITY % a "b"> %a;]><rss><item>x</item></rss>',
    ],
)
def test_entities_that_stand_for_much_are_refused(text: str) -> None:
    assert is_feed(text)
    assert reason(text).startswith("the feed declares entities that stand for other entities")


# Broken feeds


def test_a_bare_ampersand_breaks_nothing() -> None:
    item = "<item><title>R&D; Q&A</title><description>a&b</description></item>"
    draft = one(f"<rss><channel>{item}</channel></rss>")
    assert (draft.title, draft.text) == ("R&D; Q&A", "a&b")


def test_a_broken_entry_costs_only_itself() -> None:
    text = RSS.replace("<description>First.</description>", "<description>First <br> one.</descr>")
    text = text.replace("<content:encoded>", "<other>").replace("</content:encoded>", "</other>")
    first, second, fault = read_feed(text)
    assert isinstance(first, Draft)
    assert (first.title, first.url) == ("Café & bar", "https://example.org/1")
    assert first.text.startswith("First\none.")
    assert isinstance(second, Draft)
    assert (second.record, second.text, second.language) == (2, "Plain\ntext", "en-gb")
    assert isinstance(fault, Fault)
    assert fault.reason.startswith("the XML of the feed is broken (Opening and ending tag mismatch")
    assert "read as far as they go: entries 1;" in fault.reason


def test_a_feed_that_is_cut_off_is_read_up_to_there() -> None:
    cut = ATOM[: ATOM.index("Second")]
    draft, fault = read_feed(cut)
    assert isinstance(draft, Draft)
    assert (draft.text, draft.title) == ("First.", "Salt & pepper")
    assert isinstance(fault, Fault)
    assert "read as far as they go: entries 1;" in fault.reason


def test_a_prefix_that_is_not_declared_is_known() -> None:
    text = "<rss><channel><item><content:encoded>Text</content:encoded></item></channel></rss>"
    draft, fault = read_feed(text)
    assert isinstance(draft, Draft)
    assert draft.text == "Text"
    assert isinstance(fault, Fault)
    assert "its entries are whole" in fault.reason


def test_feeds_without_entries_are_named() -> None:
    assert reason("<rss><channel><title>x</title></channel></rss>").startswith("the feed has no")
    assert "no entry in it can be read" in reason("<rss><channel><title>")


def test_the_number_of_entries_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_ENTRIES", 1)
    first, fault = read_feed(RSS)
    assert isinstance(first, Draft)
    assert isinstance(fault, Fault)
    assert "more than" in fault.reason


def test_html_that_is_nested_deep_keeps_its_text() -> None:
    html = "&lt;div&gt;" * 3000 + "deep text" + "&lt;/div&gt;" * 3000
    text = f"<rss><channel><item><description>{html}</description></item></channel></rss>"
    assert one(text).text == "deep text"


# Anything at all


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([ATOM, RSS, RDF]), st.integers(0, 2**32), st.integers(1, 20))
def test_a_damaged_feed_never_raises(text: str, seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        at = chance.randrange(len(text))
        cut = chance.randrange(1, 30)
        piece = chance.choice(["", "<", ">", "&", "]]>", "<![CDATA[", "<item>", "\x00", '"'])
        text = text[:at] + piece + text[at + cut * chance.randrange(2) :]
    is_feed(text)
    found = list(read_feed(text))
    assert found
    assert all(isinstance(each, Draft | Fault) for each in found)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_never_raises(text: str) -> None:
    is_feed(text)
    for each in (text, f"<rss><channel><item>{text}</item></channel></rss>"):
        assert list(read_feed(each))
