"""The only analysis of Communique: the same at index time and at query time, for every engine.

A text becomes tokens with their places; each token a normalized word, and each word a stem in
the language of its release.
"""

from indexer.analysis.folding import compounds, folded
from indexer.analysis.scripts import languages_written_like, script_of_language, script_of_word
from indexer.analysis.sources import folded_sources, key_sources
from indexer.analysis.stems import has_stems, stem
from indexer.analysis.tokens import Token, spellings, token_texts, tokenize, word_pattern
from indexer.analysis.transliteration import transliteration_key
from indexer.analysis.words import normalize

ANALYSIS_VERSION = "6"
"""Raised whenever words, stems or the facets of every index come out differently: older indexes
must then be rebuilt."""

__all__ = [
    "ANALYSIS_VERSION",
    "Token",
    "compounds",
    "folded",
    "folded_sources",
    "has_stems",
    "key_sources",
    "languages_written_like",
    "normalize",
    "script_of_language",
    "script_of_word",
    "spellings",
    "stem",
    "token_texts",
    "tokenize",
    "transliteration_key",
    "word_pattern",
]
