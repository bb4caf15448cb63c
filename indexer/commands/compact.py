"""`communique compact`: one segment of all."""

import argparse

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option
from indexer.console import print_json
from indexer.engine import EngineStatistics
from indexer.index import Index


def add(commands: Subparsers) -> None:
    """Add `communique compact`."""
    text = "Make one segment of all, without what is deleted; searchers go on answering."
    parser = add_command(commands, "compact", run, text)
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique compact`."""
    with Index.open(arguments.index) as index:
        done = index.compact()
    if arguments.json:
        print_json({"before": _record(done.before), "after": _record(done.after)})
    elif done.before.build == done.after.build:
        print(f"nothing to do: {_size(done.after)}")
    else:
        print(f"{_size(done.before)}; now {_size(done.after)}, in build {done.after.build}")
    return DONE


def _record(size: EngineStatistics) -> dict[str, object]:
    return {"build": size.build, "segments": size.segments, "bytes": size.bytes}


def _size(size: EngineStatistics) -> str:
    count = "1 segment" if size.segments == 1 else f"{size.segments} segments"
    return f"{count}, {size.bytes:,} bytes"
