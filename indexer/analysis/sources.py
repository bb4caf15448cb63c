"""Which letters a folded form, or a key across scripts, can come from: to find such words fast.

A word whose folded form or key has a letter holds at least one of the letters that are given
here for it. Derived from the tables themselves, so that they cannot disagree.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from indexer.analysis.folding import folded
from indexer.analysis.scripts import script_of_word
from indexer.analysis.transliteration import READ_AS

_LETTERS = (range(0x61, 0x250), range(0x3B1, 0x530), range(0x561, 0x588), range(0x1E00, 0x1F00))
"""Latin, Cyrillic and Armenian letters, also those with marks."""

_JOINED = {"վ": "ւ"}
"""What only several letters together become: եւ is եվ."""


@cache
def _folded_from() -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for letter in (chr(point) for points in _LETTERS for point in points):
        for plain in folded(letter):
            found[plain].add(letter)
    for plain, letter in _JOINED.items():
        found[plain].add(letter)
    return {plain: "".join(sorted(letters)) for plain, letters in found.items()}


@cache
def _sounded_from() -> dict[tuple[str, str], str]:
    """By the letter of a key and a script."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for spelling, sounds in READ_AS:
        for sound in sounds:
            found[sound, script_of_word(spelling) or ""].update(folded_sources(spelling))
    return {place: "".join(sorted(letters)) for place, letters in found.items()}


def folded_sources(letters: Iterable[str]) -> str:
    """The letters that any of these folded ones can come from, themselves included."""
    table = _folded_from()
    return "".join(letter + table.get(letter, "") for letter in letters)


def key_sources(sound: str, script: str) -> str:
    """The letters of a script that a letter of a key can come from; none where it has none."""
    return _sounded_from().get((sound, script), "")
