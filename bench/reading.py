"""How well pages are read: accuracy on labelled data, beside what else a user would take.

    python -m bench.reading DATA [--senate FOLDER]

DATA holds `language/`, `relevance/ntrex128/`, `press/kremlin_ru_news/` and `press/white_house/`;
where one is absent its rows are left out with a reason. The sample archive is measured always.
`--senate` is a folder with the unpacked Senate archive: it is read once more for speed and memory.
Every number is a share in per cent, if its row says nothing else. Prints a table in Markdown.
"""

import argparse
import platform
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bench import labelled_texts as texts
from bench import peers
from indexer import bundled
from indexer.authority import Authority
from indexer.errors import CorpusError
from indexer.facets import Facets
from indexer.grouping import group
from indexer.labels import Label, Labels, differences, group_differences
from indexer.languages import detect
from indexer.pipeline import make_release
from indexer.readers import Rejection, read, walk
from indexer.readers.decoding import decode
from indexer.reading import Made, read_sources
from indexer.release import Certainty, RawRelease, Release, Source

ROOT = Path(__file__).parent.parent
OWN = "Communique"

SOURCE = Source("page.txt", "")

Row = tuple[str, dict[str, str]]
"""What is measured, and by column what came out."""


def share(right: int, total: int) -> str:
    """A share in per cent."""
    return f"{100 * right / total:.2f}" if total else "-"


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--senate", type=Path, help="the unpacked Senate archive")
    arguments = parser.parse_args()
    authority = Authority.load(bundled.authority())
    rows: list[Row] = [
        *_where(arguments.data, ("language/sib200", "relevance/ntrex128"), languages),
        *_where(arguments.data, ("press/kremlin_ru_news",), lambda data: kremlin(data, authority)),
        *_where(arguments.data, ("press/white_house",), lambda data: white_house(data, authority)),
        *sample(authority),
    ]
    if arguments.senate:
        rows += senate(arguments.senate, authority)
    print_table(rows)
    return 0


def _where(
    data: Path, folders: Iterable[str], measure: Callable[[Path], Iterator[Row]]
) -> list[Row]:
    absent = [folder for folder in folders if not (data / folder).is_dir()]
    if absent:
        print(f"skipped: there is no {absent[0]} in {data}", file=sys.stderr)
        return []
    return list(measure(data))


def print_table(rows: Sequence[Row]) -> None:
    """A table in Markdown, with the day and the machine."""
    columns = list(dict.fromkeys(column for _, cells in rows for column in cells))
    print(f"{date.today()}, Python {platform.python_version()}, {platform.machine()}\n")
    print(f"| what | {' | '.join(columns)} |")
    print(f"|---|{'---|' * len(columns)}")
    for what, cells in rows:
        print(f"| {what} | {' | '.join(cells.get(column, '') for column in columns)} |")


def languages(data: Path) -> Iterator[Row]:
    """Languages: the seven, and how often a neighbour is taken for one of them."""
    detectors = {OWN: lambda text: detect(text).code, **peers.language_peers()}
    sentences = list(texts.ntrex_sentences(data, texts.SEVEN))
    yield _told(
        "NTREX documents of 2,000 characters", texts.ntrex_documents(data, texts.SEVEN), detectors
    )
    yield _told("NTREX sentences", sentences, detectors)
    yield _told("NTREX, 50 characters", texts.cut(sentences, 50), detectors)
    yield _told("NTREX, 20 characters", texts.cut(sentences, 20), detectors)
    yield _told("SIB-200 dev sentences", texts.sib200(data, texts.SEVEN), detectors)
    yield _told("lingua sentences (en ru hy be kk)", texts.lingua(data, texts.SEVEN), detectors)
    others = [
        *texts.ntrex_sentences(data, texts.NEIGHBOURS),
        *texts.sib200(data, texts.NEIGHBOURS),
        *texts.lingua(data, texts.NEIGHBOURS),
    ]
    for length in (1_000, 50, 20):
        name = f"neighbours taken for one of the seven, {length} characters"
        yield _mistaken(name, texts.cut(others, length), detectors)
    yield _cost("language of a document", texts.ntrex_documents(data, texts.SEVEN), detectors)


def _told(
    what: str, examples: Iterable[texts.Spoken], detectors: dict[str, Callable[[str], str]]
) -> Row:
    listed = list(examples)
    return f"language: {what} ({len(listed):,})", {
        name: share(sum(tell(each.text) == each.language for each in listed), len(listed))
        for name, tell in detectors.items()
    }


def _mistaken(
    what: str, examples: Sequence[texts.Spoken], detectors: dict[str, Callable[[str], str]]
) -> Row:
    return f"{what} ({len(examples):,}), less is better", {
        name: share(sum(tell(each.text) in texts.SEVEN for each in examples), len(examples))
        for name, tell in detectors.items()
    }


