"""The embedded engine: Whoosh keeps schema, segments and merges; queries run over arrays."""

from indexer.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
