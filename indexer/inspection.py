"""What `inspect` shows a person: a release with all its evidence, in colour on a terminal."""

import os
import sys
from collections.abc import Iterator, Sequence

from indexer.console import date_in_words
from indexer.facets import FacetKind, Facets
from indexer.grouping import Group
from indexer.labels import Difference
from indexer.languages import LANGUAGE_NAMES
from indexer.records import release_record
from indexer.release import Language, Mention, Release

BOLD, DIM, RED, GREEN = "1", "2", "31", "32"
FACET_COLOURS = ("36", "35", "33", "34")
"""Of the authority files, in their order: cyan, magenta, yellow, blue."""

_SHOWN = 160
"""Characters of a removed text, and of a body among others."""


class Painter:
    """Colours for a terminal; elsewhere, or where NO_COLOR is set, the text as it is.

    Source: ECMA-48, section 8.3.117 (SGR); no-color.org.
    """

    def __init__(self, *, colour: bool | None = None) -> None:
        """`colour` decides; where it is None, the terminal and the environment do."""
        by_itself = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self._colour = by_itself if colour is None else colour

    def paint(self, text: str, *codes: str) -> str:
        """The text in these colours."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self._colour and text else text


def show_release(
    release: Release, facets: Facets, group: Group | None, painter: Painter, *, whole: bool
) -> None:
    """Print a release with its evidence; with `whole` all of its text."""
    print(painter.paint(release.title or "(no title)", BOLD))
    for name, value in _facts(release, group, painter):
        print(f"  {name:9} {value}")
    for line in _tags(release, facets, painter):
        print(line)
    for removed in release.removed:
        shown = painter.paint(_cut(removed.text, whole=whole), DIM)
        print(f"  {'removed':9} {removed.kind} ({removed.rule}): {shown}")
    print(f"  {'body':9} {len(release.body)} characters")
    text = marked_text(release, facets, painter) if whole else _cut(release.body, whole=False)
    print("".join(f"    {line}\n" for line in text.splitlines()))


def _facts(release: Release, group: Group | None, painter: Painter) -> Iterator[tuple[str, str]]:
    date, event, place = release.date, release.event, release.place
    yield "source", str(release.source)
    yield "id", release.id
    if release.url:
        yield "address", release.url
    if release.source.crawled:
        yield "crawled", release.source.crawled.isoformat()
    yield "language", _language(release.language)
    quoted = f": “{date.evidence}” ({date.rule})" if date.evidence else ""
    yield "date", painter.paint(date_in_words(date), GREEN) + quoted
    if event:
        days = sorted({event.first.isoformat(), event.last.isoformat()})
        yield "event", f"{' to '.join(days)} ({event.certainty}): “{event.evidence}” ({event.rule})"
    if place:
        yield "place", f"{place.name}: “{place.evidence}” ({place.rule})"
    if release.keywords:
        yield "keywords", ", ".join(release.keywords)
    for url in release.alternates:
        yield "version", url
    if group:
        yield from _group(release, group)


def _language(language: Language) -> str:
    name = LANGUAGE_NAMES.get(language.code, language.code)
    also = ", ".join(LANGUAGE_NAMES.get(code, code) for code in language.also)
    return f"{name} ({language.confidence:.2f})" + (f", mixed with {also}" if also else "")


def _group(release: Release, group: Group) -> Iterator[tuple[str, str]]:
    for member in group.members:
        if member.id != release.id:
            role = "stands for it" if member.id == group.id else member.rule
            why = f": {member.evidence}" if member.evidence else ""
            yield "same as", f"{member.id} ({member.language}, {role}{why})"


def _tags(release: Release, facets: Facets, painter: Painter) -> Iterator[str]:
    record = release_record(release, facets)
    for facet, colour in _coloured(facets):
        plural = facets[facet].plural
        for tag in record[plural]:
            yield f"  {facet:9} {painter.paint(tag['id'], colour)}: {tag['evidence']}"


def _coloured(facets: Facets) -> list[tuple[str, str]]:
    """The facets of authority files with their colours."""
    names = [name for name, facet in facets.items() if facet.kind is FacetKind.AUTHORITY]
    return [(name, FACET_COLOURS[at % len(FACET_COLOURS)]) for at, name in enumerate(names)]


def marked_text(release: Release, facets: Facets, painter: Painter) -> str:
    """The body with each name in the colour of its facet."""
    colours = dict(_coloured(facets))
    mentions = sorted(
        (mention for mention in release.mentions if mention.part == "body"),
        key=lambda mention: (mention.start, -mention.end),
    )
    pieces, at = [], 0
    for mention in _apart(mentions):
        name = painter.paint(release.body[mention.start : mention.end], colours[mention.facet])
        pieces += [release.body[at : mention.start], name]
        at = mention.end
    return "".join([*pieces, release.body[at:]])


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Those that do not begin in the one before."""
    end = 0
    for mention in mentions:
        if mention.start >= end:
            yield mention
            end = mention.end


def _cut(text: str, *, whole: bool) -> str:
    shown = " ".join(text.split())
    return shown if whole or len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def show_difference(release: Release, difference: Difference, painter: Painter) -> None:
    """Print one difference from a label: what it says, and what reading found."""
    print(f"{release.source}: {difference.field}")
    print(f"  label  {painter.paint(difference.expected, GREEN)}")
    print(f"  found  {painter.paint(difference.found, RED)}")
