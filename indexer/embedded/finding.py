"""What a request finds, before filters.

Its query as it is meant; where that finds too little, one that asks for some of its words.
"""

from typing import NamedTuple

from indexer.embedded.evaluate import Evaluation
from indexer.embedded.explain import Contribution
from indexer.embedded.leaves import Leaves
from indexer.embedded.meaning import Meaning
from indexer.kernels.scored import Scored
from indexer.query import Query
from indexer.request import SearchRequest
from indexer.rewriting import described, relaxed

SOME_WORDS = "No release has all of these words; these have some of them."
SOME_FOLLOW = "Releases with all of these words: {}; they come first, the others have some of them."

ENOUGH = 10
"""Where so many releases, a page of them, have all words of a description, no others follow."""


class Found(NamedTuple):
    """What a query matches, and how it was looked up."""

    query: Query
    evaluated: Query
    """The query itself, or the one that asks for some of its words."""
    matched: Scored
    notices: tuple[str, ...]
    leaves: Leaves
    without: tuple[str, ...]
    """Forms of words that must not match."""
    plain: Scored
    """What matched, scored without what having all the words gave."""
    complete: int = 0
    """How many documents match the query itself."""
    refinements: tuple[Contribution, ...] = ()
    """What kindred words, and being like the best hits, gave on top."""

    @property
    def top(self) -> float:
        """The best score, without what having all the words gave."""
        return float(self.plain.scores.max(initial=0.0))


def find(request: SearchRequest, meaning: Meaning, leaves: Leaves) -> Found:
    """The documents that a request matches, before filters. Raises UserError."""
    query, leaves = meaning.of(request), leaves.without(request.without_forms)
    matched, notices = evaluated(query, leaves)
    found = Found(
        query, query, matched, notices, leaves, request.without_forms, matched, len(matched)
    )
    if len(matched) >= ENOUGH:
        return found
    some = described(query) if len(matched) else relaxed(query)
    return found if some is None else _wider(found, some)


def _wider(found: Found, some: Query) -> Found:
    """What matches some of the words, where that is more; those with all come first."""
    every = found.complete
    matched, notices = evaluated(some, found.leaves)
    if len(matched) == every:
        return found
    told = SOME_FOLLOW.format(every) if every else SOME_WORDS
    notices = tuple(dict.fromkeys((*found.notices, *notices, told)))
    plain = found.matched if every else matched
    return found._replace(evaluated=some, matched=matched, notices=notices, plain=plain)


def evaluated(query: Query, leaves: Leaves) -> tuple[Scored, tuple[str, ...]]:
    """The documents that a query matches, and what the user should be told."""
    evaluation = Evaluation(leaves)
    matched = evaluation.evaluate(query.root)
    return matched, tuple(dict.fromkeys((*query.notices, *evaluation.notices)))
