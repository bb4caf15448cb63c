"""A process that asks one index again and again; says as JSON how that went.

    python -m bench.faults.reader FOLDER THREADS

It begins with a line on standard output when it is ready, and ends when its standard input does.
"""

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.archive import RELEASES
from indexer import Index, SearchRequest, parse_query

PAUSE = 0.02
"""Seconds between two questions of a thread: readers that leave the machine time to write."""
QUESTION = SearchRequest(parse_query("drugs borders"), facets=("language",), page_size=100)


@dataclass
class Asked:
    """What the threads of a process saw."""

    answers: int = 0
    faults: list[str] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)
    """When a question was put (time.time), and the seconds that its answer took."""
    builds: set[str] = field(default_factory=set)


def ask(index: Index, asked: Asked, ended: threading.Event) -> None:
    """Ask until it is ended; an answer must be whole, of one build, and never of an earlier one."""
    newest = ""
    while not ended.wait(PAUSE):
        began, clock = time.time(), time.perf_counter()
        try:
            page = index.search(QUESTION)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            asked.faults.append(f"{type(error).__name__}: {error}")
            continue
        asked.times.append((began, time.perf_counter() - clock))
        asked.answers += 1
        asked.builds.add(page.build)
        titles = {hit.release.title for hit in page.hits}
        counted = sum(value.count for value in page.facets["language"])
        if not page.total == counted == len(page.hits) == RELEASES or len(titles) != 1:
            asked.faults.append(f"a mixture: {page.total}, {counted}, {titles}")
        if page.build < newest:
            asked.faults.append(f"build {page.build} after {newest}")
        newest = page.build


def main() -> None:
    """Ask in threads that share one index, until standard input ends."""
    asked, ended = Asked(), threading.Event()
    with Index.open(Path(sys.argv[1])) as index:
        # The first answer of a process may compile loops, which takes seconds on a new machine.
        index.search(QUESTION)
        threads = [
            threading.Thread(target=ask, args=(index, asked, ended))
            for _ in range(int(sys.argv[2]))
        ]
        for thread in threads:
            thread.start()
        print("ready", flush=True)
        sys.stdin.read()
        ended.set()
        for thread in threads:
            thread.join()
    json.dump([asked.answers, asked.faults, asked.times, sorted(asked.builds)], sys.stdout)


if __name__ == "__main__":
    main()
