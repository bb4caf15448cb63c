"""Which loops run: those of numpy, and from a moment after an index is opened the compiled ones.

numba takes a third of a second of processor time until its first loop runs, more than opening an
index and answering from it. So a program that asks once never loads it, and one that stays gets it
from a thread of its own, while searches are answered by the loops of numpy: the answers are the
same. `COMMUNIQUE_COMPILED=0` in the environment leaves the compiled loops out, and `1` loads them
before anything else.
"""

import atexit
import os
import threading
from importlib import import_module
from types import ModuleType

import numpy as np

SWITCH = "COMMUNIQUE_COMPILED"
DELAY = 1.0
"""Seconds after an index is opened: by then a command has answered."""

loops = ModuleType("indexer.kernels.choice.loops")
"""The loops in use. Functions are asked for by their names here, each time."""

_lock = threading.Lock()
_loading: threading.Timer | None = None


def chosen() -> ModuleType:
    """The module whose loops are to run. Its answers are the same, whichever it is."""
    if os.environ.get(SWITCH) != "0":
        try:
            return import_module("indexer.kernels.compiled")
        # numba is not there, or has no folder that it may keep compiled code in.
        except (ImportError, RuntimeError):
            pass
    return import_module("indexer.kernels.loops")


def load() -> None:
    """Use the chosen loops from now on."""
    found = chosen()
    # The first call is what loads most of numba.
    found.follow(np.zeros(1, np.int64), np.zeros(1, np.int64))
    loops.__dict__.update(vars(found))


def load_soon() -> None:
    """Load them in the background, once in a process, where the environment does not choose."""
    global _loading
    with _lock:
        if _loading is None and SWITCH not in os.environ:
            _loading = threading.Timer(DELAY, load)
            _loading.daemon = True
            _loading.start()
            atexit.register(_settle, _loading)


def _settle(loading: threading.Timer) -> None:
    """Before the interpreter goes: no thread may be in the middle of native code."""
    loading.cancel()
    loading.join()


loops.__dict__.update(vars(import_module("indexer.kernels.loops")))
if os.environ.get(SWITCH) == "1":
    load()
