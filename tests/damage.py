"""A damaged index, by seeds: it gives right answers, or an error that names the file.

    python -m tests.damage [--first 0] [--count 300]

Builds a small index, and for each seed damages one of its files, mostly that of a segment, opens
and searches the index, verifies it, and mends it again. Prints as JSON how each kind of damage was
told, and the faults: a wrong answer, an error that does not name the file, any other exception,
damage that `verify` does not see. Run in a process of its own: a crash of the interpreter must not
end the one that asks.
"""

import argparse
import json
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

from indexer.embedded import EmbeddedEngine, generations
from indexer.embedded.codec import EXTENSION, container
from indexer.embedded.searcher import EmbeddedSearcher
from indexer.errors import CommuniqueError
from indexer.query import (
    And,
    DateRange,
    ExactWord,
    Fuzzy,
    InTitle,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Span,
    Wildcard,
    Word,
)
from indexer.release import Release
from indexer.request import Filter, SearchRequest, Sort
from tests.releases import authority, release

_WORDS = ("heroin", "seizures", "border", "police", "session", "drugs", "граница", "героин")
POLICY = "indexer.embedded.codec.merge_policy.to_merge"

SEGMENTS, DOCUMENTS = 3, 40
"""Segments of equally many releases, so that one could pass for another."""

_NODES = (
    Word("border"),
    Word("границы"),
    ExactWord("police"),
    Or((Word("heroin"), Word("drugs"), Word("героин"))),
    And((Word("session"), Not(Word("police")))),
    Phrase(("border", "police")),
    Phrase(("heroin", "drugs"), slop=3),
    Prefix("se"),
    Wildcard("*r*"),
    Fuzzy("polise"),
    InTitle(Word("session")),
    DateRange(date(2016, 1, 1), None),
    Word("heroine", Span(0, 7)),
)


def releases(number: int) -> list[Release]:
    """The releases of a segment."""
    chosen = random.Random(number)
    made = []
    for at in range(DOCUMENTS):
        russian = chosen.random() < 0.2
        words = _WORDS[6:] if russian else _WORDS[:6]
        made.append(
            release(
                f"r{number}-{at}",
                " ".join(chosen.choices(words, k=chosen.randint(3, 30))),
                title=chosen.choice(words),
                language="ru" if russian else "en",
                day=chosen.choice([None, "2015-03-01", "2016-12-31"]),
                tags=[("organization", chosen.choice(["un", "osce"]))] * chosen.randint(0, 1),
            )
        )
    return made


def build(folder: Path) -> None:
    """Three segments, two of them with deleted releases."""
    engine = EmbeddedEngine.create(folder, authority())
    for number in range(SEGMENTS):
        with engine.writer() as writer:
            for one in releases(number):
                writer.add(one)
            for before in range(number):
                writer.delete(f"r{before}-{number}")


def requests() -> Iterator[SearchRequest]:
    """Searches that read every kind of section."""
    for node in _NODES:
        asked = SearchRequest(Query("heroine", node), page_size=5, expand=False)
        yield asked.faceted("organization", "year", "language")
        yield asked.sorted(Sort.NEWEST).page(2, 5)
        yield asked.where(Filter.any_of("organization", "un")).explained()


def answers(searcher: EmbeddedSearcher) -> Iterator[Callable[[], object]]:
    """What is compared, each to be computed by a call."""
    yield lambda: searcher.statistics().releases
    yield lambda: list(searcher.ids())
    for number in range(SEGMENTS):
        yield lambda number=number: searcher.release(f"r{number}-7")  # type: ignore[misc]
    for request in requests():
        yield lambda request=request: _page(searcher, request)  # type: ignore[misc]


def _page(searcher: EmbeddedSearcher, request: SearchRequest) -> object:
    page = searcher.search(request)
    return page.total, page.hits, page.facets, page.suggestion, page.notices


Damage = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
"""The content of a file from what it was and what other files of its kind hold."""


