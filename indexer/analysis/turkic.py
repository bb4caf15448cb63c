"""Suffixes of Turkic languages: one template for all the shapes that a suffix takes.

A capital Latin letter of a template stands for a sound that follows the letters before it: a
vowel the last vowel of the word (vowel harmony), a consonant its last letter. Chains of suffixes
are written out after every kind of stem, so that only what the language can form is ever cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.analysis.endings import VOWELS, Endings

Slot = Sequence[str]
"""Templates of which a word has one; with an empty template the slot may stand empty."""
Path = Sequence[Slot]
"""Slots in their order from the stem to the end of the word."""


class Harmony:
    """How the suffixes of one language follow the word before them.

    Args:
        vowels: The kinds, a character each, of every vowel letter: two where a letter is read in
            two ways, as у and и in Kazakh.
        letters: The kinds of every letter at the end of a stem.
        sounds: For each capital what it becomes, by the kinds of the last vowel and the last
            letter together, else of the letter, else of the vowel.
    """

    def __init__(
        self,
        vowels: Mapping[str, str],
        letters: Mapping[str, str],
        sounds: Mapping[str, Mapping[str, str]],
        loans: str = "",
    ) -> None:
        self._vowels, self._letters, self._sounds = vowels, letters, sounds
        self._states = [(v, e) for v in _kinds(vowels) for e in _kinds(letters)]
        bits = {state: 1 << at for at, state in enumerate(self._states)}
        self._classes = {
            (vowel, letter): sum(
                bits[v, e]
                for v in (_kinds(vowels) if letter in loans else own)
                for e in letters[letter]
            )
            for vowel, own in vowels.items()
            for letter in letters
        }

    def class_of(self, stem: str) -> int:
        """The states that a stem may be in, as bits.

        0 for one without vowel or consonant, and for two letters but a vowel and a consonant (иш).
        """
        if len(stem) < 3 and (stem[0] not in self._vowels or stem[-1] in self._vowels):
            return 0
        for letter in reversed(stem):
            if letter in self._vowels:
                return self._classes.get((letter, stem[-1]), 0)
        return 0

    def endings(self, *paths: Path) -> Endings:
        """All endings that the paths give, each with the states of the stems that it follows."""
        classes: dict[str, int] = {}
        for at, state in enumerate(self._states):
            for path in paths:
                for ending in self._chains(path, *state):
                    classes[ending] = classes.get(ending, 0) | 1 << at
        classes.pop("", None)
        return Endings(classes, self.class_of)

    def _chains(self, path: Path, vowel: str, letter: str) -> Iterator[str]:
        if not path:
            yield ""
            return
        for template in path[0]:
            shape, after_vowel, after_letter = self._written(template, vowel, letter)
            for rest in self._chains(path[1:], after_vowel, after_letter):
                yield shape + rest

    def _written(self, template: str, vowel: str, letter: str) -> tuple[str, str, str]:
        shape = ""
        for sign in template:
            becomes = self._sounds.get(sign)
            sound = sign
            if becomes is not None:
                sound = next(becomes[k] for k in (vowel + letter, letter, vowel) if k in becomes)
            if sound:
                shape += sound
                kinds = self._vowels.get(sound[-1], vowel)
                vowel = vowel if vowel in kinds else kinds[0]
                letter = self._letters[sound[-1]][0]
        return shape, vowel, letter


def _kinds(of_letters: Mapping[str, str]) -> list[str]:
    return sorted(set("".join(of_letters.values())))


def kinds(**letters: str) -> dict[str, str]:
    """The kinds of each letter, from the letters of each kind: `kinds(V="аы", T="пт")`."""
    found: dict[str, str] = {}
    for kind, own in letters.items():
        for letter in own:
            found[letter] = found.get(letter, "") + kind
    return found


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of one language: those of nouns, and those of verbs."""

    nouns: Endings
    verbs: Endings
    finals: Mapping[str, str]
    """Last letters of a stem that are voiced before a vowel, and the one that stands for both."""
    whole: frozenset[str]
    """Nouns that look like a form of another word, and are none."""

    def stem(self, word: str) -> str:
        """The word without chains; participles and verbal nouns have one inside another."""
        while word not in self.whole:
            rest = min(self.nouns.cut(word), self.verbs.cut(word), key=len)
            if rest == word:
                return _without_doubtful(word)
            word = self._voiceless(rest, word[len(rest)])
        return word

    def _voiceless(self, stem: str, following: str) -> str:
        """The stem as it stands alone: б between vowels is the п of кітап; that of араб is none."""
        between = following in VOWELS and stem[-2:-1] in VOWELS
        return stem[:-1] + self.finals.get(stem[-1], stem[-1]) if between else stem


def _without_doubtful(stem: str) -> str:
    """The stem without a last letter that half of its forms lose to the suffix.

    кеңес-і is cut like ара-сы, заман-ы like ара-ны, and the passive -л stands before all others.
    """
    doubtful = len(stem) > 3 and stem[-1] in "лсн" and stem[-2] in VOWELS
    return stem[:-1] if doubtful else stem
