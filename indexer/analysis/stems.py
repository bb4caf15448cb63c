"""Stems: by Snowball for the languages that it serves, by tables of our own for five."""

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

import snowballstemmer

from indexer.analysis import armenian, belarusian, kazakh, kyrgyz, russian, tajik
from indexer.analysis.exceptions import EXCEPTIONS

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

_TABLES: Mapping[str, Callable[[str], str]] = {
    "be": belarusian.stem,
    "hy": armenian.stem,
    "kk": kazakh.stem,
    "ky": kyrgyz.stem,
    "tg": tajik.stem,
}
SHORTEST_WORD = 4
"""Letters: shorter words are left as they are by the tables, and so are those with digits."""

_NONE: Mapping[str, str] = {}

# A Snowball stemmer keeps its word in the object while it works, so threads must not share one.
_own = threading.local()


def has_stems(language: str) -> bool:
    """Whether words of this language (an ISO 639-1 code) can be stemmed."""
    return language in _ALGORITHMS or language in _TABLES


def _stemmer(language: str) -> "snowballstemmer.stemmer":
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(_ALGORITHMS[language])
    return stemmers[language]


@lru_cache(maxsize=262_144)
def stem(word: str, language: str) -> str:
    """The stem of a normalized word; the word itself in a language without a stemmer."""
    exception = EXCEPTIONS.get(language, _NONE).get(word)
    if exception is not None:
        return exception
    if language in _TABLES:
        stemmed = len(word) >= SHORTEST_WORD and word.isalpha()
        return _TABLES[language](word) if stemmed else word
    if language not in _ALGORITHMS:
        return word
    found = str(_stemmer(language).stemWord(word))
    return russian.evened(found) if language == "ru" else found
