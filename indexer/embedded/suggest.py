"""Words of the index for what was typed: completions, and did you mean."""

import numpy as np

from indexer.analysis import normalize
from indexer.embedded.schema import WORDS, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.patterns import MAX_EXAMINED, distances
from indexer.query import ExactWord, Phrase, Query, Span, Word, positive_leaves

MAX_WORDS = 8
"""Words of a query that are looked into: each costs a look at the whole vocabulary."""
_SHORTEST = 3
"""Letters of a word that is looked into: shorter ones are near to everything."""
_FIELD = text_field("body", WORDS)
_SPARE = 4
"""So many times the words that are asked for come from each segment, for those that are frequent
in all together."""


def completions(prefix: str, snapshot: Snapshot, limit: int) -> list[str]:
    """Words of releases that begin so, the most frequent first; none for an empty prefix."""
    begun = normalize(prefix)
    if not begun:
        return []
    found = {
        word: snapshot.frequency(_FIELD, word)
        for word in snapshot.beginning(_FIELD, begun, limit * _SPARE)
    }
    ranked = sorted((-frequency, word) for word, frequency in found.items() if frequency)
    return [word for _, word in ranked[:limit]]


def suggestion(query: Query, snapshot: Snapshot) -> str | None:
    """The query string with each word that no release has replaced by a near one that some have.

    Of words at the same distance the most frequent is taken; None where nothing is near.
    """
    text, changed = query.text, False
    unknown = [(s, w) for s, w in _words(query) if not snapshot.frequency(_FIELD, normalize(w))]
    for span, word in reversed(unknown[:MAX_WORDS]):
        better = _nearest(normalize(word), snapshot)
        if better is None:
            continue
        inside = text.find(word, span.start, span.end)
        if inside >= 0:
            text = text[:inside] + better + text[inside + len(word) :]
            changed = True
    return text if changed else None


def _words(query: Query) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for leaf in positive_leaves(query.root):
        match leaf:
            case Word(text, span) | ExactWord(text, span):
                found.append((span, text))
            case Phrase(words, span=span):
                found += [(span, word) for word in words]
    return sorted(found, key=lambda pair: pair[0].start)


def _nearest(word: str, snapshot: Snapshot) -> str | None:
    if len(word) < _SHORTEST:
        return None
    edits = 1 if len(word) < 6 else 2
    for most in range(1, edits + 1):
        near = set(_within(word, most, snapshot))
        ranked = sorted((-snapshot.frequency(_FIELD, each), each) for each in near)
        if ranked and ranked[0][0]:
            return ranked[0][1]
    return None


def _within(word: str, edits: int, snapshot: Snapshot) -> list[str]:
    found = []
    for lexicon in snapshot.lexicons(_FIELD):
        likely = lexicon.shapes.near(word, edits)[:MAX_EXAMINED]
        words = lexicon.words(likely)
        found += [words[at] for at in np.flatnonzero(distances(word, words, edits) <= edits)]
    return found
