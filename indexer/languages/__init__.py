"""The languages of a text: the main one, and those of its parts.

Letter models of our own in `profiles/`, learnt by `bench/build_language_profiles.py`, tell the
languages in Cyrillic letters apart, and English from all others in Latin ones; their n-grams come
from SIB-200 (text of FLORES-200) and from one half of the documents of NTREX-128, both under
CC BY-SA 4.0, from the Universal Declaration of Human Rights and from public addresses and
headlines in Tajik and Kazakh. The other languages in Latin letters are there by langdetect's
own counts, for English to be told from them. langdetect itself tells the rest,
with profiles of our own for English, Uzbek and Azerbaijani in Latin letters.
"""

from indexer.languages.detector import Detector, detect
from indexer.languages.names import LANGUAGE_NAMES
from indexer.languages.parts import detect_parts

__all__ = ["LANGUAGE_NAMES", "Detector", "detect", "detect_parts"]
