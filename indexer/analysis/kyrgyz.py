"""Kyrgyz stems: chains of plural, possession and case, then tense, negation and voice.

Rules from R. Kara, Kyrgyz (2003), and K. K. Yudakhin's sketch of the grammar in his Kyrgyz-Russian
dictionary (1965): vowel harmony in four kinds, the noun, the verb.
"""

import re
from functools import cache

from indexer.analysis.endings import Endings
from indexer.analysis.turkic import Chains, Harmony, kinds

_HARMONY = Harmony(
    vowels=kinds(a="аыя", e="еиэ", o="о", u="ую", q="өү"),
    # V vowels, R р and й, S the voiced, T the voiceless; б, в, г, д end loans and sound as both.
    letters=kinds(V="аеиоуыэюяөү", R="рй", S="лмнңзжбвгдь", T="птксшщчцхфъбвгдь"),
    sounds={
        "A": {"a": "а", "e": "е", "o": "о", "u": "а", "q": "ө"},
        "I": {"a": "ы", "e": "и", "o": "у", "u": "у", "q": "ү"},
        "Y": {"V": "", "a": "ы", "e": "и", "o": "у", "u": "у", "q": "ү"},
        "J": {"V": "й", "a": "а", "e": "е", "o": "о", "u": "а", "q": "ө"},
        "U": {"V": "", "a": "уу", "e": "үү", "o": "уу", "u": "уу", "q": "үү"},
        "C": {"V": "с", "R": "", "S": "", "T": ""},
        "L": {"V": "л", "R": "л", "S": "д", "T": "т"},
        "D": {"V": "д", "R": "д", "S": "д", "T": "т"},
        "N": {"V": "н", "R": "д", "S": "д", "T": "т"},
        "G": {"V": "г", "R": "г", "S": "г", "T": "к"},
        "P": {"V": "б", "R": "б", "S": "б", "T": "п"},
    },
    loans="в",
)

_PLURAL = ("", "LAр")
_CASES = ("", "NIн", "NI", "DA", "DAн", "DAгI")


def _nouns() -> Endings:
    """Plural, possession and case; after a possessor of the first two persons the dative is -а."""
    return _HARMONY.endings(
        (_PLURAL, (*_CASES, "GA")),
        (_PLURAL, ("Yм", "Yң"), (*_CASES, "A")),
        (_PLURAL, ("YбIз", "YңIз", "YңAр"), (*_CASES, "GA")),
        (_PLURAL, ("CI",), ("", "нIн", "н", "нA", "нDA", "нAн", "нDAгI")),
    )


def _verbs() -> Endings:
    """Voice, negation and tense; persons of the past and the present."""
    stem = (("", "Yл", "Yш"), ("", "PA"))
    persons = ("мIн", "сIң", "сIз", "бIз", "сIңAр")
    return _HARMONY.endings(
        (*stem, ("DI", "сA"), ("", "м", "ң", "ңIз", "ңAр")),
        (*stem, ("GAн",), ("", *persons)),
        (*stem, ("Jт", "Yп", "сIн", "GIчA", "мAк")),
        (*stem, ("JмIн", "JсIң", "JсIз", "JсIңAр", "йбIз")),
        (*stem, ("чI",), ("", *persons)),
        (("", "Yл", "Yш"), ("U",)),
        (("PAс", "PAй"),),
    )


_WHOLE = frozenset(["арал", "араб", "аял", "келишим", "курал", "оору", "элчи"])


@cache
def _chains() -> Chains:
    return Chains(_nouns(), _verbs(), {"б": "п", "г": "к"}, _WHOLE)


_ROUNDED = re.compile("([оө])([^аеиоуыэюяөү]*)[оө]{2}$")


def _expanded(word: str) -> str:
    """The stem in a vowel of a verbal noun that swallowed it: суроо is сура, ойноо is ойно."""
    if word.endswith(("оо", "өө")) and len(word) > 4:
        plain = word[:-2] + ("а" if word.endswith("о") else "е")
        return _ROUNDED.sub(r"\1\2\1", word) if _ROUNDED.search(word) else plain
    return word


def stem(word: str) -> str:
    """The stem of a normalized Kyrgyz word."""
    found = _chains().stem(word)
    expanded = _expanded(found)
    return found if expanded == found else _chains().stem(expanded)
