"""Belarusian stems: one ending of the noun, the adjective or the verb, and what alternates.

Rules from P. Mayo, A Grammar of Byelorussian (1976), and his chapter in B. Comrie, G. Corbett
(ed.), The Slavonic Languages (1993): declension, conjugation, akanne, second palatalization.
"""

import re
from functools import cache

from indexer.analysis.endings import VOWELS, Endings, any_stem, endings, row

# Soft signs are gone and ў is в when endings are cut: -ав is -аў, -ац is -аць.
_NOUNS = (
    "а я о е э у ю ы і й ам ям ом ем эм ой ай яй ей эй ою аю яю ею ав яв ов ев ах ях амі ямі мі",
    # In -ія and -ыя: тэрыторыя.
    "ыя ія ыю ію ыі іі ыяй іяй ыяю ый ій ыям іям ыяв іяв ыях іях ыямі іямі",
)
_ADJECTIVES = (
    "ага яга ога аму яму ому ая яя ую юю ое ее ае яе аю яю ою ею ым ім ыя ія ых іх ымі імі",
)
_PRESENT = (
    "у ю еш эш аш іш ыш е э а ем эм ом ам ім ым еце эце аце іце ыце уц юц ац яц іц ыц",
    "аю аеш ае аем аеце аюц яю яеш яе яем яеце яюц ею ееш ее еем ееце еюц",
    # In -аваць: працую.
    "ую уеш уе уем уеце уюц юю юеш юе юем юеце ююц",
)
_OTHER_MOODS = (
    "й йце і іце ы ыце це в ц ці чы",
    "аючы яючы уючы учы ючы ачы ячы",
)
_THEME = "а я е э і ы у ю ава ява"
"""The vowels between the root and the endings of the past and the infinitive."""
_THIRD_PERSON = "у ю а я аю яю ею ую юю е э а і ы ае яе ее уе юе"
"""What stands before the -ць of the third person."""


@cache
def _table() -> Endings:
    verbs = [each for words in (*_PRESENT, *_OTHER_MOODS) for each in words.split()]
    verbs += row(_THEME, "в ла ло лі вшы ц")
    return endings(
        *map(str.split, (*_NOUNS, *_ADJECTIVES)),
        verbs,
        # -ць and -ся make -цца.
        row(" ".join(verbs), "ся"),
        row(f"{_THEME} {_THIRD_PERSON}", "цца"),
    )


def _consonant_stem(stem: str) -> int:
    return any_stem(stem) if stem[-1] not in VOWELS else 0


@cache
def _past_of_consonant_stems() -> Endings:
    return endings(row("ла ло лі", "- ся"), class_of=_consonant_stem)


_SURNAME = re.compile("(?<=.{6})[аеояэ]в$")
"""-аў is cut like a genitive plural; so the -ав- of the other forms of a surname is, too."""
_ONE_FOR_BOTH = {"г": "з", "ц": "к"}
"""дапамога, дапамозе; Амерыка, Амерыцы."""


def stem(word: str) -> str:
    """The stem of a normalized Belarusian word."""
    plain = word.replace("ь", "")
    plain = ("у" if plain[0] == "ў" else plain[0]) + plain[1:]
    plain = plain.replace("ў", "в")
    cut = min(_table().cut(plain), _past_of_consonant_stems().cut(plain), key=len)
    found = _without_fleeting_vowel(_SURNAME.sub("", cut))
    if found.endswith("дз"):
        return found[:-1]
    found = found[:-1] + _ONE_FOR_BOTH.get(found[-1], found[-1])
    # Akanne: the о of a root of one syllable is а where the stress leaves it (дом, дамы).
    return found.replace("о", "а") if sum(each in VOWELS for each in found) == 1 else found


def _without_fleeting_vowel(stem: str) -> str:
    """выпадак, выпадку; палітвязень, палітвязня."""
    fleeting = len(stem) > 4 and stem[-1] in "кцн" and stem[-2] in "аое" and stem[-3] not in VOWELS
    return stem[:-2] + stem[-1] if fleeting else stem
