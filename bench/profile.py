"""Where the time of a build and of queries goes: by room of the code, with the costliest functions.

    python -m bench.profile DATA [--senate FOLDER] [--size 2000] [--engine page]

DATA is the folder of `bench.engine`. Times are of the function itself and of the built-ins that
it calls, as cProfile measures them: it makes small functions look dearer than they are, and sees
one process only. Prints tables in Markdown.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench import queries
from bench.asked import Asked, Mode
from bench.corpora import Corpus
from bench.engines import Engine, engine_of
from bench.report import table
from bench.sources import senate_corpus, synthetic_corpus

ROOT = Path(__file__).parent.parent
_INSTALLED = ("site-packages", "dist-packages")

Function = tuple[str, int, str]
"""File, line and name, as pstats has them; built-ins are in the file “~”."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Profile and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="a folder for corpora and indexes")
    parser.add_argument("--senate", type=Path, help="the unpacked Senate archive")
    parser.add_argument("--size", type=int, default=2_000, help="documents")
    parser.add_argument("--engine", choices=["communique", "page"], default="communique")
    parser.add_argument("--queries", type=int, default=10, help="queries of each class")
    parser.add_argument("--repeats", type=int, default=5, help="answers to each query")
    parser.add_argument("--top", type=int, default=3, help="functions of each room")
    chosen = parser.parse_args(arguments)
    corpus = (
        senate_corpus(chosen.data, chosen.senate, chosen.size)
        if chosen.senate
        else synthetic_corpus(chosen.data, chosen.size)
    )
    folder = corpus.folder / "profiled"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    engine = engine_of(chosen.engine)(folder)
    times = profiled(lambda: engine.build(corpus.documents(), corpus.facets))
    _print(f"Build of {corpus.size:,} documents, ms a document", times, corpus.size, chosen.top)
    engine.open()
    for title, asked in _questions(corpus, chosen.queries):
        _ask_all(engine, asked)
        questions = asked * chosen.repeats
        times = profiled(partial(_ask_all, engine, questions))
        _print(f"{title}, ms an answer of {len(questions)}", times, len(questions), chosen.top)
    engine.close()
    return 0


def _ask_all(engine: Engine, questions: Sequence[Asked]) -> None:
    for asked in questions:
        engine.search(asked)


def _questions(corpus: Corpus, count: int) -> Iterator[tuple[str, list[Asked]]]:
    """Each class of queries with its facets, one of them selected."""
    for query_class, mode, asked in queries.cells(corpus, count):
        if mode is Mode.SIDEWAYS:
            yield f"{query_class} {mode}", asked


def profiled(work: Callable[[], object]) -> Counter[Function]:
    """Seconds that each function spent itself, with the built-ins that it called."""
    # Run as a script, this very file would be the `profile` that cProfile imports.
    own = Path(__file__).parent
    sys.path[:] = [entry for entry in sys.path if Path(entry).absolute() != own]
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    profiler.runcall(work)
    return own_times(pstats.Stats(profiler).stats)  # type: ignore[attr-defined]


def own_times(statistics: Mapping[Function, tuple[Any, ...]]) -> Counter[Function]:
    """Seconds by function, where built-ins count for their callers."""
    times: Counter[Function] = Counter()
    for function, (_, _, seconds, _, callers) in statistics.items():
        if function[0] == "~" and callers:
            for caller, (_, _, part, _) in callers.items():
                times[caller] += part
        else:
            times[function] += seconds
    return times


def room_of(file: str) -> str:
    """The part of the project, the installed package, or the standard library."""
    path = Path(file)
    if path.is_relative_to(ROOT):
        return "/".join(path.relative_to(ROOT).with_suffix("").parts[:2])
    for folder in _INSTALLED:
        if folder in path.parts:
            return path.parts[path.parts.index(folder) + 1]
    return "built-ins" if file == "~" else "standard library"


def _print(title: str, times: Counter[Function], units: int, top: int) -> None:
    """Milliseconds a unit by room; rooms below half a per cent are left out."""
    rooms: dict[str, Counter[Function]] = {}
    for function, seconds in times.items():
        rooms.setdefault(room_of(function[0]), Counter())[function] = seconds
    total = times.total()
    rows = [
        [
            room,
            _ms(own.total(), units),
            f"{100 * own.total() / total:.0f}",
            _costliest(own, units, top),
        ]
        for room, own in sorted(rooms.items(), key=lambda pair: -pair[1].total())
        if own.total() >= total / 200
    ]
    print(f"\n## {title}: {_ms(total, units)}\n")
    print("\n".join(table(["room", "ms", "%", "costliest functions (ms)"], rows)), flush=True)


def _costliest(own: Counter[Function], units: int, top: int) -> str:
    return ", ".join(
        f"`{name}` {Path(file).name}:{line} {_ms(seconds, units)}"
        for (file, line, name), seconds in own.most_common(top)
    )


def _ms(seconds: float, units: int) -> str:
    return f"{1_000 * seconds / units:.3f}"


if __name__ == "__main__":
    sys.exit(main())