def _cost(
    what: str, examples: Iterable[texts.Spoken], detectors: dict[str, Callable[[str], str]]
) -> Row:
    listed = list(examples)
    cells = {}
    for name, tell in detectors.items():
        start = time.process_time()
        for each in listed:
            tell(each.text)
        cells[name] = f"{1000 * (time.process_time() - start) / len(listed):.2f} ms"
    return f"{what}, mean", cells


def _read(page: texts.Page, authority: Authority) -> Release:
    """The release; an empty one where the page holds no text."""
    try:
        return make_release(RawRelease("page", SOURCE, page.text), authority)
    except CorpusError:
        return Release("page", SOURCE, "", "")


def _dates(
    name: str,
    pages: Sequence[texts.Page],
    releases: Sequence[Release],
    found: Sequence[date | None],
) -> Iterator[Row]:
    pairs = [(p.day, r.date, f) for p, r, f in zip(pages, releases, found, strict=True) if p.day]
    yield (
        f"{name}: day of publication ({len(pairs):,})",
        {
            OWN: share(sum(own.value == day for day, own, _ in pairs), len(pairs)),
            "trafilatura + htmldate": share(
                sum(other == day for day, _, other in pairs), len(pairs)
            ),
        },
    )
    printed = [(d, own) for d, own, _ in pairs if own.certainty is Certainty.PRINTED]
    yield (
        f"{name}: wrong year given as printed, releases",
        {
            OWN: str(sum(own.year != day.year for day, own in printed)),
            "trafilatura + htmldate": str(
                sum(other is not None and other.year != day.year for day, _, other in pairs)
            ),
        },
    )


def kremlin(data: Path, authority: Authority) -> Iterator[Row]:
    """Date and place of presidential news, from the text alone."""
    pages = texts.kremlin(data)
    releases = [_read(page, authority) for page in pages]
    found = [peers.found_by_htmldate(peers.as_page(page.text)) for page in pages]
    yield from _dates("Kremlin", pages, releases, found)
    places = [(page.place, release.place) for page, release in zip(pages, releases, strict=True)]
    stated = [(place, own) for place, own in places if place]
    yield (
        f"Kremlin: place ({len(stated)})",
        {
            OWN: share(
                sum(own is not None and own.name == place for place, own in stated), len(stated)
            )
        },
    )
    yield (
        "Kremlin: place given where the source states none, releases",
        {OWN: str(sum(own is not None for place, own in places if not place))},
    )


def white_house(data: Path, authority: Authority) -> Iterator[Row]:
    """Title, date and boilerplate of the White House's releases."""
    pages = texts.white_house(data)
    releases = [_read(page, authority) for page in pages]
    htmls = [peers.as_page(page.text) for page in pages]
    yield from _dates("White House", pages, releases, [peers.found_by_htmldate(h) for h in htmls])
    others = [peers.found_by_trafilatura(html) for html in htmls]
    titled = [
        (page.title, release.title, other)
        for page, release, (other, _) in zip(pages, releases, others, strict=True)
        if page.title
    ]
    yield (
        f"White House: title as its address has it ({len(titled):,})",
        {
            OWN: share(sum(_same_title(slug, own) for slug, own, _ in titled), len(titled)),
            "trafilatura + htmldate": share(
                sum(_same_title(slug, other) for slug, _, other in titled), len(titled)
            ),
        },
    )
    yield (
        f"White House: text without letterhead and address ({len(pages):,})",
        {
            OWN: share(sum(not _has_letterhead(r.body) for r in releases), len(pages)),
            "trafilatura + htmldate": share(
                sum(not _has_letterhead(text) for _, text in others), len(pages)
            ),
        },
    )


_LETTERHEAD = re.compile(
    r"^\s*(?:Cite:|https?://\S+\s*$|THE WHITE HOUSE\s*$|Office of the (?:Vice )?Press Secretary"
    r"|For Immediate Release)",
    re.MULTILINE | re.IGNORECASE,
)
_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"]
)


def _has_letterhead(text: str) -> bool:
    return bool(_LETTERHEAD.search(text[:1_000]))


def _same_title(slug: str, title: str) -> bool:
    """Whether a slug, which is shortened and has numbers at its end, is made of this title."""
    words = {word for word in slug.split("-") if word.isalpha()} - _SMALL
    own = set(re.findall(r"[a-z]+", title.lower())) - _SMALL
    return len(words & own) >= 0.7 * max(1, len(words)) and len(own) <= 3 * len(words) + 6


