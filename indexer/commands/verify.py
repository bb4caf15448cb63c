"""`communique verify`: check an index for damage."""

import argparse
from collections.abc import Mapping

from indexer.commands.command import (
    DONE,
    DONE_WITH_FAULTS,
    Subparsers,
    add_command,
    add_index_option,
)
from indexer.console import print_json
from indexer.errors import IndexCorrupt
from indexer.index import Index


def add(commands: Subparsers) -> None:
    """Add `communique verify`."""
    parser = add_command(
        commands, "verify", run, "Compare all files of an index with their checksums."
    )
    add_index_option(parser)
    parser.add_argument(
        "--sources", action="store_true", help="compare the source files with the ledger as well"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique verify`."""
    sources: Mapping[str, str] = {}
    try:
        with Index.open(arguments.index) as index:
            faults = index.verify()
            if arguments.sources:
                sources = index.verify_sources()
    except IndexCorrupt as error:
        faults = {str(arguments.index): str(error)}
    if arguments.json:
        print_json({"sound": not faults, "faults": faults, "sources": sources})
    else:
        for name, fault in [*faults.items(), *sources.items()]:
            print(f"{name}: {fault}")
        print("the index is damaged" if faults else "the index is sound")
        if arguments.sources:
            print(f"{len(sources)} source files differ" if sources else "the sources are as read")
    return DONE_WITH_FAULTS if faults or sources else DONE
