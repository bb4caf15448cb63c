"""The main language of a text, with a seeded langdetect and profiles of our own.

The profiles in `profiles/` are counts of n-grams learnt by `bench/build_language_profiles.py`
from SIB-200 (text of FLORES-200) and from one half of the documents of NTREX-128, both under
CC BY-SA 4.0. They stand for the languages that langdetect lacks, and replace its own of Russian,
Ukrainian, Bulgarian, Macedonian and English (where its own counts are added): learnt from as much
and as like text as their neighbours, they err less.
"""

from indexer.languages.detector import Detector, detect
from indexer.languages.names import LANGUAGE_NAMES

__all__ = ["LANGUAGE_NAMES", "Detector", "detect"]
