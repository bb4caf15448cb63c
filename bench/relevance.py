"""Ranking against judged answers: Communique's default beside other engines, in one run.

    python -m bench.relevance DATA [--only cran,xquad] [--json]

DATA is the folder of public data; its README says where each set comes from. Every set is ranked
by one and the same configuration. Prints a table in Markdown, or one JSON document.
"""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from statistics import mean

import ir_measures

from bench import morphology
from bench.labelled_texts import SEVEN
from bench.relevance_peers import DEPTH, OWN, RANKINGS, SNOWBALL, Ranking, versions
from bench.relevance_sets import Collection, collections
from bench.report import table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one ranking on one collection, from 0 to 1."""

    collection: str
    measure: str
    ranking: str
    value: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    folder = chosen.data / "relevance"

    def absent(place: Path) -> None:
        print(f"skipped: there is no {place.name} in {folder}", file=sys.stderr)

    found = (c for c in collections(folder, absent) if _wanted(c.name, chosen.only))
    figures = list(measured(found, chosen.rankings))
    if _wanted("morphology", chosen.only):
        figures += morphological(chosen.data)
    if chosen.json:
        print(json.dumps(_plain(figures), indent=1))
    elif figures:
        print("\n".join(markdown(figures)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of public data")
    parser.add_argument("--only", type=_listed, help="sets whose names begin so: cran,ntrex")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--rankings", type=_known, default=list(RANKINGS), help=f"some of {', '.join(RANKINGS)}"
    )
    return parser


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _known(text: str) -> tuple[str, ...]:
    names = _listed(text)
    unknown = [name for name in names if name not in RANKINGS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no {unknown[0]}; there are {', '.join(RANKINGS)}")
    return names


def _wanted(name: str, only: tuple[str, ...] | None) -> bool:
    return only is None or name.startswith(only)


def measured(found: Iterable[Collection], rankings: Sequence[str]) -> Iterator[Figure]:
    """Every measure of every collection; neighbours with the same documents share an index."""
    for documents, sharing in groupby(found, key=lambda collection: collection.documents):
        with tempfile.TemporaryDirectory() as folder:
            built = {name: RANKINGS[name](documents, Path(folder)) for name in rankings}
            for collection in sharing:
                print(f"{collection.name} …", file=sys.stderr, flush=True)
                for name, ranking in built.items():
                    yield from _figures(collection, name, ranking)


def _figures(collection: Collection, name: str, ranking: Ranking) -> Iterator[Figure]:
    measures = [ir_measures.parse_measure(each) for each in collection.measures]
    depth = min(DEPTH if "AP" in collection.measures else 10, len(collection.documents))
    answers = {
        query: ranking.answer(typed, depth)
        for query, typed in collection.queries.items()
        if query in collection.judged
    }
    values = ir_measures.calc_aggregate(measures, collection.judged, answers)
    for measure in measures:
        yield Figure(collection.name, str(measure), name, float(values[measure]))


def morphological(data: Path) -> Iterator[Figure]:
    """How well forms meet in stems, on the parts of `bench.morphology` not tuned on."""
    if not (data / "morphology").is_dir():
        print(f"skipped: there is no morphology in {data}", file=sys.stderr)
        return
    columns = {morphology.OWN: OWN, morphology.SNOWBALL: SNOWBALL}
    for gold, meetings in morphology.meetings(data):
        for stems, ranking in columns.items():
            if stems in meetings and gold.name.endswith("test"):
                name = f"morphology {gold.language}, {gold.name}"
                yield Figure(name, "F1", ranking, meetings[stems].f1)


def markdown(figures: Sequence[Figure]) -> Iterator[str]:
    """The table of sets, and the pairs of languages that headlines cross."""
    versioned = ", ".join(f"{name} {number}" for name, number in versions().items())
    yield f"{date.today()}, Python {platform.python_version()}, {platform.machine()}; {versioned}\n"
    crossing = {figure.collection for figure in figures if _pair(figure.collection)}
    yield from _sets([each for each in figures if each.collection not in crossing])
    if crossing:
        yield from _crossing([each for each in figures if each.collection in crossing])


def _pair(name: str) -> tuple[str, str] | None:
    """The languages of query and document, where they differ."""
    one, dash, other = name.removeprefix("ntrex ").partition("-")
    return (one, other) if dash else None


def _sets(figures: Sequence[Figure]) -> Iterator[str]:
    columns = list(dict.fromkeys(each.ranking for each in figures))
    rows = []
    values = {(e.collection, e.measure, e.ranking): f"{e.value:.3f}" for e in figures}
    for name, measure in dict.fromkeys((e.collection, e.measure) for e in figures):
        rows.append([name, measure, *(values.get((name, measure, c), "") for c in columns)])
    yield from table(["set", "measure", *columns], rows)


def _crossing(figures: Sequence[Figure]) -> Iterator[str]:
    """Query language down, document language across."""
    for ranking, own in _by_ranking(figures).items():
        values = {_pair(each.collection): each.value for each in own}
        yield f"\n{ranking}: R@10 across languages, mean {mean(values.values()):.3f}\n"
        rows = [
            [
                one,
                *(f"{values[one, other]:.2f}" if (one, other) in values else "" for other in SEVEN),
            ]
            for one in SEVEN
        ]
        yield from table(["asked in", *SEVEN], rows)


def _by_ranking(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for each in figures:
        found.setdefault(each.ranking, []).append(each)
    return found


def _plain(figures: Sequence[Figure]) -> dict[str, object]:
    return {
        "day": date.today().isoformat(),
        "python": platform.python_version(),
        "versions": versions(),
        "figures": [asdict(each) for each in figures],
    }


if __name__ == "__main__":
    sys.exit(main())
