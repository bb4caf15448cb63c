"""The copies and language versions of the releases of a snapshot: read when first asked for."""

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np

from indexer.bookkeeping import load_groups
from indexer.embedded.snapshot import Snapshot
from indexer.grouping import GroupMember
from indexer.kernels.collapse import Groups

Members = list[tuple[int, GroupMember]]
"""The members of a group that are in the snapshot, with their document numbers."""


class Versions:
    """Which documents are one release; threads may share it."""

    def __init__(self, snapshot: Snapshot, kept: Callable[[str], Iterator[str]]) -> None:
        """`kept` gives the lines that the commit kept under a name."""
        self._snapshot = snapshot
        self._kept = kept

    @cached_property
    def _groups(self) -> list[Members]:
        """Those of two and more: a program may have deleted some without grouping anew."""
        groups = load_groups(self._kept)
        ids = {member.id for group in groups for member in group.members}
        numbers = self._snapshot.documents_of(ids)
        found = [
            [(numbers[member.id], member) for member in group.members if member.id in numbers]
            for group in groups
        ]
        return [members for members in found if len(members) > 1]

    @cached_property
    def _of_document(self) -> dict[int, Members]:
        return {doc: members for members in self._groups for doc, _ in members}

    @cached_property
    def groups(self) -> Groups:
        """The groups as numbers. Raises IndexCorrupt where what was kept is damaged."""
        pairs = sorted((doc, at) for at, one in enumerate(self._groups) for doc, _ in one)
        docs, numbers = np.array(pairs, np.int32).reshape(-1, 2).T
        return Groups(np.ascontiguousarray(docs), np.ascontiguousarray(numbers))

    def others(self, doc: int) -> Members:
        """The other members of the group of a document; none where it stands alone."""
        return [pair for pair in self._of_document.get(doc, []) if pair[0] != doc]
