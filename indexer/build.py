"""Building an index from sources: what changed is read, what is gone is dropped, all is accounted.

The ledger of the last build says which files were read and what became of them. A file whose
SHA-256 is the same is not read again, unless it repeats a release that goes away now.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from indexer.analysis import normalize, tokenize
from indexer.authority import Authority
from indexer.engine import Writer
from indexer.ledger import Entry, Outcome
from indexer.parallel import Made, make_releases
from indexer.readers import Rejection, SourceFile, read, walk
from indexer.release import RawRelease, Release, Source


class Progress(Protocol):
    """Told how a build goes on, in bytes of source files."""

    def start(self, total: int) -> None:
        """So many bytes are to be read."""
        ...

    def advance(self, done: int) -> None:
        """So many more bytes are read."""
        ...

    def end(self) -> None:
        """The build is over."""
        ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The account of a build: `indexed + duplicates + rejected` are the inputs of the index."""

    indexed: int
    duplicates: int
    rejected: int
    files: int
    files_read: int
    files_unchanged: int
    files_gone: int
    rejections: tuple[Entry, ...]

    @property
    def inputs(self) -> int:
        """Files that hold one release, and records of files that hold many."""
        return self.indexed + self.duplicates + self.rejected


@dataclass
class _Plan:
    """Which files are read, and which entries of the old ledger stay."""

    to_read: list[tuple[SourceFile, str]] = field(default_factory=list)
    kept: list[Entry] = field(default_factory=list)
    dropped_ids: set[str] = field(default_factory=set)
    unchanged: int = 0
    gone: int = 0


def _fixity(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        # The reader will meet the same fault, and put it into the ledger with its reason.
        return ""


def _plan(sources: Sequence[Path], ledger: Iterable[Entry]) -> _Plan:
    entries: dict[str, list[Entry]] = {}
    for entry in ledger:
        entries.setdefault(entry.path, []).append(entry)
    found = {str(file.path.absolute()): file for file in walk(sources)}
    roots = [source.absolute() for source in sources]
    plan = _Plan()
    again = set(found)
    for path, known in entries.items():
        if path in found and known[0].sha256 == _fixity(found[path].path):
            again.discard(path)
        elif path in found or _is_under(Path(path), roots):
            plan.gone += path not in found
            plan.dropped_ids |= {e.id for e in known if e.outcome is Outcome.INDEXED and e.id}
    again |= _repeating(plan.dropped_ids, entries, found)
    plan.to_read = [(found[path], path) for path in found if path in again]
    for path, known in entries.items():
        if path in again:
            plan.dropped_ids |= {e.id for e in known if e.outcome is Outcome.INDEXED and e.id}
        elif path in found or not _is_under(Path(path), roots):
            plan.kept += known
            plan.unchanged += path in found
    return plan


def _is_under(path: Path, roots: Iterable[Path]) -> bool:
    return any(path == root or root in path.parents for root in roots)


def _repeating(
    dropped: set[str], entries: dict[str, list[Entry]], found: dict[str, SourceFile]
) -> set[str]:
    """Files that repeat a release which goes away: one of them becomes the release."""
    return {
        path
        for path, known in entries.items()
        if path in found and any(e.outcome is Outcome.DUPLICATE and e.id in dropped for e in known)
    }


class _Account:
    """The new ledger while it is written: which ids and which texts there are."""

    def __init__(self, kept: Iterable[Entry]) -> None:
        self.entries = list(kept)
        indexed = [entry for entry in self.entries if entry.outcome is Outcome.INDEXED]
        self._ids = {entry.id for entry in indexed}
        self._texts = {entry.text_sha256: entry.id for entry in indexed}

    def settle(self, made: Made, path: str) -> Release | None:
        """Enter what was read; the release, under an id of its own, if it is to be indexed."""
        if isinstance(made, Rejection):
            self._enter(made.source, path, Outcome.REJECTED, reason=made.reason)
            return None
        text = _text_sha256(made)
        if text in self._texts:
            self._enter(
                made.source, path, Outcome.DUPLICATE, id=self._texts[text], text_sha256=text
            )
            return None
        release = self._with_own_id(made, path)
        self._ids.add(release.id)
        self._texts[text] = release.id
        self._enter(release.source, path, Outcome.INDEXED, id=release.id, text_sha256=text)
        return release

    def _with_own_id(self, release: Release, path: str) -> Release:
        if release.id not in self._ids:
            return release
        # Two sources may claim one id; neither may be lost, and the second must be stable.
        place = f"{path}#{release.source.record}".encode()
        return replace(release, id=f"{release.id}-{hashlib.sha256(place).hexdigest()[:8]}")

    def _enter(
        self,
        source: Source,
        path: str,
        outcome: Outcome,
        *,
        id: str | None = None,
        reason: str | None = None,
        text_sha256: str | None = None,
    ) -> None:
        self.entries.append(
            Entry(
                path=path,
                source=source.path,
                record=source.record,
                sha256=source.sha256,
                outcome=outcome,
                id=id,
                reason=reason,
                text_sha256=text_sha256,
            )
        )


def _text_sha256(release: Release) -> str:
    """A fingerprint of the words of title and body: layout makes no difference."""
    digest = hashlib.sha256()
    for part in (release.title, release.body):
        for token in tokenize(part):
            digest.update(normalize(token.text).encode() + b" ")
        digest.update(b"\n")
    return digest.hexdigest()


def build(
    sources: Sequence[Path],
    ledger: Iterable[Entry],
    writer: Writer,
    authority: Authority,
    *,
    jobs: int,
    progress: Progress,
) -> tuple[BuildReport, list[Entry]]:
    """Bring what the writer writes up to date with the sources; the report and the new ledger.

    Raises CorpusError where a source does not exist.
    """
    plan = _plan(sources, ledger)
    for gone in sorted(plan.dropped_ids):
        writer.delete(gone)
    account = _Account(plan.kept)
    progress.start(sum(file.size for file, _ in plan.to_read))
    for made, path in make_releases(_raw(plan, progress), authority, jobs):
        release = account.settle(made, path)
        if release is not None:
            writer.add(release)
    progress.end()
    return _report(plan, account.entries), account.entries


def _raw(plan: _Plan, progress: Progress) -> Iterator[tuple[RawRelease | Rejection, str]]:
    for file, path in plan.to_read:
        for raw in read(file):
            yield raw, path
        progress.advance(file.size)


def _report(plan: _Plan, entries: Sequence[Entry]) -> BuildReport:
    outcomes = Counter(entry.outcome for entry in entries)
    return BuildReport(
        indexed=outcomes[Outcome.INDEXED],
        duplicates=outcomes[Outcome.DUPLICATE],
        rejected=outcomes[Outcome.REJECTED],
        files=len({entry.path for entry in entries}),
        files_read=len(plan.to_read),
        files_unchanged=plan.unchanged,
        files_gone=plan.gone,
        rejections=tuple(entry for entry in entries if entry.outcome is Outcome.REJECTED),
    )
