"""Searching from 8 threads of one process and from 4 more processes through a row of rebuilds."""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.faults import archive, reader
from bench.faults.result import Result
from indexer.embedded import generations

ROOT = Path(__file__).parents[2]


def run(folder: Path, rebuilds: int, quiet: float) -> Result:
    """Ask for so many seconds while nothing is written, then through so many rebuilds."""
    index = folder / "index"
    archive.create(index)
    readers = [_reader(index, threads) for threads in (8, 1, 1, 1, 1)]
    for each in readers:
        assert each.stdout
        each.stdout.readline()
    time.sleep(quiet)
    began = time.time()
    for version in range(1, rebuilds + 1):
        archive.rebuild(index, version)
    # The new build is opened by the first question after it: that belongs to its cost.
    time.sleep(5 * reader.PAUSE)
    ended = time.time()
    result = Result("8 threads and 4 processes through rebuilds", rebuilds)
    calm, busy = [], []
    for each in readers:
        said, _ = each.communicate()
        answers, faults, times, builds = json.loads(said)
        result.seen["answers"] += answers
        result.seen["builds seen by a process"] = max(
            len(builds), result.seen["builds seen by a process"]
        )
        result.faults += faults
        calm += [took for at, took in times if at < began]
        busy += [took for at, took in times if began <= at < ended]
    result.seen["µs p99 quiet"] = round(1e6 * float(np.percentile(calm, 99)))
    result.seen["µs p99 during a rebuild"] = round(1e6 * float(np.percentile(busy, 99)))
    left = [path.name for path in (index / generations.GENERATIONS).iterdir()]
    archive.update(index, rebuilds + 1)
    stays = len(list((index / generations.GENERATIONS).iterdir()))
    if stays != generations.KEPT_BUILDS:
        result.faults.append(f"{stays} builds stay when no reader is left, after {len(left)}")
    return result


def _reader(index: Path, threads: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.faults.reader", str(index), str(threads)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
