"""A query tree evaluated over arrays: each node becomes a scored set of documents.

A word is looked up in every language of the index that is written in its script, and as it
stands; the best of these counts once (dis-max).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import has_stems, languages_written_like, normalize, stem, tokenize
from indexer.embedded.schema import PARTS, WORDS, text_field
from indexer.embedded.snapshot import TITLE_WEIGHT, Snapshot
from indexer.kernels import scored
from indexer.kernels.bm25 import FieldStatistics, Frequencies, bm25f, idf
from indexer.kernels.counts import FacetColumn
from indexer.kernels.phrases import adjacent, near
from indexer.kernels.scored import Docs, Scored
from indexer.patterns import terms_like
from indexer.query import (
    ANY_VALUE,
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Wildcard,
    Word,
)
from indexer.release import UNKNOWN

TAG_WEIGHT = 0.5
"""A release that carries the name in another spelling ranks under one that has the words."""

_FIELD_WEIGHTS = {"title": TITLE_WEIGHT, "body": 1.0}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one leaf, read by one rule in one language, gave to which documents."""

    leaf: Leaf | Tagged
    rule: str
    language: str | None
    found: Scored


@dataclass
class Evaluation:
    """One evaluation of one query on one snapshot; it collects what is to be explained."""

    snapshot: Snapshot
    languages: Sequence[str]
    facets: Mapping[str, FacetColumn]
    days: tuple[NDArray[np.float64], NDArray[np.float64]]
    """First and last day of each document's known period, as ordinals; 0 is unknown."""
    contributions: list[Contribution] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def evaluate(self, node: Node, parts: Sequence[str] = PARTS) -> Scored:
        """The documents that a node matches, with their scores.

        Raises UserError for a leaf that cannot be understood.
        """
        match node:
            case And(children):
                return self._all_of(children, parts)
            case Or(children):
                return scored.union_sum([self.evaluate(child, parts) for child in children])
            case Not(child):
                return self._without(self._everything(), child, parts)
            case Required(child):
                return self.evaluate(child, parts)
            case InTitle(child):
                return self.evaluate(child, ("title",))
            case Tagged(facet, value, child):
                return self._named(node, facet, value, child, parts)
            case leaf:
                return self._leaf(leaf, parts)

    def _all_of(self, children: Sequence[Node], parts: Sequence[str]) -> Scored:
        first = len(self.contributions)
        wanted = [self.evaluate(c, parts) for c in children if not isinstance(c, Not)]
        found = scored.intersect_sum(wanted) if wanted else self._everything()
        for child in children:
            if isinstance(child, Not):
                found = self._without(found, child.child, parts)
        self._keep_since(first, found.docs)
        return found

    def _without(self, found: Scored, excluded: Node, parts: Sequence[str]) -> Scored:
        # A leaf under NOT explains no hit, but what it has to tell the user is told.
        quiet = replace(self, contributions=[])
        return scored.subtract(found, quiet.evaluate(excluded, parts).docs)

    def _keep_since(self, first: int, docs: Docs) -> None:
        """The newest contributions, from number `first`, count in these documents alone."""
        for at, one in enumerate(self.contributions[first:], first):
            kept = scored.restrict(one.found, scored.within(one.found.docs, docs))
            self.contributions[at] = replace(one, found=kept)

    def _leaf(self, leaf: Leaf, parts: Sequence[str]) -> Scored:
        match leaf:
            case Everything():
                return self._everything()
            case Word(text):
                return self._word(leaf, text, parts)
            case ExactWord(text):
                return self._gave(leaf, "exact", None, self._terms(WORDS, [normalize(text)], parts))
            case Phrase():
                return self._phrase(leaf, parts)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(leaf, parts)
            case FieldValue(name, value):
                found = scored.constant(self._carrying(name, value))
                return self._gave(leaf, "facet", None, found)
            case DateRange(start, end):
                return self._gave(leaf, "date", None, scored.constant(self.within(start, end)))

    def _gave(self, leaf: Leaf | Tagged, rule: str, language: str | None, found: Scored) -> Scored:
        self.contributions.append(Contribution(leaf, rule, language, found))
        return found

    def _carrying(self, facet: str, value: str) -> Docs:
        column = self.facets[facet]
        known = [one for one in column.values if one != UNKNOWN]
        wanted = known if value == ANY_VALUE else [value]
        return np.flatnonzero(column.mask(wanted, self.snapshot.size)).astype(np.int32)

    def _everything(self) -> Scored:
        return scored.constant(np.flatnonzero(self.snapshot.live).astype(np.int32))

    def _word(self, leaf: Word, text: str, parts: Sequence[str]) -> Scored:
        word = normalize(text)
        readings = [self._gave(leaf, "exact", None, self._terms(WORDS, [word], parts))]
        for language in self._stemmed(word):
            found = self._terms(language, [stem(word, language)], parts)
            readings.append(self._gave(leaf, "stem", language, found))
        return self._best_of(readings)

    def _best_of(self, readings: Sequence[Scored]) -> Scored:
        """Dis-max over the newest contributions: each keeps the documents in which it is best."""
        best = scored.union_max(readings)
        first = len(self.contributions) - len(readings)
        taken = np.zeros(len(best), np.bool_)
        for at, one in enumerate(self.contributions[first:], first):
            places = np.searchsorted(best.docs, one.found.docs)
            wins = (one.found.scores >= best.scores[places]) & ~taken[places]
            taken[places[wins]] = True
            self.contributions[at] = replace(one, found=scored.restrict(one.found, wins))
        return best

    def _stemmed(self, word: str) -> list[str]:
        return [code for code in languages_written_like(word, self.languages) if has_stems(code)]

    def _terms(self, form: str, terms: Sequence[str], parts: Sequence[str]) -> Scored:
        """Score some terms of one form as if they were one word."""
        fields = [
            (self._merged(text_field(part, form), terms), self._statistics(part, form))
            for part in parts
        ]
        return bm25f(fields, self.snapshot.documents)

    def _merged(self, name: str, terms: Sequence[str]) -> Frequencies:
        found = [self.snapshot.postings(name, term).frequencies for term in terms]
        if len(found) == 1:
            return found[0]
        total = scored.union_sum([Scored(one.docs, one.counts) for one in found])
        return Frequencies(total.docs, total.scores)

    def _statistics(self, part: str, form: str) -> FieldStatistics:
        return self.snapshot.statistics(text_field(part, form), _FIELD_WEIGHTS[part])

    def _pattern(self, leaf: Prefix | Wildcard | Fuzzy, parts: Sequence[str]) -> Scored:
        found: set[str] = set()
        for part in parts:
            terms, cut = terms_like(leaf, self.snapshot.lexicon(text_field(part, WORDS)))
            found.update(terms)
            if cut:
                self.notices.append(
                    f"A pattern stands for more than {len(terms)} words; no more were searched."
                )
        rule = type(leaf).__name__.lower()
        return self._gave(leaf, rule, None, self._terms(WORDS, sorted(found), parts))

    def _phrase(self, leaf: Phrase, parts: Sequence[str]) -> Scored:
        words = [normalize(token.text) for w in leaf.words for token in tokenize(w)]
        if not words:
            return scored.nothing()
        readings = [self._gave(leaf, "exact", None, self._in_order(WORDS, words, leaf, parts))]
        for language in [] if leaf.exact else self._stemmed(" ".join(words)):
            stems = [stem(word, language) for word in words]
            found = self._in_order(language, stems, leaf, parts)
            readings.append(self._gave(leaf, "phrase", language, found))
        return self._best_of(readings)

    def _in_order(
        self, form: str, terms: Sequence[str], leaf: Phrase, parts: Sequence[str]
    ) -> Scored:
        together: Callable[[Sequence[str], str], Frequencies] = (
            self._near(leaf.slop) if leaf.slop else self._adjacent
        )
        fields = [
            (together(terms, text_field(part, form)), self._statistics(part, form))
            for part in parts
        ]
        return bm25f(
            fields,
            self.snapshot.documents,
            weight_of_term=sum(self._idf(form, term, parts) for term in terms),
        )

    def _adjacent(self, terms: Sequence[str], name: str) -> Frequencies:
        return adjacent([self.snapshot.postings(name, term).occurrences for term in terms])

    def _near(self, slop: int) -> Callable[[Sequence[str], str], Frequencies]:
        def together(terms: Sequence[str], name: str) -> Frequencies:
            words = [self.snapshot.postings(name, term).occurrences for term in terms]
            return near(words, terms, slop)

        return together

    def _idf(self, form: str, term: str, parts: Sequence[str]) -> float:
        found = [self.snapshot.postings(text_field(p, form), term).frequencies.docs for p in parts]
        containing = scored.union_max([scored.constant(docs) for docs in found])
        return idf(self.snapshot.documents, len(containing))

    def _named(
        self, node: Tagged, facet: str, value: str, child: Node, parts: Sequence[str]
    ) -> Scored:
        """What the child matches, or the tag, whichever scores more."""
        first = len(self.contributions)
        direct = self.evaluate(child, parts)
        docs = self._carrying(facet, value)
        tagged = scored.constant(docs, TAG_WEIGHT * idf(self.snapshot.documents, len(docs)))
        best = scored.union_max([direct, tagged])
        by_words = direct.docs[
            direct.scores >= best.scores[np.searchsorted(best.docs, direct.docs)]
        ]
        self._keep_since(first, by_words)
        self._gave(node, "authority", None, scored.subtract(tagged, by_words))
        return best

    def within(self, start: date | None, end: date | None) -> NDArray[np.int32]:
        """Documents whose known period touches the days from `start` to `end`."""
        first, last = self.days
        touches = self.snapshot.live & (first > 0)
        if start is not None:
            touches &= last >= start.toordinal()
        if end is not None:
            touches &= first <= end.toordinal()
        return np.flatnonzero(touches).astype(np.int32)
