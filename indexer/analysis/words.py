"""Normalized words: one spelling for the forms that differ in case, stress or apostrophe only."""

import re
import unicodedata
from functools import lru_cache

from indexer.analysis.scripts import unmix

MAX_WORD = 128
"""Characters that count in a word: what is longer is no word of any language, but a lost line
break or binary matter, and must not make a term of megabytes."""

_POSSESSIVE = re.compile(r"['\u2019]s$")
_DROPPED = dict.fromkeys(
    map(ord, "\u0301\u055a\u055b\u055c\u055d\u055e'\u2019\u02bc\u02b9"),
)
_YO = str.maketrans("ё", "е")


@lru_cache(maxsize=262_144)
def normalize(word: str) -> str:
    """The normalized form of a token: NFC, folded case, no stress marks, ё as е.

    Letters of a second alphabet that merely look alike are unmixed, an English possessive
    's and the apostrophes inside words are dropped.
    """
    bare = _POSSESSIVE.sub("", word[:MAX_WORD]).translate(_DROPPED)
    return unmix(unicodedata.normalize("NFC", bare).casefold()).translate(_YO)
