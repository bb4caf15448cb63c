"""Which loops run: compiled ones where numba is installed, else those of numpy.

`COMMUNIQUE_COMPILED=0` in the environment switches the compiled ones off.
"""

import os
from importlib import import_module
from types import ModuleType

SWITCH = "COMMUNIQUE_COMPILED"


def chosen() -> ModuleType:
    """The module whose loops run. Its answers are the same, whichever it is."""
    if os.environ.get(SWITCH) != "0":
        try:
            return import_module("indexer.kernels.compiled")
        # numba is not there, or has no folder that it may keep compiled code in.
        except (ImportError, RuntimeError):
            pass
    return import_module("indexer.kernels.loops")


loops = chosen()
