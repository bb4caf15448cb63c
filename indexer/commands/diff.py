"""`communique diff`: what changed in the results of a query between two builds."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import count

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option, positive
from indexer.comparison import Change, compare
from indexer.console import print_json
from indexer.index import Index
from indexer.query import Query
from indexer.request import MAX_PAGE_SIZE, SearchRequest
from indexer.syntax import parse_query

KINDS = {
    "appeared": "new",
    "vanished": "gone",
    "moved": "in another order",
    "rescored": "with another score",
}


def add(commands: Subparsers) -> None:
    """Add `communique diff`."""
    text = "Say what changed in the results of a query between two builds that are kept."
    parser = add_command(commands, "diff", run, text)
    parser.add_argument("before", metavar="BUILD", help="the earlier build; `stats` lists them")
    parser.add_argument("after", metavar="BUILD", help="the later build")
    parser.add_argument("query", metavar="QUERY")
    add_index_option(parser)
    parser.add_argument(
        "--limit", type=positive, default=10, metavar="N", help="lines of each kind (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print all changes as JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique diff`."""
    query = parse_query(arguments.query)
    with (
        Index.open(arguments.index, build=arguments.before) as before,
        Index.open(arguments.index, build=arguments.after) as after,
    ):
        found = compare(_ranked(before, query), _ranked(after, query))
        if arguments.json:
            asked = {"query": query.text, "before": arguments.before, "build": arguments.after}
            print_json(asked | asdict(found))
        else:
            print(f"{found.total_before} hits in {arguments.before}")
            print(f"{found.total} hits in {arguments.after}")
            for kind, words in KINDS.items():
                _show(words, getattr(found, kind), before, after, arguments.limit)
    return DONE


def _ranked(index: Index, query: Query) -> list[tuple[str, float]]:
    """All hits, page by page."""
    found: list[tuple[str, float]] = []
    for number in count(1):
        request = SearchRequest(query, page_number=number, page_size=MAX_PAGE_SIZE)
        page = index.rank(replace(request, collapse=False))
        found += zip(page.ids, page.scores, strict=True)
        if number * MAX_PAGE_SIZE >= page.total:
            break
    return found


def _show(words: str, changes: Sequence[Change], before: Index, after: Index, limit: int) -> None:
    print(f"{len(changes)} {words}")
    for change in changes[:limit]:
        release = (before if change.rank is None else after).release(change.id)
        print(f"  {_places(change)}  {release.title if release else ''} [{change.id}]")
    if len(changes) > limit:
        print(f"  and {len(changes) - limit} more")


def _places(change: Change) -> str:
    def side(rank: int | None, score: float | None) -> str:
        return "-" if rank is None else f"{rank}. {score:.4f}"

    return f"{side(change.rank_before, change.score_before)} → {side(change.rank, change.score)}"
