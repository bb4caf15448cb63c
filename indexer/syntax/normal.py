"""Nodes put together in normal form, so that one meaning has one tree.

In normal form nested And of one kind, and nested Or, are flat; Not stands only in an And that
has a positive child too (`Everything` where there is no other), and never holds a Not or a
Required; Everything stands in no other And; InTitle holds no InTitle, Required or Not.
"""

from collections.abc import Sequence

from indexer.query import And, Everything, InTitle, Node, Not, Or, Required


def conjunction(nodes: Sequence[Node], *, implicit: bool = False) -> Node:
    """All of `nodes` (at least one); may give a bare Not, which the caller makes `positive`."""
    if len(nodes) == 1:
        return nodes[0]
    flat = [part for node in nodes for part in _parts(node, implicit)]
    negative = [node for node in flat if isinstance(node, Not)]
    telling = [node for node in flat if not isinstance(node, Everything)]
    if not telling:
        return Everything()
    if len(telling) == 1:
        return telling[0]
    if len(negative) == len(telling):
        return And((Everything(), *negative))
    return And(tuple(telling), implicit)


def _parts(node: Node, implicit: bool) -> tuple[Node, ...]:
    if isinstance(node, And) and (node.implicit == implicit or only_negative(node)):
        return node.children
    return (node,)


def only_negative(node: And) -> bool:
    """Whether it holds Everything but what its other children, all Not, match."""
    first, *others = node.children or (None,)
    return isinstance(first, Everything) and all(isinstance(one, Not) for one in others)


def disjunction(nodes: Sequence[Node]) -> Node:
    """Any of `nodes` (at least one)."""
    if len(nodes) == 1:
        return nodes[0]
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, Or) else (positive(node),))
    return Or(tuple(flat))


def positive(node: Node) -> Node:
    """The node as one that can stand alone: a Not is everything but what it holds."""
    return And((Everything(), node)) if isinstance(node, Not) else node


def negated(node: Node) -> Node:
    """All but `node`."""
    match node:
        case Not(child):
            return child
        case Required(child):
            return Not(child)
    return Not(node)


def required(node: Node) -> Node:
    """The node with a plus sign; a Not and a Required are so already."""
    return node if isinstance(node, Not | Required) else Required(node)


def in_title(node: Node) -> Node:
    """The node in the title alone; a sign moves outside."""
    match node:
        case Not(child):
            return Not(in_title(child))
        case Required(child):
            return Required(in_title(child))
        case InTitle():
            return node
    return InTitle(node)
