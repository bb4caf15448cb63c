"""A cache that keeps what was used last, within a bound in bytes; threads may share it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """What knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        ...


ENTRY_BYTES = 1_024
"""What a value takes besides: its key, itself without its arrays, its place here."""

Value = TypeVar("Value", bound=Sized)


class BoundedCache(Generic[Value]):
    """Values by their keys, of so many bytes together at the most."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self.nbytes = 0
        """Bytes of all that is kept."""

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key; made where it is not kept, maybe by several threads at once."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self.nbytes += made.nbytes + ENTRY_BYTES
                self._shrink()
        return made

    def _shrink(self) -> None:
        while self.nbytes > self._capacity:
            _, dropped = self._kept.popitem(last=False)
            self.nbytes -= dropped.nbytes + ENTRY_BYTES

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self.nbytes = 0
