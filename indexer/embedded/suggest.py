"""Did you mean: the query with its unknown words replaced by the nearest known ones."""

from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.analysis import normalize
from indexer.query import ExactWord, Phrase, Query, Span, Word, positive_leaves

_CANDIDATES = 20
MAX_WORDS = 8
"""Words of a query that are looked into: each costs a walk through the vocabulary."""


def suggestion(query: Query, lexicon: Sequence[str], frequency: Callable[[str], int]) -> str | None:
    """The query string with each word that no release has replaced by a near one that some have.

    Of words at the same distance the most frequent is taken; None where nothing is near.
    """
    text, changed = query.text, False
    unknown = [(span, word) for span, word in _words(query) if not frequency(normalize(word))]
    for span, word in reversed(unknown[:MAX_WORDS]):
        better = _nearest(normalize(word), lexicon, frequency)
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


def _nearest(word: str, lexicon: Sequence[str], frequency: Callable[[str], int]) -> str | None:
    edits = 1 if len(word) < 6 else 2
    if len(word) < 3:
        return None
    near = extract(word, lexicon, scorer=OSA.distance, score_cutoff=edits, limit=_CANDIDATES)
    ranked = sorted((distance, -frequency(term), term) for term, distance, _ in near)
    return ranked[0][2] if ranked else None
