"""Collections with judged answers, from the folder of public data that the benchmarks take."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.labelled_texts import SEVEN

Judged = dict[str, dict[str, int]]
"""By query, then by document: 1 where the document answers the query."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document of a collection."""

    id: str
    title: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries as a person would type them, and which documents answer which."""

    name: str
    language: str
    """Of the queries."""
    documents: tuple[Text, ...]
    queries: Mapping[str, str]
    judged: Judged
    measures: tuple[str, ...]


FULL = ("AP", "nDCG@10")
FIRST_TEN = ("nDCG@10",)
FOUND = ("R@10",)

_FIELD = re.compile(r"^\.([A-Z])(?: (\d+))?[ \t]*$", re.MULTILINE)


def _records(path: Path) -> Iterator[dict[str, str]]:
    """The records of a collection in SMART's format, by the letters of their fields."""
    found = list(_FIELD.finditer(text := path.read_text(encoding="latin-1")))
    record: dict[str, str] = {}
    for mark, following in zip(found, [*found[1:], None], strict=True):
        if mark[1] == "I":
            yield from [record] if record else []
            record = {"I": mark[2]}
        else:
            end = following.start() if following else len(text)
            record[mark[1]] = " ".join(text[mark.end() : end].split())
    yield from [record] if record else []


def _smart(path: Path) -> tuple[Text, ...]:
    return tuple(Text(r["I"], r.get("T", ""), r.get("W", ""), "en") for r in _records(path))


def _pairs(rows: Iterable[tuple[str, str]]) -> Judged:
    judged: Judged = {}
    for query, document in rows:
        judged.setdefault(query, {})[document] = 1
    return judged


def cran(folder: Path) -> Collection:
    """Cranfield: judgements number the queries by their order.

    Grades say how good an answer is (1 is best); one document a query bears an unexplained -1 and
    is found more surely than any other, so it counts as an answer.
    """
    queries = {str(at): r["W"] for at, r in enumerate(_records(folder / "cran.qry"), 1)}
    rows = map(str.split, (folder / "cran.qrels").read_text().splitlines())
    judged = _pairs((row[0], row[1]) for row in rows)
    documents = _smart(folder / "cran.all.1400")
    return Collection("cran", "en", documents, queries, judged, FULL)


def cacm(folder: Path) -> Collection:
    """Communications of the ACM: ids in judgements are padded with zeros; 52 queries are judged."""
    queries = {r["I"]: r["W"] for r in _records(folder / "query.text")}
    rows = map(str.split, (folder / "qrels.text").read_text().splitlines())
    judged = _pairs((row[0].lstrip("0"), row[1].lstrip("0")) for row in rows)
    return Collection("cacm", "en", _smart(folder / "cacm.all"), queries, judged, FULL)


def med(folder: Path) -> Collection:
    """MEDLINE: the document is the third column of a judgement."""
    queries = {r["I"]: r["W"] for r in _records(folder / "MED.QRY")}
    rows = map(str.split, (folder / "MED.REL").read_text().splitlines())
    judged = _pairs((row[0], row[2]) for row in rows)
    return Collection("med", "en", _smart(folder / "MED.ALL"), queries, judged, FULL)


def npl(folder: Path) -> Collection:
    """NPL, also Vaswani: queries are in capitals throughout, as punched cards were.

    A person types small letters, and `AND` is an operator, so they are folded.
    """
    texts = {name: _slashed(folder / name) for name in ("doc-text", "query-text", "rlv-ass")}
    documents = tuple(Text(number, "", text, "en") for number, text in texts["doc-text"].items())
    queries = {number: text.lower() for number, text in texts["query-text"].items()}
    judged = _pairs(
        (query, doc) for query, docs in texts["rlv-ass"].items() for doc in docs.split()
    )
    return Collection("npl", "en", documents, queries, judged, FULL)


