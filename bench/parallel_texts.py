"""Sentences that say the same in several languages, and others in one language alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

from bench.labelled_texts import SEVEN, kremlin
from indexer import bundled
from indexer.authority import Authority
from indexer.reading import read_sources
from indexer.release import Release

Texts = Mapping[str, str]
"""One sentence, headline or article by its languages."""

_UDHR = {"en": "eng", "ru": "rus", "hy": "hye", "be": "bel", "kk": "kaz", "ky": "kir", "tg": "tgk"}
_NUMBER = re.compile(r"(?<!\d)(?:[1-9]|[12]\d|30)(?!\d)")
_ARTICLES = 30


def ntrex(data: Path) -> Iterator[Texts]:
    """The sentences of NTREX-128."""
    folder = data / "relevance" / "ntrex128"
    columns = {
        language: (folder / f"newstest2019-{name}.txt").read_text(encoding="utf-8").splitlines()
        for language, (_, name) in SEVEN.items()
    }
    for row in zip(*columns.values(), strict=True):
        yield dict(zip(columns, row, strict=True))


def sib200(data: Path) -> Iterator[Texts]:
    """The sentences of SIB-200, train and dev, by their numbers."""
    sentences: dict[str, dict[str, str]] = {}
    for language, (name, _) in SEVEN.items():
        for part in ("train", "dev"):
            table = data / "language" / "sib200" / name / f"{part}.tsv"
            for row in table.read_text(encoding="utf-8").splitlines()[1:]:
                number, _, text = row.split("\t", 2)
                sentences.setdefault(number, {})[language] = text
    yield from sentences.values()


def headlines(data: Path) -> Iterator[Texts]:
    """Headlines of the government of Kazakhstan in Kazakh and English."""
    path = data / "press" / "kaz_gov_parallel" / "titles.tsv"
    for row in path.read_text(encoding="utf-8").splitlines():
        kazakh, _, english = row.partition("\t")
        yield {"kk": kazakh, "en": english}


def declaration(data: Path) -> Iterator[Texts]:
    """The thirty articles of the Universal Declaration of Human Rights.

    A language in which not all of them are told apart is left out.
    """
    versions: list[dict[str, str]] = [{} for _ in range(_ARTICLES)]
    with ZipFile(data / "language" / "udhr2" / "udhr2.zip") as archive:
        for language, name in _UDHR.items():
            text = archive.read(f"udhr2/{name}.txt").decode("utf-8")
            for number, article in enumerate(articles(text)):
                versions[number][language] = article
    yield from versions


def articles(text: str) -> list[str]:
    """What stands behind each line that has a number of 1 to 30 and little else, in order."""
    parts: list[list[str]] = []
    for line in text.splitlines():
        numbers = _NUMBER.findall(line)
        heading = len(line.split()) <= 3 and numbers == [str(len(parts) + 1)]
        if heading:
            parts.append([])
        elif parts:
            parts[-1].append(line)
    return ["\n".join(part) for part in parts] if len(parts) == _ARTICLES else []


def addresses(data: Path) -> Iterator[Texts]:
    """The paragraphs of addresses of the President of Tajikistan."""
    for path in sorted((data / "press" / "tajik_president").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {"tg": line}


def presidential_news(data: Path) -> Iterator[Texts]:
    """Presidential news of Russia."""
    for page in kremlin(data):
        yield {"ru": page.text}


def sample_archive(_: Path) -> Iterator[Texts]:
    """Titles and texts of the sample archive."""
    authority = Authority.load(bundled.authority())
    for made in read_sources([bundled.releases()], authority):
        if isinstance(made.result, Release):
            release = made.result
            yield {release.language.code: f"{release.title}\n{release.body}"}


PARALLEL: Mapping[str, tuple[str, Callable[[Path], Iterator[Texts]]]] = {
    "NTREX": ("relevance/ntrex128", ntrex),
    "SIB-200": ("language/sib200", sib200),
    "headlines": ("press/kaz_gov_parallel", headlines),
    "Declaration": ("language/udhr2", declaration),
}
"""By name: the folder, and what reads it."""
ALONE: Mapping[str, tuple[str, Callable[[Path], Iterator[Texts]]]] = {
    "addresses": ("press/tajik_president", addresses),
    "presidential news": ("press/kremlin_ru_news", presidential_news),
    "sample archive": (".", sample_archive),
}
