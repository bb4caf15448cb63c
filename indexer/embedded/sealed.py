"""Small JSON files that prove themselves: one changed bit, in whatever place, is found."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SUM = "sha256"


def dump(record: Mapping[str, Any]) -> str:
    """The text of a file with this record, and the SHA-256 of it."""
    return _text({**record, SUM: hashlib.sha256(_text(record).encode()).hexdigest()})


def load(text: str) -> dict[str, Any]:
    """The record of such a file. Raises ValueError where the text is not as `dump` made it."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("it is no record")  # for the caller all of it is damage
    found.pop(SUM, None)
    # The text is compared, not the sum alone: a changed blank says nothing, and is damage.
    if dump(found) != text:
        raise ValueError("its checksum differs")
    return found


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, indent=1) + "\n"
