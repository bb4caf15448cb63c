"""The web server of `communique serve`: one process with threads, or several at one address."""

import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event

import waitress
from flask import Flask

from indexer import CommuniqueError, IndexUnavailable, UserError

THREADS = 8
WORKER_THREADS = 4
"""Of each process, where there are several: Python runs one thread of a process at a time."""
BACKLOG = 1_024
OBJECTS_OF_A_PAGE = 20_000

MakeApp = Callable[[], Flask]
"""Makes the application; another process must be able to unpickle it."""


def serve(make_app: MakeApp, host: str, port: int, workers: int = 1) -> None:
    """Answer requests until the process is interrupted or terminated.

    Each worker is a process that makes the application for itself; one that breaks down is
    replaced. Raises UserError where nobody can listen there, IndexUnavailable where a worker
    cannot begin.
    """
    # So that what is begun is also ended where a service manager stops it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        at = f"http://{shown}:{listener.getsockname()[1]}/"
        sys.stderr.write(f"Communique is at {at} (Ctrl-C ends it)\n")
        sys.stderr.flush()
        if workers == 1:
            _answer(make_app, listener, THREADS)
        else:
            _supervise(make_app, listener, workers)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or error
        raise UserError(
            f"nothing can be served at {host}:{port}: {told}",
            code="no_address",
            hint="choose another --host or --port",
        ) from error


def _answer(make_app: MakeApp, listener: socket.socket, threads: int) -> None:
    app = make_app()
    settle()
    # It tells each time that somebody has to wait, which under load is always.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, sockets=[listener], threads=threads, ident=None, _quiet=True)


def settle() -> None:
    """Tell the collector of garbage that what is there now stays.

    It would go through some million objects of authority files and analysis now and then, and
    whoever asks just then would wait for a fifth of a second. A page makes some ten thousand
    objects that go with it, so that looking for garbage at every 700th, as Python does, is too
    often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_A_PAGE)


def _supervise(make_app: MakeApp, listener: socket.socket, workers: int) -> None:
    context = get_context("spawn")
    running = [_Worker(context, make_app, listener) for _ in range(workers)]
    while True:
        ended = connection.wait([worker.process.sentinel for worker in running])
        for at, worker in enumerate(running):
            if worker.process.sentinel in ended:
                if not worker.began.is_set():
                    raise IndexUnavailable("a worker could not begin to answer; it says above why")
                running[at] = _Worker(context, make_app, listener)


class _Worker:
    """A process that answers."""

    def __init__(self, context: SpawnContext, make_app: MakeApp, listener: socket.socket) -> None:
        self.began = context.Event()
        """Set once it has made its application."""
        self.process = context.Process(
            target=_work, args=(make_app, listener, self.began), daemon=True
        )
        self.process.start()


def _work(make_app: MakeApp, listener: socket.socket, began: Event) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def make() -> Flask:
        app = make_app()
        began.set()
        return app

    try:
        _answer(make, listener, WORKER_THREADS)
    except CommuniqueError as error:
        sys.stderr.write(f"communique: {error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its children."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
