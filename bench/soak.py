"""A year of `--watch` in minutes: thousands of updates of a small archive, and what they leave.

    python -m bench.soak [--updates 3000] [--files 200] [--json]

Each update changes, adds or removes a file, as `index --watch` would take it up, and a searcher
asks between them. At ten points of the way it notes the memory of the process, its open files, the
segments, files and bytes of the index. The exit code is 1 where any of them still grew in the
second half: memory and bytes by more than a tenth, the others by more than a few.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from indexer import Index, SearchRequest, parse_query

SEED = 1
TEXT = "Session {0}\n\nThe ministers of region {0} discussed borders in version{1} of their plan.\n"
POINTS = 10
SLACK = {"handles": 4, "segments": 4, "files": 24}
"""By how many these may differ from moment to moment."""


def run(folder: Path, updates: int, files: int) -> list[dict[str, int]]:
    """The figures at each point."""
    press, chance = folder / "press", random.Random(SEED)
    press.mkdir(parents=True)
    for number in range(files):
        _write(press, number, 0)
    found = []
    with Index.create(folder / "index") as index:
        index.add_corpus(press)
        for update in range(1, updates + 1):
            number = chance.randrange(files)
            if chance.random() < 0.2 and (press / f"{number}.txt").exists():
                (press / f"{number}.txt").unlink()
            else:
                _write(press, number, update)
            index.add_corpus(press, if_needed=True)
            there = sum(1 for _ in press.iterdir())
            assert index.search(SearchRequest(parse_query("ministers"))).total == there
            if update % max(1, updates // POINTS) == 0:
                found.append({"updates": update, **_figures(index, folder / "index")})
    return found


def _write(press: Path, number: int, version: int) -> None:
    (press / f"{number}.txt").write_text(TEXT.format(number, version))


def _figures(index: Index, folder: Path) -> dict[str, int]:
    there = [path for path in folder.rglob("*") if path.is_file()]
    earlier = sum(p.stat().st_size for p in there if "versions" in p.parts)
    return {
        "memory_kb": _memory(),
        "handles": sum(1 for _ in Path("/proc/self/fd").glob("*")),
        "segments": index.statistics().segments,
        "files": len(there),
        "kb": (sum(path.stat().st_size for path in there) - earlier) // 1024,
        "earlier_versions_kb": earlier // 1024,
    }


def _memory() -> int:
    """The resident memory now; where the system does not say it, its peak."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0])


def grown(found: Sequence[dict[str, int]]) -> list[str]:
    """What still grew between the middle and the end."""
    middle, last = found[len(found) // 2], found[-1]
    most = {name: middle[name] * 1.1 for name in ("memory_kb", "kb")}
    most |= {name: middle[name] + slack for name, slack in SLACK.items()}
    return [
        f"{name}: {middle[name]} → {last[name]}"
        for name, limit in most.items()
        if last[name] > limit
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), arguments.updates, arguments.files)
    faults = grown(found)
    if arguments.json:
        print(json.dumps({"points": found, "faults": faults}, indent=2))
    else:
        for point in found:
            print(", ".join(f"{name} {value:,}" for name, value in point.items()))
        print(f"{(time.process_time() - began) / arguments.updates * 1000:.0f} ms of CPU an update")
        print("\n".join(faults) or "nothing grew")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
