"""The web UI of Communique: the search page and the JSON API, made from one `Index`."""

from webui.app import create_app

__all__ = ["create_app"]
