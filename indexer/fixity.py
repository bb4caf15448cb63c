"""The fixity of a source file: a checksum of its bytes."""

import hashlib
import os
from pathlib import Path

_SMALL = 1 << 20
"""Bytes that are read at once: the buffer of `file_digest` costs more than a page of text."""


def fixity(path: Path) -> str:
    """The SHA-256 of a file; the empty string where it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size <= _SMALL:
                return hashlib.sha256(file.readall()).hexdigest()
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        # The reader will meet the same fault, and put it into the ledger with its reason.
        return ""
