"""Which script a text is written in, and a bounded sample of its words in that script.

The script comes first: it decides some languages alone (Armenian, Georgian, Greek) and leaves
the profiles of one script to choose from for the others.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import ceil


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its letters as the inside of a regular expression's brackets, its languages.

    `profiles` names the languages of the script, as their profiles are named; where there is one
    alone, the script decides the language and no profile is read.
    """

    name: str
    letters: str
    profiles: tuple[str, ...]


def _profiles(names: str) -> tuple[str, ...]:
    return tuple(names.split())


CYRILLIC_LETTERS = "\u0400-\u0481\u048a-\u052f"

SCRIPTS = (
    Script(
        "cyrillic",
        CYRILLIC_LETTERS,
        _profiles("ru be kk ky tg uk bg mk sr mn tt ba uz-cyrl az-cyrl"),
    ),
    Script(
        "latin",
        "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
        _profiles(
            "en uz az af ca cs cy da de es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq"
            " sv sw tl tr vi"
        ),
    ),
    Script("armenian", "\u0531-\u0556\u0560-\u0588\ufb13-\ufb17", ("hy",)),
    Script("georgian", "\u10a0-\u10ff\u1c90-\u1cbf", ("ka",)),
    Script("arabic", "\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc", _profiles("ar fa ur")),
    Script("han", "\u3041-\u30ff\u4e00-\u9fff", _profiles("ja zh-cn zh-tw")),
    Script("devanagari", "\u0900-\u0963\u0971-\u097f", _profiles("hi mr ne")),
    Script("greek", "\u0370-\u03ff\u1f00-\u1fff", ("el",)),
    Script("hebrew", "\u05d0-\u05ea", ("he",)),
    Script("hangul", "\uac00-\ud7a3", ("ko",)),
    Script("thai", "\u0e01-\u0e4e", ("th",)),
    Script("bengali", "\u0980-\u09e3", ("bn",)),
    Script("gurmukhi", "\u0a01-\u0a65\u0a70-\u0a75", ("pa",)),
    Script("gujarati", "\u0a81-\u0ae3", ("gu",)),
    Script("tamil", "\u0b82-\u0be5", ("ta",)),
    Script("telugu", "\u0c00-\u0c63", ("te",)),
    Script("kannada", "\u0c80-\u0ce3", ("kn",)),
    Script("malayalam", "\u0d00-\u0d63", ("ml",)),
)

_SCRIPT_NAMED = {script.name: script for script in SCRIPTS}
_WORD = re.compile(
    "|".join(f"(?P<{script.name}>[{script.letters}]+)" for script in SCRIPTS)
    + r"|(?P<other>[^\W\d_])"
)

_WORD_OF = {script.name: re.compile(f"[{script.letters}]+") for script in SCRIPTS}
_ASCII_WORD = re.compile("[A-Za-z]+")

# Kazakh, Belarusian and Ukrainian texts are often typed with the Latin i of the keyboard.
_C = f"[{CYRILLIC_LETTERS}]"
_LATIN_I = re.compile(rf"(?<={_C})[iI]|[iI](?={_C})|(?<={_C} )[iI](?= {_C})")
_CYRILLIC_I = {"i": "\u0456", "I": "\u0406"}
# The stress mark (what NFC leaves of it), the soft hyphen and the zero-width space split words.
_SPLITTERS = {ord(sign): None for sign in "\u0301\u00ad\u200b"}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+")

PLACE_LENGTH = 50
"""How many characters are taken at each place of a text that is sampled."""
ENOUGH_LETTERS = 60
"""A sample with fewer letters (a table of figures) gives way to the text itself,"""
LONGEST = 100_000
"""up to so many characters of it."""
WORDS_AT_A_PLACE = 10
"""Of more words than that for each place, so many are kept, evenly spread."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The words of a text in its main script."""

    script: Script
    words: tuple[str, ...]
    share: float
    """The main script's share of all letters."""
    whole: bool
    """Whether the last word is known to end there: titles can be cut in the middle of one."""


@cache
def scripts_of(code: str) -> tuple[Script, ...]:
    """The scripts in which a language is told."""
    return tuple(
        script for script in SCRIPTS if code in (name.partition("-")[0] for name in script.profiles)
    )


def sample(text: str, places: int) -> Sample | None:
    """The words of the text's main script, of a long text from evenly spread places.

    None where it has no letters, or most are of a script that no language here is written in.
    """
    if len(text) <= places * PLACE_LENGTH:
        return _main_script(text, places)
    pieces = " ".join(pieces_of(text, places, PLACE_LENGTH)) + " "
    enough = sum(map(str.isalpha, pieces)) >= ENOUGH_LETTERS
    return _main_script(pieces if enough else text[:LONGEST], places)


def clean(text: str) -> str:
    """The text without addresses and split words, and with one letter for each Cyrillic i."""
    if text.isascii():
        return _ADDRESS.sub(" ", text)
    text = unicodedata.normalize("NFC", _ADDRESS.sub(" ", text)).translate(_SPLITTERS)
    return _LATIN_I.sub(lambda found: _CYRILLIC_I[found[0]], text)


def words_in(text: str, script: Script) -> list[str]:
    """The words of a cleaned text that are written in the script."""
    return _WORD_OF[script.name].findall(text)


def pieces_of(text: str, places: int, length: int) -> list[str]:
    """Whole words from evenly spread places of a text that is longer than all of them."""
    step = (len(text) - length) // (places - 1)
    return [_whole_words(text[i * step : i * step + length]) for i in range(places)]


def _whole_words(piece: str) -> str:
    """The piece without the words that its ends cut; scripts without blanks keep all."""
    parts = piece.split()
    return " ".join(parts[1:-1]) if len(parts) > 2 else piece


def _main_script(text: str, places: int) -> Sample | None:
    if text.isascii():
        return _ascii_words(text, places)
    words: dict[str, list[str]] = defaultdict(list)
    for found in _WORD.finditer(clean(text)):
        words[str(found.lastgroup)].append(found[0])
    if not words:
        return None
    letters = {name: sum(map(len, found)) for name, found in words.items()}
    name = max(letters, key=lambda name: letters[name])
    if name not in _SCRIPT_NAMED:
        return None
    script = _SCRIPT_NAMED[name]
    step = ceil(len(words[name]) / (places * WORDS_AT_A_PLACE))
    whole = step > 1 or not text[-1:].isalpha()
    return Sample(script, tuple(words[name][::step]), letters[name] / sum(letters.values()), whole)


def _ascii_words(text: str, places: int) -> Sample | None:
    """The same, faster, for a text that can be in Latin letters only: most English ones."""
    words = _ASCII_WORD.findall(clean(text))
    if not words:
        return None
    step = ceil(len(words) / (places * WORDS_AT_A_PLACE))
    whole = step > 1 or not text[-1:].isalpha()
    return Sample(_SCRIPT_NAMED["latin"], tuple(words[::step]), 1.0, whole)
