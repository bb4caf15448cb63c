"""`communique export`: all hits of a search as a file, with its manifest."""

import argparse
import os
from pathlib import Path

from indexer.commands.asking import add_request_options, request_of
from indexer.commands.command import (
    DONE,
    Subparsers,
    add_build_option,
    add_command,
    add_index_option,
)
from indexer.console import tell
from indexer.errors import UserError
from indexer.exports import FORMATS, parcel
from indexer.index import Index


def add(commands: Subparsers) -> None:
    """Add `communique export`."""
    parser = add_command(
        commands, "export", run, "Write all hits of a search, with a manifest, to a zip file."
    )
    add_request_options(parser)
    add_index_option(parser)
    add_build_option(parser)
    parser.add_argument("--format", choices=list(FORMATS), default="jsonl", help="%(default)s")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="the zip file; one there goes"
    )


def run(arguments: argparse.Namespace) -> int:
    """`communique export`."""
    part = arguments.output.with_name(arguments.output.name + ".part")
    with Index.open(arguments.index, build=arguments.build) as index:
        hits = index.all_hits(request_of(arguments))
        try:
            with part.open("wb") as file:
                file.writelines(parcel(hits, FORMATS[arguments.format]))
            part.replace(arguments.output)
        except OSError as error:
            raise UserError(
                f"{arguments.output} cannot be written: {os.strerror(error.errno or 0)}",
                hint="name a file in a folder that can be written",
            ) from error
    for notice in hits.notices:
        tell(notice)
    tell(f"{hits.total} releases are in {arguments.output}")
    return DONE
