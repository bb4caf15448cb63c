"""The sample archive and the authority files that travel with the package."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "bundled"
_CHECKOUT = Path(__file__).parent.parent / "corpus"


def _folder(name: str) -> Path:
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _CHECKOUT / name


def releases() -> Path:
    """The folder of the sample archive."""
    return _folder("releases")


def authority() -> Path:
    """The folder of the authority files that ship with Communique."""
    return _folder("authority")
