"""Corpora on disk: one document a line, the words made alike for every engine."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DOCUMENTS = "documents.jsonl"
SHAPE = "corpus.json"

# Only these letters are the same word to every tokenizer, and in reach of Xapian's 64 bytes.
_WORD = re.compile(r"[a-z0-9]{1,60}")


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `words` are lower-case words of ASCII letters and digits joined by blanks."""

    number: int
    """From 0, without gaps."""
    words: str
    facets: Mapping[str, tuple[str, ...]]
    text: str | None = None
    """The text as it was written; None where the words are all there is."""


@dataclass(frozen=True, slots=True)
class FacetShape:
    """The values of one facet, and the most that one document carries."""

    values: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with documents and what is known of them all."""

    folder: Path
    name: str
    size: int
    words: int
    """Running words of all documents."""
    facets: Mapping[str, FacetShape]

    def documents(self) -> Iterator[Document]:
        """The documents, by number."""
        with (self.folder / DOCUMENTS).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                words, facets, text = json.loads(line)
                yield Document(number, words, {k: tuple(v) for k, v in facets.items()}, text)

    @property
    def has_texts(self) -> bool:
        """Whether it has the texts as they were written, not their words alone."""
        return next(self.documents()).text is not None

    @classmethod
    def load(cls, folder: Path) -> "Corpus":
        """The corpus that `write` left in a folder."""
        known = json.loads((folder / SHAPE).read_text(encoding="utf-8"))
        facets = {k: FacetShape(tuple(v["values"]), v["most"]) for k, v in known["facets"].items()}
        return cls(folder, known["name"], known["size"], known["words"], facets)


def words_of(text: str) -> str:
    """The words of a text, in lower case and without accents, joined by blanks."""
    plain = unicodedata.normalize("NFKD", text.lower())
    if not plain.isascii():
        plain = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(_WORD.findall(plain))


def write(folder: Path, name: str, documents: Iterable[Document]) -> Corpus:
    """Write a corpus into a folder, which is made where it is absent."""
    folder.mkdir(parents=True, exist_ok=True)
    values: dict[str, set[str]] = {}
    most: dict[str, int] = {}
    size = running = 0
    with (folder / DOCUMENTS).open("w", encoding="utf-8", newline="\n") as file:
        for each in documents:
            file.write(json.dumps([each.words, each.facets, each.text], ensure_ascii=False) + "\n")
            size += 1
            running += each.words.count(" ") + 1
            for facet, own in each.facets.items():
                values.setdefault(facet, set()).update(own)
                most[facet] = max(most.get(facet, 1), len(own))
    facets = {k: {"values": sorted(v), "most": most[k]} for k, v in values.items()}
    known = {"name": name, "size": size, "words": running, "facets": facets}
    (folder / SHAPE).write_text(json.dumps(known), encoding="utf-8")
    return Corpus.load(folder)
