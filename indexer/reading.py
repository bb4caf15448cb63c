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
from indexer.fixity import fixity
from indexer.grouping import Fingerprint, fingerprint
from indexer.parallel import Desk, Workers
from indexer.pipeline import make_release
from indexer.readers import Rejection, SourceFile, read, walk
from indexer.readers.registry import Container, Streamed, format_of
from indexer.release import RawRelease, Release, Source
from indexer.resuming import Finished

FILES, BYTES, RECORDS = 64, 2_000_000, 64
"""The size of a batch: files, their bytes, and records of a file that is a stream of them."""
SMALL = 4_000_000
"""Bytes of the largest file whose releases a worker may send back all at once."""
ATTEMPTS = 3
"""How often a file is read that is replaced while it is read."""
REPLACED = (
    "this file was replaced while it was read; index it again once nothing writes into it any more"
)


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


def _print_files(batch: list[SourceReading], desk: Desk) -> list[tuple[str, list[PagePrints]]]:
    return [(source.path, _prints_of(source, desk.finished)) for source in batch]


def _prints_of(source: SourceReading, finished: Finished | None) -> list[PagePrints]:
    def made() -> list[PagePrints]:
        return [prints_of(raw.text) for raw in read(source.file) if isinstance(raw, RawRelease)]

    if finished is None:
        return made()
    return finished.once("prints", _dependence(source.file, fixity(source.file.path)), made)


def _dependence(file: SourceFile, sha256: str) -> tuple[object, ...]:
    """What the content of a file depends on."""
    return file.name, sha256, file.page


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
    before = fixity(job.source.file.path)
    for records in iter(lambda: list(islice(stream, RECORDS)), []):
        yield _Records(job.source.path, records)
    if fixity(job.source.file.path) != before:
        replaced = Rejection(Source(job.source.file.name, before), REPLACED)
        yield _Records(job.source.path, [(replaced, Repeated())])


def _with_known(
    raw: Iterable[RawRelease | Rejection], known: _Known
) -> Iterator[tuple[RawRelease | Rejection, Repeated]]:
    waiting = iter(known)
    for one in raw:
        yield one, next(waiting, Repeated()) if isinstance(one, RawRelease) else Repeated()


def _make(work: "list[_Job] | _Records", desk: Desk) -> list[Made]:
    if isinstance(work, _Records):
        known = [_sorted(known) for _, known in work.raw]
        depends = [repr(one) for one, _ in work.raw], known
        read = _once(desk, "records", depends, lambda: _read_all(work.raw, desk.authority))
        return [_entered(work.path, *one, desk) for one in read]
    return [_entered(job.source.path, *one, desk) for job in work for one in _read_file(job, desk)]


_Read = tuple[Release | Rejection, Fingerprint | None]


def _read_file(job: _Job, desk: Desk) -> list[_Read]:
    sha256 = fixity(job.source.file.path)
    depends = _dependence(job.source.file, sha256), [_sorted(known) for known in job.known]
    return _once(desk, "file", depends, lambda: _read_unchanged(job, desk.authority, sha256))


def _read_unchanged(job: _Job, authority: Authority, before: str) -> list[_Read]:
    """What a file holds; it is read again where it was replaced meanwhile."""
    file = job.source.file
    for _ in range(ATTEMPTS):
        found = _read_all(_with_known(read(file), job.known), authority)
        after = fixity(file.path)
        if after == before:
            return found
        before = after
    return [(Rejection(Source(file.name, ""), REPLACED), None)]


def _read_all(
    raw: Iterable[tuple[RawRelease | Rejection, Repeated]], authority: Authority
) -> list[_Read]:
    return [_release_of(one, known, authority) for one, known in raw]


def _release_of(raw: RawRelease | Rejection, known: Repeated, authority: Authority) -> _Read:
    if isinstance(raw, Rejection):
        return raw, None
    try:
        release = make_release(raw, authority, known)
    except CorpusError as error:
        return Rejection(raw.source, str(error)), None
    return release, fingerprint(release)


def _entered(path: str, result: Release | Rejection, taken: Fingerprint | None, desk: Desk) -> Made:
    if isinstance(result, Rejection) or desk.parts is None:
        return Made(path, result, taken)
    return Made(path, Written(result.source, desk.parts.add(result)), taken)


def _once(desk: Desk, kind: str, depends: object, make: Callable[[], list[_Read]]) -> list[_Read]:
    return desk.finished.once(kind, depends, make) if desk.finished else make()


def _sorted(known: Repeated) -> tuple[list[int], list[int]]:
    return sorted(known.top), sorted(known.bottom)


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
