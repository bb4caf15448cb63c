"""`communique ledger`: what became of every input file."""

import argparse

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option
from indexer.console import print_json
from indexer.index import Index
from indexer.ledger import Outcome


def add(commands: Subparsers) -> None:
    """Add `communique ledger`."""
    parser = add_command(commands, "ledger", run, "Say what became of every input file.")
    add_index_option(parser)
    parser.add_argument("--rejected", action="store_true", help="only what was rejected")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique ledger`."""
    with Index.open(arguments.index) as index:
        entries = [
            entry
            for entry in index.ledger()
            if not arguments.rejected or entry.outcome is Outcome.REJECTED
        ]
    if arguments.json:
        fields = ("source", "record", "sha256", "outcome", "id", "reason")
        print_json([{name: getattr(entry, name) for name in fields} for entry in entries])
        return DONE
    for entry in entries:
        place = entry.source if entry.record is None else f"{entry.source}#{entry.record}"
        became = entry.reason if entry.outcome is Outcome.REJECTED else entry.id
        print(f"{entry.outcome}\t{place}\t{became}")
    return DONE
