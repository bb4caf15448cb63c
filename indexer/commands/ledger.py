"""`communique ledger`: what became of every input file, and when."""

import argparse
import csv
import sys
from collections.abc import Iterator

from indexer.commands.command import DONE, Subparsers, add_command, add_index_option
from indexer.console import one_line, print_json_list
from indexer.history import SourceChange, SourceHistory
from indexer.index import Index
from indexer.ledger import Entry, Outcome

REMOVED = "removed"
"""The outcome that is shown for a file that is gone."""

Row = dict[str, str | int | None]

FIELDS = (
    "source",
    "record",
    "sha256",
    "outcome",
    "id",
    "reason",
    "change",
    "first_seen",
    "first_seen_build",
    "changed",
    "changed_build",
    "removed",
    "removed_build",
    "first_indexed_build",
    "read_build",
)


def add(commands: Subparsers) -> None:
    """Add `communique ledger`."""
    text = "Say what became of every input file, and when."
    parser = add_command(commands, "ledger", run, text)
    add_index_option(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--rejected", action="store_true", help="only what was rejected")
    which.add_argument(
        "--changed", action="store_true", help="only what the last build found new or changed"
    )
    which.add_argument(
        "--removed", action="store_true", help="only files that are gone, of all builds"
    )
    parser.add_argument("--source", default="", metavar="PREFIX", help="only below this source")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON, with the history")
    form.add_argument("--csv", action="store_true", help="print a table, with the history")


def run(arguments: argparse.Namespace) -> int:
    """`communique ledger`."""
    with Index.open(arguments.index) as index:
        times = index.build_times()
        rows = (
            _row(entry, source, times)
            for entry, source in index.account()
            if _is_asked(arguments, entry, source, next(reversed(times), ""))
        )
        if arguments.json:
            print_json_list(rows)
        elif arguments.csv:
            table = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        else:
            _show(rows)
    return DONE


def _is_asked(
    arguments: argparse.Namespace, entry: Entry | None, source: SourceHistory | None, last: str
) -> bool:
    name = entry.source if entry else source.source if source else ""
    if not name.startswith(arguments.source):
        return False
    if arguments.rejected:
        return entry is not None and entry.outcome is Outcome.REJECTED
    if arguments.changed:
        found = source.change_in(last) if source else None
        return entry is not None and found in (SourceChange.NEW, SourceChange.CHANGED)
    return (entry is None) if arguments.removed else (entry is not None)


def _row(entry: Entry | None, source: SourceHistory | None, times: dict[str, str]) -> Row:
    row: Row = dict.fromkeys(FIELDS)
    if source is not None:
        change = source.change_in(next(reversed(times), ""))
        row |= {
            "source": source.source,
            "sha256": source.sha256,
            "outcome": REMOVED,
            "change": change.value if change else None,
        }
        stamps = {"first_seen": source.first, "changed": source.changed, "removed": source.gone}
        for name, build in stamps.items():
            row |= {name: times.get(build or ""), f"{name}_build": build}
    if entry is not None:
        row |= {name: getattr(entry, name) for name in ("source", "record", "sha256", "outcome")}
        row |= {"id": entry.id, "reason": entry.reason}
        row |= {"first_indexed_build": entry.first_build, "read_build": entry.build}
    return row


def _show(rows: Iterator[Row]) -> None:
    for row in rows:
        place = str(row["source"])
        place += f"#{row['record']}" if row["record"] is not None else ""
        became = row["reason"] or row["id"] or f"{row['removed']} {row['removed_build']}"
        print("\t".join(map(one_line, (str(row["outcome"]), place, str(became)))))
