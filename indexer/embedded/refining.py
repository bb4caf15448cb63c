"""The order of many plain words, refined: first by kindred words, then by the best hits so far.

Neither adds a hit or loses one.
"""

from collections.abc import Callable

from indexer.embedded.feedback import Feedback
from indexer.embedded.finding import Found
from indexer.embedded.kindred import Kindred
from indexer.embedded.leaves import Leaves
from indexer.embedded.versions import Versions
from indexer.kernels.tops import Precedence
from indexer.release import Release
from indexer.request import SearchRequest, Sort
from indexer.rewriting import plain_parts

MANY = 4
"""Plain words that tell enough of what is sought; fewer are ranked by themselves alone."""


class Refining:
    """Refines what a snapshot finds; threads may share it."""

    def __init__(self, leaves: Leaves, load: Callable[[int], Release]) -> None:
        self._kindred = Kindred(leaves)
        self._feedback = Feedback(leaves, load)

    def close(self) -> None:
        """Let go of what is kept."""
        self._kindred.close()
        self._feedback.close()

    def refined(
        self, request: SearchRequest, found: Found, versions: Versions, precedence: Precedence
    ) -> Found:
        """What is found, in a better order by relevance, if it was asked by many plain words."""
        many = len(plain_parts(found.query)) >= MANY
        if not (many and request.feedback and request.sort is Sort.RELEVANCE):
            return found
        return self._feedback.refined(self._kindred.refined(found), versions, precedence)
