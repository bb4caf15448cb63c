"""Names as paths of words, so that all of them are looked up in one walk over a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from indexer.analysis import Token, normalize, stem, tokenize
from indexer.authority.files import AuthorityFile, Entry

SUFFIXED = frozenset({"hy", "kk", "ky", "tg"})
"""Languages that hang endings on an abbreviation, glued or behind a hyphen: БҰҰның, ՀԱՊԿ-ի."""
HYPHENS = frozenset("-\u2010\u2011")
LONGEST_ENDING = 5
"""Letters of an ending behind a hyphen."""
ARTICLES = {"en": frozenset({"the"})}
"""Words that stand in a name or not: Heads of (the) Competent Authorities."""
SHORTEST_SURE_STEM = 4
SURE_SHARE = 2 / 3
"""Letters, and their share in the word, that a stem must keep to stand for a name of one word:
Armenian Կանալ (Channel) is stemmed to կան (there are), and Ալիք (wave) to ալ."""


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

    def add(self, words: Iterable[str], name: Name) -> None:
        """Add a name by its words (normalized, or stems)."""
        node = self._root
        for word in words:
            node = node.below.setdefault(word, _Node())
        if name not in node.names:
            node.names.append(name)

    def begins(self, word: str) -> bool:
        """Whether any name begins with this word."""
        return word in self._root.below

    def walk(self, words: list[str], start: int) -> Iterator[tuple[int, list[Name]]]:
        """Names that begin at word `start`: the word after each, and who bears it."""
        node = self._root
        for at in range(start, len(words)):
            found = node.below.get(words[at])
            if found is None:
                return
            node = found
            if node.names:
                yield at + 1, node.names


@dataclass
class NameTable:
    """The names of all files: as they are written, and by stems in their own language."""

    written: NameTrie = field(default_factory=NameTrie)
    stemmed: dict[str, NameTrie] = field(default_factory=dict)

    def add(self, file: AuthorityFile, entry: Entry) -> None:
        """Add every name of an entry."""
        for ambiguous, names in ((False, entry.names), (True, entry.ambiguous)):
            for language, spellings in names.items():
                for spelling in spellings:
                    self._add(file, entry, spelling, language, ambiguous)

    def _add(
        self, file: AuthorityFile, entry: Entry, spelling: str, language: str, ambiguous: bool
    ) -> None:
        tokens = words_of(spelling, language)
        words = [normalize(token.text) for token in tokens]
        gaps = (spelling[one.end : two.start] for one, two in pairwise(tokens))
        capitals = tuple(map(is_abbreviation, tokens))
        name = Name(file.facet.name, entry.id, ambiguous, capitals, tuple(gaps))
        self.written.add(words, name)
        stems = [stem(word, language) for word in words]
        if len(words) > 1 or is_sure_stem(stems[0], words[0]):
            self.stemmed.setdefault(language, NameTrie()).add(stems, name)


def is_abbreviation(token: Token) -> bool:
    """Whether a word stands all in capitals: UN, ОДКБ."""
    return len(token.text) > 1 and token.text.isupper()


def is_sure_stem(stem_of_word: str, word: str) -> bool:
    """Whether a stem says enough of its word to stand for it alone."""
    return len(stem_of_word) >= max(SHORTEST_SURE_STEM, SURE_SHARE * len(word))


def words_of(text: str, language: str) -> list[Token]:
    """The words of a text as names have them: no articles, no endings of abbreviations."""
    tokens = [_without_suffix(token, language) for token in tokenize(text)]
    articles = ARTICLES.get(language, frozenset())
    left_out = {token for token in tokens if token.text.lower() in articles}
    if language in SUFFIXED:
        left_out |= {two for one, two in pairwise(tokens) if _is_ending(text, one, two)}
    return [token for token in tokens if token not in left_out] or tokens


def _without_suffix(token: Token, language: str) -> Token:
    if language not in SUFFIXED or token.text.isupper():
        return token
    capitals = "".join(takewhile(str.isupper, token.text))
    if len(capitals) > 1 and token.text[len(capitals) :].islower():
        return Token(capitals, token.start, token.start + len(capitals))
    return token


def _is_ending(text: str, abbreviation: Token, token: Token) -> bool:
    """Whether a word is the ending of the abbreviation before it: ի in ՀԱՊԿ-ի."""
    return (
        is_abbreviation(abbreviation)
        and len(token.text) <= LONGEST_ENDING
        and token.text.islower()
        and text[abbreviation.end : token.start] in HYPHENS
    )
