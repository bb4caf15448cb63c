"""How well the forms of a word meet in one stem, and what stems do for retrieval.

    python -m bench.morphology DATA

`DATA` holds `morphology/` (Universal Dependencies in folders `ud_LANGUAGE_NAME`, UniMorph in
`unimorph`) and `relevance/ntrex128`. What is absent is skipped with a reason. `paradigms.toml`
is ours, and checks rules rather than measures them.
"""

import argparse
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import snowballstemmer

from bench.labelled_texts import SEVEN
from bench.report import table
from indexer.analysis import normalize, stem, token_texts

Pair = tuple[str, str]
"""A form and its lemma, both normalized."""
Stem = Callable[[str], str]

OWN, NONE, SNOWBALL, SIMPLEMMA = "Communique", "no stemming", "Snowball", "simplemma"
SHORTEST = 3
"""Letters: shorter forms are function words and initials."""
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))
_UNIMORPH = {"be": "bel_bel", "kk": "kaz_kaz.noun.tsv"}
_SNOWBALL = {"en": "english", "ru": "russian", "hy": "armenian", "be": "russian"}
"""The algorithm of the language, or of its nearest relative that has one."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How pairs of forms meet, each a share from 0 to 1."""

    recall: float
    """Of the pairs of one lemma, those that share a stem."""
    precision: float
    """Of the pairs that share a stem, those of one lemma."""

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    def __str__(self) -> str:
        return " / ".join(f"{100 * each:.0f}" for each in (self.recall, self.precision, self.f1))


@dataclass(frozen=True, slots=True)
class Gold:
    """Distinct pairs of one language; `name` says from where."""

    name: str
    language: str
    pairs: frozenset[Pair]


def meeting(pairs: Iterable[Pair], stemmed: Stem) -> Meeting:
    """Recall and precision over all pairs of distinct (form, lemma)."""
    lemmas: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    both: Counter[Pair] = Counter()
    for form, lemma in pairs:
        found = stemmed(form)
        lemmas[lemma] += 1
        stems[found] += 1
        both[found, lemma] += 1
    met, of_lemmas, of_stems = (_couples(each) for each in (both, lemmas, stems))
    return Meeting(met / max(of_lemmas, 1), met / of_stems if of_stems else 1.0)


def _couples(counts: Counter[Pair] | Counter[str]) -> int:
    return sum(math.comb(count, 2) for count in counts.values())


def gold(data: Path) -> Iterator[Gold]:
    """Every set of pairs in the folder: the dev part for tuning, the test part to report.

    UniMorph has no parts; every second lemma is dev.
    """
    for folder in sorted((data / "morphology").glob("ud_*")):
        language = folder.name.split("_")[1]
        for part in ("dev", "test"):
            for path in folder.glob(f"*-ud-{part}.conllu"):
                yield Gold(f"UD {part}", language, frozenset(_of_conllu(path)))
    for language, name in _UNIMORPH.items():
        path = data / "morphology" / "unimorph" / name
        if path.is_file():
            pairs = set(_of_unimorph(path))
            lemmas = sorted({lemma for _, lemma in pairs})
            for part, own in (("dev", set(lemmas[::2])), ("test", set(lemmas[1::2]))):
                half = frozenset(pair for pair in pairs if pair[1] in own)
                yield Gold(f"UniMorph {part}", language, half)


def paradigms() -> Iterator[Gold]:
    """The paradigms of `paradigms.toml`, by language: each is a lemma of its own."""
    table = tomllib.loads(Path(__file__).with_name("paradigms.toml").read_text(encoding="utf-8"))
    found: dict[str, set[Pair]] = {}
    for number, each in enumerate(table["paradigm"]):
        pairs = {(normalize(form), str(number)) for form in each["forms"].split()}
        found.setdefault(each["language"], set()).update(pairs)
    for language, own in found.items():
        yield Gold("paradigms", language, frozenset(own))


def _of_conllu(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) == 10 and columns[3] in _CONTENT:
            yield from _pair(columns[1], columns[2])


def _of_unimorph(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) > 2:
            yield from _pair(columns[1], columns[0])


def _pair(form: str, lemma: str) -> Iterator[Pair]:
    form, lemma = normalize(form), normalize(lemma)
    if len(form) >= SHORTEST and form.isalpha():
        yield form, lemma


def stemmers(language: str) -> dict[str, Stem]:
    """The columns of a language: Communique's stems, none, and those of others that it has."""
    found: dict[str, Stem] = {OWN: lambda word: stem(word, language), NONE: lambda word: word}
    if language in _SNOWBALL:
        found[SNOWBALL] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    if find_spec("simplemma") and language == "hy":
        from simplemma import lemmatize

        found[SIMPLEMMA] = lambda word: normalize(lemmatize(word, lang=language))
    return found


def headline_ndcg(data: Path, language: str, stemmed: Stem, depth: int = 10) -> float:
    """Mean nDCG of finding a news document by its headline: BM25 (k1 1.2, b 0.75) over stems."""
    import bm25s

    headlines, documents = _ntrex(data, language)
    words = [[stemmed(normalize(token)) for token in token_texts(text)] for text in documents]
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(words, show_progress=False)
    gains = []
    for own, headline in enumerate(headlines):
        query = [stemmed(normalize(token)) for token in token_texts(headline)]
        scores = index.get_scores([word for word in query if word in index.vocab_dict])
        rank = int((scores > scores[own]).sum()) + int((scores[:own] == scores[own]).sum())
        gains.append(1 / math.log2(rank + 2) if rank < depth else 0.0)
    return sum(gains) / len(gains)


def _ntrex(data: Path, language: str) -> tuple[list[str], list[str]]:
    folder = data / "relevance" / "ntrex128"
    numbers = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    lines = (folder / f"newstest2019-{SEVEN[language][1]}.txt").read_text(encoding="utf-8")
    documents: dict[str, list[str]] = {}
    for number, line in zip(numbers, lines.split("\n"), strict=False):
        documents.setdefault(number, []).append(line)
    return [own[0] for own in documents.values()], ["\n".join(d[1:]) for d in documents.values()]


def meetings(data: Path) -> Iterator[tuple[Gold, Mapping[str, Meeting]]]:
    """Every gold set with the meeting of each column."""
    for each in (*gold(data), *paradigms()):
        columns = stemmers(each.language)
        yield each, {name: meeting(each.pairs, column) for name, column in columns.items()}


def _meeting_rows(data: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    for each, found in meetings(data):
        name = f"{each.language} {each.name} ({len(each.pairs):,})"
        yield [name, *(str(found.get(column, "")) for column in columns)]


def _retrieval_rows(data: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    for language in SEVEN:
        found = {
            name: f"{headline_ndcg(data, language, stemmed):.3f}"
            for name, stemmed in stemmers(language).items()
        }
        yield [language, *(found.get(column, "") for column in columns)]


def _absent(data: Path, folder: str) -> bool:
    absent = not (data / folder).is_dir()
    if absent:
        print(f"skipped: there is no {folder} in {data}", file=sys.stderr)
    return absent


def main() -> int:
    """Print the tables in Markdown; always 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    columns = (OWN, NONE, SNOWBALL, SIMPLEMMA)
    _absent(data, "morphology")
    heads = ["recall / precision / F1", *columns]
    print("\n".join(table(heads, list(_meeting_rows(data, columns)))))
    if not _absent(data, "relevance/ntrex128"):
        heads = ["headline to document, nDCG@10", *columns]
        print("\n".join(table(heads, list(_retrieval_rows(data, columns)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
