"""The fixity of a source file: a checksum of its bytes."""

import hashlib
from pathlib import Path


def fixity(path: Path) -> str:
    """The SHA-256 of a file; the empty string where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        # The reader will meet the same fault, and put it into the ledger with its reason.
        return ""
