"""The order refined by words of the same family: Macedonia where Macedonians was asked.

A stem joins the inflections of a word; words derived from it have stems of their own. Of these the
collection tells which are near: the one begins as the other does, and both stand in the same
releases more often than by chance. That is the test of Xu and Croft, “Corpus-based stemming using
cooccurrence of word variants”, 1998, here at the time of the query and with weights under the stem.
Such words add no hit: they only give the hits something on top.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Prefix

from indexer.analysis import languages_written_like, normalize, stem
from indexer.embedded.evaluate import MORE_OF_KINDRED, Evaluation
from indexer.embedded.explain import Contribution
from indexer.embedded.finding import Found
from indexer.embedded.leaves import Leaves
from indexer.embedded.readings import KINDRED
from indexer.embedded.schema import PARTS, WORDS, text_field
from indexer.kernels import scored
from indexer.kernels.counts import Mask
from indexer.kernels.scored import Scored
from indexer.query import Node, Or, Translated, Translation, Word
from indexer.rewriting import plain_parts

SHARED = 4
"""Letters at least with which two kindred stems begin, and half of the longer one's letters."""
OWN = 1
"""Letters at most in which the shorter one goes a way of its own."""
TOGETHER = 3
"""So many times as often as by chance they stand in the same releases, and in two at least."""
COMMON = 0.25
"""Words of more than this share of the releases have no family: they tell nothing."""
MOST = 8
"""Kindred stems of a word: those in most releases."""
EXAMINED = 4_096
"""Stems of a field and a segment that are compared at the most."""
SPELLINGS = 64
"""Words of a field and a segment that are tried for one that has a stem."""

WORDS_KEPT = 4_096
"""Words whose families are remembered."""


class Kindred:
    """Finds families of words in a snapshot; threads may share it."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._family = lru_cache(WORDS_KEPT)(self._family_of)

    def close(self) -> None:
        """Let go of what is kept."""
        self._family.cache_clear()

    def refined(self, of: Found) -> Found:
        """What is found, with more for words that are kindred to those asked.

        A word gives no more than its best form. Where releases have all words, which come first,
        kindred words give no more than a share of the best score.
        """
        asked = [(node, word) for node in plain_parts(of.query) if (word := _word(node))]
        gave = [one for node, word in asked for one in self._given(node, word, of.leaves)]
        total = scored.union_sum([one.found for one in gave])
        there = scored.within(total.docs, of.matched.docs)
        total = scored.restrict(total, there)
        if not len(total):
            return of
        most = MORE_OF_KINDRED * of.top if of.complete else np.inf
        share = np.minimum(1.0, most / total.scores)
        refined = of.matched.scores.copy()
        refined[np.searchsorted(of.matched.docs, total.docs)] += share * total.scores
        bounded = tuple(_bounded(one, replace(total, scores=share)) for one in gave)
        matched = replace(of.matched, scores=refined)
        return of._replace(matched=matched, refinements=(*of.refinements, *bounded))

    def _given(self, node: Node, word: Word, leaves: Leaves) -> Iterator[Contribution]:
        """By language, what kindred words give on top of what a word gives itself."""
        asked = normalize(word.text)
        families = {
            language: names
            for language in languages_written_like(asked, leaves.languages)
            if (names := self._family(asked, language))
        }
        if not families:
            return
        itself, rarity = Evaluation(leaves).evaluate(node), leaves.rarity(node, PARTS)
        for language, names in families.items():
            found = scored.union_max([leaves.translated(one, PARTS, rarity) for one in names])
            leaf = Or((Translated(Or(()), names),))
            yield Contribution(leaf, KINDRED, language, _above(found, itself), node)

    def _family_of(self, word: str, language: str) -> tuple[Translation, ...]:
        own, size = stem(word, language), self._leaves.size(language)
        if len(own) < SHARED or not own.isalpha():
            return ()
        having = self._having(own, language)
        if np.count_nonzero(having) > COMMON * size:
            return ()
        counted = {one: self._together(having, one, language) for one in self._like(own, language)}
        near = sorted((-count, other) for other, count in counted.items() if count)[:MOST]
        spelled = (self._spelled(other, language) for _, other in near)
        return tuple(Translation(word, language, Word(one), KINDRED) for one in spelled if one)

    def _like(self, own: str, language: str) -> set[str]:
        """The stems that begin as a stem does."""
        begun = self._beginning(own[:SHARED], language, EXAMINED)
        return {other for other in begun if _are_like(own, other)}

    def _beginning(self, begun: str, form: str, most: int) -> Iterator[str]:
        for part in PARTS:
            for lexicon in self._leaves.snapshot.lexicons(text_field(part, form)):
                among = lexicon.with_prefix(begun)[:most]
                yield from lexicon.words(np.arange(among.start, among.stop))

    def _having(self, term: str, language: str) -> Mask:
        """For each document whether it has a stem."""
        there = np.zeros(self._leaves.snapshot.size, np.bool_)
        for part in PARTS:
            there[self._leaves.snapshot.frequencies(text_field(part, language), term).docs] = True
        return there

    def _together(self, having: Mask, other: str, language: str) -> int:
        """How many releases have a stem, if the word is in enough of them; else 0.

        Where nothing has the word itself, nothing speaks against the others.
        """
        there = self._having(other, language)
        own, count = int(np.count_nonzero(having)), int(np.count_nonzero(there))
        chance = own * count / self._leaves.size(language)
        enough = max(2, TOGETHER * chance) if own else 0
        return count if np.count_nonzero(having & there) >= enough else 0

    def _spelled(self, term: str, language: str) -> str | None:
        """A word that has this stem, to find and to show it by; None where none is near it."""
        for begun in (term, term[:-1]):
            for word in self._beginning(begun, WORDS, SPELLINGS):
                if stem(word, language) == term:
                    return word
        return None


def _are_like(own: str, other: str) -> bool:
    shared = Prefix.similarity(own, other)
    shorter, longer = sorted((len(own), len(other)))
    return shared >= max(SHARED, longer / 2, shorter - OWN) and own != other and other.isalpha()


def _word(node: Node) -> Word | None:
    """The word of a node that is one, in whatever spellings."""
    match node:
        case Word():
            return node
        case Translated(child):
            return _word(child)
        case _:
            return None


def _above(found: Scored, itself: Scored) -> Scored:
    """What is above another score, where it is."""
    scores = found.scores.copy()
    own = np.flatnonzero(scored.within(found.docs, itself.docs))
    scores[own] -= itself.scores.take(np.searchsorted(itself.docs, found.docs.take(own)))
    return scored.restrict(replace(found, scores=scores), scores > 0)


def _bounded(gave: Contribution, counting: Scored) -> Contribution:
    """What was given to the hits, by the share of it that counts."""
    kept = scored.restrict(gave.found, scored.within(gave.found.docs, counting.docs))
    shares = counting.scores.take(np.searchsorted(counting.docs, kept.docs))
    return replace(gave, found=replace(kept, scores=kept.scores * shares))
