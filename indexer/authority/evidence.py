"""What shows that an ordinary word is meant as a name.

“Channel” is an operation in quotation marks, before a hyphen and a year or a stage, beside the
word operation, or in a list with another operation; channels of financing never are. In a file
whose facet says so, a name like Joint Staff is meant where the text surely names its parent. An
entry may have cues of its own: Drug Control Agency, in a sentence with the word Tajikistan.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import takewhile

from indexer.analysis import Token, normalize, stem
from indexer.authority.names import is_capital

_ALWAYS_OPENING = "«“„‹‘‚"
_QUOTES = _ALWAYS_OPENING + "\"”»›’'‟‛`´″＂〝〞"
"""Quotation marks of all customs; most of them open in one and close in another (»…«, „…“)."""
_BLANK = "[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000]"
_DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_CLOSING = re.sub("[«„‹‚]", "", _QUOTES)
_OPENED = re.compile(
    # A mark behind a letter and before a blank closes: “Rubezh” Channel.
    rf"(?:[{_ALWAYS_OPENING}]|(?<!\w)[{_QUOTES}]|[{_QUOTES}](?!{_BLANK})){_BLANK}{{0,2}}\Z"
)
_STAGE_IN_QUOTES = re.compile(
    rf"{_BLANK}{{0,2}}(?:{_BLANK}?[{_DASHES}]{_BLANK}?(?P<stage>[^{_CLOSING}\n.;]{{1,40}})"
    r"|(?:19|20)\d\d)?"
    rf"{_BLANK}{{0,2}}[{_QUOTES}]"
)
_YEAR_BEHIND = re.compile(
    rf"{_BLANK}?[{_QUOTES}]?{_BLANK}?[{_DASHES}]{_BLANK}?[{_QUOTES}]?(?:19|20)?\d\d(?!\d)"
)
_STAGE_BEHIND = re.compile(rf"{_BLANK}?[{_QUOTES}]?{_BLANK}?[{_DASHES}]{_BLANK}?[{_QUOTES}]?(?=\S)")
_BESIDE = re.compile(rf"(?:{_BLANK}|[\n{_QUOTES}{_DASHES}]){{0,4}}")
_IN_LIST = re.compile(rf"(?:{_BLANK}|[\n,{_QUOTES}{_DASHES}0-9]){{0,12}}")

_SENTENCE_END = re.compile(r"[.!?:։…]\W*\s|\n\s*\n")
_LONGEST_SENTENCE = 60
"""Words on either side of a name."""

_CONJUNCTIONS = {
    "en": ("and", "or", "as", "well"),
    "ru": ("и", "или", "а", "также"),
    "be": ("і", "або", "таксама"),
    "hy": ("եւ", "կամ"),
    "kk": ("және", "мен"),
    "ky": ("жана", "менен"),
    "tg": ("ва", "е"),
}
CONJUNCTIONS = frozenset(word for words in _CONJUNCTIONS.values() for word in words)
"""Words that join the members of a list, normalized."""


@dataclass(frozen=True, slots=True)
class CutText:
    """A text cut into words, which are given in the forms that names are looked up by."""

    text: str
    language: str
    tokens: list[Token]

    def word(self, at: int) -> str:
        """A word, normalized."""
        return normalize(self.tokens[at].text)

    def stem(self, at: int) -> str:
        """The stem of a word, in the language of the text."""
        return stem(normalize(self.tokens[at].text), self.language)


@dataclass(frozen=True, slots=True)
class Place:
    """A name's place in a text: tokens from `first` to `last` (excluded)."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """In words."""
        return self.last - self.first


class Witness:
    """Looks around a name in one text."""

    def __init__(self, cut: CutText, *, any_case: bool = False) -> None:
        self._text = cut.text
        self._tokens = cut.tokens
        self._cut = cut
        self._any_case = any_case

    def rule_for(self, place: Place, cues: Collection[str], *, has_stages: bool) -> str | None:
        """The rule by which the name at this place is meant, or None."""
        if not self._is_capital(place):
            return None
        behind = self._tokens[place.last - 1].end
        if self._is_quoted(place):
            return "quoted"
        if _YEAR_BEHIND.match(self._text, behind) or (has_stages and self._has_stage(behind)):
            return "stage"
        if self._beside_cue(place, cues):
            return "cue"
        return None

    def rule_by_sentence(self, place: Place, cues: Collection[str]) -> str | None:
        """The rule by which a name is meant because of the words of its sentence."""
        if not cues or not self._is_capital(place):
            return None
        first = max(0, place.first - _LONGEST_SENTENCE)
        before = range(place.first - 1, first - 1, -1)
        after = range(place.last, min(len(self._tokens), place.last + _LONGEST_SENTENCE))
        near = [
            *takewhile(lambda at: not self._ends_sentence(at + 1), before),
            *takewhile(lambda at: not self._ends_sentence(at), after),
        ]
        return "sentence" if any(self._is_cue(at, cues) for at in near) else None

    def rule_by_parent(self, place: Place, *, is_parent_named: bool) -> str | None:
        """The rule by which a name is meant in a text that names its entry or one above it."""
        return "parent" if is_parent_named and self._is_capital(place) else None

    def listed(self, one: Place, other: Place, cues: Collection[str]) -> bool:
        """Whether two names stand in one list: only commas, conjunctions and cues between."""
        first, second = sorted((one, other), key=lambda place: place.first)
        between = range(first.last, second.first)
        if len(between) > 3 or not self._is_capital(other):
            return False
        known = all(
            word in CONJUNCTIONS or word.isdigit() or self._is_cue(at, cues)
            for at, word in ((at, self._cut.word(at)) for at in between)
        )
        gaps = range(first.last, second.first + 1)
        return known and all(_IN_LIST.fullmatch(self._gap_before(at)) for at in gaps)

    def _is_capital(self, place: Place) -> bool:
        return self._any_case or is_capital(self._tokens[place.first].text)

    def _is_quoted(self, place: Place) -> bool:
        start = self._tokens[place.first].start
        if not _OPENED.search(self._text, max(0, start - 4), start):
            return False
        closed = _STAGE_IN_QUOTES.match(self._text, self._tokens[place.last - 1].end)
        # A stage has a name or a number; the second half of a compound has neither.
        return closed is not None and not (closed["stage"] or "").strip()[:1].islower()

    def _has_stage(self, behind: int) -> bool:
        dash = _STAGE_BEHIND.match(self._text, behind)
        return dash is not None and self._text[dash.end()].isupper()

    def _beside_cue(self, place: Place, cues: Collection[str]) -> bool:
        before, after = place.first - 1, place.last
        return (
            before >= 0
            and self._is_cue(before, cues)
            and bool(_BESIDE.fullmatch(self._gap_before(place.first)))
        ) or (
            after < len(self._tokens)
            and self._is_cue(after, cues)
            and bool(_BESIDE.fullmatch(self._gap_before(after)))
        )

    def _ends_sentence(self, at: int) -> bool:
        return _SENTENCE_END.search(self._gap_before(at)) is not None

    def _is_cue(self, at: int, cues: Collection[str]) -> bool:
        return self._cut.word(at) in cues or self._cut.stem(at) in cues

    def _gap_before(self, at: int) -> str:
        return self._text[self._tokens[at - 1].end : self._tokens[at].start]
