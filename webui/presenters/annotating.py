"""A text as HTML with the words that match and the names that tag it, each to be linked to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markupsafe import Markup

from indexer import MarkedText


@dataclass(frozen=True, slots=True)
class Span:
    """Characters from `start` to `end` (excluded) that carry an id; `tag` is mark or span."""

    start: int
    end: int
    tag: str
    id: str


def spans_of(
    marked: MarkedText, names: Sequence[tuple[int, int, str]], first: int, prefix: str = ""
) -> list[Span]:
    """Names, and matches numbered from `first`: hit-1, hit-2 and so on, behind a prefix."""
    found = [Span(start, end, "span", name) for start, end, name in names]
    hits = enumerate(marked.marks, first)
    found += [Span(start, end, "mark", f"{prefix}hit-{number}") for number, (start, end) in hits]
    return sorted(found, key=lambda span: (span.start, -span.end, span.tag))


def annotated(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> Markup:
    """A part of a text as HTML; only the first piece of a span that others cut carries its id."""
    end = len(text) if end is None else end
    inside = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end, *(at for span in inside for at in (span.start, span.end))}
    cuts = sorted(at for at in edges if start <= at <= end)
    pieces = (_piece(text, spans, a, b) for a, b, spans in _covered(cuts, inside))
    return Markup("".join(pieces))  # noqa: S704 - each piece is escaped


def _covered(
    cuts: Sequence[int], spans: Sequence[Span]
) -> Iterator[tuple[int, int, Sequence[Span]]]:
    """Each piece with the spans that cover it, outermost first."""
    waiting, active = list(reversed(spans)), list[Span]()
    for a, b in pairwise(cuts):
        while waiting and waiting[-1].start <= a:
            active.append(waiting.pop())
        active = [span for span in active if span.end > a]
        yield a, b, active


def _piece(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    shown = escape(text[start:end])
    for span in reversed(spans):
        opening = f'{span.tag} id="{span.id}"' if span.start == start else span.tag
        shown = f"<{opening}>{shown}</{span.tag}>"
    return shown
