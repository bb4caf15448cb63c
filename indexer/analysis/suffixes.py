"""Light stems for languages without a Snowball algorithm: endings are cut in layers.

A word is its stem, then one ending of each layer at most; the layers stand from the end of the
word inwards. Words are expected normalized (folded case, no apostrophes, ё as е).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SHORTEST_WORD = 5
"""Letters: shorter words are left as they are."""
SHORTEST_STEM = 3
"""Letters, one of them a consonant: уюм in уюмунун."""

_VOWELS = frozenset("аеиоуыэюяіөүұәӣӯ")


@dataclass(frozen=True, slots=True)
class _Suffixes:
    """The suffixes of one language."""

    layers: tuple[tuple[str, ...], ...]
    """From the end of the word inwards; in each the longest that fits is cut."""
    after_consonants: frozenset[str] = frozenset()
    """Suffixes that never follow a vowel."""
    letters: Mapping[int, str] = field(default_factory=dict)
    """Letters that one spelling of the language has and another has not, and what they become."""
    initials: Mapping[str, str] = field(default_factory=dict)
    """First letters that change with the word before, and the one that stands for both."""
    finals: Mapping[str, str] = field(default_factory=dict)
    """Last letters of a stem that alternate before endings, and the one that stands for both."""


def _set(*rows: str) -> frozenset[str]:
    return frozenset(suffix for row in rows for suffix in row.split())


def _layer(*rows: str) -> tuple[str, ...]:
    return tuple(sorted(_set(*rows), key=lambda suffix: (-len(suffix), suffix)))


_BELARUSIAN = _Suffixes(
    layers=(
        _layer(
            # Reflexive verbs.
            "ся цца",
        ),
        _layer(
            # Adjectives, participles, ordinals: singular, then plural.
            "ага яга ога аму яму ому ая яя ую юю ое ее ае яе ой ей ай яй аю яю ою ею ым ім",
            "ыя ія ых іх ымі імі ы і",
            # Nouns: singular, then plural, then those in -ыя (тэрыторыя).
            "а я о е э у ю ы і ам ям ом ем",
            "ы і аў яў оў еў ам ям ом ем ах ях амі ямі мі",
            "ыя ыі ыю ыяй ый ыям ыях ыямі",
            # Verbs: infinitive, past, present; ь is gone by now.
            "ац яц іц ыц уц юц еце ец",
            "аў яў іў ыў ала яла іла ыла ала ало алі ялі ілі ылі",
            "ае яе ею аюц яюц еш эш",
            # Verbs in -аваць, whose present is in -у-.
            "аваць аваў авала авалі уе уюць уем ую",
        ),
    ),
    letters={ord("ь"): ""},
    initials={"ў": "у"},
    finals={"дз": "д", "ц": "т", "ў": "в"},
)

_KAZAKH = _Suffixes(
    layers=(
        # Case.
        _layer(
            "ның нің дың дің тың тің",
            "ны ні ды ді ты ті",
            "ға ге қа ке на не",
            "да де та те",
            "дан ден тан тен нан нен",
            "мен бен пен",
            "дағы дегі тағы тегі",
        ),
        # Possession.
        _layer(
            "ым ім ымыз іміз мыз міз",
            "ың ің ыңыз іңіз ңыз ңіз",
            # With the н that stands before da, de: министрлігінде.
            "ы і сы сі ын ін сын сін",
        ),
        # Plural.
        _layer("лар лер дар дер тар тер"),
        # The last letter of the noun where it looks like possession: хатшы, кеңес (кеңес-і is cut
        # like ара-сы).
        _layer("ы і с"),
    ),
    after_consonants=_set("тың тің дың дің ты ті ды ді қа ке та те тан тен пен"),
    finals={"б": "п", "г": "к", "ғ": "қ"},
)

_KYRGYZ = _Suffixes(
    layers=(
        # Case.
        _layer(
            "нын нин нун нүн дын дин дун дүн тын тин тун түн",
            "ны ни ну нү ды ди ду дү ты ти ту тү",
            "га ге го гө ка ке ко кө на не но нө",
            "да де до дө та те то тө",
            "дан ден дон дөн тан тен тон төн нан нен нон нөн",
            "дагы деги догу дөгү тагы теги тогу төгү",
        ),
        # Possession.
        _layer(
            "ым им ум үм ыбыз ибиз убуз үбүз быз биз буз бүз",
            "ың иң уң үң ыңыз иңиз уңуз үңүз ңыз ңиз ңуз ңүз",
            # With the н that stands before да, де: министрлигинде.
            "ы и у ү сы си су сү ын ин ун үн сын син сун сүн",
        ),
        # Plural.
        _layer("лар лер лор лөр дар дер дор дөр тар тер тор төр"),
        # The last letter of the noun where it looks like possession: катчы, автобус; but a long
        # vowel (машыгуу) is no ending.
        _layer("ы и у ү с"),
    ),
    after_consonants=_set(
        "дын дин дун дүн тын тин тун түн ды ди ду дү ты ти ту тү",
        "ка ке ко кө та те то тө тан тен тон төн ы и у ү",
    ),
    finals={"б": "п", "г": "к"},
)

_TAJIK = _Suffixes(
    layers=(
        # Direct object, and “is” / “are”.
        _layer("ро"),
        # My, your, his; a bare -ат is the end of too many nouns (давлат, ширкат, амният).
        _layer("ам аш ям яш амон атон ашон ямон ятон яшон"),
        # Izofat, alone and behind the adjectives in -ӣ; the indefinite -е.
        _layer("и ӣ ии"),
        # Plural: of things, then of people (-ён has its ё folded).
        _layer("ҳо"),
        _layer("гон ен он"),
    ),
    letters={ord("ӯ"): "у"},
)

_SUFFIXES: Mapping[str, _Suffixes] = {
    "be": _BELARUSIAN,
    "kk": _KAZAKH,
    "ky": _KYRGYZ,
    "tg": _TAJIK,
}
LANGUAGES = frozenset(_SUFFIXES)
"""ISO 639-1 codes of the languages that have light stems."""


def light_stem(word: str, language: str) -> str:
    """The light stem of a normalized word; short words and words with digits stay as they are.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    suffixes = _SUFFIXES[language]
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return word
    stem = word.translate(suffixes.letters)
    stem = suffixes.initials.get(stem[0], stem[0]) + stem[1:]
    for layer in suffixes.layers:
        stem = _without(stem, layer, suffixes.after_consonants)
    return _with_final(stem, suffixes.finals)


def _without(word: str, layer: tuple[str, ...], after_consonants: frozenset[str]) -> str:
    if not word.endswith(layer):
        return word
    for suffix in layer:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            follows_vowel = suffix in after_consonants and rest[-1:] in _VOWELS
            if _may_stand(rest) and not follows_vowel:
                return rest
    return word


def _may_stand(stem: str) -> bool:
    return len(stem) >= SHORTEST_STEM and not _VOWELS.issuperset(stem)


def _with_final(stem: str, finals: Mapping[str, str]) -> str:
    for final, standing in finals.items():
        if stem.endswith(final):
            return stem[: -len(final)] + standing
    return stem
