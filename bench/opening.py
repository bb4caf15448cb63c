"""How long it takes to open an index: the import, the searcher, and the first search.

    python -m bench.opening INDEX [--question health] [--times 5]

Each time in a new process, then again in the same one with another `Index`. Prints medians of
processor time, and of wall clock, in milliseconds, as a table in Markdown.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.report import table

ROOT = Path(__file__).parent.parent
STEPS = ("import", "open", "first search", "open again", "first search again")
SETTLED = 2.5
"""Seconds after which everything that loads in the background is there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open an index in new processes and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("index", type=Path, help="the folder of an index")
    parser.add_argument("--question", default="health", help="what the first search asks")
    parser.add_argument("--times", type=int, default=5, help="new processes")
    parser.add_argument("--alone", action="store_true", help="this process, figures as JSON")
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        print(json.dumps(_steps(chosen.index, chosen.question)))
        return 0
    command = [sys.executable, "-m", "bench.opening", str(chosen.index.absolute()), "--alone"]
    command += ["--question", chosen.question]
    found = [
        json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
        for _ in range(chosen.times)
    ]
    rows = [
        [step, *(f"{1_000 * median(one[at][clock] for one in found):.0f}" for clock in (0, 1))]
        for at, step in enumerate(STEPS)
    ]
    print("\n".join(table(["", "CPU ms", "wall clock ms"], rows)))
    return 0


def _steps(folder: Path, question: str) -> list[tuple[float, float]]:
    """Seconds of processor time and of wall clock for each step."""
    steps = []
    began = _clocks()
    from indexer import Index, SearchRequest, parse_query

    steps.append(_since(began))
    for _ in range(2):
        began = _clocks()
        index = Index.open(folder)
        index.statistics()
        steps.append(_since(began))
        began = _clocks()
        index.search(SearchRequest(parse_query(question)).faceted("year", "language"))
        steps.append(_since(began))
        time.sleep(SETTLED)
        index.close()
    return steps


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _since(before: tuple[float, float]) -> tuple[float, float]:
    now = _clocks()
    return now[0] - before[0], now[1] - before[1]


if __name__ == "__main__":
    sys.exit(main())
