"""Tajik stems: plural, possession, izofat and object of nouns; person and aspect of verbs.

Rules from J. R. Perry, A Tajik Persian Reference Grammar (2005), chapters 2 and 3.
"""

import re
from functools import cache

from indexer.analysis.endings import Endings, any_stem, endings, row

_AFTER_NOUN = "и ро е у"
"""Izofat, definite object, indefinite, and."""
_POSSESSORS = "ам аш амон атон ашон"
"""My, his, our, your, their; a bare -ат (your) is the end of too many nouns (давлат, амният)."""
_POSSESSORS_AFTER_VOWEL = "ям яш ямон ятон яшон"


_ANY, _LONG, _NOT_IN_I = 1, 2, 4


def _noun_stem(stem: str) -> int:
    if not any_stem(stem):
        return 0
    return _ANY | (_LONG if len(stem) > 3 else 0) | (_NOT_IN_I if stem[-1] != "и" else 0)


@cache
def _nouns() -> Endings:
    # ё is folded: -ен is -ён, -иен -иён. After и people are -иён, so that миллион is no plural.
    plural, plural_after_i = "он ен гон вон", "иен"
    found = dict.fromkeys(
        (
            *row("ҳо", f"- {_AFTER_NOUN}"),
            *row("ҳо", _POSSESSORS_AFTER_VOWEL, "- ро"),
            *row(plural_after_i, f"- {_AFTER_NOUN}"),
            *row(plural_after_i, _POSSESSORS, "- ро"),
            *row(f"{_POSSESSORS} {_POSSESSORS_AFTER_VOWEL}", "- ро у"),
            *row("тар тарин", "- и ҳо ҳои он они ро"),
            *row("и ро ӣ ии иро ию еро"),
        ),
        _ANY,
    )
    people = (*row(plural, f"- {_AFTER_NOUN}"), *row(plural, _POSSESSORS, "- ро"))
    found |= dict.fromkeys(people, _NOT_IN_I)
    # After three letters they are the word's own end: дарё (folded) is no дар, дору no дор.
    found |= dict.fromkeys(row("е у"), _LONG)
    return Endings(found, _noun_stem)


def _past_stem(stem: str) -> int:
    return any_stem(stem) if stem[-1] in "дт" else 0


@cache
def _past() -> Endings:
    return endings(
        row("а ан ани анро аи аро ам ем ед анд ааст аам аем аед аанд агон агони"),
        class_of=_past_stem,
    )


_IMPERFECT = re.compile(
    "^(?:наме|ме)(.{2,}?(?:(?<=[дт])(?=$|ам$|ем$|ед$|анд$)|(?=ам$|ад$|ем$|ед$|анд$|ӣ$)))"
)
_PAST_OF_PRESENT = {
    "бин": "дид",
    "бар": "бурд",
    "гир": "гирифт",
    "гуй": "гуфт",
    "гу": "гуфт",
    "деҳ": "дод",
    "диҳ": "дод",
    "дор": "дошт",
    "кун": "кард",
    "ой": "омад",
    "е": "омад",
    "рав": "рафт",
    "соз": "сохт",
    "тавон": "тавонист",
    "хоҳ": "хост",
    "шав": "шуд",
    "еб": "ефт",
}
"""Verbs whose two roots are so unlike that no ending joins them."""


def stem(word: str) -> str:
    """The stem of a normalized Tajik word."""
    word = word.replace("ӯ", "у")
    imperfect = _IMPERFECT.match(word)
    if imperfect:
        return _PAST_OF_PRESENT.get(imperfect[1], imperfect[1])
    while True:
        rest = min(_nouns().cut(word), _past().cut(word), key=len)
        if rest == word:
            return word
        word = rest
