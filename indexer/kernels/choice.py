"""Which loops run."""

from indexer.kernels import loops

__all__ = ["loops"]
