"""`communique search`: ask an index."""

import argparse

from indexer.commands.command import (
    DONE,
    Subparsers,
    add_build_option,
    add_command,
    add_index_option,
)
from indexer.console import print_json, show_page
from indexer.filters import parse_filter
from indexer.index import Index
from indexer.records import page_record
from indexer.request import SearchRequest, Sort
from indexer.syntax import parse_query

SWITCHES = {
    "collapse": "list and count each copy and language version of a release by itself",
    "expand": "find names by their words alone, not by the tags of releases",
    "translate": "search in the language of the words alone",
    "variants": "search for the words as they are spelled alone",
}
"""What a search does unless it is told not to, and what it does then."""


def add(commands: Subparsers) -> None:
    """Add `communique search`."""
    parser = add_command(commands, "search", run, "Search an index.")
    parser.add_argument("query", metavar="QUERY")
    add_index_option(parser)
    add_build_option(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="hits a page")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="page number, from 1")
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FACET=VALUE",
        help="keep releases with this value; FACET!=VALUE keeps those without it, and "
        "date=START..END those of a span; may be given several times",
    )
    parser.add_argument(
        "--sort", choices=[s.value for s in Sort], default="relevance", help="order of hits"
    )
    for name, text in SWITCHES.items():
        parser.add_argument(f"--no-{name}", action="store_false", dest=name, help=text)
    parser.add_argument("--explain", action="store_true", help="say why each hit is there")


def run(arguments: argparse.Namespace) -> int:
    """`communique search`."""
    with Index.open(arguments.index, build=arguments.build) as index:
        request = SearchRequest(
            parse_query(arguments.query),
            filters=tuple(parse_filter(text) for text in arguments.filter),
            facets=tuple(index.facets),
            sort=Sort(arguments.sort),
            page_number=arguments.page,
            page_size=arguments.limit,
            **{name: getattr(arguments, name) for name in SWITCHES},
            explain=arguments.explain,
        )
        page = index.search(request)
        if arguments.json:
            print_json(page_record(page, index.facets))
        else:
            show_page(page, index.facets)
    return DONE
