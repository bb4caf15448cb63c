"""Every operation on files refused in turn: a clear line, and the index answers as it did.

The system refuses by an audit hook (PEP 578): the operation is not done, and raises OSError.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.faults import archive
from bench.faults.recording import EVENTS
from bench.faults.result import Result
from indexer import CommuniqueError, Index, SearchRequest
from indexer.embedded import EmbeddedEngine

ERRORS = {
    "disk full": errno.ENOSPC,
    "no permission": errno.EACCES,
    "read-only file system": errno.EROFS,
    "out of file handles": errno.EMFILE,
    "faulty disk": errno.EIO,
    "out of memory": None,
}


class _Refusal:
    """Refuses the operation of a number, and those after it if `rest`."""

    def __init__(self, folder: Path, number: int, error: int | None, *, rest: bool) -> None:
        self._folder, self._left, self._error, self._rest = str(folder), number, error, rest
        self.came = False

    def event(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.fsync" or self._folder in str(arguments[0]):
            self._left -= 1
            if self._left == 0 or (self._left < 0 and self._rest):
                self.came = True
                if self._error is None:
                    raise MemoryError
                raise OSError(self._error, os.strerror(self._error))


_refusal: list[_Refusal] = []
_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _refusal and event in EVENTS:
        _refusal[-1].event(event, arguments)


@contextmanager
def refusing(refusal: _Refusal) -> Iterator[None]:
    """As long as this lasts, the system refuses."""
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    fsync = os.fsync

    def flush(handle: int) -> None:
        refusal.event("os.fsync", ())
        fsync(handle)

    os.fsync = flush  # type: ignore[assignment]
    _refusal.append(refusal)
    try:
        yield
    finally:
        _refusal.clear()
        os.fsync = fsync


def run(folder: Path, every: int = 1) -> list[Result]:
    """Refuse each operation of an update, and of opening and searching, in turn."""
    return [_trials(folder / name, name, error, every) for name, error in ERRORS.items()]


def _trials(folder: Path, name: str, error: int | None, every: int) -> Result:
    index = folder / "index"
    archive.create(index)
    result = Result(f"refused in turn: {name}")
    version = 0
    for rest in (False, True):
        number, came = 1, True
        while came:
            refusal = _Refusal(index, number, error, rest=rest)
            said = _said(refusal, partial(archive.update, index, version + 1), result)
            came, number = refusal.came, number + every
            found = _version(index, result)
            if found not in (version, version + 1) or (not said and found != version + 1):
                result.faults.append(f"{name} {number}: version {found} after {said or 'success'}")
            version = found
            _said(_Refusal(index, number, error, rest=rest), partial(_search, index), result)
            result.trials += 2
    archive.update(index, version + 1)
    if archive.version_of(index) != version + 1:
        result.faults.append(f"{name}: no commit after the refusals")
    return result


def _version(index: Path, result: Result) -> int:
    try:
        return archive.version_of(index) or 0
    except (CommuniqueError, AssertionError) as error:
        result.faults.append(f"{result.what}: {error}")
        return -9


def _search(index: Path) -> None:
    with Index.open(index) as opened:
        opened.search(SearchRequest())
        list(EmbeddedEngine.open(index).kept("books"))


def _said(refusal: _Refusal, act: Callable[[], None], result: Result) -> str:
    try:
        with refusing(refusal):
            act()
    except CommuniqueError as error:
        said = str(error)
        result.seen["told in a line"] += 1
        if len(said.splitlines()) != 1:
            result.faults.append(f"{result.what}: {said!r}")
        return said
    except MemoryError:
        # Of Python itself: the command line tells of it in a line.
        result.seen["told as MemoryError"] += 1
        return "out of memory"
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        result.faults.append(f"{result.what}: {type(error).__name__}: {error}")
        return str(error) or "?"
    result.seen["done all the same" if refusal.came else "done"] += 1
    return ""
