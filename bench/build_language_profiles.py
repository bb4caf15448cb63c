"""Learns the language profiles of `indexer/languages/profiles` from public parallel texts.

    python bench/build_language_profiles.py DATA

DATA holds `language/sib200/<language>/train.tsv` (https://github.com/dadelani/sib-200) and
`relevance/ntrex128/` (https://github.com/MicrosoftTranslator/NTREX). Learnt are the train split
of SIB-200 and every second document of NTREX, from the first on; the other documents, the
dev split and all else stay unseen for testing. A profile holds counts of n-grams, no text.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.utils.lang_profile import LangProfile

from indexer.languages.detector import OWN_PROFILES
from indexer.languages.scripts import SCRIPTS, clean, words_in

MAX_NGRAMS = 4500
"""The most frequent n-grams are kept: 51 kB a profile; twice as many gain 0.1 % at most."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a profile is learnt from: the names of the language in the two sets."""

    profile: str
    sib200: str
    ntrex: str | None = None
    langdetect: bool = False
    """Whether langdetect's own profile is added, at the same weight as the texts."""


COURSES = (
    Course("en", "eng_Latn", "src.eng", langdetect=True),
    Course("ru", "rus_Cyrl", "ref.rus"),
    Course("be", "bel_Cyrl", "ref.bel"),
    Course("kk", "kaz_Cyrl", "ref.kaz"),
    Course("ky", "kir_Cyrl", "ref.kir"),
    Course("tg", "tgk_Cyrl", "ref.tgk-Cyrl"),
    Course("uk", "ukr_Cyrl", "ref.ukr"),
    Course("bg", "bul_Cyrl", "ref.bul"),
    Course("mn", "khk_Cyrl", "ref.mon"),
    Course("tt", "tat_Cyrl", "ref.tat"),
    Course("uz", "uzn_Latn", "ref.uzb"),
    Course("uz-cyrl", "uzn_Latn", "ref.uzb"),
    Course("az", "azj_Latn"),
    Course("ba", "bak_Cyrl"),
    Course("mk", "mkd_Cyrl"),
    Course("sr", "srp_Cyrl"),
)

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
    parser.add_argument("data", type=Path, help="the folder with language/ and relevance/")
    data: Path = parser.parse_args().data
    if not (data / "language" / "sib200").is_dir():
        print(f"skipped: there is no language/sib200 in {data}", file=sys.stderr)
        return 0
    for course in COURSES:
        path = OWN_PROFILES / f"{course.profile}.json"
        path.write_text(learn(course, data) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


def learn(course: Course, data: Path) -> str:
    """The profile as JSON, in the form that langdetect loads."""
    script = next(script for script in SCRIPTS if course.profile in script.profiles)
    profile = LangProfile(course.profile.partition("-")[0])
    for sentence in spellings(course, data):
        profile.update(" ".join(words_in(clean(sentence), script)) + " ")
    # Rare n-grams are dropped, but stay in the totals: else small profiles would look surer.
    totals = list(profile.n_words)
    profile.omit_less_freq()
    if course.langdetect:
        _add_langdetect(profile, totals)
    ranked = sorted(profile.freq.items(), key=lambda item: (-item[1], item[0]))
    content = {"freq": dict(ranked[:MAX_NGRAMS]), "n_words": totals, "name": profile.name}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _add_langdetect(profile: LangProfile, totals: list[int]) -> None:
    """Adds langdetect's counts, scaled to the profile's totals, and doubles the totals."""
    path = Path(PROFILES_DIRECTORY) / str(profile.name)
    other = json.loads(path.read_text(encoding="utf-8"))
    scales = [own / theirs for own, theirs in zip(totals, other["n_words"], strict=True)]
    for ngram, count in other["freq"].items():
        profile.freq[ngram] += round(count * scales[len(ngram) - 1])
    totals[:] = [total * 2 for total in totals]


def spellings(course: Course, data: Path) -> Iterator[str]:
    """The sentences to learn, in each spelling of the language that the profile serves."""
    legacy = _both_cases(LEGACY_FONTS.get(course.profile, {}))
    for number, sentence in enumerate(sentences(course, data)):
        yield uzbek_cyrillic(sentence) if course.profile == "uz-cyrl" else sentence
        if legacy and number % LEGACY_EVERY == 0:
            yield sentence.translate(legacy)


def sentences(course: Course, data: Path) -> Iterator[str]:
    """The sentences of SIB-200's train split and of every second document of NTREX."""
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
