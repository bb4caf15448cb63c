"""Serving: waitress, a production server in threads."""

import sys

from flask import Flask
from waitress import create_server

from indexer import CommuniqueError

THREADS = 8


def serve(app: Flask, host: str, port: int) -> None:
    """Serve until the process is told to end. Raises CommuniqueError where the port is taken."""
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except (OSError, ValueError, OverflowError) as error:
        raise CommuniqueError(
            f"cannot listen on {host}:{port}: {error}; choose another with --port"
        ) from error
    shown = f"[{host}]" if ":" in host else host
    print(f"Communique is at http://{shown}:{port} (Ctrl-C ends it)", file=sys.stderr, flush=True)  # noqa: T201
    server.run()
