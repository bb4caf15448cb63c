"""The sorted words of one field, as they lie in memory: found by halving, by letters, by length.

Nothing is decoded but the words that are asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops

Numbers = NDArray[np.intp]

_AT_ONCE = 65_536
"""Words whose letters are looked at together: what that takes of memory for a while."""
_LONGEST = 255
_BEYOND_UTF8 = b"\xff"


@dataclass(frozen=True)
class Lexicon:
    """Words in the order of their UTF-8 bytes, which is that of their code points too."""

    text: NDArray[np.uint8]
    """The words in UTF-8, one behind the other, and maybe others around them."""
    ends: NDArray[np.integer]
    """Where each word begins in `text`, and the last one ends."""

    @classmethod
    def of(cls, words: Iterable[str]) -> "Lexicon":
        """These words, which are sorted."""
        encoded = [word.encode() for word in words]
        ends = np.cumsum([0, *map(len, encoded)])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def _bytes(self, number: int) -> bytes:
        return self.text[int(self.ends[number]) : int(self.ends[number + 1])].tobytes()

    def word(self, number: int) -> str:
        """The word of that number."""
        return self._bytes(number).decode()

    def words(self, numbers: NDArray[Any]) -> list[str]:
        """The words of these numbers."""
        text = self.text.data
        starts, stops = self.ends.take(numbers).tolist(), self.ends.take(numbers + 1).tolist()
        return [str(text[a:b], "utf-8") for a, b in zip(starts, stops, strict=True)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words(np.arange(len(self))))

    def at_or_after(self, place: bytes) -> int:
        """The number of the first word that is not before this one."""
        found: int = loops.at_or_after(self.text, self.ends, 0, len(self), place)
        return found

    def numbers_of(self, words: Iterable[str]) -> Numbers:
        """The numbers of those of these words that are here, sorted."""
        wanted = sorted(word.encode() for word in words)
        found: list[int] = []
        place = 0
        for word in wanted:
            place = loops.at_or_after(self.text, self.ends, place, len(self), word)
            if place < len(self) and self._bytes(place) == word:
                found.append(place)
        return np.array(found, np.intp)

    def with_prefix(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        encoded = prefix.encode()
        return range(self.at_or_after(encoded), self.at_or_after(encoded + _BEYOND_UTF8))

    @cached_property
    def shapes(self) -> "Shapes":
        """Letters and lengths of all words; read when first asked for."""
        letters, lengths = [np.empty(0, np.uint64)], [np.empty(0, np.uint8)]
        wide = [np.empty(0, np.bool_)]
        for start in range(0, len(self), _AT_ONCE):
            ends = self.ends[start : start + _AT_ONCE + 1].astype(np.int64)
            found = _shapes(self.text[int(ends[0]) : int(ends[-1])], ends - ends[0])
            letters.append(found[0])
            lengths.append(found[1])
            wide.append(found[2])
        marked = np.flatnonzero(np.concatenate(wide))
        return Shapes(np.concatenate(letters), np.concatenate(lengths), marked)


def _shapes(
    text: NDArray[np.uint8], ends: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.bool_]]:
    starts_letter = (text & 0xC0) != 0x80
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(starts_letter)])
    firsts = before[ends]
    points = np.frombuffer(text.tobytes().decode().encode("utf-32-le"), np.uint32)
    bits = np.left_shift(np.uint64(1), (points % _CLASSES).astype(np.uint64))
    # An empty word, whose group would be the letter behind it, is none of any dictionary.
    return (
        np.bitwise_or.reduceat(bits, firsts[:-1]),
        np.minimum(np.diff(firsts), _LONGEST).astype(np.uint8),
        np.diff(firsts) != np.diff(ends),
    )


_CLASSES = 64
"""Letters are told apart by their code points modulo this: within one script hardly any meet."""


def letters_of(word: str) -> np.uint64:
    """One bit for each class of letters in a word."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % _CLASSES
    return np.uint64(bits)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What tells most words apart without reading them."""

    letters: NDArray[np.uint64]
    """For each word the bits of `letters_of`."""
    lengths: NDArray[np.uint8]
    """For each word its letters, 255 for more."""
    marked: Numbers
    """The words that have other letters than those of ASCII."""

    def near(self, word: str, edits: int) -> Numbers:
        """The words that may be at most so many letters away: all that are, and a few others.

        An edit changes the length by one at most, and adds and removes one class of letters.
        """
        longest = min(len(word) + edits, _LONGEST)
        lengths = (self.lengths >= max(0, longest - 2 * edits)) & (self.lengths <= longest)
        differing = np.bitwise_count(self.letters ^ letters_of(word)) <= 2 * edits
        return np.flatnonzero(lengths & differing)

    def holding(self, among: range, letters: str, least: int) -> Numbers:
        """Those of consecutive words that may hold these letters, and have at least so many."""
        wanted, own = letters_of(letters), self.letters[among.start : among.stop]
        long_enough = self.lengths[among.start : among.stop] >= min(least, _LONGEST)
        return np.flatnonzero(((own & wanted) == wanted) & long_enough) + among.start

    def holding_one_of_each(
        self, letters: Iterable[str], least: int, most: int, *, among: Numbers | None = None
    ) -> Numbers:
        """The words that may hold at least one letter of each group, and have so many letters."""
        numbers = np.arange(len(self.lengths)) if among is None else among
        own = self.lengths.take(numbers)
        numbers = numbers[(own >= min(least, _LONGEST)) & (own <= min(most, _LONGEST))]
        for group in letters:
            numbers = numbers[(self.letters.take(numbers) & letters_of(group)) != 0]
        return numbers
