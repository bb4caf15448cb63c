"""The command line: answers go to standard output, messages to standard error.

Exit codes: 0 done; 1 done, but `verify` found damage, `index --strict` has rejects or
`inspect --diff` found differences; 2 wrong use, with one line that says what is wrong and how to
mend it.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer import bundled
from indexer.authority import Authority
from indexer.build import BuildReport
from indexer.console import Bar, print_json, show_page, tell
from indexer.errors import CommuniqueError, CorpusError
from indexer.facets import Facets
from indexer.filters import parse_filter
from indexer.grouping import Group, group
from indexer.index import Index, open_or_create
from indexer.inspection import Painter, show_difference, show_release
from indexer.labels import Labels, differences, group_differences
from indexer.ledger import Outcome
from indexer.readers import Rejection
from indexer.reading import read_sources
from indexer.records import page_record, release_record
from indexer.release import Release
from indexer.request import SearchRequest, Sort
from indexer.syntax import parse_query

DEFAULT_INDEX = "var/index"
DONE, DONE_WITH_FAULTS, WRONG_USE = 0, 1, 2

Command = Callable[[argparse.Namespace], int]
Subparsers = Any
"""What argparse hands out for subcommands; it has no public name."""


def main(
    argv: Sequence[str] | None = None, more: Sequence[Callable[[Subparsers], None]] = ()
) -> int:
    """Run one command; `more` adds commands of higher layers. The exit code is returned."""
    arguments = make_parser(more).parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CommuniqueError as error:
        tell(f"communique: {error}")
        return WRONG_USE
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        tell("communique: stopped; the index is as it was before")
        return 130
    return code


def make_parser(more: Sequence[Callable[[Subparsers], None]] = ()) -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="communique", description="Full-text search over press releases."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_add_index, _add_search, _add_inspect, _add_stats, _add_verify, _add_ledger, *more):
        add(commands)
    return parser


def add_index_option(parser: argparse.ArgumentParser) -> None:
    """`--index`, with COMMUNIQUE_INDEX as its default."""
    parser.add_argument(
        "--index",
        default=os.environ.get("COMMUNIQUE_INDEX", DEFAULT_INDEX),
        metavar="DIR",
        help="folder of the index (default: $COMMUNIQUE_INDEX, else %(default)s)",
    )


def _command(commands: Subparsers, name: str, run: Command, help: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.set_defaults(run=run)
    return parser


def _add_index(commands: Subparsers) -> None:
    parser = _command(commands, "index", run_index, "Build an index, or bring it up to date.")
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="file or folder")
    add_index_option(parser)
    parser.add_argument("--rebuild", action="store_true", help="read everything again")
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes (default: one for each core)",
    )
    parser.add_argument("--authority", type=Path, metavar="DIR", help="folder of authority files")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if inputs are rejected")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def _add_search(commands: Subparsers) -> None:
    parser = _command(commands, "search", run_search, "Search an index.")
    parser.add_argument("query", metavar="QUERY")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="hits a page")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="page number, from 1")
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FACET=VALUE",
        help="keep releases with this value, or date=START..END; may be given several times",
    )
    parser.add_argument(
        "--sort", choices=[s.value for s in Sort], default="relevance", help="order of hits"
    )
    parser.add_argument("--explain", action="store_true", help="say why each hit is there")


def _add_inspect(commands: Subparsers) -> None:
    parser = _command(
        commands, "inspect", run_inspect, "Show what reading makes of sources, without an index."
    )
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="file or folder")
    parser.add_argument("--authority", type=Path, metavar="DIR", help="folder of authority files")
    parser.add_argument("--json", action="store_true", help="print the releases as JSON")
    parser.add_argument("--whole", action="store_true", help="print texts whole, also of many")
    parser.add_argument(
        "--diff",
        type=Path,
        metavar="LABELS",
        help="compare with labels (a .jsonl file or a folder) and print what differs",
    )
    parser.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="processes (default: 1)"
    )


def _add_stats(commands: Subparsers) -> None:
    parser = _command(commands, "stats", run_stats, "Print the figures of an index.")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_verify(commands: Subparsers) -> None:
    parser = _command(commands, "verify", run_verify, "Check an index for damage.")
    add_index_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_ledger(commands: Subparsers) -> None:
    parser = _command(commands, "ledger", run_ledger, "Say what became of every input file.")
    add_index_option(parser)
    parser.add_argument("--rejected", action="store_true", help="only what was rejected")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1")
    return int(text)


def run_index(arguments: argparse.Namespace) -> int:
    """`communique index`."""
    missing = [str(source) for source in arguments.sources if not source.exists()]
    if missing:
        raise CorpusError(f"there is no file or folder {missing[0]}; check the path")
    with open_or_create(arguments.index, arguments.authority, rebuild=arguments.rebuild) as index:
        report = index.add_corpus(
            *arguments.sources,
            rebuild=arguments.rebuild,
            jobs=arguments.jobs,
            authority=arguments.authority,
            progress=Bar(),
        )
    for entry in report.rejections:
        tell(f"rejected {entry.source}{f'#{entry.record}' if entry.record else ''}: {entry.reason}")
    if arguments.json:
        print_json(_report_record(report))
    else:
        tell(_summary(report, arguments.index))
    return DONE_WITH_FAULTS if arguments.strict and report.rejected else DONE


def _report_record(report: BuildReport) -> dict[str, Any]:
    return {
        "inputs": report.inputs,
        "indexed": report.indexed,
        "duplicates": report.duplicates,
        "rejected": report.rejected,
        "files": report.files,
        "files_read": report.files_read,
        "files_unchanged": report.files_unchanged,
        "files_gone": report.files_gone,
        "rejections": [
            {"source": e.source, "record": e.record, "reason": e.reason} for e in report.rejections
        ],
    }


def _summary(report: BuildReport, index: str) -> str:
    return (
        f"{report.inputs} inputs in {report.files} files = {report.indexed} indexed "
        f"+ {report.duplicates} duplicates + {report.rejected} rejected\n"
        f"{report.files_read} files read, {report.files_unchanged} unchanged, "
        f"{report.files_gone} gone; the index is in {index}"
    )


def run_search(arguments: argparse.Namespace) -> int:
    """`communique search`."""
    with Index.open(arguments.index) as index:
        request = SearchRequest(
            parse_query(arguments.query),
            filters=tuple(parse_filter(text) for text in arguments.filter),
            facets=tuple(index.facets),
            sort=Sort(arguments.sort),
            page_number=arguments.page,
            page_size=arguments.limit,
            explain=arguments.explain,
        )
        page = index.search(request)
        if arguments.json:
            print_json(page_record(page, index.facets))
        else:
            show_page(page, index.facets)
    return DONE


def run_inspect(arguments: argparse.Namespace) -> int:
    """`communique inspect`."""
    authority = Authority.load(arguments.authority or bundled.authority())
    labels = Labels.load(arguments.diff) if arguments.diff else None
    made = list(read_sources(arguments.sources, authority, jobs=arguments.jobs))
    for each in made:
        if isinstance(each.result, Rejection):
            tell(f"rejected {each.result.source}: {each.result.reason}")
    releases = [each.result for each in made if isinstance(each.result, Release)]
    groups = group([each.fingerprint for each in made if each.fingerprint])
    if labels is not None:
        return _show_differences(labels, releases, groups, authority.facets, json=arguments.json)
    by_id = {member.id: one for one in groups for member in one.members}
    if arguments.json:
        print_json([release_record(r, authority.facets, by_id.get(r.id)) for r in releases])
        return DONE
    painter = Painter()
    for release in releases:
        whole = arguments.whole or len(releases) == 1
        show_release(release, authority.facets, by_id.get(release.id), painter, whole=whole)
    return DONE


def _show_differences(
    labels: Labels, releases: list[Release], groups: list[Group], facets: Facets, *, json: bool
) -> int:
    found = [
        (release, difference)
        for release in releases
        if (label := labels.of(release.source)) is not None
        for difference in differences(label, release, facets)
    ]
    found += group_differences(labels, releases, groups)
    if json:
        print_json([{"source": str(r.source), **asdict(difference)} for r, difference in found])
    else:
        for release, difference in found:
            show_difference(release, difference, Painter())
    labelled = sum(labels.of(release.source) is not None for release in releases)
    differing = len({release.source for release, _ in found})
    tell(
        f"{len(releases)} releases, {labelled} with a label: "
        f"{labelled - differing} agree, {differing} differ in {len(found)} points"
    )
    return DONE_WITH_FAULTS if found else DONE


def run_stats(arguments: argparse.Namespace) -> int:
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


def run_verify(arguments: argparse.Namespace) -> int:
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


def run_ledger(arguments: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
