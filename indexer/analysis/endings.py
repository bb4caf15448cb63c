"""Tables of endings, and the longest one that a word may lose."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

VOWELS = frozenset("аеиоуыэюяёіөүұәӣӯաեէըիոօւ")
"""Vowel letters of the languages that have tables; ւ is the second half of the Armenian ու."""


def any_stem(stem: str) -> int:
    """One class for all stems of a vowel, a consonant, and three letters in all."""
    return len(stem) > 2 and 0 < sum(letter in VOWELS for letter in stem) < len(stem)


@dataclass(frozen=True, slots=True)
class Endings:
    """The endings of one layer of a word, each with the classes of stems that it follows."""

    classes: Mapping[str, int]
    """Bits."""
    class_of: Callable[[str], int] = any_stem
    """The classes of a stem; 0 for what is no stem of the language."""
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max(map(len, self.classes)))

    def cut(self, word: str) -> str:
        """The word without its longest ending; the word itself where it has none."""
        for start in range(max(2, len(word) - self.longest), len(word)):
            allowed = self.classes.get(word[start:])
            if allowed and allowed & self.class_of(word[:start]):
                return word[:start]
        return word


def row(*slots: str) -> list[str]:
    """Every sequence of one piece of each slot; "-" among the pieces lets a slot stand empty."""
    found = [""]
    for slot in slots:
        found = [before + piece.strip("-") for before in found for piece in slot.split()]
    return [ending for ending in found if ending]


def endings(*rows: Iterable[str], class_of: Callable[[str], int] = any_stem) -> Endings:
    """A table of endings that follow every class of stems."""
    return Endings({ending: ~0 for row in rows for ending in row}, class_of)
