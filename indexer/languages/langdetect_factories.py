"""langdetect with a fixed seed and one factory for each script, for languages without a table."""

import json
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from indexer.languages.ngrams import PROFILES

SEED = 0
ALPHA = 0.01
"""The weight of n-grams that a profile lacks. langdetect's own 0.5 suits profiles of millions of
characters; with ours, of 200,000, 0.01 errs less on short texts."""
ALPHA_WIDTH = ALPHA / 10
"""How much the weight varies between walks; langdetect's 0.05 would at times make it negative."""
TRIALS = 3
"""How many random walks over the n-grams langdetect averages (its own default is 7)."""
OTHER_PRIOR = 0.1
"""The prior weight of any language but English, which has 1."""
MAX_NGRAMS = 2300
"""How many n-grams are read of one of langdetect's profiles. Most have as many; those with three
times more (Catalan, Estonian, Romanian) know any name, and take English titles for theirs."""

_CODES = {"zh-cn": "zh", "zh-tw": "zh"}


def factory_of(profiles: tuple[str, ...]) -> DetectorFactory:
    """A factory that no call changes: langdetect's global one is seen half filled by threads."""
    factory = DetectorFactory()
    factory.load_json_profile([_profile(name) for name in profiles])
    factory.set_seed(SEED)
    return factory


def most_probable(factory: DetectorFactory, words: tuple[str, ...]) -> tuple[str, float] | None:
    """The code of the language of the words and its probability; None where no n-gram is known."""
    detector = factory.create(ALPHA)
    detector.ALPHA_WIDTH = ALPHA_WIDTH
    detector.n_trial = TRIALS
    detector.set_prior_map(
        {name: 1.0 if name == "en" else OTHER_PRIOR for name in factory.langlist}
    )
    detector.append(" ".join(_in_small_letters(words)))
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return None
    if not ranked:
        return None
    return _CODES.get(ranked[0].lang, str(ranked[0].lang)), min(1.0, float(ranked[0].prob))


def _profile(name: str) -> str:
    own = PROFILES / f"{name}.json"
    if own.exists():
        return own.read_text(encoding="utf-8")
    profile = json.loads((Path(PROFILES_DIRECTORY) / name).read_text(encoding="utf-8"))
    ranked = sorted(profile["freq"].items(), key=lambda item: (-item[1], item[0]))
    return json.dumps(profile | {"freq": dict(ranked[:MAX_NGRAMS])})


def _in_small_letters(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, small if most are all capitals: langdetect skips such words as abbreviations."""
    capitals = sum(map(str.isupper, words))
    return tuple(map(str.lower, words)) if capitals * 2 > len(words) else words
