"""`communique`: the commands of the indexer, and `serve`."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from indexer import Index, bundled_releases, open_or_create
from indexer.cli import main
from indexer.commands.command import add_index_option, positive
from webui.app import create_app
from webui.server import serve


def _add_serve(commands: Any) -> None:
    text = "Serve the search page and the JSON API; without an index, index the sample archive."
    parser = commands.add_parser("serve", help=text, description=text)
    add_index_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument(
        "--workers",
        type=positive,
        default=1,
        metavar="N",
        help="processes that answer; as many as there are cores use them all (%(default)s)",
    )
    parser.set_defaults(run=run_serve)


def run_serve(arguments: argparse.Namespace) -> int:
    """`communique serve`."""
    folder = Path(arguments.index)
    if not folder.exists() or not any(folder.iterdir()):
        _index_the_sample(folder)
    Index.open(folder).close()  # Says what is wrong with it before anybody is served.
    serve(partial(_app_of, folder), arguments.host, arguments.port, arguments.workers)
    return 0


def _app_of(folder: Path) -> Flask:
    return create_app(Index.open(folder))


def _index_the_sample(folder: Path) -> None:
    print(f"no index in {folder} yet: indexing the sample archive", file=sys.stderr)
    with open_or_create(folder) as index:
        report = index.add_corpus(bundled_releases())
    print(f"{report.indexed} releases are indexed", file=sys.stderr)


COMMANDS: tuple[Callable[[Any], None], ...] = (_add_serve,)


def run() -> int:
    """The console script."""
    return main(more=COMMANDS)


if __name__ == "__main__":
    sys.exit(run())
