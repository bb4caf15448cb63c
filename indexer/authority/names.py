"""Names as paths of words, so that all of them are looked up in one walk over a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indexer.analysis import Token, normalize, stem, tokenize
from indexer.authority.files import AuthorityFile, Entry


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry."""

    facet: str
    entry: str
    ambiguous: bool
    capitals: tuple[bool, ...]
    """For each word, whether it must stand in capitals, as an abbreviation does."""


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
        tokens = list(tokenize(spelling))
        words = [normalize(token.text) for token in tokens]
        name = Name(file.facet.name, entry.id, ambiguous, tuple(map(is_abbreviation, tokens)))
        self.written.add(words, name)
        stems = self.stemmed.setdefault(language, NameTrie())
        stems.add((stem(word, language) for word in words), name)


def is_abbreviation(token: Token) -> bool:
    """Whether a word stands all in capitals: UN, ОДКБ."""
    return len(token.text) > 1 and token.text.isupper()