def _flip(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _overwrite(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(content))
    length = chance.choice([1, 4, 64, 4096])
    part = bytes(length) if chance.random() < 0.5 else chance.randbytes(length)
    return (content[:at] + part + content[at + length :])[: len(content)]


def _cut(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    return content[: chance.randrange(len(content))]


def _lengthen(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    return content + chance.randbytes(chance.choice([1, 100]))


def _lose_a_part(chance: random.Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + chance.choice([1, 8, 512]) :]


def _swap(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    return chance.choice(others) if others else content


KINDS: tuple[Damage, ...] = (_flip, _flip, _flip, _overwrite, _cut, _lengthen, _lose_a_part, _swap)


class Trials:
    """One index that is damaged and mended, and what came of it."""

    def __init__(self, folder: Path) -> None:
        build(folder)
        self._engine = EmbeddedEngine.open(folder)
        files = [path for path in sorted(generations.current(folder).rglob("*")) if path.is_file()]
        self._segments = [path for path in files if path.suffix == EXTENSION]
        rest = [path for path in files if path not in self._segments and _is_ours(path)]
        self._others = [*rest, folder / generations.POINTER]
        assert len(self._segments) == SEGMENTS
        assert len(self._others) > SEGMENTS
        self._right = [each() for each in answers(self._engine.searcher())]
        self.told: Counter[str] = Counter()
        self.faults: list[str] = []

    def run(self, seed: int) -> None:
        """Damage one file, look, and mend it."""
        chance = random.Random(seed)
        # Segments are most of an index, and most of the trials.
        among = self._segments if chance.random() < 0.7 else self._others
        path, damage = chance.choice(among), chance.choice(KINDS)
        whole = path.read_bytes()
        broken = damage(chance, whole, [p.read_bytes() for p in among if p != path])
        if broken == whole:
            return
        # A new file: the old one may be linked into the generation before, and be mapped.
        path.unlink()
        path.write_bytes(broken)
        try:
            told = self._looked(path)
            self.told[f"{path.suffix} {damage.__name__[1:]}: {told}"] += 1
        except Exception:  # noqa: BLE001  # that is what is looked for
            said = traceback.format_exc(limit=-4)
            self.faults.append(f"seed {seed}, {path.name}, {damage.__name__}: {said}")
        finally:
            path.unlink()
            path.write_bytes(whole)

    def _looked(self, path: Path) -> str:
        """How the damage showed; raises AssertionError for a fault."""
        told = "right answers"
        try:
            engine = EmbeddedEngine.open(self._engine.folder)
            searcher = engine.searcher()
        except CommuniqueError as error:
            _check_named(path, error)
            return "told when opened"
        for number, (right, each) in enumerate(zip(self._right, answers(searcher), strict=True)):
            try:
                found = each()
            except CommuniqueError as error:
                _check_named(path, error)
                told = "told when read"
            else:
                assert found == right, f"answer {number} is wrong: {found!r}"
        assert engine.verify(), "verify found nothing"
        return told


def _is_ours(path: Path) -> bool:
    return bool(path.stat().st_size) and not path.name.endswith("LOCK")


def _check_named(path: Path, error: CommuniqueError) -> None:
    assert path.name in str(error), f"the file is not named: {error}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials; returns the exit code: 1 where there are faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=300, help="trials")
    chosen = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("os.fsync", lambda _handle: None),
        # Sections of several chunks, each checked when it is first read.
        patch.object(container, "CHUNK", 256),
        patch(POLICY, lambda _segments: []),
    ):
        trials = Trials(Path(folder) / "index")
        for seed in range(chosen.first, chosen.first + chosen.count):
            # Where the process ends, the last line says by which seed.
            sys.stderr.write(f"seed {seed}\n")
            trials.run(seed)
    found = {"told": dict(sorted(trials.told.items())), "faults": trials.faults}
    json.dump(found, sys.stdout, indent=1)
    return bool(trials.faults)


if __name__ == "__main__":
    sys.exit(main())
