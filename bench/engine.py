"""Communique beside other search engines: build, size, memory, and queries asked in turn.

    python -m bench.engine DATA [--senate FOLDER] [--synthetic 100000,1000000] [--json FILE]

DATA is a folder for corpora and indexes; it is made where it is absent. `--senate` is the folder
of the unpacked Senate archive; where neither it nor `--synthetic` is given, 10,000 synthetic
documents serve. An engine that is not installed is left out with a reason. Every engine gets the
same words, joined by blanks and not stemmed, and each question goes to one engine after another.
Prints tables in Markdown.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bench import queries, report
from bench.building import Built, Failed, built, index_of
from bench.corpora import Corpus
from bench.engines import PLACES, Engine, NotInstalled, engine_of
from bench.measure import measure
from bench.sources import senate_corpus, synthetic_corpus
from indexer.kernels import choice

SIZES = [10_000]
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}
"""Every engine answers within this process, so the processor's clock misses nothing but waiting."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="a folder for corpora and indexes")
    parser.add_argument("--senate", type=Path, help="the unpacked Senate archive")
    parser.add_argument("--limit", type=int, help="take only that many of its releases")
    parser.add_argument("--synthetic", type=_sizes, help="sizes of synthetic corpora: 100000,…")
    parser.add_argument("--json", type=Path, help="write all figures into this file too")
    parser.add_argument(
        "--peers", type=_engines, default=list(PLACES), help=f"engines, of {','.join(PLACES)}"
    )
    parser.add_argument("--queries", type=int, default=10, help="queries of each class")
    parser.add_argument("--repeats", type=int, default=5, help="warm answers to each query")
    parser.add_argument("--budget", type=float, default=5.0, help="seconds a row for an engine")
    parser.add_argument(
        "--clock", choices=CLOCKS, default="wall", help="processor time where others share it"
    )
    parser.add_argument("--time-limit", type=float, default=1_200.0, help="seconds for a build")
    parser.add_argument(
        "--reuse",
        type=_engines,
        nargs="?",
        const=list(PLACES),
        default=[],
        metavar="ENGINES",
        help="take the indexes of the last run, those of all engines or of these",
    )
    return parser


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _engines(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PLACES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no engine {unknown[0]}; there are {', '.join(PLACES)}")
    return names


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{date.today()}, Python {platform.python_version()}, {machine}", flush=True)
    runs: list[report.Run] = []
    for corpus in _corpora(chosen):
        runs.append(run(corpus, chosen))
        print("\n".join(report.markdown(runs[-1])), flush=True)
        if chosen.json:
            _write_json(chosen.json, machine, runs)
    return 0


def _write_json(path: Path, machine: str, runs: Sequence[report.Run]) -> None:
    found = {
        "day": date.today().isoformat(),
        "python": platform.python_version(),
        "machine": machine,
        "runs": [report.plain(each) for each in runs],
    }
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _corpora(chosen: argparse.Namespace) -> Iterator[Corpus]:
    for size in chosen.synthetic or ([] if chosen.senate else SIZES):
        yield synthetic_corpus(chosen.data, size)
    if chosen.senate:
        yield senate_corpus(chosen.data, chosen.senate, chosen.limit)


def run(corpus: Corpus, chosen: argparse.Namespace) -> report.Run:
    """Build on all engines that are there, and ask them."""
    kinds, absent = _kinds(chosen.peers, corpus)
    figures: dict[str, Built] = {}
    for name, kind in kinds.items():
        if kind.abilities.index_of is None:
            _build(name, corpus, chosen, figures, absent)
    indexes = {name: kind.abilities.index_of or name for name, kind in kinds.items()}
    for name in [name for name, index in indexes.items() if index not in figures]:
        absent.setdefault(name, f"it searches the index of {indexes[name]}, which is not built")
        del kinds[name]
    engines = {n: kind(index_of(corpus.folder / indexes[n])) for n, kind in kinds.items()}
    for engine in engines.values():
        engine.open()
    # A program that stays has these loops a second after it opened an index.
    choice.load()
    measured = measure(
        engines,
        queries.cells(corpus, chosen.queries),
        repeats=chosen.repeats,
        budget=chosen.budget,
        clock=CLOCKS[chosen.clock],
    )
    for engine in engines.values():
        engine.close()
    return report.Run(
        corpus=corpus,
        abilities={name: kind.abilities for name, kind in kinds.items()},
        versions={name: kind.version() for name, kind in kinds.items()},
        built=figures,
        absent=absent,
        measured=measured,
        clock=chosen.clock,
    )


def _build(
    name: str,
    corpus: Corpus,
    chosen: argparse.Namespace,
    figures: dict[str, Built],
    absent: dict[str, str],
) -> None:
    print(f"building {name} …", file=sys.stderr, flush=True)
    folder, limit = corpus.folder / name, chosen.time_limit
    try:
        figures[name] = built(name, corpus, folder, limit, reuse=name in chosen.reuse)
    except Failed as error:
        absent[name] = str(error)


def _kinds(names: Sequence[str], corpus: Corpus) -> tuple[dict[str, type[Engine]], dict[str, str]]:
    """The engines that are there and have something to do, and why the others are left out."""
    kinds: dict[str, type[Engine]] = {}
    absent: dict[str, str] = {}
    for name in names:
        try:
            kind = engine_of(name)
        except NotInstalled as error:
            absent[name] = str(error)
        else:
            if kind.abilities.needs_texts and not corpus.has_texts:
                absent[name] = "it cuts snippets from texts, and this corpus has words alone"
            else:
                kinds[name] = kind
    return kinds, absent


if __name__ == "__main__":
    sys.exit(main())
