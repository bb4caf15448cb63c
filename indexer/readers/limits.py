"""What the reading of an archive may cost: a small file must not unpack to a full disk.

The limits of one file count together, however deep archives lie in archives.
"""

from dataclasses import dataclass

from indexer.errors import CommuniqueError

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


class Exhausted(CommuniqueError):
    """A limit of the whole file is reached; nothing more of it is read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one archive and of all that lies in it; sizes are in bytes."""

    member: int = 64 * MB
    """The largest member that is read, unpacked."""
    ratio: int = 200
    """A member, or all members together, may unpack to so many times the packed size..."""
    ratio_from: int = MB
    """...where that is more than this."""
    depth: int = 3
    """Archives within archives that are opened, the outermost counted."""
    members: int = 1_000_000
    total: int = 64 * GB
    """All members together, unpacked."""

    def too_large(self) -> str:
        """The message for a member beyond `member`."""
        return f"it is larger than {_shown(self.member)} unpacked; unpack the archive and split it"

    def too_dense(self) -> str:
        """The message for a member beyond `ratio`."""
        return (
            f"it unpacks to more than {self.ratio} times its packed size, as only a bomb does;"
            " remove it, or unpack it by hand"
        )

    def too_deep(self) -> str:
        """The message for an archive beyond `depth`."""
        return f"archives within archives are read {self.depth} deep; unpack the outer ones"


class Budget:
    """What is left of the limits while one file is read."""

    def __init__(self, size: int, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._most = min(
            self.limits.total, max(self.limits.ratio_from, self.limits.ratio * max(1, size))
        )
        self._members = 0
        self._bytes = 0

    def count_member(self) -> None:
        """One more member is met.

        Raises:
            Exhausted: there are too many.
        """
        self._members += 1
        if self._members > self.limits.members:
            most = f"{self.limits.members:,}"
            raise Exhausted(f"the archive has more than {most} members; the rest is not read")

    def spend(self, size: int) -> None:
        """So many more bytes are unpacked.

        Raises:
            Exhausted: there are too many.
        """
        self._bytes += size
        if self._bytes > self.limits.total:
            most = _shown(self.limits.total)
            raise Exhausted(f"the archive unpacks to more than {most}; the rest is not read")
        if self._bytes > self._most:
            times = self.limits.ratio
            raise Exhausted(
                f"the archive unpacks to more than {times} times its size, as only a bomb does;"
                " the rest is not read"
            )


def _shown(size: int) -> str:
    for unit, name in ((GB, "GB"), (MB, "MB"), (KB, "KB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"
