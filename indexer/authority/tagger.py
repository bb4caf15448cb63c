"""The tagger: one walk over a text finds the names of all authority files, with their evidence.

The walk is needed only for a text that has all words of some name, and looks only where such a
name begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indexer.analysis import normalize, script_of_language, script_of_word, stem
from indexer.authority.evidence import CutText, Place, Witness
from indexer.authority.files import AuthorityFile
from indexer.authority.invisible import VisibleText, has_invisible
from indexer.authority.names import (
    ARTICLES,
    HYPHENS,
    Name,
    NameTable,
    is_capital,
    stands_in_capitals,
    words_of,
)
from indexer.authority.screen import Screen
from indexer.authority.tables import Names
from indexer.release import Mention

# Between two words of a name there may be blanks, hyphens, quotation marks and one line break,
# but no comma or slash, which part two names, and no end of a sentence, unless the name is listed
# so. Letters are what `words_of` leaves out: first the ending of an abbreviation (ЖККУнун,
# ҰҚШҰ-ның), last an article.
_HYPHENS = "".join(map(re.escape, sorted(HYPHENS)))
_ARTICLES = "|".join(sorted({word.lower() for words in ARTICLES.values() for word in words}))
_SPACE = r"[^\w.!?;:,/\n]{0,6}"
_GAP = re.compile(
    rf"(?:[{_HYPHENS}]?[^\W\d_]+)?{_SPACE}\n?{_SPACE}(?:(?:{_ARTICLES}){_SPACE}\n?)?",
    re.IGNORECASE,
)

_CAPITALIZED = frozenset({"en"})
"""Languages that write names with capitals in every form: to unite the nation is not the UN."""
_TRANSLITERATED = frozenset({"sr"})
"""Languages whose stems are of another script than their words."""


@dataclass(frozen=True, slots=True)
class _Match:
    name: Name
    place: Place
    rule: str | None


class Tagger:
    """Finds names in texts; its names never change, so threads may share it."""

    def __init__(self, files: Sequence[AuthorityFile]) -> None:
        self._names = NameTable()
        self._cues = {file.facet.name: file.cues for file in files}
        self._screens: dict[str, Screen] = {}
        self._cue_forms: dict[str, dict[str, frozenset[str]]] = {}
        self._entry_cues: dict[tuple[str, str], Names] = {}
        self._staged: set[tuple[str, str]] = set()
        self._above: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
        for file in files:
            for entry in file.entries:
                self._names.add(file, entry)
                if entry.cues:
                    self._entry_cues[file.facet.name, entry.id] = entry.cues
                if entry.parent:
                    self._staged.add((file.facet.name, entry.parent))
                if file.parent_is_evidence:
                    above = file.facet.with_ancestors(entry.id)
                    self._above[file.facet.name, entry.id] = frozenset(
                        (file.facet.name, one) for one in above
                    )

    def tag(
        self, text: str, language: str, part: str = "body", *, typed: bool = False
    ) -> tuple[Mention, ...]:
        """The names in a text of this language, in order of place, none inside another.

        In a `typed` query small letters do for names, and for abbreviations of four letters.
        """
        if has_invisible(text):
            visible = VisibleText(text)
            found = self.tag(visible.text, language, part, typed=typed)
            return tuple(map(visible.in_original, found))
        screen = self.screen(language)
        beginnings = screen.all_words(text) if typed else screen.beginnings(text)
        if not beginnings:
            return ()
        cut = CutText(text, language, words_of(text, language))
        return _Walk(self, cut, beginnings, typed=typed).mentions(part)

    def is_cue(self, facet: str, word: str, language: str) -> bool:
        """Whether a word, such as operation, points to names of this facet."""
        forms = self.cues(language)[facet]
        return normalize(word) in forms or stem(normalize(word), language) in forms

    def cues(self, language: str) -> Mapping[str, frozenset[str]]:
        """For each facet its cue words: as written in any language, and stems in this one."""
        if language not in self._cue_forms:
            self._cue_forms[language] = {
                facet: _cue_forms(cues, language) for facet, cues in self._cues.items()
            }
        return self._cue_forms[language]

    def entry_cues(self, name: Name, language: str) -> frozenset[str]:
        """The words that show in the same sentence that this name is meant."""
        cues = self._entry_cues.get((name.facet, name.entry))
        return _cue_forms(cues, language) if cues else frozenset()

    def has_stages(self, name: Name) -> bool:
        """Whether other entries stand under the one that bears this name."""
        return (name.facet, name.entry) in self._staged

    def above(self, name: Name) -> frozenset[tuple[str, str]]:
        """The entry that bears a name and those above it, where they are evidence."""
        return self._above.get((name.facet, name.entry), frozenset())

    def screen(self, language: str) -> Screen:
        """What finds the words of a text in this language that names may begin with."""
        if language not in self._screens:
            self._screens[language] = Screen(self._names, language)
        return self._screens[language]

    def names_at(self, cut: CutText, at: int, *, typed: bool) -> Iterator[tuple[int, Name]]:
        """Names that begin at a word, and the word behind each."""
        end = len(cut.tokens)
        yield from self._names.written.walk(cut.word, at, end)
        if typed and not _may_be_inflected(cut):
            return
        any_case = typed or cut.language not in _CAPITALIZED
        for behind, name in self._names.stemmed(cut.language).walk(cut.stem, at, end):
            if any_case or any(is_capital(token.text) for token in cut.tokens[at:behind]):
                yield behind, name


class _Walk:
    """One walk over one text."""

    def __init__(self, tagger: Tagger, cut: CutText, beginnings: set[str], *, typed: bool) -> None:
        self._tagger = tagger
        self._cut = cut
        self._beginnings = beginnings
        self._typed = typed
        self._witness = Witness(self._cut, any_case=typed)

    @cached_property
    def _cues(self) -> Mapping[str, frozenset[str]]:
        return self._tagger.cues(self._cut.language)

    def mentions(self, part: str) -> tuple[Mention, ...]:
        """What was found, doubtful names only where a list makes them sure."""
        matches = self._with_parents(list(self._matches()))
        if not matches:
            return ()
        matches = _with_lists(matches, self._witness, self._cues)
        sure = _without_overlaps([match for match in matches if match.rule])
        return tuple(_mention(match, self._cut, part) for match in sure)

    def _with_parents(self, matches: list[_Match]) -> list[_Match]:
        """Doubtful names become sure where the text surely names an entry above them.

        The CSTO Secretariat names the CSTO as well.
        """
        sure = {entry for m in matches if m.rule for entry in self._tagger.above(m.name)}
        return [
            match if match.rule else _Match(match.name, match.place, self._parent_rule(match, sure))
            for match in matches
        ]

    def _parent_rule(self, match: _Match, sure: set[tuple[str, str]]) -> str | None:
        named = not sure.isdisjoint(self._tagger.above(match.name))
        return self._witness.rule_by_parent(match.place, is_parent_named=named)

    def _matches(self) -> Iterator[_Match]:
        """The longest name at each place, left to right; a doubtful one has no rule yet."""
        behind = 0
        for at, token in enumerate(self._cut.tokens):
            begins = at >= behind and token.text in self._beginnings
            match = self._longest(at) if begins else None
            if match is not None:
                yield match
                behind = match.place.last if match.rule else behind

    def _longest(self, at: int) -> _Match | None:
        doubtful: _Match | None = None
        for end, name in self._candidates(at):
            match = _Match(name, Place(at, end), self._rule(name, Place(at, end)))
            if match.rule:
                return match
            doubtful = doubtful or match
        return doubtful

    def _rule(self, name: Name, place: Place) -> str | None:
        if not name.ambiguous:
            return "name"
        cues = self._cues[name.facet]
        return self._witness.rule_for(
            place, cues, has_stages=self._tagger.has_stages(name)
        ) or self._witness.rule_by_sentence(
            place, self._tagger.entry_cues(name, self._cut.language)
        )

    def _candidates(self, at: int) -> list[tuple[int, Name]]:
        """Names that begin here, the longest first, sure ones before ambiguous ones."""
        found = {
            (end, name)
            for end, name in self._tagger.names_at(self._cut, at, typed=self._typed)
            if _fits(name, self._cut, at, end, typed=self._typed)
        }
        return sorted(found, key=lambda f: (-f[0], f[1].ambiguous, f[1].facet, f[1].entry))


def _may_be_inflected(cut: CutText) -> bool:
    """Whether stems of this language can find a name that its words as they stand do not.

    They cannot where no letter is of the language's script: such words are their own stems.
    """
    script = script_of_language(cut.language)
    return cut.language in _TRANSLITERATED or any(
        script_of_word(letter) == script for letter in set(cut.text)
    )


def _fits(name: Name, cut: CutText, at: int, end: int, *, typed: bool) -> bool:
    """Whether abbreviations stand in capitals and the words of the name stand together."""
    tokens = cut.tokens[at:end]
    capitals = all(
        stands_in_capitals(token.text) or (typed and len(token.text) >= 4)
        for token, wanted in zip(tokens, name.capitals, strict=True)
        if wanted
    )
    return capitals and all(
        cut.text[one.end : two.start] == gap or _GAP.fullmatch(cut.text, one.end, two.start)
        for (one, two), gap in zip(pairwise(tokens), name.gaps, strict=True)
    )


def _cue_forms(cues: Mapping[str, Sequence[str]], language: str) -> frozenset[str]:
    """Cue words as they are written in any language, and by stems in the text's own."""
    written = (normalize(cue) for words in cues.values() for cue in words)
    stems = (stem(normalize(cue), language) for cue in cues.get(language, ()))
    return frozenset([*written, *stems])


