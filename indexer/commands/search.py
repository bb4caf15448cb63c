"""`communique search`: ask an index."""

import argparse
from dataclasses import replace

from indexer.commands.asking import add_request_options, request_of
from indexer.commands.command import (
    DONE,
    Subparsers,
    add_build_option,
    add_command,
    add_index_option,
)
from indexer.console import print_json, show_page
from indexer.index import Index
from indexer.records import page_record


def add(commands: Subparsers) -> None:
    """Add `communique search`."""
    parser = add_command(commands, "search", run, "Search an index.")
    add_request_options(parser)
    add_index_option(parser)
    add_build_option(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="hits a page")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="page number, from 1")
    parser.add_argument("--explain", action="store_true", help="say why each hit is there")


def run(arguments: argparse.Namespace) -> int:
    """`communique search`."""
    with Index.open(arguments.index, build=arguments.build) as index:
        asked = request_of(arguments).page(arguments.page, arguments.limit)
        request = replace(asked, facets=tuple(index.facets), explain=arguments.explain)
        page = index.search(request)
        if arguments.json:
            print_json(page_record(page, index.facets))
        else:
            show_page(page, index.facets)
    return DONE
