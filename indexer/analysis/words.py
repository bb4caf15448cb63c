"""Normalized words: one spelling for the forms that differ in case, stress or apostrophe only."""

import re
import unicodedata
from functools import lru_cache

from indexer.analysis.scripts import unmix

MAX_WORD = 128
"""Characters that count in a word: what is longer is no word of any language, but a lost line
break or binary matter, and must not make a term of megabytes."""

_PLAIN = re.compile("[\u0400-\u0481\u048a-\u052f]{1,64}|[\u0531-\u0556\u0561-\u0587]{1,64}")
"""Words of one alphabet without marks: only their case is to be folded."""
_POSSESSIVE = re.compile(r"['\u2019]s$")
_DROPPED = dict.fromkeys(
    map(ord, "\u0301\u055a\u055b\u055c\u055d\u055e'\u2019\u02bc\u02b9"),
)
_YO = str.maketrans("ё", "е")


@lru_cache(maxsize=262_144)
def normalize(word: str) -> str:
    """The normalized form of a token: NFC, folded case, no stress marks, ё as е.

    Letters of a second alphabet that merely look alike are unmixed, an English possessive
    's and the apostrophes inside words are dropped. Normalizing twice changes nothing.
    """
    if word.isascii():
        return _folded_ascii(word)
    if _PLAIN.fullmatch(word):
        return word.casefold().replace("ё", "е")
    # Folding may bring out what folding drops or unmixes: ΐ a stress mark, ŉ an apostrophe, bё
    # a Cyrillic е.
    while (folded := _folded(word)) != word:
        word = folded
    return word


def _folded_ascii(word: str) -> str:
    bare = word[:MAX_WORD]
    if "'" in bare:
        bare = _POSSESSIVE.sub("", bare).replace("'", "")
    return bare.lower()


def _folded(word: str) -> str:
    bare = _POSSESSIVE.sub("", word[:MAX_WORD]).translate(_DROPPED)
    return unmix(unicodedata.normalize("NFC", bare).casefold()).translate(_YO)