def _with_lists(
    matches: list[_Match], witness: Witness, cues: Mapping[str, frozenset[str]]
) -> list[_Match]:
    """Doubtful names become sure beside a sure one of the same facet, until nothing changes."""
    found = list(matches)
    changed = True
    while changed:
        changed = False
        for at, match in enumerate(found):
            if match.rule is None and any(
                other.rule
                and other.name.facet == match.name.facet
                and witness.listed(other.place, match.place, cues[match.name.facet])
                for other in found[max(0, at - 2) : at + 3]
            ):
                found[at] = _Match(match.name, match.place, "list")
                changed = True
    return found


def _without_overlaps(matches: list[_Match]) -> list[_Match]:
    """Where two names share a word, the longer one."""
    kept: list[_Match] = []
    for match in matches:
        if kept and match.place.first < kept[-1].place.last:
            if match.place.length <= kept[-1].place.length:
                continue
            kept.pop()
        kept.append(match)
    return kept


def _mention(match: _Match, cut: CutText, part: str) -> Mention:
    start = cut.tokens[match.place.first].start
    end = cut.tokens[match.place.last - 1].end
    return Mention(
        facet=match.name.facet,
        id=match.name.entry,
        text=cut.text[start:end],
        part=part,
        start=start,
        end=end,
        rule=match.rule or "",
    )
