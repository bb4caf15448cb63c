"""Other spellings of a word that the index has: with other marks, or in another script.

Names decline, so a spelling is looked up as it stands, and by its stems.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis import (
    folded,
    folded_sources,
    key_sources,
    languages_written_like,
    normalize,
    script_of_language,
    script_of_word,
    transliteration_key,
)
from indexer.embedded.schema import PARTS, WORDS, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.query import ExactWord, Translation, Word

SHORTEST_FOLDED = 3
SHORTEST_VARIANT = 5
"""Letters of a word that is looked for in other scripts: shorter ones meet ordinary words of other
languages by chance (net and нет, data and дата)."""

MOST = 4
"""Spellings of a word by one rule in one script: those in most releases."""

_LETTERS_JOINED = re.compile("ae|oe|th")
"""What one letter becomes when it is folded: æ, œ, þ."""
_SPARE = 2
"""So many letters may have a mark that stands apart from them, or be lost from a key."""


class Spellings:
    """Finds spellings in the words of a snapshot."""

    def __init__(self, snapshot: Snapshot, languages: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._languages = languages
        self._scripts = sorted({script_of_language(code) for code in languages})

    def of(self, text: str) -> tuple[Translation, ...]:
        """The other spellings of a word, nearest first; none where the index has but its own."""
        word = normalize(text)
        found = [("folded", other) for other in self._folded(word)]
        near = {word, *(other for _, other in found)}
        found += [("variant", other) for other in self._variants(word) if other not in near]
        return tuple(one for rule, other in found for one in self._readings(rule, word, other))

    def _folded(self, word: str) -> list[str]:
        if len(word) < SHORTEST_FOLDED or not word.isalpha():
            return []
        plain = folded(word)
        groups = [folded_sources(letter) for letter in sorted(set(plain))]
        bounds = len(plain) - len(_LETTERS_JOINED.findall(plain)), len(plain) + _SPARE
        likely = self._likely(groups, *bounds, only_marked=word.isascii())
        return self._most_frequent(one for one in likely if one != word and folded(one) == plain)

    def _variants(self, word: str) -> list[str]:
        key = transliteration_key(word) if len(word) >= SHORTEST_VARIANT else None
        if key is None:
            return []
        others = [script for script in self._scripts if script != script_of_word(word)]
        return [one for script in others for one in self._in_script(script, key)]

    def _in_script(self, script: str, key: str) -> list[str]:
        groups = [key_sources(sound, script) for sound in sorted(set(key))]
        if not all(groups):
            return []

        likely = self._likely(groups, len(key) // 2, 2 * len(key) + _SPARE)
        return self._most_frequent(
            one
            for one in likely
            if script_of_word(one) == script and transliteration_key(one) == key
        )

    def _most_frequent(self, words: Iterable[str]) -> list[str]:
        fields = [text_field(part, WORDS) for part in PARTS]
        counted = {one: sum(self._snapshot.frequency(f, one) for f in fields) for one in set(words)}
        ranked = sorted((-count, one) for one, count in counted.items() if count)
        return [one for _, one in ranked[:MOST]]

    def _likely(
        self, groups: Sequence[str], least: int, most: int, *, only_marked: bool = False
    ) -> Iterator[str]:
        """The words of so many letters that have one of each group, and some others.

        With `only_marked`, only those that are not all plain Latin letters.
        """
        for part in PARTS:
            for lexicon in self._snapshot.lexicons(text_field(part, WORDS)):
                shapes = lexicon.shapes
                numbers = shapes.marked if only_marked else None
                numbers = shapes.holding_one_of_each(groups, least, most, among=numbers)
                yield from lexicon.words(numbers)

    def _readings(self, rule: str, word: str, other: str) -> Iterator[Translation]:
        yield Translation(word, None, ExactWord(other), rule)
        for language in languages_written_like(other, self._languages):
            yield Translation(word, language, Word(other), rule)
