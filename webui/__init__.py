"""The web UI of Communique: pages and a JSON API over an `indexer.Index`."""

from webui.app import create_app
from webui.server import serve

__all__ = ["create_app", "serve"]
