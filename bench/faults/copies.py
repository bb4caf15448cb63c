"""Copies taken while a writer runs: each is a good index, or is refused by name.

The copy reads one file after another, in several orders, while so many steps of a recorded commit
pass between two files. A file that is gone when its turn comes is left out, as `cp -r` does with a
message.
"""

import random
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from bench.faults import archive
from bench.faults.power import State, record, write
from bench.faults.recording import ROOT, Step
from bench.faults.result import Result
from indexer.errors import CommuniqueError

PACES = (0, 1, 2, 5)
"""Steps of the writer between two files of the copy; 0 is a snapshot of the file system."""


Order = Callable[[Collection[str]], list[str]]


def run(folder: Path, seed: int, every: int = 1) -> Result:
    """Copy at every step of an update and of a rebuild, in four orders, at four paces."""
    result = Result("copies taken while a writer is at work")
    for operation in (archive.update, archive.rebuild):
        place = folder / operation.__name__
        place.mkdir(parents=True)
        recording, _ = record(place / "index", operation)
        for start in range(0, len(recording.steps), every):
            for state in _copies(recording.steps[start:], random.Random(f"{seed} {start}")):
                result.trials += 1
                _look(place / "copy", state, result)
    return result


def _copies(steps: Sequence[Step], chance: random.Random) -> Iterator[State]:
    for pace in PACES:
        for order in (sorted, lambda n: sorted(n, reverse=True), _shuffled(chance)):
            yield _copy(steps, pace, order)


def _shuffled(chance: random.Random) -> Order:
    return lambda names: chance.sample(sorted(names), len(names))


def _copy(steps: Sequence[Step], pace: int, order: Order) -> State:
    state: State = {}
    read = 0

    def now() -> Step:
        return steps[min(read * pace, len(steps) - 1)]

    def visit(inode: int, prefix: str) -> None:
        nonlocal read
        # The names are listed when the folder is entered; what they lead to is read later.
        for name in order(now().folders.get(inode, {})):
            entry = now().folders.get(inode, {}).get(name)
            if entry is None:
                continue
            if entry in now().folders:
                state[prefix + name] = None
                visit(entry, f"{prefix}{name}/")
            else:
                state[prefix + name] = now().contents[entry]
                read += 1

    visit(ROOT, "")
    return state


def _look(place: Path, state: State, result: Result) -> None:
    shutil.rmtree(place, ignore_errors=True)
    write(place, state)
    # An older build that was just being removed may be there in part; `verify` names it.
    try:
        found = archive.version_of(place, older_too=False)
    except CommuniqueError as error:
        said = str(error)
        result.seen["refused as incomplete"] += 1
        if "incomplete" not in said and "no index" not in said:
            result.faults.append(f"refused, but as: {said}")
    except AssertionError as error:
        result.faults.append(str(error))
    else:
        if found is None:
            result.seen["refused as no index"] += 1
        else:
            result.seen["good"] += 1
            if found not in (0, 1):
                result.faults.append(f"version {found}")
