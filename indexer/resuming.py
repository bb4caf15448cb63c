"""What a build has finished is kept until it is committed, so that the next one can go on there.

Each piece of work, a file or some records of one, has a name that is made of all that it depends
on: the bytes of the file, what repeats on its pages, the authority files, the version of this
program. So whatever is found under a name is what the work would give again.
"""

import hashlib
import pickle
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from indexer.authority import Authority
from indexer.grouping import Fingerprint
from indexer.pipeline import READING_VERSION
from indexer.release import Release

T = TypeVar("T")

RESUME = "resume"
"""The folder in an index for the work of a build that is not committed."""

_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Finished:
    """The finished pieces of work below a folder; it can be sent to other processes."""

    folder: Path
    about: str
    """What all pieces depend on."""

    @classmethod
    def of(cls, index: Path, authority: Authority) -> "Finished":
        """Those of the builds of an index with these authority files and this program."""
        shapes = [each.name for kind in (Release, Fingerprint) for each in fields(kind)]
        versions = READING_VERSION, sys.version_info[:2], shapes, sorted(authority.texts.items())
        return cls(index / RESUME, hashlib.sha256(repr(versions).encode()).hexdigest())

    def count(self, kind: str) -> int:
        """How many pieces of a kind are there, also of other builds."""
        return sum(1 for _ in self.folder.glob(f"??/{kind}-*"))

    def clear(self) -> None:
        """Forget all."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def once(self, kind: str, dependence: object, make: Callable[[], T]) -> T:
        """What was made before of the same, else what is made now; that is kept.

        `dependence` is what else it depends on, with a `repr` that is the same in all processes.
        """
        name = hashlib.sha256(f"{self.about} {kind} {dependence!r}".encode()).hexdigest()
        path = self.folder / name[:2] / f"{kind}-{name}"
        found = _load(path)
        if found is not None:
            return found[0]  # type: ignore[no-any-return]  # its name says what it is
        made = make()
        # A disk that is full ends the build when it writes the index; here it ends nothing.
        with suppress(OSError):
            _keep(path, made)
        return made


def _load(path: Path) -> tuple[Any] | None:
    """What was kept, in a tuple; None where nothing was, or not all of it."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    seal, packed = kept[:_DIGEST], kept[_DIGEST:]
    if hashlib.sha256(packed).digest() != seal:
        return None
    # The writer of this index made it, under the lock: it is as much to be trusted as the index.
    return (pickle.loads(packed),)  # noqa: S301


def _keep(path: Path, made: object) -> None:
    packed = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    kept = hashlib.sha256(packed).digest() + packed
    # Half a file does not fit its seal, so that it needs no other name until it is whole.
    try:
        path.write_bytes(kept)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept)
