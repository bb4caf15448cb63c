"""SIGKILL at random moments: the index opens, verifies, and answers as before or as after."""

import mmap
import os
import random
import signal
import struct
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.faults import archive
from bench.faults.result import Result
from indexer.embedded import generations

OPERATIONS = (archive.update, archive.rebuild, archive.update, archive.compact)
LONGEST = 0.1
"""Seconds after which a child is killed at the latest; a commit takes about a third of that."""


def run(folder: Path, kills: int, seed: int, operations: Sequence[archive.Operation]) -> Result:
    """Kill so many children, each within a row of commits, and look after each."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    index = folder / "index"
    archive.create(index)
    if archive.add_corpus in operations:
        # Alone: these files shall be all that is indexed. It also loads what children share.
        archive.only_corpus(index, 0)
    shared = mmap.mmap(-1, 16)
    names = ", ".join(sorted({each.__name__ for each in operations}))
    result = Result(f"SIGKILL within {names}", kills)
    for number in range(kills):
        child = os.fork()
        if not child:
            _commit_for_ever(index, shared, random.Random(f"{seed} {number}"), operations)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done, begun = struct.unpack("qq", shared[:])
        result.seen[_left(index)] += 1
        try:
            found = archive.version_of(index)
            if found not in (done, begun):
                result.faults.append(f"kill {number}: version {found}, not {done} or {begun}")
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            result.faults.append(f"kill {number}: {type(error).__name__}: {error}")
            return result
        shared[:] = struct.pack("qq", found, found)
    return result


def _commit_for_ever(
    index: Path, shared: mmap.mmap, chance: random.Random, operations: Sequence[archive.Operation]
) -> None:
    (version, _) = struct.unpack("qq", shared[:])
    while True:
        operation = chance.choice(operations)
        if operation is archive.compact:
            archive.two_segments(index, version)
        else:
            shared[:] = struct.pack("qq", version, version + 1)
            version += 1
        operation(index, version)
        shared[:] = struct.pack("qq", version, version)


def _left(index: Path) -> str:
    """What the dead writer left: that says at which step it died."""
    names = Counter(path.suffix for path in (index / generations.GENERATIONS).iterdir())
    if names[".gone"]:
        return "while removing a build"
    if names[".part"]:
        return "while writing a build"
    current = generations.current(index).name
    newest = max(path.name for path in (index / generations.GENERATIONS).iterdir())
    return "before or after a commit" if newest == current else "before the switch"
