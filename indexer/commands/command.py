"""What every command has: a name, options, and one of three exit codes."""

import argparse
import os
from collections.abc import Callable
from typing import Any

DEFAULT_INDEX = "var/index"
DONE, DONE_WITH_FAULTS, WRONG_USE = 0, 1, 2

Command = Callable[[argparse.Namespace], int]
Subparsers = Any
"""What argparse hands out for subcommands; it has no public name."""


def add_command(
    commands: Subparsers, name: str, run: Command, help: str
) -> argparse.ArgumentParser:
    """Add a command; `run` gets its arguments and returns the exit code."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.set_defaults(run=run)
    return parser


def add_index_option(parser: argparse.ArgumentParser) -> None:
    """`--index`, with COMMUNIQUE_INDEX as its default."""
    parser.add_argument(
        "--index",
        default=os.environ.get("COMMUNIQUE_INDEX", DEFAULT_INDEX),
        metavar="DIR",
        help="folder of the index (default: $COMMUNIQUE_INDEX, else %(default)s)",
    )


def add_build_option(parser: argparse.ArgumentParser) -> None:
    """`--build`, to answer from another build than the newest."""
    parser.add_argument(
        "--build",
        metavar="ID",
        help="one of the builds that `stats` lists (default: the newest)",
    )


def positive(text: str) -> int:
    """A number from 1, for argparse."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1")
    return int(text)
