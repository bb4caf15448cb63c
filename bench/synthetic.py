"""Seeded documents of invented words, as many as are wanted.

Word frequencies follow Zipf's law in Mandelbrot's form, 1 / (rank + 2.7), over 200,000 words;
lengths are log-normal around 230 words.
"""

from collections.abc import Iterator
from itertools import chain, count, islice

import numpy as np
from numpy.typing import NDArray

from bench.corpora import Document

SEED = 20_180_503
VOCABULARY = 200_000
MEAN_LENGTH = 230
BLOCK = 2_000

_ONSETS = [*"bcdfghklmnprstv", "br", "ch", "dr", "gr", "kl", "pr", "sh", "st", "tr"]
_VOWELS = [*"aeiou", "ai", "ea", "ou"]
_CODAS = ["", "l", "n", "r", "s", "t", "nd", "rm"]

YEARS = tuple(str(year) for year in range(2009, 1999, -1))
LANGUAGES = ("xa", "xb", "xc")
"""Codes of no language, so that nobody stems."""
OFFICES = tuple(f"office-{n}" for n in range(10))
TOPICS = tuple(f"topic-{n:02}" for n in range(100))


def vocabulary(random: np.random.Generator, size: int = VOCABULARY) -> list[str]:
    """Different pronounceable words; the frequent ones tend to be short."""
    syllables = [o + v + c for o in _ONSETS for v in _VOWELS for c in _CODAS]
    words: dict[str, None] = {}
    while len(words) < size:
        length = 1 + (len(words) > 300) + (len(words) > 20_000) + int(random.integers(0, 2))
        chosen = random.integers(0, len(syllables), length)
        words["".join(syllables[at] for at in chosen)] = None
    return list(words)


def documents(size: int) -> Iterator[Document]:
    """That many documents; a smaller corpus is the beginning of a larger one."""
    random = np.random.default_rng(SEED)
    words = np.array(vocabulary(random), object)
    edges = np.cumsum(1.0 / (np.arange(len(words)) + 2.7))
    edges /= edges[-1]
    blocks = (_block(random, words, edges, first) for first in count(0, BLOCK))
    return islice(chain.from_iterable(blocks), size)


def _block(
    random: np.random.Generator,
    words: NDArray[np.object_],
    edges: NDArray[np.float64],
    first: int,
) -> Iterator[Document]:
    spread = 0.5
    lengths = random.lognormal(np.log(MEAN_LENGTH) - spread**2 / 2, spread, BLOCK).astype(int) + 5
    text = words[np.searchsorted(edges, random.random(int(lengths.sum())))]
    ends = np.cumsum(lengths)
    for at, end in enumerate(ends):
        yield Document(first + at, " ".join(text[end - lengths[at] : end]), _facets(random))


def _facets(random: np.random.Generator) -> dict[str, tuple[str, ...]]:
    """Low values are more frequent than high ones, as in archives."""
    draws = random.random(6) ** 2
    topics = draws[: 1 + int(draws[5] * 3)] * len(TOPICS)
    return {
        "year": (YEARS[int(random.random() * len(YEARS))],),
        "language": (LANGUAGES[int(draws[3] * len(LANGUAGES))],),
        "office": (OFFICES[int(draws[4] * len(OFFICES))],),
        "topic": tuple(dict.fromkeys(TOPICS[int(t)] for t in topics)),
    }
