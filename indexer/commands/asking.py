"""What `search` and `export` ask alike: a query, filters, an order, and what counts as one."""

import argparse

from indexer.filters import parse_filter
from indexer.request import SearchRequest, Sort
from indexer.syntax import parse_query

SWITCHES = {
    "collapse": "list and count each copy and language version of a release by itself",
    "expand": "find names by their words alone, not by the tags of releases",
    "translate": "search in the language of the words alone",
    "feedback": "rank by the words asked alone, not by kindred ones and those of the best hits too",
    "variants": "search for the words as they are spelled alone",
}
"""What a search does unless it is told not to, and what it does then."""


def add_request_options(parser: argparse.ArgumentParser) -> None:
    """QUERY and the options that say what is found, and in what order."""
    parser.add_argument("query", metavar="QUERY")
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
    parser.add_argument(
        "--without-form",
        action="append",
        default=[],
        metavar="WORD",
        help="let no word match in this form, such as one that --explain shows; FACET:VALUE lets "
        "no name match by this tag; may be repeated",
    )


def request_of(arguments: argparse.Namespace) -> SearchRequest:
    """The request that the options say. Raises UserError."""
    return SearchRequest(
        parse_query(arguments.query),
        filters=tuple(parse_filter(text) for text in arguments.filter),
        sort=Sort(arguments.sort),
        without_forms=tuple(arguments.without_form),
        **{name: getattr(arguments, name) for name in SWITCHES},
    )