def sample(authority: Authority) -> Iterator[Row]:
    """The sample archive against its labels, and the part of it that was set aside."""
    corpus = ROOT / "corpus"
    for name, folder in (("sample archive", corpus), ("set aside", corpus / "set-aside")):
        labels = Labels.load(folder / "labels")
        made = list(read_sources([folder / "releases"], authority))
        raw = {_place(one): one for file in walk([folder / "releases"]) for one in read(file)}
        chosen = [
            (each.result, label, raw[_place(each.result)])
            for each in made
            if isinstance(each.result, Release)
            and (label := labels.of(each.result.source)) is not None
        ]
        yield from _sample_rows(name, chosen, authority, folder)
        yield from _group_rows(name, labels, made)


def _place(one: RawRelease | Release | Rejection) -> tuple[str, int | None]:
    return one.source.path, one.source.record


Chosen = tuple[Release, Label, RawRelease | Rejection]


def _sample_rows(
    name: str, chosen: Sequence[Chosen], authority: Authority, folder: Path
) -> Iterator[Row]:
    wrong: Counter[str] = Counter()
    for release, label, _ in chosen:
        wrong.update({each.field for each in differences(label, release, authority.facets)})
    others = _peer_rows(chosen, authority, folder)
    for field in ("title", "language", "date", "year", "lead", "removed", *_plurals(authority)):
        yield (
            f"{name}: {field} ({len(chosen)})",
            {
                OWN: share(len(chosen) - wrong[field], len(chosen)),
                **others.get(field, {}),
            },
        )


def _plurals(authority: Authority) -> list[str]:
    return [file.facet.plural for file in authority.files]


def _peer_rows(
    chosen: Sequence[Chosen], authority: Authority, folder: Path
) -> dict[str, dict[str, str]]:
    """What the peers make of the same pages; HTML pages they get as they are."""
    tagger, facets = peers.KeywordTagger(authority), authority.facets
    right: Counter[tuple[str, str]] = Counter()
    for _, label, raw in chosen:
        assert isinstance(raw, RawRelease)
        path = folder / raw.source.path
        html = path.suffix == ".html"
        page = decode(path.read_bytes()) if html else peers.as_page(raw.text)
        for name, tell in peers.language_peers().items():
            right["language", name] += tell(raw.text) == label["language"]
        found = peers.found_by_htmldate(page)
        name = "trafilatura + htmldate"
        right["date", name] += (found.isoformat() if found else None) == label["date"]
        right["year", name] += (found.year if found else None) == label["year"]
        right["title", name] += peers.found_by_trafilatura(page)[0] == (label["title"] or "")
        for file in authority.files:
            expected = _with_parents(label[file.facet.plural], facets, file.facet.name)
            tags = tagger.tags(file.facet.name, raw.text)
            found_tags = _with_parents(tags, facets, file.facet.name)
            right[file.facet.plural, "keyword tagger"] += found_tags == expected
    rows: dict[str, dict[str, str]] = {}
    for (field, name), count in right.items():
        rows.setdefault(field, {})[name] = share(count, len(chosen))
    return rows


def _with_parents(ids: Iterable[str], facets: Facets, facet: str) -> set[str]:
    return {above for one in ids for above in facets[facet].with_ancestors(one)}


def _group_rows(name: str, labels: Labels, made: Sequence[Made]) -> Iterator[Row]:
    releases = [each.result for each in made if isinstance(each.result, Release)]
    groups = group([each.fingerprint for each in made if each.fingerprint])
    wrong = {release.id for release, _ in group_differences(labels, releases, groups)}
    yield (
        f"{name}: group ({len(releases)})",
        {OWN: share(len(releases) - len(wrong), len(releases))},
    )


def senate(folder: Path, authority: Authority) -> Iterator[Row]:
    """Reading the Senate archive on two processes: the account, the rate and the memory."""
    start = time.perf_counter()
    outcomes: Counter[str] = Counter()
    seen: set[str] = set()
    reasons: Counter[str] = Counter()
    for each in read_sources([folder], authority, jobs=2):
        if each.fingerprint is None:
            outcomes["rejected"] += 1
            assert isinstance(each.result, Rejection)
            reasons[each.result.reason] += 1
        elif each.fingerprint.text_sha256 in seen:
            outcomes["duplicates"] += 1
        else:
            outcomes["releases"] += 1
            seen.add(each.fingerprint.text_sha256)
    took = time.perf_counter() - start
    account = ", ".join(f"{count:,} {name}" for name, count in outcomes.items())
    yield f"Senate: {outcomes.total():,} files accounted for", {OWN: account}
    for reason, count in reasons.items():
        yield f"Senate: rejected, because {reason}", {OWN: str(count)}
    yield "Senate: releases a second, two processes", {OWN: f"{outcomes.total() / took:,.0f}"}
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    yield "Senate: peak memory of a process", {OWN: f"{peak / 1024:,.0f} MB"}


if __name__ == "__main__":
    sys.exit(main())
