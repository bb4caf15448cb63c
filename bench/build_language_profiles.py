"""Learns the language profiles of `indexer/languages/profiles` from public texts.

    python bench/build_language_profiles.py DATA

DATA holds `language/sib200/<language>/train.tsv` (https://github.com/dadelani/sib-200),
`language/udhr2/udhr2.zip` (the Universal Declaration of Human Rights, as NLTK packs it),
`relevance/ntrex128/` (https://github.com/MicrosoftTranslator/NTREX), one address of the
President of Tajikistan in `press/tajik_president/` and the headlines of the government of
Kazakhstan in `press/kaz_gov_parallel/`. Learnt are the train split of SIB-200, the Declaration,
every second document of NTREX from the first on, that address and every eighth headline;
all else stays unseen for testing. Profiles hold costs and counts of n-grams, no text.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.utils.lang_profile import LangProfile
from numpy.typing import NDArray

from indexer.languages.ngrams import COSTS_PER_NAT, ORDER, PROFILES
from indexer.languages.scripts import SCRIPTS, Script, clean, words_in

Counts = Counter[str]
"""How often each n-gram stands in the words of a language, with a blank on both sides."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a language is learnt from: its names in the sets."""

    language: str
    sib200: str | None = None
    ntrex: str | None = None
    udhr: tuple[str, ...] = ()


CYRILLIC = (
    Course("ru", "rus_Cyrl", "ref.rus", ("rus",)),
    Course("be", "bel_Cyrl", "ref.bel", ("bel",)),
    Course("kk", "kaz_Cyrl", "ref.kaz", ("kaz",)),
    Course("ky", "kir_Cyrl", "ref.kir", ("kir",)),
    Course("tg", "tgk_Cyrl", "ref.tgk-Cyrl", ("tgk",)),
    Course("uk", "ukr_Cyrl", "ref.ukr", ("ukr",)),
    Course("bg", "bul_Cyrl", "ref.bul", ("bul",)),
    Course("mk", "mkd_Cyrl", None, ("mkd",)),
    Course("sr", "srp_Cyrl", None, ("srp_cyrl", "bos_cyrl")),
    Course("mn", "khk_Cyrl", "ref.mon", ("khk",)),
    Course("tt", "tat_Cyrl", "ref.tat", ("tat",)),
    Course("ba", "bak_Cyrl"),
    Course("uz-cyrl", "uzn_Latn", "ref.uzb", ("uzn_cyrl",)),
    # Learnt so that their texts are not taken for one of the above.
    Course("abk", udhr=("abk",)),
    Course("alt", udhr=("alt",)),
    Course("az-cyrl", udhr=("azj_cyrl",)),
    Course("cjs", udhr=("cjs",)),
    Course("evn", udhr=("evn",)),
    Course("kjh", udhr=("kjh",)),
    Course("oss", udhr=("oss",)),
    Course("sah", udhr=("sah",)),
    Course("tuk-cyrl", udhr=("tuk_cyrl",)),
    Course("tyv", udhr=("tyv",)),
)
LATIN = (
    Course("en", "eng_Latn", "src.eng", ("eng",)),
    Course("uz", "uzn_Latn", "ref.uzb", ("uzn_latn",)),
    Course("az", "azj_Latn", None, ("azj_latn",)),
)
"""The other languages in Latin letters are learnt from langdetect's counts."""

TABLE_SIZES = {"cyrillic": 60_000, "latin": 12_000}
"""How many n-grams are kept, the most telling ones; half as many err 0.1 % more on 50 letters."""
LETTERS = 70
"""Of how many letters any one is expected where nothing is known: an alphabet with its signs."""
RAREST = {"cyrillic": 2, "latin": 3}
"""N-grams that no language has so often are left out."""

MAX_NGRAMS = 4500
"""How many n-grams a profile for langdetect keeps."""

LEGACY_FONTS = {
    "ky": {"ө": "є", "ү": "ї", "ң": "њ"},
    "mn": {"ө": "є", "ү": "ї"},
    "tg": {"ӣ": "ї", "ҷ": "љ", "ҳ": "њ", "қ": "ќ", "ӯ": "ў", "ғ": "ѓ"},
}
"""Letters that old fonts drew in the place of others; texts typed for them are still met."""
LEGACY_EVERY = 10
"""Each so many-th sentence is learnt once more as an old font would have it."""

