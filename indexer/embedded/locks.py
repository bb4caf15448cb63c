"""Locks of the operating system, which end with the process that holds them, however it ends.

One writer holds `writer.lock`. A reader shares a lock on a file of the build that it reads, so that
the writer leaves that build in its place.
"""

import errno
import json
import os
import shlex
import socket
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from whoosh.util.filelock import FileLock

from indexer.errors import IndexUnavailable

if sys.platform != "win32":
    import fcntl

LOCK = "writer.lock"

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


class WriterLock:
    """The lock of the only writer; it says who holds it."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexUnavailable where another writer holds it, or none can be had."""
        self._path = folder / LOCK
        self._lock = FileLock(str(self._path))
        try:
            taken = self._lock.acquire(blocking=False)
            if taken:
                self._path.write_text(json.dumps(_holder()), encoding="utf-8")
        except OSError as error:
            raise IndexUnavailable(_unlockable(folder, error)) from error
        if not taken:
            raise IndexUnavailable(
                f"another writer is at work on {folder}: {_told(self._path)}; wait for it to end"
            )

    def release(self) -> None:
        """Let the next writer in."""
        with suppress(OSError):
            self._path.write_text("", encoding="utf-8")
        self._lock.release()


def command_line() -> str:
    """The command that this process runs, as it could be typed."""
    name = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    return shlex.join([name, *sys.argv[1:]])


def _holder() -> dict[str, object]:
    return {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(" ", "seconds"),
        "command": command_line(),
    }


def _told(path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return (
            f"process {found['process']} on {found['host']} since {found['since']}, "
            f"{found['command']}"
        )
    except (OSError, ValueError, TypeError, KeyError):
        return "it has not said yet which process it is"


def _unlockable(folder: Path, error: OSError) -> str:
    said = f"no writer can lock {folder}: {error.strerror or error}"
    if error.errno in _NO_LOCKS:
        return (
            f"{said}; its file system has no locks, and without them two writers could meet: "
            "keep the index on another one"
        )
    return f"{said}; what is indexed can still be searched"


class Hold:
    """A file that others may share; whoever wants it alone has to wait until this is let go."""

    def __init__(self, path: Path) -> None:
        """Raises OSError: FileNotFoundError also where a writer is about to remove the file."""
        handle = os.open(path, os.O_RDONLY)
        self._close = weakref.finalize(self, os.close, handle)
        try:
            _share(handle)
            # Between opening and locking it may have been moved away.
            there = os.path.samestat(os.fstat(handle), path.stat())
        except (BlockingIOError, FileNotFoundError):
            there = False
        if not there:
            self.close()
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

    def close(self) -> None:
        """Let go; calling it twice is no error."""
        self._close()


def _share(handle: int) -> None:
    try:
        _flock(handle, exclusive=False)
    except BlockingIOError:
        raise
    except OSError:
        # A file system without locks: what is mapped stays readable, removed or not.
        return


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody holds a file; as long as this lasts, nobody can begin to."""
    # NFS gives a lock of this kind only on a file that is open for writing.
    handle = os.open(path, os.O_RDWR)
    try:
        yield not _refused(handle)
    finally:
        os.close(handle)


def _refused(handle: int) -> bool:
    """Whether somebody shares this file; a system without locks refuses nothing."""
    try:
        _flock(handle, exclusive=True)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _flock(handle: int, *, exclusive: bool) -> None:
    # Windows needs none: there a file that is open cannot be moved away.
    if sys.platform != "win32":
        fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
