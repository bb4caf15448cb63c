"""`communique inspect`: what reading makes of sources, without an index."""

import argparse
from dataclasses import asdict
from pathlib import Path

from indexer import bundled
from indexer.authority import Authority
from indexer.commands.command import DONE, DONE_WITH_FAULTS, Subparsers, add_command, positive
from indexer.console import print_json, tell
from indexer.facets import Facets
from indexer.grouping import Group, group
from indexer.inspection import Painter, show_difference, show_release
from indexer.labels import Labels, differences, group_differences
from indexer.readers import Rejection
from indexer.reading import read_sources
from indexer.records import release_record
from indexer.release import Release


def add(commands: Subparsers) -> None:
    """Add `communique inspect`."""
    parser = add_command(
        commands, "inspect", run, "Show what reading makes of sources, without an index."
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
        "--jobs", type=positive, default=1, metavar="N", help="processes (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
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