UZBEK_CYRILLIC = (
    *(("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я")),
    *zip("abdefghijklmnopqrstuvxyzʼ", "абдефгҳижклмнопқрстувхйзъ", strict=True),
)
"""The Uzbek alphabet of 1995 turned back into Cyrillic, longer spellings first."""


def main() -> int:
    """Writes the profiles; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with language/, relevance/ and press/")
    data: Path = parser.parse_args().data
    if not (data / "language" / "sib200").is_dir():
        print(f"skipped: there is no language/sib200 in {data}", file=sys.stderr)
        return 0
    cyrillic, latin = SCRIPTS[0], SCRIPTS[1]
    counts = {course.language: count(course, data, cyrillic) for course in CYRILLIC}
    write_table(cyrillic.name, counts)
    counts = {course.language: count(course, data, latin) for course in LATIN}
    others = [name for name in latin.profiles if name not in counts]
    write_table(latin.name, counts | {name: langdetect_counts(name) for name in others})
    for course in LATIN:
        write_langdetect_profile(course, data, latin)
    for path in sorted(PROFILES.iterdir()):
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


def count(course: Course, data: Path, script: Script) -> Counts:
    """The n-grams of the course's texts that end in a letter or the blank after a word."""
    words: Counter[str] = Counter()
    for sentence in spellings(course, data):
        words.update(word.lower() for word in words_in(clean(sentence), script))
    counts: Counts = Counter()
    for word, times in words.items():
        padded = f" {word} "
        for end in range(2, len(padded) + 1):
            for start in range(max(0, end - ORDER), end):
                counts[padded[start:end]] += times
    return counts


def langdetect_counts(name: str) -> Counts:
    """The n-grams of one of langdetect's own profiles in small letters: up to three letters."""
    profile = json.loads((Path(PROFILES_DIRECTORY) / name).read_text(encoding="utf-8"))
    counts: Counts = Counter()
    for ngram, times in profile["freq"].items():
        if ngram != " ":
            # Python's small letter of the Turkish İ is an i with a dot of its own (U+0307).
            counts[ngram.lower().replace("\u0307", "")] += times
    return counts


