"""`communique stats`: the figures of an index."""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option
from indexer.console import print_json
from indexer.index import Index
from indexer.ledger import Entry, Outcome
from indexer.request import SearchRequest

SOURCES = 20
"""How many sources are shown to people; all are in the JSON."""


def add(commands: Subparsers) -> None:
    """Add `communique stats`."""
    parser = add_command(commands, "stats", run, "Print the figures of an index.")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique stats`."""
    with Index.open(arguments.index) as index:
        record = _record(index)
    if arguments.json:
        print_json(record)
    else:
        _show(record)
    return DONE


def _record(index: Index) -> dict[str, Any]:
    size, builds = index.statistics(), index.builds()
    page = index.search(SearchRequest(facets=tuple(index.facets), page_size=1, collapse=False))
    entries = list(index.ledger())
    outcomes = Counter(entry.outcome for entry in entries)
    made = next(build.made for build in builds if build.id == size.build)
    return {
        "releases": size.releases,
        "segments": size.segments,
        "bytes": size.bytes,
        "build": size.build,
        "age_seconds": max(0, round((datetime.now(UTC) - made).total_seconds())),
        "builds": [{**asdict(build), "made": build.made.isoformat()} for build in builds],
        "inputs": {outcome.value: outcomes[outcome] for outcome in Outcome},
        "facets": {
            name: {value.value: value.count for value in values}
            for name, values in page.facets.items()
        },
        "sources": dict(_sources(entries).most_common()),
    }


def _show(record: dict[str, Any]) -> None:
    print(
        f"{record['releases']} releases, {record['segments']} segments, {record['bytes']:,} bytes, "
        f"{timedelta(seconds=record['age_seconds'])} old"
    )
    for build in record["builds"]:
        print(f"build {build['id']}, {build['made']}: {build['summary']}")
    print("inputs: " + _counts(record["inputs"]))
    for name, values in record["facets"].items():
        print(f"{name}: " + _counts(values))
    shown = dict(islice(record["sources"].items(), SOURCES))
    more = len(record["sources"]) - len(shown)
    print("sources: " + _counts(shown) + (f" and {more} more" if more else ""))


def _sources(entries: Iterable[Entry]) -> Counter[str]:
    """How many releases came from which folder or archive."""
    return Counter(
        str(PurePosixPath(entry.source).parent)
        for entry in entries
        if entry.outcome is Outcome.INDEXED
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {count}" for value, count in counts.items())
