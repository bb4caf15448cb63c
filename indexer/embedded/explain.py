"""Why documents match a query: asked for afterwards, for the few documents of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.embedded.evaluate import Evaluation, lift, tagged
from indexer.embedded.leaves import Leaves, Parts, exact_bonus
from indexer.embedded.schema import PARTS
from indexer.kernels import scored
from indexer.kernels.choice import loops
from indexer.kernels.dense import Docs
from indexer.kernels.scored import Scored
from indexer.query import (
    And,
    DateRange,
    Everything,
    ExactWord,
    FieldValue,
    Fuzzy,
    InTitle,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Required,
    Tagged,
    Translated,
    Translation,
    Wildcard,
    Word,
)

Asked = Leaf | Tagged | Translation | Or
"""What part of a query can give a score."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one leaf, read by one rule in one language, gave to which documents."""

    leaf: Asked
    rule: str
    language: str | None
    found: Scored
    stands_for: Node | None = None
    """What was typed, where the leaf is another form of it."""
    in_title: bool = False
    """Whether only the title was asked."""


Gave = list[Contribution]

_RULES: dict[type[Leaf], str] = {
    Prefix: "prefix",
    Wildcard: "wildcard",
    Fuzzy: "fuzzy",
    FieldValue: "facet",
    DateRange: "date",
}
"""What leaves that have but one reading are called in an explanation."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains some documents, sorted by number, of one snapshot."""

    leaves: Leaves
    docs: Docs

    def contributions(self, root: Node) -> Gave:
        """What the parts of a query gave to these documents; the scores add up to theirs."""
        return self._of(root, PARTS)[1]

    def here(self, gave: Contribution) -> Contribution:
        """What something gave to these documents alone."""
        return replace(gave, found=self._here(gave.found))

    def _of(self, node: Node, parts: Parts) -> tuple[Scored, Gave]:
        match node:
            case And(children):
                return self._all_of(children, parts)
            case Or(children, all_first):
                each = [self._of(child, parts) for child in children]
                gave = [one for _, own in each for one in own]
                total = scored.union_sum([one for one, _ in each])
                if all_first:
                    gave.append(lifted := self._lifted(node, parts))
                    total = scored.union_sum([total, lifted.found])
                return total, gave
            case Not(child):
                return self._without(scored.constant(self.docs), child, parts), []
            case Required(child):
                return self._of(child, parts)
            case InTitle(child):
                found, gave = self._of(child, ("title",))
                return found, [replace(one, in_title=True) for one in gave]
            case Tagged(facet, value, child):
                by_tag = self._here(tagged(self.leaves, facet, value))
                named = Contribution(node, "authority", None, by_tag)
                return _or_better(self._of(child, parts), named)
            case Translated(child, translations):
                return self._translated(translations, child, parts)
            case Word() | ExactWord() | Phrase():
                return self._best(node, parts)
            case Everything():
                return scored.constant(self.docs), []
            case leaf:
                found = self._here(self.leaves.find(leaf, parts).scored)
                return found, [Contribution(leaf, _RULES[type(leaf)], None, found)]

    def _lifted(self, node: Or, parts: Parts) -> Contribution:
        """What having all the words gave; it depends on all documents, not on these alone."""
        every = [Evaluation(self.leaves).evaluate(child, parts) for child in node.children]
        here = self._here(lift(every, scored.union_sum(every)))
        return Contribution(node, "all words", None, here)

    def _here(self, found: Scored) -> Scored:
        return _within(found, self.docs)

    def _all_of(self, children: Sequence[Node], parts: Parts) -> tuple[Scored, Gave]:
        each = [self._of(c, parts) for c in children if not isinstance(c, Not)]
        found = scored.intersect_sum([scored.constant(self.docs), *(one for one, _ in each)])
        for child in children:
            if isinstance(child, Not):
                found = self._without(found, child.child, parts)
        return found, _kept((gave for _, own in each for gave in own), found.docs)

    def _without(self, found: Scored, excluded: Node, parts: Parts) -> Scored:
        return scored.subtract(found, self._of(excluded, parts)[0].docs)

    def _best(self, leaf: Word | ExactWord | Phrase, parts: Parts) -> tuple[Scored, Gave]:
        """Dis-max: each reading has given to the documents in which it is the best.

        The exact one gave its bonus besides.
        """
        readings = self.leaves.readings(leaf, parts)
        found = [self._here(self.leaves.read(one, parts)) for one in readings]
        won = _shared(found)
        if len(found) > 1:
            won[0] = scored.union_sum([won[0], exact_bonus(found)])
        gave = [
            Contribution(leaf, reading.rule, reading.language, one)
            for reading, one in zip(readings, won, strict=True)
        ]
        return scored.union_sum(won), gave

    def _translated(
        self, translations: Sequence[Translation], child: Node, parts: Parts
    ) -> tuple[Scored, Gave]:
        best = self._of(child, parts)
        rarity = self.leaves.rarity(child, parts)
        for one in translations:
            found = self._here(self.leaves.translated(one, parts, rarity))
            best = _or_better(best, Contribution(one, one.rule, one.language, found, child))
        return best


def _or_better(first: tuple[Scored, Gave], other: Contribution) -> tuple[Scored, Gave]:
    """What is there, or one contribution more, whichever scores more."""
    direct, gave = first
    best = scored.union_max([direct, other.found])
    before = direct.scores >= best.scores[np.searchsorted(best.docs, direct.docs)]
    docs = direct.docs[before]
    more = replace(other, found=scored.subtract(other.found, docs))
    return best, [*_kept(gave, docs), more]


def _shared(found: Sequence[Scored]) -> list[Scored]:
    """Each set without the documents in which another is better, or equal and earlier."""
    best = scored.union_max(found)
    taken = np.zeros(len(best), np.bool_)
    won = []
    for one in found:
        places = np.searchsorted(best.docs, one.docs)
        wins = (one.scores >= best.scores[places]) & ~taken[places]
        taken[places[wins]] = True
        won.append(scored.restrict(one, wins))
    return won


def _within(found: Scored, docs: Docs) -> Scored:
    _, places = loops.common(docs, found.docs)
    return scored.at(found, places)


def _kept(gave: Iterable[Contribution], docs: Docs) -> Gave:
    return [replace(one, found=_within(one.found, docs)) for one in gave]
