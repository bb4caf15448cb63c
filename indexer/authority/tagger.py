"""The tagger: one walk over a text finds the names of all authority files, with their evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.analysis import normalize, stem
from indexer.authority.evidence import CutText, Place, Witness
from indexer.authority.files import AuthorityFile
from indexer.authority.names import ARTICLES, HYPHENS, Name, NameTable, NameTrie, words_of
from indexer.release import Mention

# Between two words of a name there may be blanks, hyphens, quotation marks and one line break,
# but no comma or slash, which part two names, and no end of a sentence, unless the name is listed
# so. Letters are what `words_of` leaves out: first the ending of an abbreviation (ЖККУнун,
# ҰҚШҰ-ның), last an article.
_HYPHENS = "".join(map(re.escape, sorted(HYPHENS)))
_ARTICLES = "|".join(sorted(word for words in ARTICLES.values() for word in words))
_SPACE = r"[^\w.!?;:,/\n]{0,4}"
_GAP = re.compile(
    rf"(?:[{_HYPHENS}]?[^\W\d_]+)?{_SPACE}\n?{_SPACE}(?:(?:{_ARTICLES}){_SPACE}\n?)?",
    re.IGNORECASE,
)

_NO_NAMES = NameTrie()


@dataclass(frozen=True, slots=True)
class _Match:
    name: Name
    place: Place
    rule: str | None


class Tagger:
    """Finds names in texts; it is never changed after it is made, so threads may share it."""

    def __init__(self, files: Sequence[AuthorityFile]) -> None:
        self._names = NameTable()
        self._cues = {file.facet.name: file.cues for file in files}
        self._cue_forms: dict[str, dict[str, frozenset[str]]] = {}
        self._staged: set[tuple[str, str]] = set()
        self._above: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
        for file in files:
            for entry in file.entries:
                self._names.add(file, entry)
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
        return _Walk(self, text, language, typed=typed).mentions(part)

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

    def has_stages(self, name: Name) -> bool:
        """Whether other entries stand under the one that bears this name."""
        return (name.facet, name.entry) in self._staged

    def above(self, name: Name) -> frozenset[tuple[str, str]]:
        """The entry that bears a name and those above it, where they are evidence."""
        return self._above.get((name.facet, name.entry), frozenset())

    def beginnings(self, cut: CutText, language: str) -> list[int]:
        """The words that some name begins with: few, so the walk looks only there."""
        written, stemmed = self._names.written, self._names.stemmed.get(language, _NO_NAMES)
        return [
            at
            for at, (word, root) in enumerate(zip(cut.words, cut.stems, strict=True))
            if written.begins(word) or stemmed.begins(root)
        ]

    def names_at(self, cut: CutText, at: int, language: str) -> Iterator[tuple[int, Name]]:
        """Names that begin at a word, and the word behind each."""
        stems = self._names.stemmed.get(language, _NO_NAMES)
        for trie, words in ((self._names.written, cut.words), (stems, cut.stems)):
            for end, names in trie.walk(words, at):
                for name in names:
                    yield end, name


class _Walk:
    """One walk over one text."""

    def __init__(self, tagger: Tagger, text: str, language: str, *, typed: bool) -> None:
        self._tagger = tagger
        self._cut = _cut(text, language)
        self._language = language
        self._typed = typed
        self._cues = tagger.cues(language)
        self._witness = Witness(self._cut, any_case=typed)

    def mentions(self, part: str) -> tuple[Mention, ...]:
        """What was found, doubtful names only where a list makes them sure."""
        matches = self._with_parents(list(self._matches()))
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
        for at in self._tagger.beginnings(self._cut, self._language):
            match = self._longest(at) if at >= behind else None
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
        return self._witness.rule_for(place, cues, has_stages=self._tagger.has_stages(name))

    def _candidates(self, at: int) -> list[tuple[int, Name]]:
        """Names that begin here, the longest first, sure ones before ambiguous ones."""
        found = {
            (end, name)
            for end, name in self._tagger.names_at(self._cut, at, self._language)
            if _fits(name, self._cut, at, end, typed=self._typed)
        }
        return sorted(found, key=lambda f: (-f[0], f[1].ambiguous, f[1].facet, f[1].entry))


def _cut(text: str, language: str) -> CutText:
    tokens = words_of(text, language)
    words = [normalize(token.text) for token in tokens]
    return CutText(text, tokens, words, [stem(word, language) for word in words])


def _fits(name: Name, cut: CutText, at: int, end: int, *, typed: bool) -> bool:
    """Whether abbreviations stand in capitals and the words of the name stand together."""
    tokens = cut.tokens[at:end]
    capitals = all(
        token.text.isupper() or (typed and len(token.text) >= 4)
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
