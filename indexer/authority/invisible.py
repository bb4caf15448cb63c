"""Signs that no reader sees, such as soft hyphens: names are looked for without them."""

import re
from dataclasses import replace

from indexer.release import Mention

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
"""Unicode's Default_Ignorable_Code_Point, as far as web pages have them; the zero-width space is
left, since it stands between words."""


def has_invisible(text: str) -> bool:
    """Whether there is any such sign."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


class VisibleText:
    """A text without invisible signs, which knows where its characters stood."""

    def __init__(self, text: str) -> None:
        self._original = text
        runs = [match.span() for match in _INVISIBLE.finditer(text)]
        edges = [0, *(edge for run in runs for edge in run), len(text)]
        kept = [range(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
        self._places = [place for piece in kept for place in piece]
        self.text = "".join(text[piece.start : piece.stop] for piece in kept)

    def in_original(self, mention: Mention) -> Mention:
        """A mention of this text as one of the original; invisible signs in it are quoted."""
        start = self._places[mention.start]
        end = self._places[mention.end - 1] + 1
        return replace(mention, text=self._original[start:end], start=start, end=end)
