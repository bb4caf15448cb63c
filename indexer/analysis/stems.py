"""Stems: by Snowball for every language that it serves, by light suffix tables for four more."""

import threading
from functools import lru_cache

import snowballstemmer

from indexer.analysis import suffixes

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
    "hy": "armenian",
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

# A Snowball stemmer keeps its word in the object while it works, so threads must not share one.
_own = threading.local()


def has_stems(language: str) -> bool:
    """Whether words of this language (an ISO 639-1 code) can be stemmed."""
    return language in _ALGORITHMS or language in suffixes.LANGUAGES


def _stemmer(language: str) -> "snowballstemmer.stemmer":
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(_ALGORITHMS[language])
    return stemmers[language]


@lru_cache(maxsize=262_144)
def stem(word: str, language: str) -> str:
    """The stem of a normalized word; the word itself in a language without a stemmer."""
    if language in suffixes.LANGUAGES:
        return suffixes.light_stem(word, language)
    if language not in _ALGORITHMS:
        return word
    return str(_stemmer(language).stemWord(word))
