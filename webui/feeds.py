"""An Atom feed (RFC 4287) of a search, and what OpenSearch 1.1 says to browsers of this site."""

import re
from datetime import UTC, datetime, time
from itertools import islice
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import url_for

from indexer import UNKNOWN, AllHits, Facets, Filter, Release, SearchRequest, Sort
from webui.desk import Desk, lang_attribute
from webui.presenters.conditions import conditions
from webui.state import SearchState
from webui.wording import Words

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
ENTRIES = 50
SUMMARY_LENGTH = 500
"""Characters of the text that an entry shows, at the most."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry."""


def feed_request(state: SearchState, facets: Facets) -> SearchRequest:
    """The search from the newest release on; what has no date can never be new, and is left out."""
    asked = state.request(facets).sorted(Sort.NEWEST)
    return asked.where(Filter.none_of("year", UNKNOWN))


def feed_of(hits: AllHits, state: SearchState, desk: Desk) -> bytes:
    """The feed of the newest hits."""
    here = state.url(url_for("takeaway.feed", _external=True))
    feed = Element("feed", xmlns=ATOM)
    _add(feed, "id", here)
    asked = ", ".join(link.text for link in conditions(state, desk))
    _add(feed, "title", f"Communique: {asked}" if asked else "Communique")
    _add(feed, "subtitle", desk.words.gettext("The newest releases with a known date"))
    _add(feed, "updated", _stamp(hits.made or datetime.now(UTC)))
    _add(SubElement(feed, "author"), "name", "Communique")
    SubElement(feed, "link", rel="self", type=MEDIA_TYPE, href=here)
    page = state.url(url_for("pages.search", _external=True))
    SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    for release in islice(hits.releases, ENTRIES):
        _add_entry(feed, release, desk)
    return _written(feed)


def _add_entry(feed: Element, release: Release, desk: Desk) -> None:
    entry = SubElement(feed, "entry", {"xml:lang": lang_attribute(release)})
    page = url_for("release.show", id=release.id, _external=True)
    _add(entry, "id", page)
    _add(entry, "title", release.title or desk.words.gettext("(no title)"))
    first = release.date.value
    if first is not None:
        # Atom wants an instant: the start of the day, the month or the year that is known.
        _add(entry, "updated", _stamp(datetime.combine(first, time.min, UTC)))
    SubElement(entry, "link", rel="alternate", type="text/html", href=page)
    for mention in {(m.facet, m.id): m for m in release.mentions}.values():
        label = desk.facets[mention.facet].value_label(mention.id, desk.words.language)
        SubElement(entry, "category", term=f"{mention.facet}:{mention.id}", label=label)
    _add(entry, "summary", _beginning(release.body))


def _beginning(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    return f"{text[:SUMMARY_LENGTH].rsplit(None, 1)[0]} …"


def opensearch_description(words: Words) -> bytes:
    """How browsers and other programs search here."""
    root = Element("OpenSearchDescription", xmlns=OPENSEARCH)
    _add(root, "ShortName", "Communique")
    _add(root, "Description", words.gettext("Search the releases"))
    _add(root, "InputEncoding", "UTF-8")
    for kind, endpoint, size in (
        ("text/html", "pages.search", "&page={startPage?}"),
        (MEDIA_TYPE, "takeaway.feed", ""),
        ("application/json", "api.search", "&page={startPage?}&size={count?}"),
    ):
        address = url_for(endpoint, _external=True)
        SubElement(root, "Url", type=kind, template=f"{address}?q={{searchTerms}}{size}")
    return _written(root)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("�", text)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written
