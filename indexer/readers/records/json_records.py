"""JSON (RFC 8259): one object, a list of objects, or one object a line (JSON Lines)."""

import json
from collections.abc import Iterator
from typing import TextIO

from indexer.readers.draft import Draft, Fault
from indexer.readers.records.fields import draft_of

MAX_RECORD = 64 * 1024 * 1024
"""The longest line that is read, in characters."""
_SKIP = 1 << 20


def read_json(text: str) -> Iterator[Draft | Fault]:
    """Yield the release of an object, or those of a list, numbered from 1."""
    value = _parsed(text)
    if isinstance(value, Fault):
        yield value
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield _draft_of(each, number)
    else:
        yield _draft_of(value, None)


def read_json_lines(stream: TextIO) -> Iterator[Draft | Fault]:
    """Yield the release of each line that is not blank; its number is the line's, from 1."""
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            _skip_line(stream, line)
            yield Fault("the line is longer than 64 MB; split the record", number)
        elif line.strip():
            value = _parsed(line)
            yield (
                Fault(value.reason, number)
                if isinstance(value, Fault)
                else _draft_of(value, number)
            )


def _skip_line(stream: TextIO, line: str) -> None:
    while line and not line.endswith("\n"):
        line = stream.readline(_SKIP)


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, character {error.colno}"
        return Fault(f"broken JSON: {error.msg} at {place} of the record; mend or remove it")
    except RecursionError:
        return Fault("the JSON is nested too deep to be read; flatten it")
    except ValueError as error:
        return Fault(f"broken JSON: {error}; mend or remove it")
    return value


def _draft_of(value: object, record: int | None) -> Draft | Fault:
    if isinstance(value, dict):
        return draft_of(value, record)
    return Fault("the JSON is no object; write one object with a field text a release", record)
