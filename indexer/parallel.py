"""Reading on all cores: files go to worker processes in batches, and results come in order."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from indexer.authority import Authority
from indexer.engine import Part, PartWriter
from indexer.errors import IndexUnavailable
from indexer.resuming import Finished

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT = 4
"""Batches for each worker that wait or are at work: this bounds memory."""

WORTH_A_POOL = 600_000
"""Bytes of files that are read before worker processes have started."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What each worker has: the authority files, and where its releases go to."""

    authority: Authority
    parts: PartWriter | None
    """None where releases are sent back."""
    finished: Finished | None = None
    """Where finished work is kept; None where it is not."""


class Workers:
    """Processes with a desk each; with one job, or little to do, this process alone."""

    def __init__(
        self,
        authority: Authority,
        jobs: int,
        size: int,
        parts: PartWriter | None = None,
        finished: Finished | None = None,
    ) -> None:
        """`size` is that of all files, in bytes."""
        self._desk = Desk(authority, parts, finished)
        self._processes: list[_Process] = []
        if jobs > 1 and size >= WORTH_A_POOL:
            self._processes = [_Process(self._desk) for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the processes end."""
        for process in self._processes:
            process.end()

    def map(self, task: Callable[[T, Desk], R], batches: Iterable[T]) -> Iterator[R]:
        """What the task makes of each batch, in their order; the task is a module's function.

        Raises IndexUnavailable where the system ended a process.
        """
        if not self._processes:
            return (task(batch, self._desk) for batch in batches)
        return self._in_processes(task, batches)

    def _in_processes(self, task: Callable[[T, Desk], R], batches: Iterable[T]) -> Iterator[R]:
        waiting: deque[Future[R]] = deque()
        with _told_when_killed():
            for batch in batches:
                idlest = min(self._processes, key=_Process.load)
                waiting.append(idlest.submit(task, batch))
                if len(waiting) >= len(self._processes) * IN_FLIGHT:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def finish(self) -> list[Part]:
        """The parts that all processes wrote. Raises IndexUnavailable."""
        if not self._processes:
            return _finish(None, self._desk)
        with _told_when_killed():
            last = [process.submit(_finish, None) for process in self._processes]
            return [part for parts in last for part in parts.result()]


class _Process:
    """One worker: a pool of its own, so that what it has begun can be ended in it."""

    def __init__(self, desk: Desk) -> None:
        # Forked workers would inherit locks of threads that are not there.
        context = multiprocessing.get_context("spawn")
        given = (desk.authority.texts, desk.parts, desk.finished)
        self._pool = ProcessPoolExecutor(1, context, _begin, given)
        self._asked: deque[Future[Any]] = deque()

    def submit(self, task: Callable[[T, Desk], R], batch: T) -> "Future[R]":
        future = self._pool.submit(_run, task, batch)
        self._asked.append(future)
        return future

    def load(self) -> int:
        """Batches that are not yet done; they are done in their order."""
        while self._asked and self._asked[0].done():
            self._asked.popleft()
        return len(self._asked)

    def end(self) -> None:
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def _told_when_killed() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise IndexUnavailable(
            "the system ended a process of this build, mostly for want of memory; the index "
            "still answers as it did before; try fewer processes with: --jobs 1"
        ) from error


_desk: Desk | None = None


def _begin(texts: Mapping[str, str], parts: PartWriter | None, finished: Finished | None) -> None:
    """Parse the authority files once in each worker."""
    global _desk
    _desk = Desk(Authority(texts), parts, finished)


def _run(task: Callable[[T, Desk], R], batch: T) -> R:
    assert _desk is not None  # noqa: S101  # _begin ran in this process
    return task(batch, _desk)


def _finish(_: None, desk: Desk) -> list[Part]:
    return list(desk.parts.finish()) if desk.parts else []
