"""What a query that is being typed may become: values of facets, words, releases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer import Facet, FacetEntry, Index, SearchRequest, UserError, parse_query
from webui.desk import Desk, lang_attribute
from webui.state import SearchState

EACH = 4
"""The most suggestions of one kind."""
LONGEST = 100
"""Characters; what is longer is no longer completed."""
_SIGNS = frozenset('"“”„«»()~*?:=+')
"""A text with one of these is a query in the making, not words."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way on: `kind` is word, release or the name of a facet."""

    kind: str
    kind_label: str
    label: str
    language: str
    """Of the label, where it is known."""
    url: str


def suggestions(typed: str, state: SearchState, index: Index, desk: Desk) -> list[Suggestion]:
    """Ways on from a text that is being typed, values of facets first."""
    words = typed.split()
    if not words or len(typed) > LONGEST or _SIGNS & set(typed):
        return []
    return [
        *_values(words, state, index, desk),
        *_words(words, state, index, desk),
        *_releases(words, state, index, desk),
    ]


def _values(words: list[str], state: SearchState, index: Index, desk: Desk) -> Iterator[Suggestion]:
    """Values whose label has a word that begins like the end of the text, the longest end first."""
    names = [facet.name for facet in desk.authority_facets]
    counts = index.rank(SearchRequest(page_size=1).faceted(*names)).facets
    for at in range(len(words)):
        tail = " ".join(words[at:]).casefold()
        rest = state.with_query(" ".join(words[:at]))
        found = [
            Suggestion(
                facet.name,
                desk.words.facet(facet),
                desk.words.value(facet, entry.id),
                "",
                desk.links.to(rest.toggle(facet.name, entry.id)),
            )
            for facet in desk.authority_facets
            for entry in _beginning_so(facet, tail, counts[facet.name], desk.words.language)
            if (facet.name, entry.id) not in state.chosen
        ]
        if found:
            yield from found
            return


def _beginning_so(
    facet: Facet, tail: str, counts: Mapping[str, int], language: str
) -> list[FacetEntry]:
    """Entries with the text in a label, those of most releases first."""
    ranked = [
        ((-counts.get(entry.id, 0), *place), entry)
        for entry in facet.entries.values()
        if (place := min(_places(entry, tail, language), default=None)) is not None
    ]
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])[:EACH]]


def _places(entry: FacetEntry, tail: str, language: str) -> Iterator[tuple[int, int]]:
    """Where in the labels the text begins a word: how deep, and how long the label is."""
    for code in {language, "en"}:
        label = entry.labels.get(code, "").casefold()
        at = f" {label.replace('-', ' ').replace('“', ' ')}".find(f" {tail}")
        if at >= 0:
            yield min(at, 1), len(label)


def _words(words: list[str], state: SearchState, index: Index, desk: Desk) -> Iterator[Suggestion]:
    kept = " ".join(words[:-1])
    for word in index.complete(words[-1], EACH):
        query = f"{kept} {word}".strip()
        url = desk.links.to(state.with_query(query))
        yield Suggestion("word", desk.words.gettext("word"), query, "", url)


def _releases(
    words: list[str], state: SearchState, index: Index, desk: Desk
) -> Iterator[Suggestion]:
    titled = [f"title:{word}" for word in words[:-1]] + [f"title:{words[-1]}*"]
    try:
        request = SearchRequest(parse_query(" ".join(titled)), page_size=EACH, expand=False)
        ranking = index.rank(request)
    except UserError:
        return
    if ranking.notices:
        return
    label, found = desk.words.gettext("release"), state.with_query(" ".join(words))
    for release in map(index.release, ranking.ids):
        if release is not None:
            url = desk.links.to_release(release.id, found)
            yield Suggestion("release", label, release.title, lang_attribute(release), url)