class LetterModel:
    """The probability of a letter after others in one language, smoothed by Witten and Bell."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.total = sum(times for ngram, times in counts.items() if len(ngram) == 1)
        self._after: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        for ngram, times in counts.items():
            self._after[ngram[:-1]] += times
            self._kinds[ngram[:-1]] += 1
        self._known: dict[str, float] = {}

    def probability(self, ngram: str) -> float:
        """That of the last letter of the n-gram after those before it."""
        if not ngram:
            return 1 / LETTERS
        if ngram not in self._known:
            shorter = self.probability(ngram[1:])
            kinds, after = self._kinds[ngram[:-1]], self._after[ngram[:-1]]
            mixed = (self.counts[ngram] + kinds * shorter) / (after + kinds) if after else shorter
            self._known[ngram] = mixed
        return self._known[ngram]


def write_table(script: str, counts: dict[str, Counts]) -> None:
    """Writes the n-grams and their costs, in the form that `NgramTable` reads."""
    models = [LetterModel(own) for own in counts.values()]
    often = {ngram for own in counts.values() for ngram in own if own[ngram] >= RAREST[script]}
    letters = {ngram for own in counts.values() for ngram in own if len(ngram) == 1}
    ends = {ngram[start:] for ngram in often for start in range(1, len(ngram))}
    ngrams = sorted(often | letters | ends)
    costs = {ngram: -np.log([model.probability(ngram) for model in models]) for ngram in ngrams}
    worth = {ngram: _worth(ngram, costs, models) for ngram in ngrams}
    kept = sorted(sorted(ngrams, key=lambda ngram: -worth[ngram])[: TABLE_SIZES[script]])
    table = np.array([np.round(costs[ngram] * COSTS_PER_NAT).clip(0, 255) for ngram in kept])
    lines = [" ".join(counts), *kept, ""]
    (PROFILES / f"{script}.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    np.save(PROFILES / f"{script}.npy", table.astype(np.uint8))


def _worth(ngram: str, costs: dict[str, NDArray[np.float64]], models: list[LetterModel]) -> float:
    """How much the n-gram tells languages apart beyond a shorter one, times how common it is."""
    if len(ngram) == 1:
        return float("inf")
    told = costs[ngram] - costs[ngram[1:]]
    share = max(model.counts[ngram] / model.total for model in models)
    return float(share * np.abs(told - told.mean()).max())


def write_langdetect_profile(course: Course, data: Path, script: Script) -> None:
    """Writes the profile as JSON, in the form that langdetect loads."""
    profile = LangProfile(course.language)
    for sentence in sentences(course, data):
        profile.update(" ".join(words_in(clean(sentence), script)) + " ")
    # Rare n-grams are dropped, but stay in the totals: else small profiles would look surer.
    totals = list(profile.n_words)
    profile.omit_less_freq()
    if course.language == "en":
        _add_langdetect(profile, totals)
    ranked = sorted(profile.freq.items(), key=lambda item: (-item[1], item[0]))
    content = {"freq": dict(ranked[:MAX_NGRAMS]), "n_words": totals, "name": profile.name}
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path = PROFILES / f"{course.language}.json"
    path.write_text(written + "\n", encoding="utf-8", newline="\n")


def _add_langdetect(profile: LangProfile, totals: list[int]) -> None:
    """Adds langdetect's counts, scaled to the profile's totals, and doubles the totals."""
    path = Path(PROFILES_DIRECTORY) / str(profile.name)
    other = json.loads(path.read_text(encoding="utf-8"))
    scales = [own / theirs for own, theirs in zip(totals, other["n_words"], strict=True)]
    for ngram, times in other["freq"].items():
        profile.freq[ngram] += round(times * scales[len(ngram) - 1])
    totals[:] = [total * 2 for total in totals]


def spellings(course: Course, data: Path) -> Iterator[str]:
    """All sentences to learn, in each spelling of the language that the profile serves."""
    legacy = _both_cases(LEGACY_FONTS.get(course.language, {}))
    for number, sentence in enumerate(sentences(course, data)):
        yield uzbek_cyrillic(sentence) if course.language == "uz-cyrl" else sentence
        if legacy and number % LEGACY_EVERY == 0:
            yield sentence.translate(legacy)
    for name in course.udhr:
        with ZipFile(data / "language" / "udhr2" / "udhr2.zip") as archive:
            yield from archive.read(f"udhr2/{name}.txt").decode("utf-8").split("\n")
    if course.language == "tg":
        address = data / "press" / "tajik_president" / "Payom_MajlisiOli_20_01_2016.txt"
        yield from address.read_text(encoding="utf-8").split("\n")
    if course.language == "kk":
        titles = data / "press" / "kaz_gov_parallel" / "titles.tsv"
        for row in titles.read_text(encoding="utf-8").splitlines()[::8]:
            yield row.partition("\t")[0]


def sentences(course: Course, data: Path) -> Iterator[str]:
    """The sentences of SIB-200's train split and of every second document of NTREX."""
    if course.sib200:
        table = data / "language" / "sib200" / course.sib200 / "train.tsv"
        for row in table.read_text(encoding="utf-8").splitlines()[1:]:
            yield row.split("\t", 2)[2]
    if course.ntrex:
        yield from _ntrex_half(data / "relevance" / "ntrex128", course.ntrex)


def _ntrex_half(folder: Path, name: str) -> Iterator[str]:
    documents = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    numbers = {document: number for number, document in enumerate(dict.fromkeys(documents))}
    text = (folder / f"newstest2019-{name}.txt").read_text(encoding="utf-8")
    for document, sentence in zip(documents, text.split("\n"), strict=False):
        if numbers[document] % 2 == 0:
            yield sentence


def uzbek_cyrillic(text: str) -> str:
    """Uzbek in Latin letters written in Cyrillic ones."""
    text = re.sub("[‘`]", "ʻ", re.sub("[’']", "ʼ", text))
    text = re.sub(r"\be", "э", re.sub(r"\bE", "Э", text))
    for latin, cyrillic in UZBEK_CYRILLIC:
        text = text.replace(latin, cyrillic)
        text = text.replace(latin.capitalize(), cyrillic.upper())
        text = text.replace(latin.upper(), cyrillic.upper())
    return text


def _both_cases(letters: dict[str, str]) -> dict[int, str]:
    capitals = {ord(old.upper()): new.upper() for old, new in letters.items()}
    return capitals | {ord(old): new for old, new in letters.items()}


if __name__ == "__main__":
    sys.exit(main())
