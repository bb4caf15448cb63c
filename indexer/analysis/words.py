"""Normalized words: one spelling for the forms that differ in case, stress or apostrophe only."""

import re
import unicodedata
from functools import lru_cache

from indexer.analysis.scripts import unmix

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
    composed = unicodedata.normalize("NFC", _POSSESSIVE.sub("", word)).translate(_DROPPED)
    return unmix(unicodedata.normalize("NFC", composed).casefold()).translate(_YO)
