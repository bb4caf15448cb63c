"""What a release said before its text changed at its source, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup, escape

from indexer import EarlierVersion, Piece, Release, word_changes
from webui.wording import Words

_TAGS = {"removed": "del", "added": "ins"}


@dataclass(frozen=True, slots=True)
class EarlierView:
    """One earlier text, with what the next one took out and put in."""

    until: str
    """The day on which another text was found."""
    title: Markup
    body: Markup
    sha256: str


def earlier_views(
    release: Release, versions: Sequence[EarlierVersion], words: Words
) -> list[EarlierView]:
    """The earlier texts, the newest first, each beside the one that followed it."""
    texts = [(version.title, version.body) for version in versions]
    followed = pairwise([*texts, (release.title, release.body)])
    views: list[EarlierView] = [
        EarlierView(
            words.day(datetime.fromisoformat(version.replaced_on).date()),
            _changes(before[0], after[0]),
            _changes(before[1], after[1]),
            version.sha256,
        )
        for version, (before, after) in zip(versions, followed, strict=True)
    ]
    return views[::-1]


def _changes(before: str, after: str) -> Markup:
    return Markup("").join(map(_shown, word_changes(before, after)))


def _shown(piece: Piece) -> Markup:
    tag = _TAGS.get(piece.kind)
    text = escape(piece.text)
    return Markup("<{0}>{1}</{0}>").format(tag, text) if tag else text
