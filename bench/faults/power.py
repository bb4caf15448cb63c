"""Power loss at every step of a commit: what was not flushed is lost, cut, zeroed or reordered.

The model allows more than real file systems do: of a folder that was not flushed since, each new,
renamed or removed name may have reached the disk or not, on its own; of a file that was not
flushed, nothing, all, a half, or zeros.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.faults import archive
from bench.faults.recording import ROOT, Recording, Step, recorded
from bench.faults.result import Result
from indexer.errors import CommuniqueError

State = dict[str, bytes | None]
"""The files after the power loss by their paths; None is a folder."""


def run(folder: Path, chances: int, seed: int, every: int = 1) -> list[Result]:
    """Lose power at every step of each operation, in two fixed and so many random ways."""
    return [
        _trials(folder / name, name, operation, chances, seed, every)
        for name, operation in OPERATIONS.items()
    ]


OPERATIONS: dict[str, archive.Operation] = {
    "creation": archive.create,
    "update": archive.update,
    "rebuild": archive.rebuild,
    "compaction": archive.compact,
    "index of files": archive.add_corpus,
}


def record(index: Path, operation: archive.Operation) -> tuple[Recording, list[int | None]]:
    """What an operation does to an index of version 0; which versions may be found, in order."""
    if operation is archive.create:
        index.mkdir()
    else:
        archive.create(index)
    if operation is archive.add_corpus:
        archive.only_corpus(index, 0)
    if operation is archive.compact:
        archive.two_segments(index, 0)
    with recorded(index) as recording:
        operation(index, 1)
    if operation is archive.create:
        return recording, [None, -1, 1]
    return recording, [0] if operation is archive.compact else [0, 1]


def _trials(
    folder: Path, name: str, operation: archive.Operation, chances: int, seed: int, every: int
) -> Result:
    folder.mkdir(parents=True)
    recording, allowed = record(folder / "index", operation)
    result = Result(f"power loss within: {name} ({len(recording.steps)} steps)")
    known: dict[int, str] = {}
    last = recording.steps[-1]
    for step in [*recording.steps[::every], last]:
        for state in _states(step, chances, random.Random(f"{seed} {id(step)}")):
            key = hash(tuple(sorted(state.items())))
            if key not in known:
                known[key] = _look(folder / "lost", state, allowed, result)
            result.trials += 1
            if step is last and known[key] not in ("as after", "a mixture"):
                result.faults.append(f"{name}: a commit that had returned is lost")
    result.seen["different states"] = len(known)
    return result


def _look(place: Path, state: State, allowed: list[int | None], result: Result) -> str:
    shutil.rmtree(place, ignore_errors=True)
    write(place, state)
    try:
        found = archive.version_of(place)
    except (CommuniqueError, AssertionError) as error:
        result.faults.append(f"{result.what}: {type(error).__name__}: {error}")
        return "a mixture"
    if found not in allowed:
        result.faults.append(f"{result.what}: version {found}, not one of {allowed}")
        return "a mixture"
    return "as after" if found == allowed[-1] else "as before"


def write(place: Path, state: State) -> None:
    """Make the folder of a state."""
    place.mkdir(parents=True)
    for path, content in sorted(state.items()):
        if content is None:
            (place / path).mkdir(parents=True, exist_ok=True)
        else:
            (place / path).write_bytes(content)


Choice = Callable[[], bool]


def _states(step: Step, chances: int, chance: random.Random) -> Iterator[State]:
    yield state_of(step, lambda: False, _flushed)
    yield state_of(step, lambda: True, _flushed)
    for _ in range(chances):
        often = chance.choice([0.1, 0.5, 0.9])
        yield state_of(
            step,
            lambda: chance.random() < often,  # noqa: B023  # used within this turn
            lambda old, new: chance.choice([old, new, new[: len(new) // 2], bytes(len(new))]),
        )


def _flushed(old: bytes, _new: bytes) -> bytes:
    return old


def state_of(step: Step, reached: Choice, content: Callable[[bytes, bytes], bytes]) -> State:
    """What is on the disk: `reached` says whether a change of a name is, `content` of a file."""
    state: State = {}
    chosen: dict[int, bytes] = {}

    def visit(inode: int, prefix: str) -> None:
        old, new = step.flushed_folders.get(inode, {}), step.folders.get(inode, {})
        for name in sorted(old.keys() | new.keys()):
            entries = (old, new) if old.get(name) != new.get(name) else (new, new)
            entry = entries[reached() if entries[0] is not entries[1] else 1].get(name)
            if entry is not None:
                place(entry, prefix + name)

    def place(inode: int, path: str) -> None:
        if inode in step.folders or inode in step.flushed_folders:
            state[path] = None
            visit(inode, path + "/")
            return
        if inode not in chosen:
            old = step.flushed_contents.get(inode, b"")
            new = step.contents.get(inode, old)
            chosen[inode] = old if old == new else content(old, new)
        state[path] = chosen[inode]

    visit(ROOT, "")
    return state
