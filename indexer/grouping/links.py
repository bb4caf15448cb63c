"""Which releases are one: links between two of them, each with its rule and its evidence.

Two releases are never one where both are dated and more than `MAX_DAYS` lie between: the same
words return every year in decisions, greetings and statistics.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, log

import numpy as np

from indexer.grouping.fingerprint import Fingerprint
from indexer.grouping.traits import name_trait
from indexer.kernels.minhash import candidates, resemblance

MAX_DAYS = 7
"""Days between a release and its reprint or translation, at the most."""

NEARLY_SAME = 0.6
"""The resemblance of two copies of one release, at the least: four fifths of the words."""
REPLACED = 0.08
"""The weight of names and numbers that one copy has instead of others, against those in common,
at the most: grants for two towns are told in the same words, but for the town and the sum."""
SAME_PAGE = 0.3
"""The same for what was crawled from one address: pages are edited, and front pages change."""

SUBJECTS = 0.6
"""The share of named events that two language versions have in common (Dice), at the least."""
SAME_EVENT = 0.25
"""The weighted share of names, numbers and tags that two language versions have in common, at the
least, where both are about one named event and one of them is not dated to the day."""
SAME_DAY = 0.25
"""The same for two of one day, without a named event."""
NEAR_DAYS, SAME_DAYS = 3, 0.35
"""The same for two that few days lie between, without a named event."""
UNDATED = 0.6
"""The same for two of which one is not dated to the day."""
COMMON_TRAITS = 3
"""And how many traits must be in common where no event is; twice as many without a day."""
REWORDED = 0.7
"""The weighted share of traits that two wordings of one language have in common, at the least."""
_RARE, _VERY_RARE = 50, 8
"""Releases that bear a trait by which versions are looked for, at the most; and wordings."""
Weights = Mapping[str, float]
_SHOWN = 6
"""Traits that are shown as evidence."""
_PREFIX = re.compile(r"[ntw]:")


@dataclass(frozen=True, slots=True)
class Link:
    """Two releases that are one."""

    one: int
    other: int
    rule: str
    evidence: str


def links(prints: Sequence[Fingerprint]) -> list[Link]:
    """All links among releases, the most certain first."""
    weights = _weights(prints)
    return [
        *_same_address(prints),
        *_near_duplicates(prints, weights),
        *_stated_versions(prints),
        *_same_slug(prints),
        *_same_facts(prints, weights),
        *_reworded(prints, weights),
    ]


def _dated_alike(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the days on which they may have been published come close to each other."""
    if one.first_day is None or other.first_day is None:
        return True
    last_days = one.last_day or one.first_day, other.last_day or other.first_day
    return one.first_day - last_days[1] <= MAX_DAYS and other.first_day - last_days[0] <= MAX_DAYS


def _pairs_by(keys: Iterable[tuple[str | None, int]]) -> Iterator[tuple[int, int]]:
    """Each release with the first of the same key."""
    first: dict[str, int] = {}
    for key, at in keys:
        if key is not None and first.setdefault(key, at) != at:
            yield first[key], at


def _same_address(prints: Sequence[Fingerprint]) -> Iterator[Link]:
    for one, other in _pairs_by((each.url, at) for at, each in enumerate(prints)):
        share = resemblance(prints[one].signature, prints[other].signature)
        if share >= SAME_PAGE and _dated_alike(prints[one], prints[other]):
            yield Link(one, other, "same-address", f"{prints[one].url}, {share:.0%} in common")


def _near_duplicates(prints: Sequence[Fingerprint], weights: Weights) -> Iterator[Link]:
    if len(prints) < 2:
        return
    signatures = np.stack([each.signature for each in prints])
    for one, other in candidates(signatures).tolist():
        left, right = prints[one], prints[other]
        share = resemblance(signatures[one], signatures[other])
        alike = left.language == right.language and _dated_alike(left, right)
        if share >= NEARLY_SAME and alike and _tell_the_same(left, right, weights):
            yield Link(one, other, "near-duplicate", f"{share:.0%} of the words in common")


def _tell_the_same(one: Fingerprint, other: Fingerprint, weights: Weights) -> bool:
    """Whether names and numbers were added to one text alone, and hardly any were replaced."""
    left, right = set(one.traits), set(other.traits)
    common = fsum(weights[trait] for trait in left & right)
    replaced = min(fsum(weights[trait] for trait in own) for own in (left - right, right - left))
    return replaced <= REPLACED * common


def _stated_versions(prints: Sequence[Fingerprint]) -> Iterator[Link]:
    places = {each.url: at for at, each in reversed(list(enumerate(prints))) if each.url}
    for at, each in enumerate(prints):
        for url in each.alternates:
            other = places.get(url, at)
            if other != at and prints[other].language != each.language:
                yield Link(at, other, "hreflang", url)


def _same_slug(prints: Sequence[Fingerprint]) -> Iterator[Link]:
    for one, other in _pairs_by((each.neutral, at) for at, each in enumerate(prints)):
        left, right = prints[one], prints[other]
        if left.language != right.language and _dated_alike(left, right):
            yield Link(one, other, "same-slug", str(left.neutral))


