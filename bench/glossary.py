"""Whether the names of the glossary are those that texts of each language have.

    python -m bench.glossary DATA [--glossary FILE] [--missed N]

Of the sentences that name a concept in English, the share whose counterpart has one of its names
in another language is the recall of that language; of those that have one of its names, the share
whose English counterpart names the concept is its precision. A translator is free, so neither can
be 100. `--missed` lists the concepts that are missed most, with the words that stand there
instead: what to look at when the glossary is to be mended. DATA is described in bench/README.md;
a set that is absent is left out with a reason.
"""

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from bench.labelled_texts import SEVEN
from bench.parallel_texts import ALONE, PARALLEL, Texts
from bench.report import table
from indexer import bundled
from indexer.analysis import normalize, stem, token_texts
from indexer.authority import Concept, Glossary, Name, parse_glossary

FEW = 3
"""Sentences: a concept that fewer name in English has no recall of its own."""
SHOWN = 8
"""Words that are listed for a missed concept."""


@dataclass
class Column:
    """The texts of one language, found by the words that they have."""

    language: str
    words: dict[int, list[str]] = field(default_factory=dict)
    """Normalized, by the number of the sentence."""
    texts: dict[int, str] = field(default_factory=dict)
    """Stems between blanks."""
    holding: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By stem, the sentences that have it."""
    written: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By word."""

    def add(self, number: int, text: str) -> None:
        """Add a text."""
        self.words[number] = [normalize(word) for word in token_texts(text)]
        stems = [stem(word, self.language) for word in self.words[number]]
        self.texts[number] = f" {' '.join(stems)} "
        for word, its_stem in zip(self.words[number], stems, strict=True):
            self.holding[its_stem].add(number)
            self.written[word].add(number)

    def naming(self, name: Name) -> set[int]:
        """The sentences that have a name, as an engine finds it: its words side by side."""
        if not name.inflected:
            return self.written.get(name.words[0], set())
        found = set.intersection(*(self.holding.get(each, set()) for each in name.stems))
        wanted = f" {' '.join(name.stems)} "
        return {at for at in found if wanted in self.texts[at]} if len(name.stems) > 1 else found


