"""One key for the spellings of a name in Latin, Cyrillic and Armenian letters.

Letters are read by the systems that names in press releases are spelled with: BGN/PCGN for
Russian (1947), Belarusian (1979), Kazakh (1979), Kyrgyz (1979), Tajik (1994) and Armenian (1981),
ISO 9:1995, GOST 7.79-2000 B, and passports (ICAO Doc 9303). Where these disagree (h and kh, y
and i, j and zh), the key does not tell apart. It is for names: ordinary words that sound alike
meet.
"""

import re
from functools import lru_cache

from indexer.analysis.folding import folded
from indexer.analysis.scripts import script_of_word

SHORTEST = 3
"""Letters: shorter words have no key, and neither have shorter keys."""

# Capitals are sounds that Latin spells with two letters: C ч, J ж and дж, S ш, X х.
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфц", "abvgdeziiklmnoprstufc", strict=True)),
        **dict(zip("жчшхыэюя", "JCSXieua", strict=True)),
        "щ": "SC",
        "ъ": "",
        "ь": "",
        "ј": "J",
    }
)
_ARMENIAN = str.maketrans(
    dict(
        zip(
            "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
            "abgdezeitJilXckXzgCminSoCpJrsvtrcvpkof",
            strict=True,
        )
    )
)
_LATIN = str.maketrans({"q": "k", "w": "v", "x": "ks", "j": "J", "y": "i", "h": "X"})
_SPELLED = {
    "shch": "SC",
    "sch": "S",
    "dzh": "J",
    "dj": "J",
    "zh": "J",
    "kh": "X",
    "gh": "g",
    "ch": "C",
    "sh": "S",
    "ph": "f",
    "tz": "c",
    "ts": "c",
    "ck": "k",
    "yo": "e",
    "dz": "z",
}
"""Latin spellings of one sound, longer ones first; yo is ё, which is folded to е."""
_SPELLING = re.compile("|".join(_SPELLED))
_CYRILLIC_PAIRS = (("дж", "ж"), ("дз", "з"), ("тс", "ц"))
_DOUBLED = re.compile(r"(.)\1+")
_GLIDE = re.compile("i+(?=[aeou])")
"""и before a vowel, which is in я, ю, е: Tatiana, Tatyana, Татьяна."""

READ_AS: tuple[tuple[str, str], ...] = (
    *_SPELLED.items(),
    *((letter, letter) for letter in "abcdefgijklmnoprstuvz"),
    *((chr(letter), sounds) for letter, sounds in _LATIN.items()),
    *((pair, sounds.translate(_CYRILLIC)) for pair, sounds in _CYRILLIC_PAIRS),
    *((chr(letter), sounds) for letter, sounds in _CYRILLIC.items()),
    ("ու", "u"),
    *((chr(letter), sounds) for letter, sounds in _ARMENIAN.items()),
)
"""Every spelling, of one letter or several, and what it is in a key."""


def _latin(word: str) -> str:
    return _SPELLING.sub(lambda found: _SPELLED[found[0]], word).translate(_LATIN)


def _cyrillic(word: str) -> str:
    for spelling, sound in _CYRILLIC_PAIRS:
        word = word.replace(spelling, sound)
    return word.translate(_CYRILLIC)


def _armenian(word: str) -> str:
    # ը is not heard in names but as their article.
    return word.replace("ու", "u").replace("ը", "").translate(_ARMENIAN)


_READERS = {"LATIN": _latin, "CYRILLIC": _cyrillic, "ARMENIAN": _armenian}


@lru_cache(maxsize=65_536)
def transliteration_key(word: str) -> str | None:
    """The key that a normalized word shares with its spellings in other scripts.

    None for words of other scripts, with digits, or of fewer than three letters.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    read = _READERS.get(script_of_word(word) or "")
    if read is None:
        return None
    key = _DOUBLED.sub(r"\1", _GLIDE.sub("", read(folded(word))))
    return key if len(key) >= SHORTEST and key.isascii() else None
