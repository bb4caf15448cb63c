"""What is written stays written: files and folders are flushed to the disk itself."""

import os
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl


def flush(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk. Raises OSError."""
    # Windows lets no folder be opened; its names are flushed with the files.
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        if sys.platform == "darwin":
            # There fsync leaves data in the cache of the drive: man 2 fsync.
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Flush every file of a folder, then the folders from the innermost out."""
    paths = sorted(folder.rglob("*"), key=lambda path: (path.is_dir(), -len(path.parts)))
    for path in [*paths, folder]:
        flush(path)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, so that its name survives a power loss."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        flush(each.parent)


def write_new(path: Path, text: str) -> None:
    """Write a small file and flush it."""
    path.write_text(text, encoding="utf-8", newline="\n")
    flush(path)
