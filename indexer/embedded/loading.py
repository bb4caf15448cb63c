"""Releases of an index, loaded when they are asked for."""

from indexer.embedded import stored
from indexer.embedded.cache import BoundedCache
from indexer.embedded.snapshot import Snapshot
from indexer.release import Release


class Releases:
    """The releases of a snapshot; those shown last are kept within a bound."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._loaded: BoundedCache[stored.Loaded] = BoundedCache(stored.LOADED_BYTES)

    def load(self, doc: int) -> Release:
        """The release of a document. Raises IndexCorrupt."""
        found = self._loaded.get(doc, lambda: stored.Loaded.of(self._snapshot.stored(doc)))
        return found.release

    def close(self) -> None:
        """Let go of what is kept."""
        self._loaded.clear()
