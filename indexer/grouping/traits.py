"""What a release has in common with its versions in other languages: numbers, names, tags."""

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.release import Mention, Release

# Each pattern begins with the rare character, and only then looks back: that is what makes it fast.
_NUMBER = re.compile(r"\d(?<![\w.,].)(?:\d{0,2}(?:[ \u00a0\u202f.,]\d{3})+(?!\w)|\d*(?:[.,]\d+)?)")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+\Z")
_BLANKS = re.compile(r"[ \u00a0\u202f.,]")
_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЀ-ЏҒҚҢӨҰҮҺӘӢҲҶӮԱ-Ֆ]"
_NAME = re.compile(rf"{_CAPITAL}(?:(?<=[\w,;)»”]\s.)|(?<=[«“\"(].))\w{{3,30}}")
"""A word with a capital that does not begin a sentence."""

# Consonants alone, those of one sound as one: what is left of a name whichever alphabet it is
# written in, and whichever vowels and endings a language gives it.
_SOUNDS = {
    "b": "bбբ",
    "d": "dдդ",
    "f": "fфֆ",
    "g": "gгғգhҳհ",
    "j": "jжջժձշшщчճչҷӌ",
    "k": "kcqкқքկxхխղ",
    "l": "lлլ",
    "m": "mмմ",
    "n": "nнңն",
    "p": "pпպփ",
    "r": "rрռր",
    "s": "sсսzзզցцծ",
    "t": "tтտթ",
    "v": "vвwўվև",
}
_SOUND_OF = {ord(letter): sound for sound, letters in _SOUNDS.items() for letter in letters}
_DIGRAPHS = (
    ("sch", "j"),
    ("kh", "k"),
    ("zh", "j"),
    ("ch", "j"),
    ("sh", "j"),
    ("dj", "j"),
    ("дж", "ж"),
    ("ts", "s"),
)
_SHORTEST, _LONGEST = 3, 5
EVENTS = frozenset({"operation", "exercise"})
"""Facets whose entries are events, so that two releases about one tell the same news."""
_LEAD = 600
_YEAR_BEHIND = re.compile(r"[»”\"]?\s?[-‐‑‒–—]\s?((?:19|20)?\d\d)(?!\d)")
_SMALL = 2
"""Digits of a number that stands in any text."""


def facts_of(release: Release) -> frozenset[str]:
    """The numbers of a release (`n:1250`) and its tags (`t:organization/un`)."""
    return frozenset(
        [
            *(f"n:{number}" for number in _numbers(release.body)),
            *(f"t:{mention.facet}/{mention.id}" for mention in release.mentions),
        ]
    )


def names_of(release: Release) -> list[str]:
    """The names of a release as they are written there, one for each trait."""
    written = {name_trait(name): name for name in sorted(set(_NAME.findall(release.body)))}
    written.pop("", None)
    return sorted(written.values())


@lru_cache(maxsize=65_536)
def name_trait(name: str) -> str:
    """What a name has in common with its spellings in other alphabets (`w:mskv`).

    The empty string where that is too little to tell a name.
    """
    sounds = sounds_of(name)
    return f"w:{sounds[:_LONGEST]}" if len(sounds) >= _SHORTEST else ""


def subjects_of(release: Release) -> frozenset[str]:
    """The named events that a release is about, each with its year: operation/channel/arax 2023.

    An event counts that the title names, or else the first paragraph.
    """
    year = release.date.year
    lead = release.body.partition("\n")[0][:_LEAD]
    titled = [m for m in release.mentions if m.part == "title"]
    leading = [m for m in release.mentions if m.part == "body" and m.end <= len(lead)]
    for named in (titled, leading):
        found = {
            f"{m.facet}/{m.id} {_year_of(m, release, lead) or year}"
            for m in named
            if m.facet in EVENTS and (_year_of(m, release, lead) or year)
        }
        if found:
            return frozenset(found)
    return frozenset()


def _year_of(mention: Mention, release: Release, lead: str) -> int | None:
    """The year behind a name: 2019 in Search-2019, 2021 in Nelegal-21."""
    text = release.title if mention.part == "title" else lead
    found = _YEAR_BEHIND.match(text, mention.end)
    if not found:
        found = _YEAR_BEHIND.search(mention.text)
    return int(found[1]) + (2000 if len(found[1]) == 2 else 0) if found else None


def _numbers(text: str) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        written = found.group()
        number = _BLANKS.sub("", written) if _GROUPED.match(written) else written.replace(",", ".")
        if len(number) > _SMALL:
            yield number


def sounds_of(name: str) -> str:
    """The consonants of a name in any of the alphabets; the first of each run of one sound."""
    lower = name.lower()
    for letters, sound in _DIGRAPHS:
        lower = lower.replace(letters, sound)
    sounds = [_SOUND_OF[code] for code in map(ord, lower) if code in _SOUND_OF]
    return "".join(one for at, one in enumerate(sounds) if at == 0 or sounds[at - 1] != one)
