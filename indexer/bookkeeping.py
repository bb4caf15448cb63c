"""What a build keeps beside the releases for the next one, as lines of JSON.

The ledger says what became of each input; the prints say what stands at the top and the end of
each page; fingerprints and groups say which releases are one; the history and the list of builds
say what was when, and outlive a rebuild.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from indexer.cleaning import PagePrints, packed
from indexer.errors import IndexCorrupt
from indexer.grouping import Fingerprint, Group, GroupMember
from indexer.history import HISTORY, SourceHistory
from indexer.history import dump as dump_history
from indexer.history import load as load_history
from indexer.ledger import LEDGER, Entry, Outcome
from indexer.ledger import dump as dump_ledger
from indexer.ledger import load as load_ledger
from indexer.release import Certainty

T = TypeVar("T")

PRINTS, FINGERPRINTS, GROUPS = "prints.jsonl", "fingerprints.jsonl", "groups.jsonl"
BUILDS = "builds.jsonl"

_FINGERPRINT = tuple(each.name for each in fields(Fingerprint))

Kept = Callable[[str], Iterator[str]]
"""Gives the lines that the last build kept under a name."""


@dataclass(slots=True)
class Books:
    """The books of an index."""

    ledger: list[Entry] = field(default_factory=list)
    prints: dict[str, list[PagePrints]] = field(default_factory=dict)
    """By the absolute path of a file: those of its releases, in its order."""
    fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    """By the id of a release."""
    groups: list[Group] = field(default_factory=list)
    history: dict[str, SourceHistory] = field(default_factory=dict)
    """By the absolute path of a file, those that are gone included."""
    builds: dict[str, str] = field(default_factory=dict)
    """The time of each build that read sources, by its id, from the oldest on."""
    before: dict[str, Entry] = field(default_factory=dict)
    """What the last build had indexed, by the id of the release; this book is not kept."""
    notices: list[str] = field(default_factory=list)
    """What the archivist must be told of the books."""
    replaced: dict[str, Entry] = field(default_factory=dict)
    """As `before`, of those whose text this build replaces by another one."""

    @classmethod
    def load(cls, kept: Kept) -> "Books":
        """The books of the last build. Raises IndexCorrupt, which names the book and the line."""
        ledger = list(load_ledger(kept(LEDGER)))
        fingerprints = _read(kept, FINGERPRINTS, _fingerprint)
        return cls(
            ledger,
            dict(_read(kept, PRINTS, _prints)),
            {each.id: each for each in fingerprints},
            load_groups(kept),
            _history(kept),
            load_builds(kept),
            _indexed(ledger),
        )

    @classmethod
    def load_history(cls, kept: Kept) -> "Books":
        """What outlives a rebuild. Raises IndexCorrupt."""
        before = _indexed(load_ledger(kept(LEDGER)))
        return cls(history=_history(kept), builds=load_builds(kept), before=before)

    def dump(self) -> Mapping[str, Iterable[str]]:
        """The lines of each book by its name."""
        prints = (
            [path, [[list(p.top), list(p.bottom)] for p in pages]]
            for path, pages in self.prints.items()
        )
        groups = ([asdict(member) for member in group.members] for group in self.groups)
        return {
            LEDGER: dump_ledger(self.ledger),
            # In ASCII, because the bytes of a path need not be UTF-8.
            PRINTS: map(json.dumps, prints),
            FINGERPRINTS: (_line(_fields(each)) for each in self.fingerprints.values()),
            GROUPS: map(_line, groups),
            HISTORY: dump_history(self.history.values()),
            BUILDS: map(_line, self.builds.items()),
        }


def load_groups(kept: Kept) -> list[Group]:
    """The groups alone. Raises IndexCorrupt."""
    return list(_read(kept, GROUPS, _group))


def load_builds(kept: Kept) -> dict[str, str]:
    """The time of each build that read sources, by its id. Raises IndexCorrupt."""
    return dict(_read(kept, BUILDS, _build))


def _history(kept: Kept) -> dict[str, SourceHistory]:
    return {source.path: source for source in load_history(kept(HISTORY))}


def _indexed(ledger: Iterable[Entry]) -> dict[str, Entry]:
    return {e.id: e for e in ledger if e.id and e.outcome is Outcome.INDEXED}


_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _fields(taken: Fingerprint) -> dict[str, object]:
    """As `asdict` gives them, without copying what is in them."""
    return {name: getattr(taken, name) for name in _FINGERPRINT}


def _read(kept: Kept, name: str, made: Callable[[Any], T]) -> Iterator[T]:
    for number, line in enumerate(kept(name), 1):
        try:
            yield made(json.loads(line))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise IndexCorrupt(f"line {number} of {name} is damaged: {error}") from error


def _prints(value: Any) -> tuple[str, list[PagePrints]]:
    path, pages = value
    return str(path), [PagePrints(packed(top), packed(bottom)) for top, bottom in pages]


def _build(value: Any) -> tuple[str, str]:
    build, made = value
    return str(build), str(made)


def _fingerprint(value: Any) -> Fingerprint:
    lists = {name: tuple(value[name]) for name in ("alternates", "facts", "names", "subjects")}
    return Fingerprint(**{**value, **lists, "certainty": Certainty(value["certainty"])})


def _group(value: Any) -> Group:
    return Group(tuple(GroupMember(**member) for member in value))
