"""What shows that an ordinary word is meant as a name.

“Channel” is an operation in quotation marks, before a hyphen and a year or a stage, beside the
word operation, or in a list with another operation; channels of financing never are. In a file
whose facet says so, a name like Joint Staff is meant where the text surely names its parent.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from indexer.analysis import Token

_OPENING = "\"“„«‹‘'”"
_CLOSING = "\"”“»›’'"
_DASHES = "\\-\u2010-\u2015\u2212"
_STAGE_IN_QUOTES = re.compile(
    rf"[ \u00a0]?(?:[{_DASHES}][ \u00a0]?[^{_CLOSING}\n.;]{{1,40}})?[ \u00a0]?[{_CLOSING}]"
)
_YEAR_BEHIND = re.compile(
    rf"[ \u00a0]?[{_CLOSING}]?[ \u00a0]?[{_DASHES}][ \u00a0]?[{_OPENING}]?(?:19|20)?\d\d(?!\d)"
)
_STAGE_BEHIND = re.compile(
    rf"[ \u00a0]?[{_CLOSING}]?[ \u00a0]?[{_DASHES}][ \u00a0]?[{_OPENING}]?(?=\S)"
)
_BESIDE = re.compile(rf"[ \u00a0\n{_OPENING}{_CLOSING}{_DASHES}]{{0,4}}")
_IN_LIST = re.compile(rf"[ \u00a0\n,{_OPENING}{_CLOSING}{_DASHES}0-9]{{0,12}}")

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
    """A text cut into words, in every form that names are looked up by."""

    text: str
    tokens: list[Token]
    words: list[str]
    """Normalized, one for each token."""
    stems: list[str]
    """In the language of the text, one for each token."""


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
        self._words = cut.words
        self._stems = cut.stems
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
            self._words[at] in CONJUNCTIONS or self._words[at].isdigit() or self._is_cue(at, cues)
            for at in between
        )
        gaps = range(first.last, second.first + 1)
        return known and all(_IN_LIST.fullmatch(self._gap_before(at)) for at in gaps)

    def _is_capital(self, place: Place) -> bool:
        return self._any_case or self._tokens[place.first].text[0].isupper()

    def _is_quoted(self, place: Place) -> bool:
        start = self._tokens[place.first].start
        before = self._text[max(0, start - 2) : start].rstrip(" \u00a0")
        opened = bool(before) and before[-1] in _OPENING
        return opened and bool(_STAGE_IN_QUOTES.match(self._text, self._tokens[place.last - 1].end))

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

    def _is_cue(self, at: int, cues: Collection[str]) -> bool:
        return self._words[at] in cues or self._stems[at] in cues

    def _gap_before(self, at: int) -> str:
        return self._text[self._tokens[at - 1].end : self._tokens[at].start]
