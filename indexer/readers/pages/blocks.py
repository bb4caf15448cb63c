"""The visible text of an HTML page, cut into blocks as a browser would set them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

_HIDDEN = "title script style template svg math iframe object datalist"
_BREAKING = """
    html head body main article section header footer nav aside form fieldset legend address div p
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tr td th blockquote pre figure figcaption
    details summary time button select option textarea hr center dir menu
"""
HIDDEN = frozenset(_HIDDEN.split())
"""Elements whose text no reader of the page sees."""
BREAKING = frozenset(_BREAKING.split())
"""Elements before and after which a new block begins."""
BESIDE = frozenset(("nav", "aside", "form", "button"))
"""Elements of an article that are not its text."""
AROUND = frozenset(("nav", "aside", "footer", "button", "select"))
"""Elements that are not the text of any article, wherever they stand."""

SOFT_HYPHEN = "\xad"
"""Where a word may be parted; it is no part of the word."""
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2007\u202f]+")
_RUN = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands on its own."""

    text: str
    tag: str
    """The innermost breaking element around it."""
    inside: bool
    """Whether it stands in the container, and not in an element or a box beside its text."""
    box: str = ""
    """The kind of the box in which it stands; the empty string outside of boxes."""
    around: bool = False
    """Whether it stands in an element that is no part of any text."""
    linked: float = 0.0
    """The share of its characters that are links, from 0 to 1."""


def blocks_of(
    root: HtmlElement,
    container: HtmlElement | None = None,
    boxes: Mapping[HtmlElement, str] | None = None,
) -> list[Block]:
    """The blocks of the page, in its order; `boxes` are elements beside its text, by kind."""
    walker = _Walker(container, boxes or {})
    context = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in context:
        if event == "start":
            walker.enter(element)
            if element.tag in HIDDEN:
                context.skip_subtree()
        elif event == "end":
            walker.leave(element)
        else:
            walker.add(element.tail)
    walker.flush()
    return walker.blocks


class _Walker:
    """What is known at a place of the page: the open elements and the text of the block."""

    def __init__(self, container: HtmlElement | None, boxes: Mapping[HtmlElement, str]) -> None:
        self._container = container
        self._boxes = boxes
        self._open = ["body"]
        self._kinds: list[str] = []
        self._within = 0
        self._beside = 0
        self._around = 0
        self._links = 0
        self._linked = 0
        self._pieces: list[str] = []
        self.blocks: list[Block] = []

    def enter(self, element: HtmlElement) -> None:
        if element.tag in BREAKING or element in self._boxes:
            self.flush()
            self._open.append(element.tag)
        if element in self._boxes:
            self._kinds.append(self._boxes[element])
        self._count(element, 1)
        if element.tag == "br":
            self._pieces.append("\n")
        if element.tag not in HIDDEN:
            self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        if element.tag in BREAKING or element in self._boxes:
            self.flush()
            self._open.pop()
        if element in self._boxes:
            self._kinds.pop()
        self._count(element, -1)
        self.add(element.tail)

    def _count(self, element: HtmlElement, step: int) -> None:
        """One more element is open, or one less, of those that say what its text is."""
        if element is self._container:
            self._within += step
        elif self._within and element.tag in BESIDE:
            self._beside += step
        if element.tag in AROUND:
            self._around += step
        if element.tag == "a":
            self._links += step

    def add(self, text: str | None) -> None:
        if text:
            piece = text if self._open[-1] == "pre" else _BLANKS.sub(" ", text)
            self._pieces.append(piece.replace(SOFT_HYPHEN, ""))
            self._linked += len(piece) if self._links else 0

    def flush(self) -> None:
        """End the block."""
        if not self._pieces:
            return
        text = _set("".join(self._pieces))
        linked, self._linked = self._linked, 0
        self._pieces.clear()
        if text:
            box = self._kinds[-1] if self._kinds else ""
            inside = bool(self._within) and not self._beside and not box
            share = min(1.0, linked / len(text))
            self.blocks.append(Block(text, self._open[-1], inside, box, bool(self._around), share))


def _set(text: str) -> str:
    """The text with single blanks, and none at the ends of its lines."""
    if "\n" not in text:
        return _RUN.sub(" ", text).strip()
    lines = _RUN.sub(" ", text).split("\n")
    return "\n".join(line.strip() for line in lines).strip()
