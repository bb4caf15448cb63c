"""The visible text of an HTML page, cut into blocks as a browser would set them."""

import re
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

_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_RUN = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands on its own."""

    text: str
    tag: str
    """The innermost breaking element around it."""
    inside: bool
    """Whether it stands in the container, and not in an element beside its text."""


def blocks_of(root: HtmlElement, container: HtmlElement | None = None) -> list[Block]:
    """The blocks of the page, in its order."""
    walker = _Walker(container)
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

    def __init__(self, container: HtmlElement | None) -> None:
        self._container = container
        self._open = ["body"]
        self._within = 0
        self._beside = 0
        self._pieces: list[str] = []
        self.blocks: list[Block] = []

    def enter(self, element: HtmlElement) -> None:
        if element.tag in BREAKING:
            self.flush()
            self._open.append(element.tag)
        self._within += element is self._container
        self._beside += bool(self._within) and element.tag in BESIDE
        if element.tag == "br":
            self._pieces.append("\n")
        if element.tag not in HIDDEN:
            self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        if element.tag in BREAKING:
            self.flush()
            self._open.pop()
        self._beside -= bool(self._within) and element.tag in BESIDE
        self._within -= element is self._container
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._open[-1] == "pre" else _BLANKS.sub(" ", text))

    def flush(self) -> None:
        """End the block."""
        lines = _RUN.sub(" ", "".join(self._pieces)).split("\n")
        text = "\n".join(line.strip() for line in lines).strip()
        self._pieces.clear()
        if text:
            inside = bool(self._within) and not self._beside
            self.blocks.append(Block(text, self._open[-1], inside))