@dataclass(frozen=True, slots=True)
class Judged:
    """One concept in one language, against English."""

    concept: str
    language: str
    english: frozenset[int]
    """Sentences with a counterpart in the language in which English words are read as it."""
    other: frozenset[int]
    """Those that have one of its names in the language, as an engine finds them: by stems."""
    by_chance: int
    """Of the latter, those whose English counterpart has none of its names."""

    @property
    def both(self) -> int:
        """Sentences that name it in both."""
        return len(self.english & self.other)


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--glossary", type=Path, default=bundled.authority() / "glossary.toml")
    parser.add_argument("--missed", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    text = arguments.glossary.read_text(encoding="utf-8")
    concepts = parse_glossary(arguments.glossary.name, text)
    parallel = columns(texts_of(arguments.data, PARALLEL))
    if not parallel["en"].texts:
        print(f"skipped: no parallel texts in {arguments.data}", file=sys.stderr)
        return 0
    alone = columns(texts_of(arguments.data, ALONE))
    judged: dict[str, list[Judged]] = defaultdict(list)
    glossary = Glossary(concepts)
    for each in judge(glossary, concepts, parallel):
        judged[each.language].append(each)
    print("\n".join(report(concepts, (parallel, alone), judged)))
    for line in missed(judged, parallel, arguments.missed):
        print(line)
    return 0


def texts_of(data: Path, sets: Mapping[str, tuple[str, object]]) -> Iterator[Texts]:
    """The texts of all sets that are there."""
    for name, (folder, reader) in sets.items():
        if (data / folder).is_dir():
            assert callable(reader)
            yield from reader(data)
        else:
            print(f"skipped: {name}, there is no {folder} in {data}", file=sys.stderr)


def columns(texts: Iterable[Texts]) -> Mapping[str, Column]:
    """The texts by their languages."""
    found = {language: Column(language) for language in SEVEN}
    for number, own in enumerate(texts):
        for language, text in own.items():
            if language in found:
                found[language].add(number, text)
    return found


def naming(names: Iterable[Name], column: Column) -> set[int]:
    """The sentences that have one of these names."""
    return set().union(*(column.naming(name) for name in names))


def read_in_english(concepts: Sequence[Concept], column: Column) -> Mapping[str, set[int]]:
    """By concept, the sentences some words of which are looked up as its name."""
    glossary = Glossary(Concept(each.id, {"en": each.names.get("en", ())}) for each in concepts)
    read: dict[str, set[int]] = defaultdict(set)
    for number, words in column.words.items():
        for found in glossary.find(words):
            read[found.concept].add(number)
    return read


def judge(
    glossary: Glossary,
    concepts: Sequence[Concept],
    parallel: Mapping[str, Column],
) -> Iterator[Judged]:
    """Every concept that has names in English and in another language, in that language."""
    english, read = parallel["en"], read_in_english(concepts, parallel["en"])
    for language, column in parallel.items():
        shared = english.texts.keys() & column.texts.keys()
        for concept in concepts:
            names = glossary.names(concept.id)
            if language != "en" and names.get("en") and names.get(language):
                other = naming(names[language], column) & shared
                without = other - naming(names["en"], english)
                own = read.get(concept.id, set()) & shared
                yield Judged(concept.id, language, frozenset(own), frozenset(other), len(without))


def report(
    concepts: Sequence[Concept],
    texts: Sequence[Mapping[str, Column]],
    judged: Mapping[str, Sequence[Judged]],
) -> Iterator[str]:
    """The table by language."""
    heads = ["language", "concepts", "names", "names attested", "concepts attested"]
    heads += ["recall", "precision", f"recall by concept ({FEW} or more)", "such concepts"]
    rows = []
    for language in SEVEN:
        places = [column[language] for column in texts]
        own = {each.id: each.names[language] for each in concepts if each.names.get(language)}
        names = [(concept, name) for concept, spellings in own.items() for name in spellings]
        seen = [one for one in names if any(_attests(column, *one) for column in places)]
        row = [language, f"{len(own)}", f"{len(names)}", share(len(seen), len(names))]
        attested = {concept for concept, _ in seen}
        row += [share(len(attested), len(own)), *_shares(judged.get(language, ()))]
        rows.append(row)
    yield from table(heads, rows)


def _attests(column: Column, concept: str, name: str) -> bool:
    return bool(naming(Name.of(concept, column.language, name), column))


def _shares(judged: Sequence[Judged]) -> list[str]:
    if not judged:
        return ["", "", "", ""]
    both = sum(each.both for each in judged)
    common = [each for each in judged if len(each.english) >= FEW]
    by_concept = mean([each.both / len(each.english) for each in common] or [0])
    return [
        share(both, sum(len(each.english) for each in judged)),
        share(
            sum(len(each.other) - each.by_chance for each in judged),
            sum(len(each.other) for each in judged),
        ),
        f"{100 * by_concept:.1f}",
        f"{len(common)}",
    ]


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def missed(
    judged: Mapping[str, Sequence[Judged]], parallel: Mapping[str, Column], number: int
) -> Iterator[str]:
    """The concepts that are missed most in each language, and what stands there instead."""
    for language, own in judged.items():
        column = parallel[language]
        worst = sorted(own, key=lambda each: each.both - len(each.english))[:number]
        for each in worst:
            without = each.english - each.other
            words = ", ".join(f"{word} {n}" for word, n in telling(column, without))
            yield (
                f"{language} {each.concept}: {each.both} of {len(each.english)} found, "
                f"{each.by_chance} without English; {words}"
            )


def telling(column: Column, sentences: Iterable[int]) -> list[tuple[str, int]]:
    """The stems that stand in these sentences more often than elsewhere, with the sentences."""
    own = Counter(word for at in sentences for word in set(column.texts[at].split()))
    rare = {
        word: n * math.log(len(column.texts) / len(column.holding[word])) for word, n in own.items()
    }
    best = sorted(rare, key=lambda word: (-rare[word], word))[:SHOWN]
    return [(word, own[word]) for word in best]


if __name__ == "__main__":
    sys.exit(main())
