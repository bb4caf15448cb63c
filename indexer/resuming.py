"""What a build has finished is kept until it is committed, so that the next one can go on there.

Each piece of work, a file or some records of one, has a name that is made of all that it depends
on: the bytes of the file, what repeats on its pages, the authority files, the version of this
program. So whatever is found under a name is what the work would give again.
"""

import hashlib
import io
import pickle
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from indexer.authority import Authority
from indexer.cleaning import PagePrints
from indexer.grouping import Fingerprint
from indexer.journal import Journal
from indexer.pipeline import READING_VERSION
from indexer.readers import Rejection
from indexer.release import Release

T = TypeVar("T")

RESUME = "resume"
"""The folder in an index for the work of a build that is not committed."""

_OURS = {kind.__module__ for kind in (Release, Rejection, PagePrints, Fingerprint)}
_OTHERS = {("array", "array"), ("array", "_array_reconstructor"), ("datetime", "date")}
"""What finished work is made of: values of these modules of ours, and these of the language."""

_NO_VALUES = (pickle.UnpicklingError, ValueError, TypeError, AttributeError, LookupError, EOFError)
"""What a pickle that was not made by `_keep` may raise."""


class Finished:
    """The finished pieces of work below a folder; it can be sent to other processes."""

    def __init__(self, folder: Path, about: str) -> None:
        """`about` is what all pieces depend on."""
        self._folder = folder
        self._about = about
        self._journal = Journal(folder)

    def __reduce__(self) -> tuple[type["Finished"], tuple[Path, str]]:
        """Each process has a journal of its own."""
        return Finished, (self._folder, self._about)

    @classmethod
    def of(cls, index: Path, authority: Authority) -> "Finished":
        """Those of the builds of an index with these authority files and this program."""
        shapes = [each.name for kind in (Release, Fingerprint) for each in fields(kind)]
        versions = READING_VERSION, sys.version_info[:2], shapes, sorted(authority.texts.items())
        return cls(index / RESUME, hashlib.sha256(repr(versions).encode()).hexdigest())

    def count(self, kind: str) -> int:
        """How many pieces of a kind were there when this build began, also of other builds."""
        return self._journal.count(kind)

    def clear(self) -> None:
        """Forget all."""
        self._journal.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._journal = Journal(self._folder)

    def once(self, kind: str, dependence: object, make: Callable[[], T]) -> T:
        """What was made before of the same, else what is made now; that is kept.

        `dependence` is what else it depends on, with a `repr` that is the same in all processes.
        """
        name = hashlib.sha256(f"{self._about} {kind} {dependence!r}".encode()).hexdigest()
        found = _load(self._journal.find(kind, name))
        if found is not None:
            return found[0]  # type: ignore[no-any-return]  # its name says what it is
        made = make()
        # A disk that is full ends the build when it writes the index; here it ends nothing.
        with suppress(OSError):
            self._journal.keep(kind, name, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        return made


def _load(packed: bytes | None) -> tuple[Any] | None:
    """What was kept, in a tuple; None where nothing was, or nothing that is finished work."""
    if packed is None:
        return None
    # The seal tells damage, not who wrote it: a folder may come from a stranger.
    with suppress(
        pickle.UnpicklingError, ValueError, TypeError, LookupError, EOFError, ImportError
    ):
        return (_Values(io.BytesIO(packed)).load(),)
    return None


class _Values(pickle.Unpickler):
    """Makes values and calls nothing else, unlike `pickle.loads`, so that no pickle runs code.

    After https://docs.python.org/3/library/pickle.html#restricting-globals
    """

    def find_class(self, module: str, name: str) -> Any:
        """The class of a value. Raises UnpicklingError for all else that a pickle may name."""
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in _OURS and "." not in name else None
        if (
            not isinstance(found, type)
            or found.__module__ != module
            or not (is_dataclass(found) or issubclass(found, Enum))
        ):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of finished work")
        return found
