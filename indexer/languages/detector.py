"""The main language of a text.

The script comes first. Cyrillic texts and English are told by letter models of our own, the other
languages by langdetect.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.languages.langdetect_factories import factory_of, most_probable
from indexer.languages.names import LANGUAGE_NAMES
from indexer.languages.ngrams import NgramTable, Surprise
from indexer.languages.scripts import PLACE_LENGTH, Sample, sample
from indexer.release import Language

PLACES, MORE_PLACES = 4, 16
"""From how many places a long text is sampled, and from how many where these leave doubt."""
SURE = 0.85
"""Below this confidence a long text is sampled again."""
MIN_CONFIDENCE = 0.4
"""Below this probability the language is unknown."""
MIN_LETTERS = 3
"""With fewer letters the language is unknown, unless the script alone decides it."""

TABLES = frozenset({"cyrillic", "latin"})
"""The scripts that have letter models."""
FIRST_LANGUAGES = frozenset({"en", "ru", "be", "kk", "ky", "tg"})
"""The languages that a release is expected in; Armenian needs no prior, it has its script."""
NEIGHBOUR_COST, UNNAMED_COST = 1.6, 3.5
"""The prior cost, in nats, of a language besides them: one with a name, and one without."""

FAMILIAR, FAMILIAR_SHORT = 2.8, 20.0
"""A text is in none of the languages if it costs more than 2.8 nats a letter in the best, and
20 more in all. Of NTREX's sentences in nine Cyrillic languages 99.9 % cost under 2.75, those
in Yukaghir, Even, Abkhaz and Ossetian, by models that never saw these, over 3.0."""
ENGLISH, ENGLISH_SHORT = 2.3, 10.0
"""A text is unmistakably English only if it costs no more than that; 98 % of NTREX's keep to it."""
UNMISTAKABLE = 0.95
"""The least probability of English among the languages in Latin letters for the same."""


class Detector:
    """Detects languages; threads may share one.

    It reads the profiles once, those of a script when the first text in it comes. No call changes
    them, so the same text always has the same answer.
    """

    def __init__(self) -> None:
        self._factory = cache(factory_of)
        self._table = cache(NgramTable)

    def detect(self, text: str) -> Language:
        """The main language of the text, `unknown` where nothing or too little speaks for one.

        The confidence is the language's probability among those of its script, times the share
        of the letters that are in that script. Long texts are sampled. Fragments can be mistaken:
        of pieces of 20 characters cut from Ukrainian, Bulgarian, Mongolian and Tatar news 4 %
        came out as one of the first languages, of 50 characters 0.5 %, of documents none.
        """
        language = self._look(text, PLACES)
        if language.confidence < SURE and len(text) > PLACES * PLACE_LENGTH:
            return self._look(text, MORE_PLACES)
        return language

    def table(self, script: str) -> NgramTable | None:
        """The letter models of the script's languages; None where it has none."""
        return self._table(script) if script in TABLES else None

    def _look(self, text: str, places: int) -> Language:
        found = sample(text, places)
        if found is None:
            return Language()
        if len(found.script.profiles) == 1:
            return Language(found.script.profiles[0], found.share)
        if sum(map(len, found.words)) < MIN_LETTERS:
            return Language()
        if found.script.name == "cyrillic":
            return self._by_letters(found)
        if found.script.name == "latin":
            return self._if_english(found) or self._by_langdetect(found)
        return self._by_langdetect(found)

    def _by_letters(self, found: Sample) -> Language:
        table = self._table(found.script.name)
        surprise = table.surprise(found.words, found.whole)
        probabilities = _probabilities(surprise, _prior_costs(table.languages))
        best = int(probabilities.argmax())
        code = table.languages[best].partition("-")[0]
        familiar = _is_cheap(surprise, best, FAMILIAR, FAMILIAR_SHORT)
        if not familiar or probabilities[best] < MIN_CONFIDENCE or code not in LANGUAGE_NAMES:
            return Language()
        return Language(code, float(probabilities[best]) * found.share)

    def _if_english(self, found: Sample) -> Language | None:
        table = self._table(found.script.name)
        surprise = table.surprise(found.words, found.whole)
        english = table.column["en"]
        probability = float(_probabilities(surprise, 0.0)[english])
        if probability < UNMISTAKABLE or not _is_cheap(surprise, english, ENGLISH, ENGLISH_SHORT):
            return None
        return Language("en", probability * found.share)

    def _by_langdetect(self, found: Sample) -> Language:
        best = most_probable(self._factory(found.script.profiles), found.words)
        if best is None or best[1] < MIN_CONFIDENCE:
            return Language()
        return Language(best[0], best[1] * found.share)


def detect(text: str) -> Language:
    """The main language of the text, by a detector that all callers share."""
    return shared_detector().detect(text)


@cache
def shared_detector() -> Detector:
    """The detector that all callers share."""
    return Detector()


@cache
def _prior_costs(languages: tuple[str, ...]) -> NDArray[np.float64]:
    costs = dict.fromkeys(LANGUAGE_NAMES, NEIGHBOUR_COST)
    costs |= dict.fromkeys(FIRST_LANGUAGES, 0.0)
    codes = (language.partition("-")[0] for language in languages)
    return np.array([costs.get(code, UNNAMED_COST) for code in codes])


def _probabilities(
    surprise: Surprise, prior_costs: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    costs = surprise.nats + prior_costs
    weights = np.exp(costs.min() - costs)
    return np.asarray(weights / weights.sum())


def _is_cheap(surprise: Surprise, language: int, each: float, further: float) -> bool:
    return bool(surprise.nats[language] <= each * surprise.letters + further)
