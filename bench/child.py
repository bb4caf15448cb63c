"""What runs in a process of its own, so that memory and a cold start can be told.

    python -m bench.child build ENGINE CORPUS INDEX [DOCUMENTS]
    python -m bench.child open ENGINE CORPUS INDEX

Prints its figures as JSON.
"""

import json
import resource
import shutil
import sys
import time
from itertools import islice
from pathlib import Path

from bench.asked import Asked, QueryClass
from bench.corpora import Corpus
from bench.engines import engine_of


def peak_bytes() -> int:
    """The most memory that this process has held so far.

    `ru_maxrss` would begin with what the parent held, so Linux's own account comes first.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def build(
    engine_name: str, corpus: Corpus, folder: Path, size: str | None = None
) -> dict[str, float]:
    """Build an index, or one of so many documents; reading them is in the time of every engine."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    engine = engine_of(engine_name)(folder)
    before, began, worked = peak_bytes(), time.perf_counter(), time.process_time()
    documents = islice(corpus.documents(), int(size) if size else None)
    engine.build(documents, corpus.facets)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - worked + children.ru_utime + children.ru_stime,
        "peak_bytes": peak_bytes(),
        "start_bytes": before,
    }


def open_index(engine_name: str, corpus: Corpus, folder: Path) -> dict[str, float]:
    """Open an index, and answer the first question."""
    engine = engine_of(engine_name)(folder)
    word = next(corpus.documents()).words.split()[0]
    began = time.perf_counter()
    engine.open()
    opened = time.perf_counter()
    engine.search(Asked(QueryClass.COMMON, (word,)))
    answered = time.perf_counter()
    engine.close()
    return {"open_ms": 1_000 * (opened - began), "first_ms": 1_000 * (answered - began)}


def main() -> int:
    """Run one task; returns the exit code."""
    task, engine_name, corpus, folder, *size = sys.argv[1:]
    run = {"build": build, "open": open_index}[task]
    print(json.dumps(run(engine_name, Corpus.load(Path(corpus)), Path(folder), *size)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
