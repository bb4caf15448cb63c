"""The reasons of a hit, in the words of the query and of the release."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

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


class Reasons:
    """Why some documents match a query."""

    def __init__(
        self, gave: Iterable[Contribution], text: str, facets: Facets, without: Collection[str]
    ) -> None:
        """What the parts of a query, as typed, gave; forms of `without` did not match."""
        self._by_doc: dict[int, list[tuple[_Part, float]]] = {}
        for one in gave:
            part = _Part(one, _asked(one, text), Marker(_alone(one), facets, without))
            for doc, score in zip(one.found.docs.tolist(), one.found.scores.tolist(), strict=True):
                self._by_doc.setdefault(doc, []).append((part, score))

    def of(self, doc: int, release: Release, score: float, fresh: float) -> Explanation:
        """Why a document has its score; `fresh` is what being recent gave of it."""
        reasons = (_reason(part, own, release) for part, own in self._by_doc.get(doc, ()))
        return Explanation(score, (*reasons, *_recent(fresh, release)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a query, as it was typed and as it is found in a text."""

    gave: Contribution
    asked: str
    marker: Marker


def _reason(part: _Part, score: float, release: Release) -> Reason:
    return Reason(
        asked=part.asked,
        rule=part.gave.rule,
        language=part.gave.language,
        forms=part.marker.forms(release),
        score=round(score, SCORE_DECIMALS),
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
            return _typed(gave.stands_for, text) or text
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
