"""Texts with known answers, from the folder of public data that the benchmarks take."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SEVEN = {
    "en": ("eng_Latn", "src.eng"),
    "ru": ("rus_Cyrl", "ref.rus"),
    "hy": ("hye_Armn", "ref.hye"),
    "be": ("bel_Cyrl", "ref.bel"),
    "kk": ("kaz_Cyrl", "ref.kaz"),
    "ky": ("kir_Cyrl", "ref.kir"),
    "tg": ("tgk_Cyrl", "ref.tgk-Cyrl"),
}
"""The names of the working languages in SIB-200 and in NTREX-128."""
NEIGHBOURS = {
    "uk": ("ukr_Cyrl", "ref.ukr"),
    "bg": ("bul_Cyrl", "ref.bul"),
    "mn": ("khk_Cyrl", "ref.mon"),
    "tt": ("tat_Cyrl", "ref.tat"),
    "uz": ("uzn_Latn", "ref.uzb"),
    "az": ("azj_Latn", None),
    "ba": ("bak_Cyrl", None),
    "mk": ("mkd_Cyrl", None),
    "sr": ("srp_Cyrl", None),
    "fa": ("pes_Arab", None),
    "ka": ("kat_Geor", None),
}
"""Languages that are easily taken for one of the seven."""

DOCUMENT = 2_000
"""Characters of a document whose language is told."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """A press page as plain text, and what is known of it; None where that is not known."""

    text: str
    title: str | None
    day: date | None
    place: str | None = None


def ntrex_sentences(data: Path, languages: dict[str, tuple[str, str | None]]) -> Iterator[Spoken]:
    """Sentences of the NTREX documents that no profile has learnt from: every second one."""
    for language, documents in _ntrex(data, languages):
        yield from (Spoken(sentence, language) for lines in documents for sentence in lines)


def ntrex_documents(data: Path, languages: dict[str, tuple[str, str | None]]) -> Iterator[Spoken]:
    """The same documents whole, cut to 2,000 characters."""
    for language, documents in _ntrex(data, languages):
        yield from (Spoken("\n".join(lines)[:DOCUMENT], language) for lines in documents)


def _ntrex(
    data: Path, languages: dict[str, tuple[str, str | None]]
) -> Iterator[tuple[str, list[list[str]]]]:
    folder = data / "relevance" / "ntrex128"
    numbers = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    order = {document: at for at, document in enumerate(dict.fromkeys(numbers))}
    for language, (_, name) in languages.items():
        if name is None:
            continue
        lines = (folder / f"newstest2019-{name}.txt").read_text(encoding="utf-8").split("\n")
        documents: dict[str, list[str]] = {}
        for document, line in zip(numbers, lines, strict=False):
            if order[document] % 2:
                documents.setdefault(document, []).append(line)
        yield language, list(documents.values())


def sib200(data: Path, languages: dict[str, tuple[str, str | None]]) -> Iterator[Spoken]:
    """Sentences of SIB-200's dev split."""
    for language, (name, _) in languages.items():
        table = data / "language" / "sib200" / name / "dev.tsv"
        for row in table.read_text(encoding="utf-8").splitlines()[1:]:
            yield Spoken(row.split("\t", 2)[2], language)


def lingua(data: Path, languages: Iterable[str]) -> Iterator[Spoken]:
    """The sentences that the lingua project tests with; not every language is among them."""
    for language in languages:
        path = data / "language" / "lingua_testdata" / "sentences" / f"{language}.txt"
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                yield Spoken(line, language)


def cut(texts: Iterable[Spoken], length: int) -> list[Spoken]:
    """The first characters of each text."""
    return [Spoken(each.text[:length], each.language) for each in texts]


def kremlin(data: Path) -> list[Page]:
    """Presidential news: the text alone, without the columns that are compared with."""
    path = data / "press" / "kremlin_ru_news" / "kremlin_articles_ru_enhanced.csv"
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_kremlin_page(row) for row in csv.DictReader(file)]


def _kremlin_page(row: dict[str, str]) -> Page:
    pieces = (row[f"article_full_text_{number}"] for number in range(1, 11))
    day = date.fromisoformat(row["date"]) if row["date"] else None
    return Page("\n\n".join(piece for piece in pieces if piece), row["title"], day, row["place"])


_SLUG = re.compile(r"whitehouse\.gov/\S*/([a-z0-9-]+)\s")
_NAMED_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)_")


def white_house(data: Path) -> list[Page]:
    """Releases of 2009 to 2013: the day from the file's name, the title as its address has it."""
    return [
        _white_house_page(path) for path in sorted((data / "press" / "white_house").rglob("*.txt"))
    ]


def _white_house_page(path: Path) -> Page:
    text = path.read_bytes().decode("utf-8", "replace")
    slug, named = _SLUG.search(text[:600]), _NAMED_DAY.match(path.name)
    return Page(text, slug[1] if slug else None, _day(named))


def _day(named: re.Match[str] | None) -> date | None:
    if named is None:
        return None
    year, month, day = (int(part) for part in named.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
