"""The main language of a text, by langdetect with a fixed seed and one factory for each script.

Profiles of our own serve the languages that langdetect lacks or knows less well.
"""

import json
from functools import cache
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from indexer.languages.scripts import PLACE_LENGTH, SCRIPTS, Sample, Script, sample
from indexer.release import Language

SEED = 0
ALPHA = 0.01
"""The weight of n-grams that a profile lacks. langdetect's own 0.5 suits profiles of millions of
characters; with ours, of 200,000, 0.01 errs less on short texts."""
ALPHA_WIDTH = ALPHA / 10
"""How much the weight varies between walks; langdetect's 0.05 would at times make it negative."""
TRIALS = 3
"""How many random walks over the n-grams langdetect averages (its own default is 7)."""
PLACES, MORE_PLACES = 4, 16
"""From how many places a long text is sampled, and from how many where these leave doubt."""
SURE = 0.85
"""Below this confidence a long text is sampled again."""
MIN_CONFIDENCE = 0.55
"""Below this probability the language is unknown: no two of the walks agreed."""
MIN_LETTERS = 3
"""With fewer letters the language is unknown, unless the script alone decides it."""
MIN_TRIGRAMS = 50
"""From how many trigrams on a text's familiarity with its language is tested."""

FIRST_LANGUAGES = frozenset({"en", "ru", "be", "kk", "ky", "tg"})
"""The languages that a release is expected in; Armenian needs no prior, it has its script."""
OTHER_PRIOR = 0.1
"""The prior weight of any other language, where one of the first has 1."""

MAX_NGRAMS = 2300
"""How many n-grams are read of one of langdetect's profiles. Most have as many; those with three
times more (Catalan, Estonian, Romanian) know any name, and take English titles for theirs."""
OWN_PROFILES = Path(__file__).parent / "profiles"

_CODES = {"zh-cn": "zh", "zh-tw": "zh"}


class Detector:
    """Detects languages; threads may share one.

    It reads the profiles once, into factories that no call changes: langdetect's own `detect`
    fills a global factory on first use, which threads see half filled. Each call works on
    a detector object of its own with the same seed, so the same text always has the same answer.
    """

    def __init__(self) -> None:
        self._factories = {
            script.name: _factory(script) for script in SCRIPTS if len(script.profiles) > 1
        }

    def detect(self, text: str) -> Language:
        """The main language of the text, `unknown` where nothing or too little speaks for one.

        The confidence is langdetect's probability times the share of the letters that are
        written in the language's script. Long texts are sampled. Fragments can be mistaken:
        of pieces of 50 characters cut from Ukrainian, Bulgarian, Mongolian and Tatar news 0.6 %
        came out as one of the first languages, of whole sentences 0.2 %, of documents none.
        """
        language = self._look(text, PLACES)
        if language.confidence < SURE and len(text) > PLACES * PLACE_LENGTH:
            return self._look(text, MORE_PLACES)
        return language

    def _look(self, text: str, places: int) -> Language:
        found = sample(text, places)
        if found is None:
            return Language()
        if found.script.name not in self._factories:
            return Language(found.script.profiles[0], found.share)
        return _choose(self._factories[found.script.name], found)


def detect(text: str) -> Language:
    """The main language of the text, by a detector that all callers share."""
    return _shared_detector().detect(text)


@cache
def _shared_detector() -> Detector:
    return Detector()


def _factory(script: Script) -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_json_profile([_profile(name) for name in script.profiles])
    factory.set_seed(SEED)
    return factory


def _profile(name: str) -> str:
    own = OWN_PROFILES / f"{name}.json"
    if own.exists():
        return own.read_text(encoding="utf-8")
    profile = json.loads((Path(PROFILES_DIRECTORY) / name).read_text(encoding="utf-8"))
    ranked = sorted(profile["freq"].items(), key=lambda item: (-item[1], item[0]))
    return json.dumps(profile | {"freq": dict(ranked[:MAX_NGRAMS])})


def _choose(factory: DetectorFactory, found: Sample) -> Language:
    if sum(map(len, found.words)) < MIN_LETTERS:
        return Language()
    words = _in_small_letters(found.words)
    detector = factory.create(ALPHA)
    detector.ALPHA_WIDTH = ALPHA_WIDTH
    detector.n_trial = TRIALS
    detector.set_prior_map(_priors(factory))
    detector.append(" ".join(words))
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:  # no n-gram of the text is in any profile
        return Language()
    if not ranked or ranked[0].prob < MIN_CONFIDENCE:
        return Language()
    name = ranked[0].lang
    if not _is_familiar(factory, name, words, found.script.familiar):
        return Language()
    return Language(_CODES.get(name, name), ranked[0].prob * found.share)


def _in_small_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, small if most are all capitals: langdetect skips such words as abbreviations."""
    capitals = sum(map(str.isupper, words))
    return tuple(map(str.lower, words)) if capitals * 2 > len(words) else words


def _priors(factory: DetectorFactory) -> dict[str, float]:
    return {name: 1.0 if name in FIRST_LANGUAGES else OTHER_PRIOR for name in factory.langlist}


def _is_familiar(factory: DetectorFactory, name: str, words: tuple[str, ...], least: float) -> bool:
    """Whether the profile knows enough of the text's trigrams.

    langdetect always prefers one of its languages; a text in none of them (Ossetian, Abkhaz,
    Yakut) shows by the trigrams that even the best profile lacks.
    """
    if not least:
        return True
    language = factory.langlist.index(name)
    known = [
        bool(probabilities and probabilities[language])
        for probabilities in map(factory.word_lang_prob_map.get, _trigrams(words))
    ]
    return len(known) < MIN_TRIGRAMS or sum(known) >= least * len(known)


def _trigrams(words: tuple[str, ...]) -> list[str]:
    padded = (f" {word} " for word in words if len(word) == 1 or not word.isupper())
    return [word[i : i + 3] for word in padded for i in range(len(word) - 2)]
