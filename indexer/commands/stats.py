"""`communique stats`: the figures of an index."""

import argparse
from collections import Counter

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option
from indexer.console import print_json
from indexer.index import Index
from indexer.ledger import Outcome
from indexer.request import SearchRequest


def add(commands: Subparsers) -> None:
    """Add `communique stats`."""
    parser = add_command(commands, "stats", run, "Print the figures of an index.")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique stats`."""
    with Index.open(arguments.index) as index:
        size = index.statistics()
        page = index.search(SearchRequest(facets=tuple(index.facets), page_size=1))
        outcomes = Counter(entry.outcome for entry in index.ledger())
        record = {
            "releases": size.releases,
            "segments": size.segments,
            "bytes": size.bytes,
            "inputs": {outcome.value: outcomes[outcome] for outcome in Outcome},
            "facets": {
                name: {value.value: value.count for value in values}
                for name, values in page.facets.items()
            },
        }
    if arguments.json:
        print_json(record)
        return DONE
    print(f"{size.releases} releases, {size.segments} segments, {size.bytes:,} bytes")
    print("inputs: " + ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome))
    for name, values in page.facets.items():
        print(f"{name}: " + ", ".join(f"{v.value} {v.count}" for v in values))
    return DONE
