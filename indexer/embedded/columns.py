"""The facet values of the documents of a snapshot: each column is read when first asked for."""

import threading
from collections.abc import Iterable, Iterator, Mapping

from indexer.embedded.snapshot import Snapshot
from indexer.kernels.counts import FacetColumn


class Columns(Mapping[str, FacetColumn]):
    """The column of each facet; threads may share it.

    Looking one up raises IndexCorrupt where what is read for it is damaged.
    """

    def __init__(self, snapshot: Snapshot, facets: Iterable[str]) -> None:
        self._snapshot = snapshot
        self._columns: dict[str, FacetColumn | None] = dict.fromkeys(facets)
        self._lock = threading.Lock()

    def __getitem__(self, name: str) -> FacetColumn:
        column = self._columns[name]
        if column is None:
            with self._lock:
                column = self._columns[name] or self._snapshot.facet_column(name)
                self._columns[name] = column
        return column

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
