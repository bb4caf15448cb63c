"""The reasons of a hit, in the words of the query and of the release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.embedded.explain import Asked, Contribution
from indexer.embedded.readings import EXACT
from indexer.facets import Facets
from indexer.highlight import Marker
from indexer.kernels.ranking import SCORE_DECIMALS
from indexer.query import (
    NOWHERE,
    Everything,
    ExactWord,
    InTitle,
    Node,
    Or,
    Phrase,
    Tagged,
    Translated,
    Translation,
    Word,
    positive_leaves,
)
from indexer.release import Release
from indexer.response import Explanation, Reason


@dataclass(frozen=True, slots=True)
class Explained:
    """A document that is explained, and the query that found it."""

    doc: int
    release: Release
    text: str
    facets: Facets
    without: tuple[str, ...] = ()
    """Forms of words that did not match."""


def explanation(
    score: float, fresh: float, gave: Sequence[Contribution], of: Explained
) -> Explanation:
    """Why a document has its score; `fresh` is what being recent gave of it."""
    return Explanation(score, (*(_reason(one, of) for one in gave), *_recent(fresh, of.release)))


def _reason(gave: Contribution, of: Explained) -> Reason:
    score = gave.found.scores[np.searchsorted(gave.found.docs, of.doc)]
    return Reason(
        asked=_asked(gave, of.text),
        rule=gave.rule,
        language=gave.language,
        forms=Marker(_alone(gave), of.facets, of.without).forms(of.release),
        score=round(float(score), SCORE_DECIMALS),
    )


def _recent(score: float, release: Release) -> Iterator[Reason]:
    if round(score, SCORE_DECIMALS) > 0:
        day = str(release.date.value)
        yield Reason("", "recent", None, (day,), round(score, SCORE_DECIMALS))


def _alone(gave: Contribution) -> Node:
    """A part of a query as a query of its own, which matches by no other rule than it did."""
    leaf = _by_rule(gave.leaf, gave.rule)
    return InTitle(leaf) if gave.in_title else leaf


def _by_rule(leaf: Asked, rule: str) -> Node:
    match leaf:
        case Translation():
            return Translated(Or(()), (leaf,))
        case Tagged(facet, value, _):
            return Tagged(facet, value, Or(()))
        case Word(text, span) if rule == EXACT.of_word:
            return ExactWord(text, span)
        case Phrase() if rule == EXACT.of_phrase:
            return replace(leaf, exact=True)
        case _:
            return leaf


def _asked(gave: Contribution, text: str) -> str:
    match gave.leaf:
        case Or():
            return text
        case Tagged(facet, value, _):
            return f"{facet}:{value}"
        case Translation(concept):
            return _typed(gave.stands_for, text) or concept
        case Everything():
            return "*"
        case Word(word, span) if span == NOWHERE:
            return word
        case leaf:
            return text[leaf.span.start : leaf.span.end]


def _typed(node: Node | None, text: str) -> str:
    """The characters that a node came from; none of a query that was not typed."""
    leaves = [] if node is None else list(positive_leaves(node))
    spans = [leaf.span for leaf in leaves if not isinstance(leaf, Everything)]
    ends = [(span.start, span.end) for span in spans if span != NOWHERE]
    if not ends:
        return " ".join(leaf.text for leaf in leaves if isinstance(leaf, Word))
    return text[min(ends)[0] : max(end for _, end in ends)]
