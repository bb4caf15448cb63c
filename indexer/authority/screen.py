"""The pass before the walk: which words of a text may begin a name, found without their places.

Most texts hold no name, and are done with here: their words are compared with one word of each
name, in one step whatever the number of names.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from indexer.analysis import normalize, spellings, stem
from indexer.authority.names import NameTable, NameTrie, Path, bare_word

_REMEMBERED = 262_144
"""Words remembered for each language: about 20 MB."""
_NEAR = 5
"""Words: at most an ending, a possessive's s and an article stand between two words of a name."""

Forms = tuple[str, ...]
"""A word as names are looked up by: normalized, and its stem where names have stems."""


class Screen:
    """Screens texts of one language.

    What it remembers only saves work, so threads may share it.
    """

    def __init__(self, names: NameTable, language: str) -> None:
        self._language = language
        self._names = names
        self._known: dict[str, Forms] = {}
        self._dull: set[str] = set()

    @cached_property
    def _tries(self) -> list[NameTrie]:
        return [self._names.written, self._names.stemmed(self._language)]

    def beginnings(self, text: str) -> set[str]:
        """The words that a name begins with whose words all stand in the text."""
        words = spellings(text)
        telling = self._telling(set(words))
        begin: set[str] = set()
        follow: dict[str, set[str]] = {}
        for way, trie in enumerate(self._tries):
            complete = _complete(trie, {forms[way] for forms in telling.values()})
            spelled = _by_form(telling, way) if complete else {}
            for pair, paths in _by_pair(complete).items():
                first = self._that_may_begin(trie, paths, spelled[pair[0]])
                if len(pair) == 1:
                    begin |= first
                else:
                    for word in first:
                        follow.setdefault(word, set()).update(spelled[pair[1]])
        begin |= _followed(words, follow)
        return self._as_tokens(begin)

    def _that_may_begin(self, trie: NameTrie, paths: list[Path], words: list[str]) -> set[str]:
        return {
            word for word in words if any(trie.may_begin(path, self._bare(word)) for path in paths)
        }

    def all_words(self, text: str) -> set[str]:
        """Every word of a text, for a walk that leaves out nothing."""
        return self._as_tokens(set(spellings(text)))

    def _as_tokens(self, words: set[str]) -> set[str]:
        return {self._bare(word) for word in words} | {f"{word}'s" for word in words}

    def _telling(self, words: set[str]) -> dict[str, Forms]:
        """Those of the words that some name has, in all forms; the others are known as dull."""
        telling = {}
        for word in words - self._dull:
            forms = self._known.get(word)
            if forms is None:
                forms = self._learn(word)
                if word in self._dull:
                    continue
            telling[word] = forms
        return telling

    def _learn(self, word: str) -> Forms:
        normal = normalize(self._bare(word))
        forms = (normal, stem(normal, self._language))
        if any(form in trie.words for trie, form in zip(self._tries, forms, strict=False)):
            self._known[word] = forms
        else:
            self._forget_much()
            self._dull.add(word)
        return forms

    def _forget_much(self) -> None:
        if len(self._dull) >= _REMEMBERED:
            self._dull = set()
        if len(self._known) >= _REMEMBERED:
            self._known = {}

    def _bare(self, word: str) -> str:
        return bare_word(word, self._language)


def _complete(trie: NameTrie, present: set[str]) -> list[Path]:
    """The names all whose words are present."""
    return [
        path
        for anchor in trie.anchors.keys() & present
        for path in trie.anchors[anchor]
        if present.issuperset(path)
    ]


def _by_form(telling: Mapping[str, Forms], way: int) -> dict[str, list[str]]:
    spelled: dict[str, list[str]] = {}
    for word, forms in telling.items():
        spelled.setdefault(forms[way], []).append(word)
    return spelled


def _by_pair(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Names by their first two words."""
    pairs: dict[Path, list[Path]] = {}
    for path in paths:
        pairs.setdefault(path[:2], []).append(path)
    return pairs


def _followed(words: list[str], follow: Mapping[str, set[str]]) -> set[str]:
    """The keys of `follow` that have one of their words near behind them in the text."""
    if not follow:
        return set()
    return {
        word
        for at, word in enumerate(words)
        if word in follow and not follow[word].isdisjoint(words[at + 1 : at + _NEAR])
    }
