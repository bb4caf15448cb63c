"""The order refined by the words of the best hits: pseudo-relevance feedback.

Who describes in many words what is sought rarely hits upon all the words of the releases that
answer. The best hits are likely to be about it, and words that several of them share tell which
other hits are. Such words add no hit: they only give the hits something on top. This is Rocchio's
method, “Relevance feedback in information retrieval”, 1971, without its documents that are not
relevant, and with weights of BM25F; `bench/README.md` says how its numbers were chosen.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest
from itertools import chain

import numpy as np

from indexer.embedded.cache import BoundedCache
from indexer.embedded.evaluate import MORE_OF_ALIKE
from indexer.embedded.explain import Contribution
from indexer.embedded.finding import Found
from indexer.embedded.leaves import FIELD_WEIGHTS, Leaves
from indexer.embedded.readings import EXACT, STEM, Reading
from indexer.embedded.schema import PARTS, WORDS, text_field
from indexer.embedded.versions import Versions
from indexer.kernels import ranking, scored
from indexer.kernels.bm25 import idf, saturated
from indexer.kernels.choice import loops
from indexer.kernels.scored import Scored
from indexer.kernels.tops import Precedence
from indexer.query import ExactWord, Or, Translated, Translation, Word
from indexer.release import Release
from indexer.vocabulary import read

EXAMPLES = 8
"""The best hits, whose words are taken."""
TERMS = 20
"""The words that count, those that weigh most."""
COMMON = 0.25
"""Words of more than this share of the releases tell nothing."""
WEIGHT_DECIMALS = 9
"""Weights that agree in so many decimals are equal, as sums differ in the last bits."""

Examples = tuple[tuple[int, float], ...]
"""Documents and their scores."""

RARITIES = 65_536
"""Words whose rarity is remembered."""
QUERIES = 512
"""Examples whose words are remembered: for other pages and filters of a query."""

TEXTS_BYTES = 16 * 2**20
"""Words of releases, kept; a release of 500 words takes some 30 KiB."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a release in the form in which its language is searched."""

    form: str
    times: Mapping[str, float]
    """How often each stands there, weighed by field and normalized by its length."""
    spelled: Mapping[str, str]
    """A word of the text for each."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory, reckoned."""
        return 160 * len(self.times)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A word that several of the best hits have."""

    form: str
    term: str
    spelled: str
    weight: float


class Feedback:
    """Finds what the best hits have in common; threads may share it."""

    def __init__(self, leaves: Leaves, load: Callable[[int], Release]) -> None:
        self._leaves = leaves
        self._load = load
        self._texts: BoundedCache[Counted] = BoundedCache(TEXTS_BYTES)
        self._rarity = lru_cache(RARITIES)(self._rarity_of)
        self._shared = lru_cache(QUERIES)(self._shared_by)

    def close(self) -> None:
        """Let go of what is kept."""
        self._texts.clear()
        self._rarity.cache_clear()
        self._shared.cache_clear()

    def refined(self, of: Found, versions: Versions, precedence: Precedence) -> Found:
        """What is found, with more for what is like the best of it, copies counted once.

        It stays as it is where there is but little, or where the best have no words in common.
        """
        distinct = versions.groups.first_of_each(of.matched, precedence, by_score=True)
        if len(distinct) <= EXAMPLES:
            return of
        best = np.sort(ranking.best(distinct, precedence, 0, EXAMPLES)[0])
        _, places = loops.common(best, distinct.docs)
        scores = distinct.scores.take(places).tolist()
        shared = self._shared(tuple(zip(best.tolist(), scores, strict=True)))
        found = scored.union_sum([of.leaves.read(_reading(one), PARTS) for one in shared])
        own, their = loops.common(of.matched.docs, found.docs)
        gains = found.scores.take(their)
        if not len(gains):
            return of
        gains *= MORE_OF_ALIKE * of.top / gains.max()
        refined = of.matched.scores.copy()
        refined[own] += gains
        gave = Scored(of.matched.docs.take(own), gains, positive=True)
        alike = Contribution(_as_query(shared), "alike", None, gave)
        matched = replace(of.matched, scores=refined)
        return of._replace(matched=matched, refinements=(*of.refinements, alike))

    def _shared_by(self, examples: Examples) -> list[_Shared]:
        texts = [(self._counted(doc), score) for doc, score in examples]
        total = sum(score for _, score in examples)
        rare: dict[tuple[str, str], float] = {}
        for form in {text.form for text, _ in texts}:
            own = [(text, score / total) for text, score in texts if text.form == form]
            for term, weight in _weights(own).items():
                rare[form, term] = round(weight * self._rarity(form, term), WEIGHT_DECIMALS)
        best = nsmallest(TERMS, (k for k, w in rare.items() if w > 0), lambda k: (-rare[k], k))
        return [_Shared(*key, _spelled(*key, texts), rare[key]) for key in best]

    def _rarity_of(self, form: str, term: str) -> float:
        """By the field in which most documents have it, which need not be read for it."""
        size = self._leaves.size(form)
        frequency = self._leaves.snapshot.frequency
        containing = max(frequency(text_field(part, form), term) for part in PARTS)
        return idf(size, containing) if containing <= COMMON * size else 0.0

    def _counted(self, doc: int) -> Counted:
        return self._texts.get(doc, lambda: self._count(doc))

    def _count(self, doc: int) -> Counted:
        release, place = self._load(doc), np.array([doc], np.int32)
        language = release.language.code
        form = language if language in self._leaves.languages else WORDS
        times: dict[str, float] = {}
        spelled: dict[str, str] = {}
        for part in PARTS:
            weight = FIELD_WEIGHTS[part]
            norm = float(self._leaves.statistics(part, form).norms(place)[0])
            words, vocabulary = read(getattr(release, part), language)
            term_of = vocabulary.normal if form == WORDS else vocabulary.stem
            for word, count in words.items():
                term = term_of[word]
                times[term] = times.get(term, 0.0) + count * weight / norm
                spelled.setdefault(term, word)
        return Counted(form, times, spelled)


def _weights(texts: Sequence[tuple[Counted, float]]) -> dict[str, float]:
    """What the words weigh that several texts have, given the share of each text."""
    places = Counter(chain.from_iterable(text.times for text, _ in texts))
    weights = {term: 0.0 for term, count in places.items() if count > 1}
    for text, share in texts:
        for term, times in text.times.items():
            if term in weights:
                weights[term] += share * saturated(times)
    return weights


def _spelled(form: str, term: str, texts: Sequence[tuple[Counted, float]]) -> str:
    """A word for a term, as the first of some texts has it."""
    own = (text.spelled for text, _ in texts if text.form == form)
    return next(spelled[term] for spelled in own if term in spelled)


def _reading(one: _Shared) -> Reading:
    rule, language = (EXACT, None) if one.form == WORDS else (STEM, one.form)
    return Reading(rule.of_word, language, one.form, (one.term,), weight=one.weight)


def _as_query(shared: Sequence[_Shared]) -> Or:
    names = tuple(
        Translation(one.term, None, ExactWord(one.spelled), "alike")
        if one.form == WORDS
        else Translation(one.term, one.form, Word(one.spelled), "alike")
        for one in shared
    )
    return Or((Translated(Or(()), names),))
