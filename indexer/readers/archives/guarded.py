"""The bytes of an archive's member, with the faults of the archive's library told in one line."""

import io
from typing import TYPE_CHECKING, Protocol

from indexer.errors import CorpusError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 1 << 18
_DAMAGED = "its data in the archive is damaged or cut off; fetch the archive again"


class Readable(Protocol):
    """What a library gives for the bytes of a member."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class _Guarded(io.RawIOBase):
    def __init__(self, inner: Readable, broken: tuple[type[Exception], ...]) -> None:
        self._inner = inner
        self._broken = broken

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        try:
            piece = self._inner.read(len(view))
        except self._broken as error:
            raise CorpusError(_DAMAGED) from error
        view[: len(piece)] = piece
        return len(piece)


def guarded(inner: Readable, broken: tuple[type[Exception], ...]) -> io.BufferedReader:
    """The stream, which raises CorpusError where the library raises one of `broken`."""
    return io.BufferedReader(_Guarded(inner, broken), _BUFFER)
