"""Groups: the copies and language versions of one release, and which of them stands for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.grouping.fingerprint import Fingerprint
from indexer.grouping.links import MAX_DAYS, Link, links
from indexer.release import Certainty

RULES = {
    "stands": "the release that stands for the group",
    "same-address": "both were crawled from one address",
    "near-duplicate": "nearly all words are the same",
    "hreflang": "the page says that the other is its version",
    "same-slug": "the addresses differ in their language alone",
    "same-event": "both are about one named event, of nearly one day",
    "same-facts": "names, numbers and tags agree",
}
"""Why a release is in a group, by the name of the rule."""

_TRUST = {Certainty.PRINTED: 0, Certainty.INFERRED: 1, Certainty.UNKNOWN: 2}


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A release of a group, and why it is in it."""

    id: str
    language: str
    rule: str
    """One of `RULES`; `stands` for the first."""
    evidence: str


@dataclass(frozen=True, slots=True)
class Group:
    """One release in all its copies and languages.

    Its id is that of the release that stands for it, the first member: the one with the surest
    date, of those the earliest, of those the longest, of those the one with the smallest id.
    """

    members: tuple[GroupMember, ...]

    @property
    def id(self) -> str:
        """The id of the release that stands for the group."""
        return self.members[0].id


def group(prints: Sequence[Fingerprint]) -> list[Group]:
    """The groups of two and more by their ids; the order of `prints` makes no difference."""
    ordered = sorted(prints, key=lambda each: each.id)
    forest = _Forest(ordered)
    why: dict[int, Link] = {}
    for link in links(ordered):
        if forest.join(link):
            why.setdefault(link.other, link)
            why.setdefault(link.one, link)
    found = (_group([ordered[at] for at in tree], tree, why) for tree in forest.trees())
    return sorted(found, key=lambda each: each.id)


def _group(prints: list[Fingerprint], places: list[int], why: dict[int, Link]) -> Group:
    pairs = sorted(zip(prints, places, strict=True), key=lambda pair: _standing(pair[0]))
    first = pairs[0][0]
    members = [GroupMember(first.id, first.language, "stands", "")]
    members += [
        GroupMember(each.id, each.language, why[at].rule, why[at].evidence)
        for each, at in pairs[1:]
    ]
    return Group(tuple(members))


def _standing(each: Fingerprint) -> tuple[int, int, int, str]:
    return _TRUST[each.certainty], each.first_day or 0, -each.words, each.id


class _Forest:
    """Releases joined to trees, whose days stay close together (union-find)."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self._parent = list(range(len(prints)))
        self._days = [(each.day, each.day) for each in prints]

    def join(self, link: Link) -> bool:
        """Join two trees, unless a chain of links would bring together what lies far apart."""
        one, other = self._root(link.one), self._root(link.other)
        if one == other:
            return True
        days = [day for tree in (one, other) for day in self._days[tree] if day is not None]
        if days and max(days) - min(days) > MAX_DAYS:
            return False
        self._parent[max(one, other)] = min(one, other)
        self._days[min(one, other)] = (min(days), max(days)) if days else (None, None)
        return True

    def trees(self) -> Iterator[list[int]]:
        """The trees of more than one release."""
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self._parent)):
            found[self._root(at)].append(at)
        return (tree for tree in found.values() if len(tree) > 1)

    def _root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at
