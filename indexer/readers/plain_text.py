"""Plain text: the whole file is the text of one release."""

from collections.abc import Iterator

from indexer.readers.draft import Draft


def read_text(text: str) -> Iterator[Draft]:
    """Yield the one release of the file."""
    yield Draft(text)
