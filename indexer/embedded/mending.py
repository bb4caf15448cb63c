"""Help where a search finds nothing: what it would find without one of its parts."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.embedded.finding import Found, find
from indexer.embedded.leaves import Leaves
from indexer.embedded.meaning import Meaning
from indexer.errors import UserError
from indexer.query import And, Everything, Node, positive_leaves
from indexer.request import SearchRequest
from indexer.response import Help
from indexer.syntax import parse_query

MOST_PARTS = 8
"""Words and phrases that are left out, one at a time: each is a search of its own."""


def without_words(
    request: SearchRequest, found: Found, meaning: Meaning, leaves: Leaves
) -> Iterator[tuple[Help, Found]]:
    """What has all words but one of those that stand side by side; its total is not yet counted."""
    root, text = found.query.root, request.query.text
    if not isinstance(root, And) or not root.implicit:
        return
    for child in root.children[:MOST_PARTS]:
        start, end = _place(child, text)
        left = " ".join(f"{text[:start]} {text[end:]}".split())
        if start == end or not left:
            continue
        try:
            other = find(replace(request, query=parse_query(left)), meaning, leaves)
        except UserError:
            continue
        if other.evaluated is other.query:
            yield Help(text[start:end], left, None, 0), other


def without_filters(request: SearchRequest) -> Iterator[Help]:
    """The same words without the filter on one facet; the totals are not yet counted."""
    for facet in dict.fromkeys(one.facet for one in request.filters):
        yield Help(facet, request.query.text, facet, 0)


def _place(node: Node, text: str) -> tuple[int, int]:
    """Where a part of a query stands, with the signs around it that belong to it."""
    leaves = [leaf for leaf in positive_leaves(node) if not isinstance(leaf, Everything)]
    spans = [leaf.span for leaf in leaves if leaf.span.end]
    if not spans:
        return 0, 0
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
