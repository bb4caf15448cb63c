"""`communique index`: build an index, or bring it up to date."""

import argparse
import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from indexer.build import BuildReport, Progress
from indexer.commands.command import (
    DONE,
    DONE_WITH_FAULTS,
    Subparsers,
    add_command,
    add_index_option,
    positive,
)
from indexer.console import Bar, one_line, print_json, tell
from indexer.errors import CommuniqueError, CorpusError
from indexer.index import Index, open_or_create
from indexer.watching import watch

WATCH_SECONDS = 5
"""Between two looks at the sources."""

SHOWN = 20
"""Rejected inputs that are told at the end of a build."""


def add(commands: Subparsers) -> None:
    """Add `communique index`."""
    parser = add_command(commands, "index", run, "Build an index, or bring it up to date.")
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="file or folder")
    add_index_option(parser)
    _add_what_is_read(parser)
    _add_how(parser)


def _add_what_is_read(parser: argparse.ArgumentParser) -> None:
    once = parser.add_mutually_exclusive_group()
    once.add_argument("--rebuild", action="store_true", help="read everything again")
    parser.add_argument(
        "--if-needed",
        action="store_true",
        help="make no new build where nothing changed; for cron",
    )
    once.add_argument(
        "--retry-rejected",
        action="store_true",
        help="read only files again of which something was rejected",
    )
    parser.add_argument(
        "--no-resume",
        dest="resume",
        action="store_false",
        help="begin anew where the last build was interrupted",
    )
    parser.add_argument(
        "--allow-empty",
        action="store_true",
        help="drop the releases of a source that had files and has none now",
    )
    once.add_argument(
        "--watch",
        type=positive,
        nargs="?",
        const=WATCH_SECONDS,
        metavar="SECONDS",
        help="go on and follow the sources, looking so often (%(const)s), until SIGTERM or Ctrl-C",
    )


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--log", choices=("text", "json"), default="text", help="form of what is told on the way"
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes (default: one for each core)",
    )
    parser.add_argument("--authority", type=Path, metavar="DIR", help="folder of authority files")
    parser.add_argument(
        "--keep",
        type=positive,
        metavar="N",
        help="builds that stay, from now on (default: as many as before, at first 2)",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if inputs are rejected")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(arguments: argparse.Namespace) -> int:
    """`communique index`."""
    missing = [str(source) for source in arguments.sources if not source.exists()]
    if missing:
        raise CorpusError(f"there is no file or folder {missing[0]}; check the path")
    with open_or_create(arguments.index, arguments.authority) as index:
        if arguments.watch:
            _follow(index, arguments)
            return DONE
        report = _update(index, arguments, Bar(), if_needed=arguments.if_needed)
    if arguments.log == "json":
        _log(report, arguments)
    else:
        _tell_rejections(report)
        if arguments.json:
            print_json(_report_record(report))
        else:
            if report.build is None:
                tell("nothing to do")
            tell(_summary(report, arguments.index))
    return DONE_WITH_FAULTS if arguments.strict and report.rejected else DONE


def _update(
    index: Index, arguments: argparse.Namespace, progress: Progress | None, *, if_needed: bool
) -> BuildReport:
    return index.add_corpus(
        *arguments.sources,
        rebuild=arguments.rebuild,
        jobs=arguments.jobs,
        authority=arguments.authority,
        progress=progress,
        keep=arguments.keep,
        if_needed=if_needed,
        retry_rejected=arguments.retry_rejected,
        resume=arguments.resume,
        allow_empty=arguments.allow_empty,
    )


def _follow(index: Index, arguments: argparse.Namespace) -> None:
    """Update until SIGTERM or SIGINT; a second SIGINT also ends a build midway."""
    stop = Event()

    def end(number: int, _: object) -> None:
        stop.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    authority = [arguments.authority] if arguments.authority else []
    watch(
        [*arguments.sources, *authority],
        lambda: _update(index, arguments, None, if_needed=True),
        stop,
        arguments.watch,
        lambda found: _log(found, arguments),
    )
    _print_event({"event": "stopped"}, "stopped", arguments)


def _log(found: BuildReport | CommuniqueError, arguments: argparse.Namespace) -> None:
    if isinstance(found, BuildReport):
        record = _report_record(found)
        event = {"event": "built", **record, "rejections": record["rejections"][:SHOWN]}
        _print_event(event, _summary(found, arguments.index), arguments)
    else:
        _print_event({"event": "failed", "message": str(found)}, str(found), arguments)


def _print_event(event: dict[str, Any], text: str, arguments: argparse.Namespace) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if arguments.log == "json":
        tell(json.dumps({"time": now} | event, ensure_ascii=False))
    else:
        tell(f"{now} {one_line(text.replace(chr(10), '; '))}")


def _tell_rejections(report: BuildReport) -> None:
    for notice in report.notices:
        tell(notice)
    for entry in report.rejections[:SHOWN]:
        place = f"{entry.source}{f'#{entry.record}' if entry.record else ''}"
        tell(one_line(f"rejected {place}: {entry.reason}"))
    if report.rejected > SHOWN:
        tell(f"and {report.rejected - SHOWN} more; communique ledger --rejected lists them all")


def _report_record(report: BuildReport) -> dict[str, Any]:
    return {
        "build": report.build,
        "inputs": report.inputs,
        "indexed": report.indexed,
        "duplicates": report.duplicates,
        "rejected": report.rejected,
        "files": report.files,
        "files_read": report.files_read,
        "files_unchanged": report.files_unchanged,
        "files_gone": report.files_gone,
        "retagged": report.retagged,
        "rejections": [
            {"source": e.source, "record": e.record, "reason": e.reason} for e in report.rejections
        ],
    }


def _summary(report: BuildReport, index: str) -> str:
    retagged = f"{report.retagged} releases tagged again; " if report.retagged else ""
    return (
        f"{report.inputs} inputs in {report.files} files = {report.indexed} indexed "
        f"+ {report.duplicates} duplicates + {report.rejected} rejected\n"
        f"{report.files_read} files read, {report.files_unchanged} unchanged, "
        f"{report.files_gone} gone; {retagged}the index is in {index}"
    )
