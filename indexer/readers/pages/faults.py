"""Pages that hold no release: those that scripts write, and those that only frame others."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from indexer.readers.pages.blocks import Block
from indexer.readers.pages.boxes import NOSCRIPT

_NOTE = 300
"""Characters; a page without scripts says in fewer that it needs them."""
_SCRIPTED = (
    "the page has no text without its scripts; save it from a browser, or fetch it as rendered"
)
_FRAMES = "the page has no text, only frames ({}); fetch the pages that it frames"
_SHOWN_FRAMES = 3


def fault_of(root: HtmlElement, blocks: Sequence[Block]) -> str | None:
    """Why there is no text in the page, where the page itself tells it; else None."""
    frames = [src.strip() for each in root.iter("frame") if (src := each.get("src"))]
    noted = [block for block in blocks if block.box == NOSCRIPT or frames]
    if len(noted) < len(blocks) or sum(len(block.text) for block in noted) >= _NOTE:
        return None
    if frames:
        shown = ", ".join(" ".join(each.split())[:100] for each in frames[:_SHOWN_FRAMES])
        return _FRAMES.format(shown)
    scripted = next(root.iter("script"), None) is not None
    return _SCRIPTED if scripted else None
