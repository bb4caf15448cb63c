"""Names as paths of words, so that all of them are looked up in one walk over a text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product, takewhile

from indexer.analysis import Token, normalize, stem, tokenize
from indexer.authority.files import AuthorityFile, Entry
from indexer.authority.invisible import VisibleText

SUFFIXED = frozenset({"hy", "kk", "ky", "tg"})
"""Languages that hang endings on an abbreviation, glued or behind a hyphen: БҰҰның, ՀԱՊԿ-ի."""
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
LONGEST_ENDING = 5
"""Letters of an ending behind a hyphen."""
ARTICLES = {"en": frozenset({"the", "The", "THE"})}
"""Words that stand in a name or not: Heads of (the) Competent Authorities."""
_POSSESSIVES = ("'s", "’s")
_RUSSIAN_CASES = (
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])$"), ("а", "у", "ом", "е")),
    (re.compile(r"(?<=[ае])й$"), ("я", "ю", "ем", "е")),
    (re.compile(r"а$"), ("ы", "и", "у", "е", "ой")),
    (re.compile(r"(?<![ая])я$"), ("и", "ю", "е", "ей")),
)
"""What of a noun goes before the endings of other cases, and these endings; no adjectives."""
SHORTEST_SURE_STEM = 4
SURE_SHARE = 2 / 3
"""Letters, and their share in the word, that a stem must keep to stand for a name of one word:
Armenian Կանալ (Channel) is stemmed to կան (there are), and Ալիք (wave) to ալ."""

_SHORT = 4
"""Letters: a shorter word, such as to, is rare among names but in every text."""

Path = tuple[str, ...]
"""The words of a name, normalized, or their stems."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry."""

    facet: str
    entry: str
    ambiguous: bool
    capitals: tuple[bool, ...]
    """For each word, whether it must stand in capitals, as an abbreviation does."""
    gaps: tuple[str, ...] = ()
    """What stands between the words as the name is listed: U.N., 1267/1989."""


@dataclass
class _Node:
    below: dict[str, "_Node"] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


