"""Queries drawn from a corpus itself: the same seed and corpus give the same queries."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bench.asked import Asked, Mode, QueryClass
from bench.corpora import Corpus

SEED = 46
SAMPLED = 20_000
"""Documents that are looked at for words; frequencies below are shares of these."""

RARE = (0.000_05, 0.001)
MIDDLE = (0.005, 0.2)
COMMON = (0.1, 0.6)


@dataclass(frozen=True, slots=True)
class Sample:
    """Some documents as lists of words, and in what share of them each word stands."""

    texts: Sequence[Sequence[str]]
    shares: dict[str, float]

    @classmethod
    def of(cls, corpus: Corpus) -> "Sample":
        """The first documents of a corpus."""
        texts = [d.words.split() for d in islice(corpus.documents(), SAMPLED)]
        counts = Counter(word for text in texts for word in set(text))
        return cls(texts, {word: n / len(texts) for word, n in sorted(counts.items())})

    def between(self, shares: tuple[float, float]) -> list[str]:
        """Words whose share lies between two bounds, sorted; all words where none does."""
        low, high = shares
        found = [word for word, share in self.shares.items() if low <= share <= high]
        return found or list(self.shares)


Draw = Callable[[random.Random, Sample, int], tuple[str, ...]]
"""Makes the words of the query of a number, from 0."""


def _one_of(shares: tuple[float, float]) -> Draw:
    return lambda chance, sample, _: (chance.choice(sample.between(shares)),)


def _any_words(chance: random.Random, sample: Sample, number: int) -> tuple[str, ...]:
    words = sample.between(MIDDLE)
    return tuple(chance.sample(words, min(2 + number % 4, len(words))))


def _words_of_one_document(chance: random.Random, sample: Sample, number: int) -> tuple[str, ...]:
    known = set(sample.between(MIDDLE))
    for _ in range(1_000):
        words = sorted(known.intersection(chance.choice(sample.texts)))
        if len(words) >= 2 + number % 4:
            return tuple(chance.sample(words, 2 + number % 4))
    return _any_words(chance, sample, number)


def _neighbours(chance: random.Random, sample: Sample, number: int) -> tuple[str, ...]:
    """Two or three common words that stand side by side in a document."""
    common, length = set(sample.between(COMMON)), 2 + number % 2
    for _ in range(10_000):
        text = chance.choice(sample.texts)
        at = chance.randrange(max(1, len(text) - length))
        words = tuple(text[at : at + length])
        if len(set(words)) == length and common.issuperset(words):
            return words
    return tuple(sample.texts[0][:length])


def _long_word(chance: random.Random, sample: Sample) -> str:
    return chance.choice([w for w in sample.between(MIDDLE) if len(w) >= 6 and w.isalpha()])


def _beginning(chance: random.Random, sample: Sample, number: int) -> tuple[str, ...]:
    return (_long_word(chance, sample)[: 3 + number % 3],)


def _shape(chance: random.Random, sample: Sample, number: int) -> tuple[str, ...]:
    """A question mark within a word and, in every other query, a star before its end."""
    word = _long_word(chance, sample)
    at = chance.randrange(2, len(word) - 2)
    return (word[:at] + "?" + (word[at + 1 :] if number % 2 else "*" + word[-1]),)


def _misspelled(chance: random.Random, sample: Sample, _number: int) -> tuple[str, ...]:
    word = _long_word(chance, sample)
    at = chance.randrange(1, len(word))
    return (word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],)


_DRAWS: dict[QueryClass, Draw] = {
    QueryClass.RARE: _one_of(RARE),
    QueryClass.COMMON: _one_of(COMMON),
    QueryClass.OR: _any_words,
    QueryClass.AND: _words_of_one_document,
    QueryClass.PHRASE: _neighbours,
    QueryClass.PREFIX: _beginning,
    QueryClass.WILDCARD: _shape,
    QueryClass.FUZZY: _misspelled,
    QueryClass.ALL: lambda *_: (),
}


def cells(corpus: Corpus, count: int) -> Iterator[tuple[QueryClass, Mode, list[Asked]]]:
    """By class and mode, that many queries; the modes of a class share their words."""
    chance, sample = random.Random(SEED), Sample.of(corpus)
    for query_class, draw in _DRAWS.items():
        drawn = [
            Asked(query_class, draw(chance, sample, n), _selection(chance, corpus))
            for n in range(count)
        ]
        if query_class is not QueryClass.ALL:
            yield query_class, Mode.TOP, [replace(asked, selected=None) for asked in drawn]
            faceted = [replace(asked, facets=tuple(corpus.facets)) for asked in drawn]
            yield query_class, Mode.FACETS, [replace(asked, selected=None) for asked in faceted]
        else:
            yield query_class, Mode.TOP, drawn
        yield (
            query_class,
            Mode.SIDEWAYS,
            [replace(asked, facets=tuple(corpus.facets)) for asked in drawn],
        )


def _selection(chance: random.Random, corpus: Corpus) -> tuple[str, str]:
    """A value of a facet that has several."""
    facet = chance.choice([name for name, shape in corpus.facets.items() if len(shape.values) > 1])
    return facet, chance.choice(corpus.facets[facet].values)
