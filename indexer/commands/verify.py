"""`communique verify`: check an index for damage."""

import argparse

from indexer.commands.command import (
    DONE,
    DONE_WITH_FAULTS,
    Subparsers,
    add_command,
    add_index_option,
)
from indexer.console import print_json
from indexer.index import Index


def add(commands: Subparsers) -> None:
    """Add `communique verify`."""
    parser = add_command(commands, "verify", run, "Check an index for damage.")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique verify`."""
    with Index.open(arguments.index) as index:
        faults = index.verify()
    if arguments.json:
        print_json({"sound": not faults, "faults": faults})
    else:
        for name, fault in faults.items():
            print(f"{name}: {fault}")
        print("the index is damaged" if faults else "the index is sound")
    return DONE_WITH_FAULTS if faults else DONE
