"""The web server of `communique serve`."""

import sys

import waitress
from flask import Flask

THREADS = 8


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests until the process is interrupted. Raises OSError where the port is taken."""
    server = waitress.create_server(app, host=host, port=port, threads=THREADS, ident=None)
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"Communique is at http://{shown}:{port}/ (Ctrl-C ends it)\n")
    try:
        server.run()
    finally:
        server.close()