def _slashed(path: Path) -> dict[str, str]:
    """Texts by number: the number on a line, the text, a slash on a line."""
    records = re.split(r"^\s*/\s*$", path.read_text(encoding="latin-1"), flags=re.MULTILINE)
    numbered = (record.split(maxsplit=1) for record in records if record.strip())
    return {number: " ".join(rest[0].split()) if rest else "" for number, *rest in numbered}


def xquad(folder: Path, language: str) -> Collection:
    """XQuAD: a question finds its paragraph; some paragraphs begin with a byte order mark."""
    articles = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    documents, queries, rows = [], {}, []
    for number, paragraph in enumerate(paragraphs):
        text = paragraph["context"].lstrip("\ufeff")
        documents.append(Text(str(number), "", text, language))
        for asked in paragraph["qas"]:
            queries[asked["id"]] = asked["question"]
            rows.append((asked["id"], str(number)))
    return Collection(
        f"xquad {language}", language, tuple(documents), queries, _pairs(rows), FIRST_TEN
    )


@dataclass(frozen=True, slots=True)
class _News:
    """The documents of NTREX-128 in one language: headline and body by the document's name."""

    headlines: dict[str, str]
    bodies: dict[str, str]


def _news(folder: Path, language: str) -> _News:
    names = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    path = folder / f"newstest2019-{SEVEN[language][1]}.txt"
    news = _News({}, {})
    lines: dict[str, list[str]] = {}
    for name, line in zip(names, path.read_text(encoding="utf-8").split("\n"), strict=False):
        lines.setdefault(name, []).append(line)
    for name, (headline, *body) in lines.items():
        news.headlines[name], news.bodies[name] = headline, "\n".join(body)
    return news


def headlines(folder: Path, asked: str, answered: str) -> Collection:
    """NTREX-128: a headline finds the body of its document, in its own language or another."""
    queries = _news(folder, asked).headlines
    bodies = _news(folder, answered).bodies
    documents = tuple(Text(name, "", body, answered) for name, body in bodies.items())
    judged = _pairs((name, name) for name in queries)
    if asked == answered:
        return Collection(f"ntrex {asked}", asked, documents, queries, judged, FIRST_TEN)
    return Collection(f"ntrex {asked}-{answered}", asked, documents, queries, judged, FOUND)


def mixed_headlines(folder: Path, language: str) -> Collection:
    """Headlines in one language, in an archive of all seven; the body in that language answers."""
    news = {code: _news(folder, code) for code in SEVEN}
    documents = tuple(
        Text(f"{code} {name}", "", body, code)
        for code, own in news.items()
        for name, body in own.bodies.items()
    )
    queries = news[language].headlines
    judged = _pairs((name, f"{language} {name}") for name in queries)
    return Collection(f"ntrex {language} of 7", language, documents, queries, judged, FIRST_TEN)


_SMART: dict[str, Callable[[Path], Collection]] = {
    "cran": cran,
    "cacm": cacm,
    "npl": npl,
    "med": med,
}


def collections(relevance: Path, absent: Callable[[Path], None]) -> Iterator[Collection]:
    """Every collection that is in the folder, those of the same documents one after another.

    `absent` is told of the places that are not there.
    """
    readers: list[tuple[Path, Callable[[Path], Collection]]] = [
        *((relevance / name, read) for name, read in _SMART.items()),
        *((relevance / "xquad", partial(xquad, language=code)) for code in ("en", "ru")),
    ]
    ntrex = relevance / "ntrex128"
    readers += [
        (ntrex, partial(headlines, asked=asked, answered=answered))
        for answered in SEVEN
        for asked in (answered, *(code for code in SEVEN if code != answered))
    ]
    readers += [(ntrex, partial(mixed_headlines, language=code)) for code in SEVEN]
    for folder, read in readers:
        if folder.is_dir():
            yield read(folder)
    for folder in dict.fromkeys(folder for folder, _ in readers if not folder.is_dir()):
        absent(folder)
