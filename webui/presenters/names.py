"""A name of an authority file: what it is called, its parts by year, and what it stands beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer import UNKNOWN, Facet, FacetValue, Ranking
from webui.desk import Desk
from webui.presenters.facets import in_tree_order

BESIDE_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Spelling:
    """What it is called in one language."""

    language: str
    lang: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class NameLink:
    """Another name, with the number of releases and the search that gives them."""

    value: str
    label: str
    count: str
    url: str
    page: str
    """The page of the name."""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PartView:
    """A part or a stage, with the years of its releases."""

    name: NameLink
    years: Sequence[tuple[str, str, str]]
    """Year, number of releases, and the search that gives them."""


def spellings(facet: Facet, value: str, desk: Desk) -> list[Spelling]:
    """The label and the names in each language; the reader's language first, then English."""
    entry = facet.entries[value]
    languages = dict.fromkeys((desk.words.language, "en", *entry.labels, *entry.names))
    found = []
    for code in languages:
        label = [entry.labels[code]] if code in entry.labels else []
        names = list(dict.fromkeys([*label, *entry.names.get(code, ())]))
        if names:
            found.append(Spelling(desk.language_called(code), code, names))
    return found


def listed(facet: Facet, counts: Mapping[str, int], desk: Desk) -> list[NameLink]:
    """All entries of a facet from A to Z, each under its parent."""
    values = [
        FacetValue(value, desk.words.value(facet, value), counts.get(value, 0), parent=entry.parent)
        for value, entry in facet.entries.items()
    ]
    values.sort(key=lambda value: value.label.casefold())
    return [_link(facet, v.value, v.count, desk, depth) for v, depth in in_tree_order(values)]


def below(facet: Facet, value: str) -> list[str]:
    """The entries under one, at any depth, in the order of the file."""
    return [one for one in facet.entries if one != value and value in facet.with_ancestors(one)]


def part_view(facet: Facet, value: str, ranking: Ranking, desk: Desk) -> PartView:
    """One part with the years in which it is named."""
    state = desk.links.start.toggle(facet.name, value)
    buckets = ranking.histogram.buckets if ranking.histogram else ()
    years = [
        (str(b.start.year), desk.words.number(b.hits), state.with_dates(*[str(b.start.year)] * 2))
        for b in buckets
        if b.start and b.hits
    ]
    return PartView(
        _link(facet, value, ranking.total, desk),
        [(year, number, desk.links.to(narrowed)) for year, number, narrowed in years],
    )


def beside(
    counts: Mapping[str, Mapping[str, int]], facet: Facet, value: str, desk: Desk
) -> Iterator[tuple[Facet, list[NameLink]]]:
    """What else its releases are tagged with, the most frequent first.

    Entries above it are there by definition, and those below have a table of their own.
    """
    family = {*facet.with_ancestors(value), *below(facet, value), UNKNOWN}
    for other in desk.authority_facets:
        skipped = family if other.name == facet.name else {UNKNOWN}
        ranked = sorted(counts.get(other.name, {}).items(), key=lambda pair: (-pair[1], pair[0]))
        found = [
            _link(other, one, count, desk, also=(facet.name, value))
            for one, count in ranked
            if count and one not in skipped
        ]
        if found:
            yield other, found[:BESIDE_SHOWN]


def _link(
    facet: Facet,
    value: str,
    count: int,
    desk: Desk,
    depth: int = 0,
    also: tuple[str, str] | None = None,
) -> NameLink:
    state = desk.links.start.toggle(facet.name, value)
    both = state.toggle(*also) if also and also[0] != facet.name else state
    if also and also[0] == facet.name:
        both = state.with_query(f'{also[0]}:"{also[1]}"')
    label, page = desk.words.value(facet, value), desk.links.to_name(facet.name, value)
    return NameLink(value, label, desk.words.number(count), desk.links.to(both), page, depth)
