"""zlib, or ISA-L where it is installed, which reads and writes the same format faster."""

import zlib
from importlib import import_module
from types import ModuleType


def fastest() -> ModuleType:
    """The module to use; both have `compress`, `decompressobj` and `crc32`, with equal answers."""
    try:
        return import_module("isal.isal_zlib")
    except ImportError:
        return zlib


deflate = fastest()

ERRORS: tuple[type[Exception], ...] = (zlib.error, deflate.error)
"""What unpacking raises where the content is damaged."""
