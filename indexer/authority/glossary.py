"""The glossary: what a query's words name, and the names of the same in other languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from indexer.analysis import languages_written_like, normalize, stem
from indexer.authority.concepts import Concept, Path, words_of
from indexer.authority.names import SURE_SHARE, forms_of, is_abbreviation

SHORTEST_STEM = 3
"""Letters that a stem must keep to stand for its word, besides a share of it."""
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one concept in one language."""

    concept: str
    language: str
    words: Path
    """Normalized."""
    stems: Path
    inflected: bool
    """Whether its stems stand for it; those of abbreviations and of cut-down words do not."""

    @classmethod
    def of(cls, concept: str, language: str, spelling: str) -> "Iterator[Name]":
        """A name as it is compared; several times where its forms come to different stems."""
        abbreviation = is_abbreviation(spelling)
        for words in product(*(forms_of(word, language) for word in words_of(spelling))):
            stems = tuple(stem(word, language) for word in words)
            telling = len(words) > 1 or _is_telling(stems[0], words[0])
            yield cls(concept, language, words, stems, telling and not abbreviation)


def _is_telling(stem_of_word: str, word: str) -> bool:
    kept = len(stem_of_word)
    return stem_of_word == word or (kept >= SHORTEST_STEM and kept >= SURE_SHARE * len(word))


def _key(words: Iterable[str], language: str) -> Path:
    """What the inflected forms of a name have in common: stems.

    But English words inflect little, and Snowball joins others as well, such as important and
    import: there only the plural is known, which is listed.
    """
    return tuple(words) if language == "en" else tuple(stem(word, language) for word in words)


def _plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


@dataclass(frozen=True, slots=True)
class Found:
    """A run of words, from `first` to `last` (excluded), that is a name of a concept."""

    first: int
    last: int
    concept: str
    languages: frozenset[str]
    """Those in which it is one of its names."""


@dataclass
class _Names:
    """The names of one language by their words."""

    written: dict[Path, list[str]] = field(default_factory=dict)
    inflected: dict[Path, list[str]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """By the first word or stem of a name, the most words of a name that begins so."""

    def add(self, name: Name) -> None:
        self._add(self.written, name.words, name.concept)
        if name.inflected and name.language == "en":
            self._add(self.inflected, (*name.words[:-1], _plural(name.words[-1])), name.concept)
        elif name.inflected:
            self._add(self.inflected, name.stems, name.concept)

    def _add(self, table: dict[Path, list[str]], path: Path, concept: str) -> None:
        concepts = table.setdefault(path, [])
        if concept not in concepts:
            concepts.append(concept)
        self.longest[path[0]] = max(len(path), self.longest.get(path[0], 0))


class Glossary:
    """All concepts; it never changes, so threads may share it.

    Names are analyzed when they are first asked for: a query needs those of one script.
    """

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        """Names that several files give to one id are all names of that concept."""
        self._spellings: dict[str, dict[str, list[str]]] = {}
        for concept in concepts:
            own = self._spellings.setdefault(concept.id, {})
            for language, spellings in concept.names.items():
                own.setdefault(language, []).extend(spellings)
        every = (item for own in self._spellings.values() for item in own.items())
        self._languages = tuple(dict.fromkeys(language for language, names in every if names))
        self._names: dict[tuple[str, str], Sequence[Name]] = {}
        self._tables: dict[str, _Names] = {}

    def __len__(self) -> int:
        return len(self._spellings)

    def names(self, concept: str) -> Mapping[str, Sequence[Name]]:
        """The names of a concept by language. Raises KeyError for one that is not there."""
        return {code: self._names_in(code, concept) for code in self._spellings[concept]}

    def _names_in(self, language: str, concept: str) -> Sequence[Name]:
        found = self._names.get((language, concept))
        if found is None:
            spellings = self._spellings[concept].get(language, ())
            every = (name for each in spellings for name in Name.of(concept, language, each))
            found = self._names[language, concept] = tuple(dict.fromkeys(every))
        return found

    def _table(self, language: str) -> _Names:
        """All names of a language."""
        table = self._tables.get(language)
        if table is None:
            table = _Names()
            for concept in self._spellings:
                for name in self._names_in(language, concept):
                    table.add(name)
            self._tables[language] = table
        return table

    def find(self, words: Sequence[str]) -> tuple[Found, ...]:
        """The concepts that a row of words names, in whatever language, form and script.

        At each place the longest name counts, and hides those inside it; a name of several
        concepts gives all of them.
        """
        normal = [normalize(word) for word in words]
        found: list[Found] = []
        at = 0
        while at < len(normal):
            here = self._longest_at(normal, at)
            found += here
            at = here[0].last if here else at + 1
        return tuple(found)

    def _longest_at(self, words: Sequence[str], at: int) -> list[Found]:
        languages = languages_written_like(words[at], self._languages)
        for length in range(self._longest(words, at, languages), 0, -1):
            path = tuple(words[at : at + length])
            concepts = dict(self._as_written(path, languages))
            # What is written as a name is that name: ru визит is no form of виза.
            concepts = concepts or dict(self._inflected(path, languages))
            if concepts:
                return [
                    Found(at, at + length, concept, frozenset(own))
                    for concept, own in concepts.items()
                ]
        return []

    def _longest(self, words: Sequence[str], at: int, languages: Iterable[str]) -> int:
        word = words[at]
        lengths = (
            self._table(language).longest.get(first, 0)
            for language in languages
            for first in {word, *_key([word], language)}
        )
        return min(max(lengths, default=0), len(words) - at)

    def _as_written(self, path: Path, languages: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        return _concepts((code, self._table(code).written.get(path)) for code in languages)

    def _inflected(self, path: Path, languages: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        return _concepts(
            (code, self._table(code).inflected.get(_key(path, code))) for code in languages
        )

    def others(self, found: Found, words: Sequence[str]) -> Iterator[Name]:
        """The names of a concept that was found in `words`, in other languages.

        Where the words are a name in several languages, these count as others too, but for the
        names that are the words themselves or forms of them.
        """
        asked = tuple(normalize(word) for word in words[found.first : found.last])
        for language, names in self.names(found.concept).items():
            if found.languages == {language}:
                continue
            stems = tuple(stem(word, language) for word in asked)
            yield from (n for n in names if n.words != asked and n.stems != stems)


def _concepts(
    found: Iterable[tuple[str, Sequence[str] | None]],
) -> Iterator[tuple[str, list[str]]]:
    """Concepts with the languages that name them so."""
    languages: dict[str, list[str]] = {}
    for language, concepts in found:
        for concept in concepts or ():
            languages.setdefault(concept, []).append(language)
    yield from languages.items()
