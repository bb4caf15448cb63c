"""The scripts that languages are written in, and the letters that look alike in two of them."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LATIN, CYRILLIC = "LATIN", "CYRILLIC"

_SCRIPT_OF_LANGUAGE = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "tt", "uk"), CYRILLIC),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **dict.fromkeys(("ar", "fa", "ur"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    "bn": "BENGALI",
    "el": "GREEK",
    "gu": "GUJARATI",
    "hy": "ARMENIAN",
    "ja": "CJK",
    "kn": "KANNADA",
    "ko": "HANGUL",
    "ml": "MALAYALAM",
    "pa": "GURMUKHI",
    "ta": "TAMIL",
    "te": "TELUGU",
    "th": "THAI",
    "zh-cn": "CJK",
    "zh-tw": "CJK",
}
"""Languages that are not listed are written in Latin letters."""

_LATIN_LOOK_ALIKES = "ABCEHIKMOPSTXYaceiopsxyhk"
_CYRILLIC_LOOK_ALIKES = "АВСЕНІКМОРЅТХУасеіорѕхуһк"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOK_ALIKES, _CYRILLIC_LOOK_ALIKES)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOK_ALIKES, _LATIN_LOOK_ALIKES)


def script_of_language(language: str) -> str:
    """The script of a language, by the first word of Unicode's character names."""
    return _SCRIPT_OF_LANGUAGE.get(language, LATIN)


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    return unicodedata.name(letter, "NONE").split(" ")[0].split("-")[0]


@lru_cache(maxsize=65_536)
def script_of_word(word: str) -> str | None:
    """The script of most letters of a word; None where it has no letter."""
    scripts = [_script_of_letter(letter) for letter in word if letter.isalpha()]
    return max(set(scripts), key=scripts.count) if scripts else None


def languages_written_like(word: str, languages: Iterable[str]) -> list[str]:
    """Those of `languages` whose script the word is written in; all of them for a number."""
    script = script_of_word(word)
    return [code for code in languages if script is None or script_of_language(code) == script]


def unmix(word: str) -> str:
    """Turn stray look-alikes into the alphabet of the rest: Cyrillic С in СRRF, Latin i in қауiп.

    A word of look-alikes alone is left as it is, and so is one that both alphabets share fairly
    (neither of them would become the only one).
    """
    if word.isascii():
        return word
    scripts = {_script_of_letter(letter) for letter in word if letter.isalpha()}
    if scripts != {LATIN, CYRILLIC}:
        return word
    for table, wanted in ((_TO_CYRILLIC, CYRILLIC), (_TO_LATIN, LATIN)):
        candidate = word.translate(table)
        if all(_script_of_letter(c) == wanted for c in candidate if c.isalpha()):
            return candidate
    return word