class NameTrie:
    """A tree of words; a path from the root is a name."""

    def __init__(self) -> None:
        self._root = _Node()
        self._names: dict[Path, list[Name]] = {}

    def add(self, words: Iterable[str], name: Name) -> None:
        """Add a name by its words (normalized, or stems)."""
        path = tuple(words)
        node = self._root
        for word in path:
            node = node.below.setdefault(word, _Node())
        if name not in node.names:
            node.names.append(name)
        self._names[path] = node.names

    def walk(self, word: Callable[[int], str], start: int, end: int) -> Iterator[tuple[int, Name]]:
        """Names that begin at word `start`, before `end`: the word behind each, and the name."""
        node = self._root
        for at in range(start, end):
            found = node.below.get(word(at))
            if found is None:
                return
            node = found
            for name in node.names:
                yield at + 1, name

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every name."""
        return frozenset(word for path in self._names for word in path)

    @cached_property
    def anchors(self) -> Mapping[str, list[Path]]:
        """Every name under one of its words, one that few texts are likely to have.

        A text without this word does not hold the name, whatever else stands in it.
        """
        shared = Counter(word for path in self._names for word in set(path))
        anchors: dict[str, list[Path]] = {}
        for path in self._names:
            rarest = min(path, key=lambda word: (len(word) < _SHORT, shared[word], -len(word)))
            anchors.setdefault(rarest, []).append(path)
        return anchors

    def may_begin(self, path: Path, word: str) -> bool:
        """Whether a word as it is written can be the first one of such a name."""
        return any(
            stands_in_capitals(word) if name.capitals[0] else is_capital(word) or not name.ambiguous
            for name in self._names[path]
        )


@dataclass
class NameTable:
    """The names of all files: as they are written, and by stems in their own language."""

    written: NameTrie = field(default_factory=NameTrie)
    _listed: dict[str, list[tuple[Path, Name]]] = field(default_factory=dict)
    """The names of each language by their words, normalized."""
    _stemmed: dict[str, NameTrie] = field(default_factory=dict)

    def add(self, file: AuthorityFile, entry: Entry) -> None:
        """Add every name of an entry, before any is looked up."""
        for ambiguous, names in ((False, entry.names), (True, entry.ambiguous)):
            for language, spellings in names.items():
                for spelling in spellings:
                    visible = VisibleText(spelling).text
                    self._add(file, entry, visible, language, ambiguous)

    def _add(
        self, file: AuthorityFile, entry: Entry, spelling: str, language: str, ambiguous: bool
    ) -> None:
        tokens = words_of(spelling, language)
        words = tuple(normalize(token.text) for token in tokens)
        gaps = (spelling[one.end : two.start] for one, two in pairwise(tokens))
        capitals = tuple(is_abbreviation(token.text) for token in tokens)
        name = Name(file.facet.name, entry.id, ambiguous, capitals, tuple(gaps))
        self.written.add(words, name)
        self._listed.setdefault(language, []).append((words, name))

    def stemmed(self, language: str) -> NameTrie:
        """The names of a language by their stems, made when they are first asked for."""
        trie = self._stemmed.get(language)
        if trie is None:
            trie = NameTrie()
            for words, name in self._listed.get(language, ()):
                for stems in _stems_of(words, language):
                    trie.add(stems, name)
            self._stemmed[language] = trie
        return trie


def _stems_of(words: Path, language: str) -> Iterator[Path]:
    """The stems of a name in all its forms, where they say enough of it."""
    for forms in product(*(forms_of(word, language) for word in words)):
        stems = tuple(stem(form, language) for form in forms)
        if len(words) > 1 or is_sure_stem(stems[0], words[0]):
            yield stems


def forms_of(word: str, language: str) -> list[str]:
    """The word, and forms of it that come to other stems.

    Snowball takes the end of some Russian nouns for an ending, and not in all of their cases:
    альбом comes to альб, and альбома to альбом.
    """
    forms = [word]
    for final, endings in _RUSSIAN_CASES if language == "ru" else ():
        if final.search(word):
            forms += [final.sub(ending, word, count=1) for ending in endings]
    by_stem = {stem(form, language): form for form in reversed(forms)}
    return [form for form in forms if by_stem[stem(form, language)] == form]


def is_abbreviation(word: str) -> bool:
    """Whether a word stands all in capitals: UN, ОДКБ."""
    return len(word) > 1 and word.isupper()


def stands_in_capitals(word: str) -> bool:
    """Whether a word of a text is all in capitals, an English possessive aside: UN's."""
    return word.isupper() or (word.endswith(_POSSESSIVES) and word[:-2].isupper())


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter, or with one that has no cases."""
    return not word[:1].islower()


def is_sure_stem(stem_of_word: str, word: str) -> bool:
    """Whether a stem says enough of its word to stand for it alone."""
    return len(stem_of_word) >= max(SHORTEST_SURE_STEM, SURE_SHARE * len(word))


def words_of(text: str, language: str) -> list[Token]:
    """The words of a text as names have them: no articles, no endings of abbreviations."""
    tokens = list(tokenize(text))
    if language in SUFFIXED:
        kept = [token if token.text.islower() else _without_suffix(token) for token in tokens]
        endings = {
            two for one, two in pairwise(kept) if one.text.isupper() and _is_ending(text, one, two)
        }
        return [token for token in kept if token not in endings] or kept
    articles = ARTICLES.get(language)
    if articles:
        return [token for token in tokens if token.text not in articles] or tokens
    return tokens


def bare_word(word: str, language: str) -> str:
    """A word without the ending glued to it where it is an abbreviation: БҰҰ for БҰҰның."""
    if language not in SUFFIXED or word.islower() or word.isupper():
        return word
    capitals = "".join(takewhile(str.isupper, word))
    return capitals if len(capitals) > 1 and word[len(capitals) :].islower() else word


def _without_suffix(token: Token) -> Token:
    bare = bare_word(token.text, "kk")
    return token if bare is token.text else Token(bare, token.start, token.start + len(bare))


def _is_ending(text: str, abbreviation: Token, token: Token) -> bool:
    """Whether a word is the ending of the abbreviation before it: ի in ՀԱՊԿ-ի."""
    return (
        len(token.text) <= LONGEST_ENDING
        and is_abbreviation(abbreviation.text)
        and token.text.islower()
        and text[abbreviation.end : token.start] in HYPHENS
    )
