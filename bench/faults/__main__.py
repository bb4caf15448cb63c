"""Break an index in every way that archives meet, and count what should not be.

    python -m bench.faults [KIND...] [--share 1.0] [--unflushed] [--json]

Kinds: kills, power, copies, flips, refusals, rebuilds; by default all, in about ten minutes.
`--share 0.05` does a part of each, as the tests do. The exit code is 1 where anything was found.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.faults import archive, copies, flips, kills, power, rebuilds, refusals
from bench.faults.result import Result
from indexer.embedded import durable

SEED = 1


def _every(share: float) -> int:
    """Of how many steps one is taken."""
    return max(1, round(1 / share / 4))


KINDS: dict[str, Callable[[Path, float], list[Result]]] = {
    "kills": lambda folder, share: [
        kills.run(folder / "engine", round(900 * share), SEED, kills.OPERATIONS),
        kills.run(folder / "files", round(200 * share), SEED, (archive.add_corpus,)),
    ],
    "power": lambda folder, share: power.run(
        folder, max(1, round(10 * share)), SEED, _every(share)
    ),
    "copies": lambda folder, share: [copies.run(folder, SEED, _every(share))],
    "flips": lambda folder, share: [flips.run(folder, round(1_000 * share), SEED)],
    "refusals": lambda folder, share: refusals.run(folder, _every(share)),
    "rebuilds": lambda folder, share: [rebuilds.run(folder, round(50 * share), 10 * share)],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kinds that are asked for; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--share", type=float, default=1.0, help="of the trials (%(default)s)")
    parser.add_argument(
        "--unflushed", action="store_true", help="flush nothing: power losses must then be found"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    if chosen.unflushed:
        durable.flush = lambda _path: None  # type: ignore[assignment]
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in chosen.kinds or KINDS:
            for result in KINDS[kind](Path(folder) / kind, chosen.share):
                results.append(result)
                for fault in result.faults[:10]:
                    print(f"{result.what}: {fault}", file=sys.stderr)
    if chosen.json:
        print(json.dumps([result.record() for result in results], indent=1))
    else:
        print("| what | trials | faults | how they ended |\n|---|---|---|---|")
        for result in results:
            print(result.row())
    return 1 if any(result.faults for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
