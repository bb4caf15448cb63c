"""Earlier versions of releases whose text changed at its source, and what differs between texts."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from indexer.errors import IndexCorrupt
from indexer.release import Release

SHARDS = tuple(f"versions/{digit:x}.jsonl" for digit in range(16))
"""The books of earlier versions: sixteen, so that one of them is soon read through."""

_WORD = re.compile(r"\s*\S+|\s+\Z")
"""A word with the blanks before it: all of them together are the text."""


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A release as it was indexed before its text changed."""

    id: str
    title: str
    body: str
    date: str | None
    """Its date of publication, in the form of ISO 8601."""
    source: str
    sha256: str
    """Of the source file that it was read from."""
    build: str | None
    """The build that read it last."""
    replaced: str
    """The build that found another text at the source."""
    replaced_on: str
    """The time of that build."""


class Piece(NamedTuple):
    """A part of two texts."""

    kind: Literal["same", "removed", "added"]
    text: str


def shard_of(id: str) -> str:
    """The book that has the earlier versions of a release."""
    return SHARDS[int(hashlib.sha256(id.encode()).hexdigest()[0], 16)]


def earlier_version(release: Release, build: str | None, replaced: str, at: str) -> EarlierVersion:
    """What is kept of a release that was read by one build, and is replaced by another."""
    day = release.date.value
    return EarlierVersion(
        id=release.id,
        title=release.title,
        body=release.body,
        date=day.isoformat() if day else None,
        source=str(release.source),
        sha256=release.source.sha256,
        build=build,
        replaced=replaced,
        replaced_on=at,
    )


def dump(version: EarlierVersion) -> str:
    """A version as a line."""
    return json.dumps(asdict(version), ensure_ascii=False)


def load(lines: Iterable[str], id: str) -> Iterator[EarlierVersion]:
    """The versions of one release, from the oldest on. Raises IndexCorrupt."""
    start = f'{{"id": {json.dumps(id, ensure_ascii=False)}, '
    for line in lines:
        if line.startswith(start):
            try:
                yield EarlierVersion(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise IndexCorrupt(f"an earlier version of {id} is damaged: {error}") from error


def word_changes(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word: the fewest words that were removed, added, replaced.

    The pieces that are the same or removed are together the text before, those that are the same
    or added the text after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for step in Levenshtein.opcodes(old, new):
        gone = "".join(old[step.src_start : step.src_end])
        come = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            pieces.append(Piece("same", come))
            continue
        if gone:
            pieces.append(Piece("removed", gone))
        if come:
            pieces.append(Piece("added", come))
    return pieces
