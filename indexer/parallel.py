"""Reading on all cores: files go to worker processes in batches, and results come in order."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from indexer.authority import Authority

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT = 4
"""Batches for each worker that wait or are at work: this bounds memory."""

WORTH_A_POOL = 600_000
"""Bytes of files that are read before worker processes have started."""


class Workers:
    """Processes that know the authority files; with one job, or little to do, this process."""

    def __init__(self, authority: Authority, jobs: int, size: int) -> None:
        """`size` is that of all files, in bytes."""
        self._authority = authority
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1 and size >= WORTH_A_POOL:
            # Forked workers would inherit locks of threads that are not there.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(jobs, context, _begin, (authority.texts,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the processes end."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, task: Callable[[T, Authority], R], batches: Iterable[T]) -> Iterator[R]:
        """What the task makes of each batch, in their order; the task is a module's function."""
        if self._pool is None:
            return (task(batch, self._authority) for batch in batches)
        return self._in_processes(self._pool, task, batches)

    def _in_processes(
        self, pool: ProcessPoolExecutor, task: Callable[[T, Authority], R], batches: Iterable[T]
    ) -> Iterator[R]:
        waiting: deque[Future[R]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_run, task, batch))
            if len(waiting) >= self._jobs * IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_authority: Authority | None = None


def _begin(texts: Mapping[str, str]) -> None:
    """Parse the authority files once in each worker."""
    global _authority
    _authority = Authority(texts)


def _run(task: Callable[[T, Authority], R], batch: T) -> R:
    assert _authority is not None  # noqa: S101  # _begin ran in this process
    return task(batch, _authority)
