"""The pipeline on all cores: raw releases go to worker processes in batches, and come in order."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from indexer.authority import Authority
from indexer.errors import CorpusError
from indexer.pipeline import make_release
from indexer.readers import Rejection
from indexer.release import RawRelease, Release

BATCH = 32
IN_FLIGHT = 4
"""Batches for each worker that wait or are at work: this bounds memory."""

WORTH_A_POOL = 256
"""Fewer releases than this are done before worker processes have started."""

Made = Release | Rejection
Input = tuple[RawRelease | Rejection, str]
Output = tuple[Made, str]


def make_releases(raw: Iterable[Input], authority: Authority, jobs: int) -> Iterator[Output]:
    """What each raw release becomes, in the order of the input, with the path it came from."""
    stream = iter(raw)
    first = list(islice(stream, WORTH_A_POOL)) if jobs > 1 else []
    if jobs > 1 and len(first) == WORTH_A_POOL:
        return _in_processes(chain(first, stream), authority, jobs)
    return (_made(one, path, authority) for one, path in chain(first, stream))


def _made(raw: RawRelease | Rejection, path: str, authority: Authority) -> Output:
    if isinstance(raw, Rejection):
        return raw, path
    try:
        return make_release(raw, authority), path
    except CorpusError as error:
        return Rejection(raw.source, str(error)), path


def _in_processes(raw: Iterator[Input], authority: Authority, jobs: int) -> Iterator[Output]:
    # Forked workers would inherit locks of threads that are not there; a fork server has none.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _begin, (authority.texts,)) as pool:
        waiting: deque[Future[list[Output]]] = deque()
        for batch in iter(lambda: list(islice(raw, BATCH)), []):
            waiting.append(pool.submit(_make_batch, batch))
            if len(waiting) >= jobs * IN_FLIGHT:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


_worker_authority: Authority | None = None


def _begin(texts: Mapping[str, str]) -> None:
    """Parse the authority files once in each worker."""
    global _worker_authority
    _worker_authority = Authority(texts)


def _make_batch(batch: list[Input]) -> list[Output]:
    assert _worker_authority is not None  # noqa: S101  # _begin ran in this process
    return [_made(raw, path, _worker_authority) for raw, path in batch]
