"""Coarser forms of normalized words: one for spellings that differ in marks, joins or keyboards.

A folded form finds what the exact form misses, and ranks below it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from indexer.analysis.tokens import Token, tokenize

_LATIN = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ə": "a",
    "ŋ": "n",
}
_CYRILLIC = {
    # What a Russian keyboard lacks, as people type it.
    **dict(zip("іїўұүөәңғґқҝһҳҷӣӯ", "ииуууоанггккххчиу", strict=True)),
    # Є is Ө in Kyrgyz fonts of before Unicode. Their ї, љ and њ are other letters in those of
    # Tajik, so they are left.
    "є": "о",
}
_OTHER_LETTERS = str.maketrans({**_LATIN, **_CYRILLIC})
_ARMENIAN_EV = "եւ"
"""The ligature և after case folding; in capitals it is written ԵՎ."""
_KEPT = "\u0306"
"""The breve, which makes й of и: two letters, not one with a mark."""


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """The folded form of a normalized word: letters without marks, and without their relatives.

    Zaïnetdinov is zainetdinov, Қазақстан is казакстан, երևան and ԵՐԵՎԱՆ are one. Folding twice
    changes nothing.
    """
    if word.isascii():
        return word
    plain = word.translate(_OTHER_LETTERS).replace(_ARMENIAN_EV, "եվ")
    parts = unicodedata.normalize("NFD", plain)
    marked = "".join(c for c in parts if c == _KEPT or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", marked).translate(_OTHER_LETTERS)


_HYPHENS = re.compile("[-\u00ad\u2010\u2011]")


def compounds(text: str) -> Iterator[Token]:
    """Words joined by a hyphen in `text`, as one: Counter-terrorism is Counterterrorism.

    Two neighbours at a time; numbers join nothing.
    """
    for one, two in pairwise(tokenize(text)):
        between = text[one.end : two.start]
        if _HYPHENS.fullmatch(between) and (one.text + two.text).isalpha():
            yield Token(one.text + two.text, one.start, two.end)
