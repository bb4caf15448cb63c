"""Releases that are indexed already, tagged and written again without their sources."""

from collections.abc import Iterable, Iterator
from itertools import islice

from indexer.grouping import Fingerprint, fingerprint
from indexer.parallel import Desk, Workers
from indexer.pipeline import tagged
from indexer.release import Release

BATCH = 64
"""Releases that a worker is given at once."""


def retag(releases: Iterable[Release], workers: Workers) -> Iterator[Fingerprint]:
    """Tag and write these releases; what each is compared by from now on, in their order."""
    stream = iter(releases)
    batches = iter(lambda: list(islice(stream, BATCH)), [])
    for taken in workers.map(_retag, batches):
        yield from taken


def _retag(batch: list[Release], desk: Desk) -> list[Fingerprint]:
    assert desk.parts is not None  # noqa: S101  # a build gives its workers a part writer
    taken = []
    for release in batch:
        written = tagged(release, desk.authority)
        desk.parts.add(written)
        taken.append(fingerprint(written))
    return taken