def _same_facts(prints: Sequence[Fingerprint], weights: Weights) -> Iterator[Link]:
    """Versions in other languages by what they tell.

    Two about one named event need to be dated alike. All others must be each the other's best
    match, and have more in common the less is known of their dates.
    """
    if len({each.language for each in prints}) < 2:
        return
    scores = {
        (one, other): _shared_weight(prints[one], prints[other], weights)
        for one, other in _likely_versions(prints, weights)
    }
    best = _best_matches(prints, scores)
    for (one, other), score in sorted(scores.items(), key=lambda each: (-each[1], each[0])):
        left, right = prints[one], prints[other]
        mutual = best[one, right.language] == best[other, left.language] == score
        rule = _rule_of(left, right, score, mutual=mutual)
        if rule:
            yield Link(one, other, rule, _shown(left, right, weights))


def _rule_of(one: Fingerprint, other: Fingerprint, score: float, *, mutual: bool) -> str | None:
    days = None if one.day is None or other.day is None else abs(one.day - other.day)
    if _about_the_same(one.subjects, other.subjects):
        alike = days is not None or (mutual and score >= SAME_EVENT)
        return "same-event" if alike else None
    if one.subjects and other.subjects:
        return None
    common = len(set(one.traits) & set(other.traits))
    least = COMMON_TRAITS if days is not None else 2 * COMMON_TRAITS
    told = score >= _least_share(days) and common >= least
    return "same-facts" if mutual and told else None


def _about_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether most events are in both: a report on a series is no version of one on a part."""
    common = len(set(one) & set(other))
    return common > 0 and 2 * common >= SUBJECTS * (len(one) + len(other))


def _least_share(days: int | None) -> float:
    """The share of traits that two releases of other dates need without a named event."""
    if days is None:
        return UNDATED
    if days == 0:
        return SAME_DAY
    return SAME_DAYS if days <= NEAR_DAYS else 1.0


def _reworded(prints: Sequence[Fingerprint], weights: Weights) -> Iterator[Link]:
    """One news in two wordings of one language, such as two machine translations."""
    counts: Counter[tuple[int, int]] = Counter()
    for places in _bearers(prints, weights, _VERY_RARE).values():
        counts.update(combinations(places, 2))
    for (one, other), rare in counts.items():
        left, right = prints[one], prints[other]
        near = left.day is not None and right.day is not None and abs(left.day - right.day) <= 1
        if rare >= COMMON_TRAITS and near and left.language == right.language:
            common = set(left.traits) & set(right.traits)
            told = len(common) >= 2 * COMMON_TRAITS
            if told and _shared_weight(left, right, weights) >= REWORDED:
                yield Link(one, other, "same-facts", _shown(left, right, weights))


def _bearers(prints: Sequence[Fingerprint], weights: Weights, most: int) -> dict[str, list[int]]:
    """The releases that bear each trait which two of them have, and no more than `most`."""
    rarest, least = _weight(1, len(prints)), _weight(most, len(prints))
    bearers: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(prints):
        for trait in (*each.traits, *each.subjects):
            if least <= weights[trait] < rarest:
                bearers[trait].append(at)
    return bearers


def _weights(prints: Sequence[Fingerprint]) -> Weights:
    """How much a trait says: the rarer, the more (inverse document frequency)."""
    counts = Counter(trait for each in prints for trait in (*each.traits, *each.subjects))
    of = {count: _weight(count, len(prints)) for count in set(counts.values())}
    return {trait: of[count] for trait, count in counts.items()}


def _weight(bearers: int, releases: int) -> float:
    return log(1 + releases / bearers)


def _likely_versions(prints: Sequence[Fingerprint], weights: Weights) -> set[tuple[int, int]]:
    """Pairs in different languages that share a rare trait and are dated alike."""
    pairs: set[tuple[int, int]] = set()
    for places in _bearers(prints, weights, _RARE).values():
        if len({prints[at].language for at in places}) > 1:
            pairs.update(
                (one, other)
                for one, other in combinations(places, 2)
                if prints[one].language != prints[other].language
                and _dated_alike(prints[one], prints[other])
            )
    return pairs


def _shared_weight(one: Fingerprint, other: Fingerprint, weights: Weights) -> float:
    left, right = set(one.traits), set(other.traits)
    # A plain sum depends in its last digit on the order of a set, which no two runs share.
    total = fsum(weights[trait] for trait in (*left, *right))
    return 2 * fsum(weights[trait] for trait in left & right) / total if total else 1.0


def _best_matches(
    prints: Sequence[Fingerprint], scores: dict[tuple[int, int], float]
) -> dict[tuple[int, str], float]:
    """The best score of each release in each other language."""
    best: dict[tuple[int, str], float] = {}
    for (one, other), score in scores.items():
        for key in ((one, prints[other].language), (other, prints[one].language)):
            best[key] = max(score, best.get(key, 0.0))
    return best


def _shown(one: Fingerprint, other: Fingerprint, weights: Weights) -> str:
    """The most telling traits in common, names as the second release writes them."""
    common = {*one.traits, *one.subjects} & {*other.traits, *other.subjects}
    written = {name_trait(name): name for name in other.names}
    telling = sorted(common, key=lambda trait: (-weights[trait], trait))[:_SHOWN]
    return ", ".join(written.get(trait) or _PREFIX.sub("", trait) for trait in telling)
