"""Kazakh stems: chains of plural, possession and case, then tense, negation and voice.

Rules from Z. Muhamedowa, Kazakh: A Comprehensive Grammar (2016), chapters on vowel harmony, the
noun and the verb.
"""

from functools import cache

from indexer.analysis.endings import Endings
from indexer.analysis.turkic import Chains, Harmony, kinds

_HARMONY = Harmony(
    vowels=kinds(a="аоұыяуию", e="әеөүіэуию"),
    # Of the letters V are vowels, R glides and р, L л, N nasals, Z the voiced, T the voiceless; д,
    # г, б, в at the end of loans sound voiceless.
    letters=kinds(V="аәеоөұүыіэя", R="рйуию", L="л", N="мнң", Z="зж", T="птқксшщчцхфһбвгғдьъ"),
    sounds={
        "A": {"a": "а", "e": "е"},
        "I": {"a": "ы", "e": "і"},
        "Y": {"V": "", "a": "ы", "e": "і"},
        "J": {"V": "й", "a": "а", "e": "е"},
        "S": {"V": "с", "a": "", "e": ""},
        "L": {"T": "т", "V": "л", "R": "л", "a": "д", "e": "д"},
        "D": {"T": "т", "a": "д", "e": "д"},
        "E": {"T": "т", "N": "н", "a": "д", "e": "д"},
        "N": {"T": "т", "N": "н", "V": "н", "a": "д", "e": "д"},
        "O": {"T": "т", "V": "н", "a": "д", "e": "д"},
        "G": {"aT": "қ", "eT": "к", "a": "ғ", "e": "г"},
        "M": {"T": "п", "Z": "б", "a": "м", "e": "м"},
        "P": {"T": "п", "N": "б", "Z": "б", "a": "м", "e": "м"},
    },
    loans="в",
)

_PLURAL = ("", "LAр")
_CASES = ("", "NIң", "OI", "DA", "EAн", "Mен", "DAGI")


def _nouns() -> Endings:
    """Plural, possession and case; after a possessor of the first two persons the dative is -а."""
    return _HARMONY.endings(
        (_PLURAL, (*_CASES, "GA")),
        (_PLURAL, ("Yм", "Yң"), (*_CASES, "A")),
        (_PLURAL, ("YмIз", "YңIз"), (*_CASES, "GA")),
        (_PLURAL, ("SI",), ("", "NIң", "н", "нA", "нDA", "нAн", "мен", "нDAGI")),
    )


def _verbs() -> Endings:
    """Voice, negation and tense; persons of the past and the present."""
    stem = (("", "Yл"), ("", "PA"))
    persons = ("", "мIн", "сIң", "сIз", "мIз")
    return _HARMONY.endings(
        (*stem, ("DI", "сA"), ("", "м", "ң", "ңIз")),
        (*stem, ("GAн",), ("", "мIн", "сIң", "сIз", "бIз")),
        (*stem, ("JтIн", "Yп", "у", "сIн", "GAлI", "GAншA", "JдI")),
        (*stem, ("JмIн", "JсIң", "JсIз", "ймIз")),
        (("PAс",), persons),
    )


_WHOLE = frozenset(["арал", "араб", "ауыл", "қару", "құрал", "құрама", "шарап"])


@cache
def _chains() -> Chains:
    return Chains(_nouns(), _verbs(), {"б": "п", "г": "к", "ғ": "қ"}, _WHOLE)


def stem(word: str) -> str:
    """The stem of a normalized Kazakh word."""
    return _chains().stem(word)
