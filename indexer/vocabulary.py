"""The words that texts of a language were seen to have, by their stems.

A text is compared with a query many times: for its title, its passage, each of its reasons. What a
stem looks like in it is found here at once, because each spelling is analyzed only when a text
has it for the first time.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from indexer.analysis import normalize, stem, token_texts

MOST_WORDS = 131_072
"""Spellings of all languages; where there are more, all are forgotten and learned anew."""
TEXTS, LONG_TEXTS = 1_024, 16
"""Texts whose words are kept: titles and bodies of five hundred hits, 24 KB each as a rule."""
SHORT = 8_192
"""Characters of a text that is not long."""

Words = Mapping[str, int]
"""How often each word stands in a text, in the order in which each first stands there."""


class Vocabulary:
    """The spellings of one language that were seen; threads may share it."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.normal: dict[str, str] = {}
        """The normalized form of each."""
        self.stem: dict[str, str] = {}
        """The stem of each; where the language has none, its normalized form."""
        self._by_stem: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.normal)

    def learn(self, words: Iterable[str]) -> None:
        """See some spellings; that two threads see the same ones does no harm."""
        known = self.normal
        new = {word: normalize(word) for word in words if word not in known}
        for word, normal in new.items():
            self.stem[word] = own = stem(normal, self._language)
            self._by_stem.setdefault(own, []).append(word)
        # Last, so that no other thread takes them for known before they are found.
        self.normal |= new

    def related(self, word: str) -> list[str]:
        """The spellings whose stem a normalized word has."""
        return self._by_stem.get(stem(word, self._language), [])

    def spelled(self, word: str) -> list[str]:
        """The spellings of a normalized word."""
        return [other for other in self.related(word) if self.normal.get(other) == word]


_lock = threading.Lock()
_vocabularies: dict[str, Vocabulary] = {}


def read(text: str, language: str) -> tuple[Words, Vocabulary]:
    """The different words of a text, and the vocabulary of its language, which has seen them."""
    return (_read if len(text) <= SHORT else _read_long)(text, language)


@lru_cache(TEXTS)
def _read(text: str, language: str) -> tuple[Words, Vocabulary]:
    words = Counter(token_texts(text))
    vocabulary = _vocabulary_of(language)
    vocabulary.learn(words)
    return words, vocabulary


_read_long = lru_cache(LONG_TEXTS)(_read.__wrapped__)


def forget() -> None:
    """Learn everything anew."""
    # Whoever is comparing keeps what it holds.
    _vocabularies.clear()
    _read.cache_clear()
    _read_long.cache_clear()


def _vocabulary_of(language: str) -> Vocabulary:
    with _lock:
        if sum(map(len, _vocabularies.values())) > MOST_WORDS:
            forget()
        return _vocabularies.setdefault(language, Vocabulary(language))
