"""The account of a build while it is written: which ids, which texts and which inputs there are."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from sys import intern

from indexer.bookkeeping import Books
from indexer.engine import Revision
from indexer.fixity import fixity
from indexer.grouping import Fingerprint
from indexer.ledger import Entry, Outcome
from indexer.pipeline import READING_VERSION
from indexer.readers import Rejection
from indexer.reading import Made
from indexer.release import Source


class Account:
    """The new ledger, and the fingerprints of what is indexed."""

    def __init__(
        self,
        kept: Iterable[Entry],
        books: Books,
        beside: Mapping[str, str | None],
        build: str,
    ) -> None:
        """Begin with what stays of the last build, whose books these are.

        `beside` has, by a file's path, the SHA-256 of what a sitemap says of it.
        """
        self._beside = beside
        self._before, self._build = books.before, build
        self._today = books.builds[build][:10]
        self.replaced: dict[str, Entry] = {}
        """The entries of releases whose text changed at the source, as they were, by their ids."""
        self.entries = list(kept)
        indexed = [entry for entry in self.entries if entry.outcome is Outcome.INDEXED]
        self._texts = {entry.text_sha256: entry.id for entry in indexed}
        self._ids = {entry.id for entry in indexed}
        taken = books.fingerprints.items()
        self.fingerprints = {one: each for one, each in taken if one in self._ids}

    def settle(self, made: Made) -> Revision | None:
        """Enter what was read; how it is to be indexed, if it is."""
        result, taken = made.result, made.fingerprint
        if isinstance(result, Rejection) or taken is None:
            assert isinstance(result, Rejection)  # noqa: S101  # releases have fingerprints
            self._enter(result.source, made.path, Outcome.REJECTED, reason=result.reason)
            return None
        same = self._texts.get(taken.text_sha256)
        if same is not None:
            self._enter(
                result.source,
                made.path,
                Outcome.DUPLICATE,
                id=same,
                text_sha256=taken.text_sha256,
            )
            return None
        return self._index(result.source, taken, made.path)

    def _index(self, source: Source, taken: Fingerprint, path: str) -> Revision:
        own = self._own_id(taken.id, source, path)
        before = self._before.get(own)
        changed = before.changed if before else None
        if before and source.sha256 != before.sha256 and taken.text_sha256 != before.text_sha256:
            changed = self._today
            self.replaced[own] = before
        self._ids.add(own)
        self._texts[taken.text_sha256] = own
        self.fingerprints[own] = _interned(taken, own)
        self._enter(
            source,
            path,
            Outcome.INDEXED,
            id=own,
            text_sha256=taken.text_sha256,
            first_build=before.first_build if before else None,
            changed=changed,
        )
        return Revision(own, date.fromisoformat(changed) if changed else None)

    def _own_id(self, id: str, source: Source, path: str) -> str:
        if id not in self._ids:
            return id
        # Two sources may claim one id; neither may be lost, and the second must be stable.
        place = f"{path}#{source}".encode()
        return f"{id}-{hashlib.sha256(place).hexdigest()[:8]}"

    def _enter(
        self,
        source: Source,
        path: str,
        outcome: Outcome,
        *,
        id: str | None = None,
        reason: str | None = None,
        text_sha256: str | None = None,
        first_build: str | None = None,
        changed: str | None = None,
    ) -> None:
        self.entries.append(
            Entry(
                path=path,
                source=source.path,
                record=source.record,
                # Of what no reader opened as well: what is known by its bytes is not read again.
                sha256=source.sha256 or fixity(Path(path)),
                outcome=outcome,
                id=id,
                reason=reason,
                text_sha256=text_sha256,
                beside_sha256=self._beside.get(path),
                reading=READING_VERSION,
                first_build=first_build or self._build,
                build=self._build,
                changed=changed,
            )
        )


def _interned(taken: Fingerprint, id: str) -> Fingerprint:
    """The fingerprint under its final id; what many releases share is kept once."""
    facts, names = tuple(map(intern, taken.facts)), tuple(map(intern, taken.names))
    return replace(taken, id=id, facts=facts, names=names)
