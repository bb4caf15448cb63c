"""What a release is about, as a query: its characteristic words, and the names that it carries."""

from collections import Counter
from collections.abc import Callable, Iterator

from indexer.analysis import normalize, stem, token_texts
from indexer.embedded.leaves import Leaves
from indexer.embedded.schema import WORDS, text_field
from indexer.facets import FacetKind, Facets
from indexer.kernels.bm25 import idf
from indexer.query import Node, Or, Query, Tagged, Word
from indexer.release import Release

MOST_WORDS = 20
TRANSLATED = 6
"""So many of the first words are sought in other languages too: each has names in all of them."""
MOST_TAGS = 10
SHORTEST = 3
"""Letters of a word that says something."""
TITLE_WEIGHT = 3
"""A word of the title counts as three of the body."""


def likeness(
    release: Release, leaves: Leaves, facets: Facets, translated: Callable[[Query], Query]
) -> Query:
    """Any of the words with the highest tf-idf among the stems of its language, and its tags."""
    words = tuple(Word(word) for word in _characteristic(release, leaves))
    first = translated(Query("", Or(words[:TRANSLATED])))
    return Query("", Or((first.root, *words[TRANSLATED:], *_tags(release, facets))))


def _characteristic(release: Release, leaves: Leaves) -> list[str]:
    code = release.language.code
    form = code if code in leaves.languages else WORDS
    counts, spelled = Counter[str](), dict[str, str]()
    for text, weight in ((release.title, TITLE_WEIGHT), (release.body, 1)):
        for word in map(normalize, token_texts(text)):
            if len(word) >= SHORTEST and word.isalpha():
                term = word if form == WORDS else stem(word, form)
                counts[term] += weight
                spelled.setdefault(term, word)
    size, field = leaves.size(form), text_field("body", form)
    frequency = {term: leaves.snapshot.frequency(field, term) for term in counts}
    # What stands in one release alone leads to no other.
    weights = {t: n * idf(size, frequency[t]) for t, n in counts.items() if frequency[t] > 1}
    best = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_WORDS]
    return [spelled[term] for term in best]


def _tags(release: Release, facets: Facets) -> Iterator[Node]:
    named = {(m.facet, m.id): None for m in release.mentions if m.facet in facets}
    for facet, value in list(named)[:MOST_TAGS]:
        if facets[facet].kind is FacetKind.AUTHORITY:
            yield Tagged(facet, value, Or(()))
