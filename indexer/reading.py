"""Files to releases in two passes: the first learns what repeats across the archive.

Both passes read a file at a time, so an archive of any size needs no memory of its texts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from indexer.authority import Authority
from indexer.cleaning import PagePrints, Repeated, prints_of, repeated
from indexer.engine import Place
from indexer.errors import CorpusError
from indexer.grouping import Fingerprint, fingerprint
from indexer.parallel import Desk, Workers
from indexer.pipeline import make_release
from indexer.readers import Rejection, SourceFile, read, walk
from indexer.readers.registry import Container, Streamed, format_of
from indexer.release import RawRelease, Release, Source

FILES, BYTES, RECORDS = 64, 2_000_000, 64
"""The size of a batch: files, their bytes, and records of a file that is a stream of them."""
SMALL = 4_000_000
"""Bytes of the largest file whose releases a worker may send back all at once."""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A file to be read, by the absolute path that the ledger has for it."""

    file: SourceFile
    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """A release that is written already, in a part of the index."""

    source: Source
    place: Place


@dataclass(frozen=True, slots=True)
class Made:
    """What an input became: a release with its fingerprint, or a rejection."""

    path: str
    result: Release | Written | Rejection
    fingerprint: Fingerprint | None = None


_Known = tuple[Repeated, ...]
"""What repeats on the pages of a file, for each of its releases in their order."""


@dataclass(frozen=True, slots=True)
class _Job:
    source: SourceReading
    known: _Known


@dataclass(frozen=True, slots=True)
class _Records:
    """Releases of one file that is too large to be read by a worker."""

    path: str
    raw: list[tuple[RawRelease | Rejection, Repeated]]


def take_prints(
    sources: Sequence[SourceReading], workers: Workers, done: Callable[[int], None]
) -> dict[str, list[PagePrints]]:
    """The first pass: the prints of every release, by its file's path."""
    prints: dict[str, list[PagePrints]] = {}
    batches = list(_batches(sources))
    for batch, found in zip(batches, workers.map(_print_files, batches), strict=True):
        prints.update(found)
        done(sum(source.file.size for source in batch))
    return prints


def _print_files(batch: list[SourceReading], _: Desk) -> list[tuple[str, list[PagePrints]]]:
    return [
        (
            source.path,
            [prints_of(raw.text) for raw in read(source.file) if isinstance(raw, RawRelease)],
        )
        for source in batch
    ]


def make_releases(
    sources: Sequence[SourceReading],
    prints: dict[str, list[PagePrints]],
    known: Repeated,
    workers: Workers,
    done: Callable[[int], None],
) -> Iterator[Made]:
    """The second pass: what each input becomes, in the order of the files.

    The releases are written by the workers where these write, else they come themselves.
    """
    jobs = (_Job(source, _known_in(prints.get(source.path, ()), known)) for source in sources)
    last, sizes = "", {source.path: source.file.size for source in sources}
    for made in chain.from_iterable(workers.map(_make, _work(jobs))):
        if made.path != last:
            done(sizes.get(last, 0))
            last = made.path
        yield made
    done(sizes.get(last, 0))


def _known_in(prints: Iterable[PagePrints], known: Repeated) -> _Known:
    return tuple(known.within(page) for page in prints)


def _work(jobs: Iterable[_Job]) -> Iterator["list[_Job] | _Records"]:
    """Batches of small files; large ones and streams are read here, and sent in pieces."""
    batch: list[_Job] = []
    size = 0
    for job in jobs:
        file = job.source.file
        alone = file.size > SMALL or isinstance(format_of(file.name), Streamed | Container)
        if batch and (alone or len(batch) == FILES or size + file.size > BYTES):
            yield batch
            batch, size = [], 0
        if alone:
            yield from _pieces(job)
        else:
            batch.append(job)
            size += file.size
    if batch:
        yield batch


def _pieces(job: _Job) -> Iterator[_Records]:
    stream = _with_known(read(job.source.file), job.known)
    for records in iter(lambda: list(islice(stream, RECORDS)), []):
        yield _Records(job.source.path, records)


def _with_known(
    raw: Iterable[RawRelease | Rejection], known: _Known
) -> Iterator[tuple[RawRelease | Rejection, Repeated]]:
    waiting = iter(known)
    for one in raw:
        yield one, next(waiting, Repeated()) if isinstance(one, RawRelease) else Repeated()


def _make(work: "list[_Job] | _Records", desk: Desk) -> list[Made]:
    if isinstance(work, _Records):
        return [_made(one, work.path, known, desk) for one, known in work.raw]
    return [
        _made(one, job.source.path, known, desk)
        for job in work
        for one, known in _with_known(read(job.source.file), job.known)
    ]


def _made(raw: RawRelease | Rejection, path: str, known: Repeated, desk: Desk) -> Made:
    if isinstance(raw, Rejection):
        return Made(path, raw)
    try:
        release = make_release(raw, desk.authority, known)
    except CorpusError as error:
        return Made(path, Rejection(raw.source, str(error)))
    taken = fingerprint(release)
    if desk.parts is None:
        return Made(path, release, taken)
    return Made(path, Written(release.source, desk.parts.add(release)), taken)


def _batches(sources: Sequence[SourceReading]) -> Iterator[list[SourceReading]]:
    batch: list[SourceReading] = []
    size = 0
    for source in sources:
        if batch and (len(batch) == FILES or size + source.file.size > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(source)
        size += source.file.size
    if batch:
        yield batch


def read_sources(sources: Sequence[Path], authority: Authority, *, jobs: int = 1) -> Iterator[Made]:
    """What each input of the sources becomes, without an index.

    Raises CorpusError where a source does not exist.
    """
    files = [SourceReading(file, str(file.path.absolute())) for file in walk(sources)]
    with Workers(authority, jobs, sum(source.file.size for source in files)) as workers:
        prints = take_prints(files, workers, _untold)
        known = repeated(list(chain.from_iterable(prints.values())))
        yield from make_releases(files, prints, known, workers, _untold)


def _untold(_: int) -> None:
    """Nobody is told how far it is."""
