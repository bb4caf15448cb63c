"""Eastern Armenian stems: plural, case and article of nouns; participles, persons, voice of verbs.

Rules from J. Dum-Tragut, Armenian: Modern Eastern Armenian (2009), sections 2.1 and 2.5.
"""

import re
from functools import cache

from indexer.analysis.endings import VOWELS, Endings, endings, row

_AFTER_CONSONANT, _AFTER_VOWEL = 1, 2


def _class_of(stem: str) -> int:
    """Stems may lack a vowel, because schwa is not written: ջր of ջուր."""
    if len(stem) == 2 and stem[1] in VOWELS:
        return 0
    return _AFTER_VOWEL if stem[-1] in VOWELS else _AFTER_CONSONANT


def _class_of_verb(stem: str) -> int:
    return 0 if len(stem) == 2 and stem[0] in VOWELS else _class_of(stem)


_CASES = "ը ի ին իս իդ ից իցս իցդ ով ովս ովդ ում ումս ումդ"
_DECLINED = f"- {_CASES} ն ս դ"


@cache
def _nominal() -> tuple[Endings, ...]:
    """Endings of nouns, articles, and genitives of the verbal nouns in -ում."""
    nouns = endings(
        row(_CASES),
        row("եր ներ իներ", _DECLINED),
        # Nouns in -ի, which they lose; of time; of kin and persons.
        row("ու ուն ուս ուդ ուց"),
        row("վա վան վանից ոջ ոջը ոջն ոջս ոջից կանց կանցից"),
        row("ում", "ը ն ի ին ից ով"),
        row("ում", "ներ", _DECLINED),
        class_of=_class_of,
    )
    articles = Endings(dict.fromkeys("նսդ", _AFTER_CONSONANT), _class_of)
    verbal = endings(row("ման մանը մանն մանից մամբ"), class_of=lambda stem: len(stem) > 3)
    return nouns, articles, verbal


@cache
def _verbal() -> tuple[Endings, ...]:
    """Endings of verbs, after what stands between root and ending.

    That is the passive -վ-, the inchoative -ան- and -են-, the causative -ցն-, the -աց- and -եց- of
    the aorist, and after consonants -ն- (հասնել, հասավ).
    """
    conjugated = [
        *row("ել ալ", "- ը ն ու ուն ուս ուց ով իս իք"),
        "ում",
        *row("ած ող", "- ը ն ի ին իս իդ ից ով"),
        *row("ած ող", "ներ", _DECLINED),
        *row("եց աց", "- ի իր ինք իք ին եք ավ ար անք աք ան"),
        *row("եմ ես ենք են եիր եինք եիք ավ"),
    ]
    voice = "- վ ան են աց եց ացվ եցվ ցն ցր ցվ ացն ացր ացվ եցն եցր եցվ"
    verbs = endings(
        row(voice, " ".join(conjugated)),
        row("վ ցն ացն եցն", "ի եր"),
        row("ան են", "ամ աս ա ան ար անք աք այի այիր այինք այիք ային"),
        row("ցր ացր եցր", "ի իր ին ինք իք եք"),
        class_of=_class_of_verb,
    )
    after_consonants = dict.fromkeys(row("ն", " ".join(conjugated)), _AFTER_CONSONANT)
    return verbs, Endings(after_consonants, _class_of_verb)


_PRESENT = "ել ելու ելիս ելով ելուց ելը ում եմ ես ի ենք եք են եի եիր եր եինք եիք եին ող"
_PRESENT_IN_A = (
    "ալ ալու ալիս ալով ալուց ալը ալն ալուն ում ամ աս ա անք աք ան այի այիր ար այինք այիք ային"
)
_AORIST = "եց եցի եցիր եցինք եցիք եցին ել ած ածը"
_PASSIVE = "վել վելու վում վեց վեցին ված վի վեն"
IRREGULAR = {
    form: stem
    for stem, root, own_endings in (
        ("գալ", "գ", _PRESENT_IN_A),
        ("գալ", "եկ", "ա ար ավ անք աք ան ել ելու ած ող"),
        ("տալ", "տ", _PRESENT_IN_A),
        ("տալ", "տվ", f"{_AORIST} ող"),
        ("տալ", "տր", _PASSIVE),
        ("լինել", "լին", _PRESENT),
        ("լինել", "եղ", "ա ար ավ անք աք ան ել ած"),
        ("անել", "ան", _PRESENT),
        ("անել", "ար", f"{_AORIST} {_PASSIVE}"),
        ("դնել", "դն", _PRESENT),
        ("դնել", "դր", f"{_AORIST} {_PASSIVE}"),
        ("տանել", "տան", _PRESENT),
        ("տանել", "տար", f"ավ ան ել ած {_PASSIVE}"),
        ("ասել", "աս", f"{_PRESENT} աց ացի ացինք ացին վում վի ված"),
        ("ունե", "ուն", "եմ ես ի ենք եք են եի եիր եր եինք եիք եին"),
        ("կայ", "կա", "- մ ս նք ք ն ր յին"),
        ("գնալ", "գն", f"{_PRESENT_IN_A} աց ացի ացինք ացին ացել ացած ացող"),
        ("մնալ", "մն", f"{_PRESENT_IN_A} աց ացի ացինք ացին ացել ացած ացող"),
    )
    for form in row("- կ չ", root, own_endings)
}
"""Verbs of two roots, and of roots too short for endings to be told from them."""
_PREFIXED = re.compile("^(?:չ(?=[^աեէըիոօ])|կ(?=[^աեէըիոօյրտլշնղ]))")
_PREFIXED_VERB = re.compile("^[չկ](?=.{2,}(?:եմ|ենք|են|ամ|անք|եիր|եինք|եիք|վի|նա)$)")
_PLACE = re.compile("(?:ստան|արան|երեւան|շրջան|ություն)ում")
"""Nouns whose locative looks like the present of a verb."""
_ABSTRACT = re.compile("ությ(?:ուն|ան|ամբ)$")
_REDUCED = re.compile("(?<=.)(?:ի|ու)(?=[^աեէըիոօւ]+$)")
"""The last vowel of a root, lost before endings: գիր, գրի; ջուր, ջրի."""


_DOUBTFUL = re.compile("(?<=...)[նյ]$")
"""Letters that are an article or a glide in some forms of a word, and its own in others."""


def stem(word: str) -> str:
    """The stem of a normalized Armenian word; a verb's ends in ե and so is not its noun's."""
    bare = _PREFIXED_VERB.sub("", _PREFIXED.sub("", word)) if len(word) > 4 else word
    noun = min((table.cut(bare) for table in _nominal()), key=len)
    verb = bare if _PLACE.search(bare) else min((table.cut(bare) for table in _verbal()), key=len)
    if bare != word or len(verb) < len(noun):
        return _root(min(verb, noun, key=len)) + "ե"
    for form in (noun, word):
        if _ABSTRACT.search(form):
            return _ABSTRACT.sub("ությ", form)
    return _root(noun)


def _root(stem: str) -> str:
    return _REDUCED.sub("", _DOUBTFUL.sub("", stem))
