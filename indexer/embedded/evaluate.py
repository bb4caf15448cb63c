"""A query tree evaluated over arrays: each node becomes a scored set of documents.

Nothing is recorded on the way: `explain` finds out afterwards why a document is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.embedded.leaves import Leaves, Parts
from indexer.embedded.schema import PARTS
from indexer.kernels import scored
from indexer.kernels.bm25 import idf
from indexer.kernels.dense import Docs
from indexer.kernels.scored import Scored
from indexer.patterns import MAX_TERMS
from indexer.query import (
    And,
    ExactWord,
    InTitle,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Tagged,
    Translated,
    Word,
)

TAG_WEIGHT = 0.5
"""A release that carries the name in another spelling ranks under one that has the words."""

MORE_OF_ALIKE = 0.2
"""What the hit that is most like the best ones gets on top, as a share of the score of the best."""

MORE_OF_KINDRED = 0.5
"""What a hit gets on top for kindred words at the most, as a share of the score of the best."""

CUT = f"A pattern stands for too many words: {MAX_TERMS:,} of them were searched at the most."


@dataclass
class Evaluation:
    """One evaluation of one query; it collects what the user should be told."""

    leaves: Leaves
    notices: list[str] = field(default_factory=list)

    def evaluate(self, node: Node, parts: Parts = PARTS) -> Scored:
        """The documents that a node matches, with their scores.

        Raises UserError for a leaf that cannot be understood.
        """
        match node:
            case Word() | ExactWord() | Phrase():
                return self._leaf(node, parts)
            case And(children):
                return self._all_of(children, parts)
            case Or(children, all_first):
                found = [self.evaluate(child, parts) for child in children]
                total = scored.union_sum(found)
                return scored.union_sum([total, lift(found, total)]) if all_first else total
            case Not(child):
                return self._without(self.leaves.everything, child, parts)
            case Required(child):
                return self.evaluate(child, parts)
            case InTitle(child):
                return self.evaluate(child, ("title",))
            case Tagged(facet, value, child):
                direct = self.evaluate(child, parts)
                return scored.union_max([direct, tagged(self.leaves, facet, value)])
            case Translated(child, translations):
                direct = self.evaluate(child, parts)
                rarity = self.leaves.rarity(child, parts)
                others = [self.leaves.translated(one, parts, rarity) for one in translations]
                return scored.union_max([direct, *others])
            case leaf:
                return self._leaf(leaf, parts)

    def _leaf(self, leaf: Leaf, parts: Parts) -> Scored:
        found = self.leaves.find(leaf, parts)
        if found.cut:
            self.notices.append(CUT)
        return found.scored

    def _all_of(self, children: Sequence[Node], parts: Parts) -> Scored:
        wanted = [self.evaluate(c, parts) for c in children if not isinstance(c, Not)]
        found = scored.intersect_sum(wanted) if wanted else self.leaves.everything
        for child in children:
            if isinstance(child, Not):
                found = self._without(found, child.child, parts)
        return found

    def _without(self, found: Scored, excluded: Node, parts: Parts) -> Scored:
        return scored.subtract(found, self.evaluate(excluded, parts).docs)


def lift(found: Sequence[Scored], total: Scored) -> Scored:
    """What documents in all of these sets get on top, to rank above those in some of them.

    Those may still get something for being like the best ones.
    """
    docs = scored.intersect_sum(found).docs
    most = (1 + MORE_OF_KINDRED + MORE_OF_ALIKE) * float(total.scores.max()) if len(docs) else 0.0
    return scored.constant(docs, most)


def tagged(leaves: Leaves, facet: str, value: str) -> Scored:
    """The documents that carry a tag, scored as a name that is a word of all of them."""
    docs: Docs = leaves.carrying(facet, value)
    return scored.constant(docs, TAG_WEIGHT * idf(leaves.snapshot.documents, len(docs)))
