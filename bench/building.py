"""Indexes built in processes of their own: rate, memory, bytes on disk, time to open."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.corpora import Corpus
from bench.engines import engine_of

ROOT = Path(__file__).parent.parent
FIGURES = "figures.json"
SAMPLE = 2_000
"""Documents that tell how long the build of a corpus of ten times as many or more will take."""
OPENED = 3
"""Times that an index is opened, each in a new process; the median counts."""


class Failed(Exception):
    """A build came to no end; the message says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """The figures of one index."""

    documents: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    start_bytes: int
    """The memory of the process before the build: the interpreter and the imports."""
    disk_bytes: int
    text_bytes: int
    """Of it the documents themselves."""
    open_ms: float = 0.0
    first_ms: float = 0.0
    """From the start of opening to the first answer."""

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds


def index_of(folder: Path) -> Path:
    """Where `built` puts an index below its folder."""
    return folder / "index"


def built(engine: str, corpus: Corpus, folder: Path, limit: float, *, reuse: bool) -> Built:
    """Build an index below `folder`, or take the one there; raises Failed after `limit` seconds."""
    index, figures = index_of(folder), folder / FIGURES
    folder.mkdir(exist_ok=True)
    if reuse and figures.is_file():
        made = Built(**json.loads(figures.read_text(encoding="utf-8")))
    else:
        figures.unlink(missing_ok=True)
        _check_time(engine, corpus, folder / "sample", limit)
        made = _build(engine, corpus, index, limit)
        figures.write_text(
            json.dumps({name: getattr(made, name) for name in made.__slots__}), encoding="utf-8"
        )
    opened = [_run("open", engine, corpus, index, limit) for _ in range(OPENED)]
    return replace(
        made,
        open_ms=median(each["open_ms"] for each in opened),
        first_ms=median(each["first_ms"] for each in opened),
    )


def _check_time(engine: str, corpus: Corpus, folder: Path, limit: float) -> None:
    """Raises Failed where the build of a sample tells that the whole would exceed the limit."""
    if corpus.size < 10 * SAMPLE:
        return
    took = _run("build", engine, corpus, folder, limit, str(SAMPLE))["seconds"]
    shutil.rmtree(folder)
    expected = took * corpus.size / SAMPLE
    if expected > limit:
        raise Failed(
            f"its build would take about {expected / 60:.0f} minutes, for {SAMPLE:,} documents "
            f"took {took:.1f} s, and {limit / 60:.0f} are allowed"
        )


def _build(engine: str, corpus: Corpus, index: Path, limit: float) -> Built:
    found = _run("build", engine, corpus, index, limit)
    return Built(
        documents=corpus.size,
        seconds=found["seconds"],
        cpu_seconds=found["cpu_seconds"],
        peak_bytes=int(found["peak_bytes"]),
        start_bytes=int(found["start_bytes"]),
        disk_bytes=sum(file.stat().st_size for file in index.rglob("*") if file.is_file()),
        text_bytes=engine_of(engine).abilities.text_bytes(index),
    )


def _run(
    task: str, engine: str, corpus: Corpus, index: Path, limit: float, *size: str
) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.child", task, engine, str(corpus.folder), str(index)]
    command += size
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"no end of {task} within {limit:.0f} s") from None
    if done.returncode:
        # A process that the system ended, for want of memory mostly, says nothing.
        said = done.stderr.strip().splitlines() or [f"{task} ended with code {done.returncode}"]
        raise Failed(said[-1])
    found: dict[str, float] = json.loads(done.stdout)
    return found
