"""Fixity of the sources: whether each file still is what was read."""

from collections.abc import Iterable
from pathlib import Path

from indexer.fixity import fixity
from indexer.ledger import Entry


def changed_sources(ledger: Iterable[Entry]) -> dict[str, str]:
    """What is wrong, by the path of a file that is not as the ledger says; empty where all are."""
    read = {entry.path: entry.sha256 for entry in ledger}
    faults = {path: _fault(Path(path), sha256) for path, sha256 in read.items()}
    return {path: fault for path, fault in faults.items() if fault}


def _fault(path: Path, sha256: str) -> str:
    if not path.exists():
        return "this file is gone"
    now = fixity(path)
    if now == sha256:
        return ""
    if not now:
        return "this file cannot be read"
    return "this file is not as it was read: its SHA-256 differs"
