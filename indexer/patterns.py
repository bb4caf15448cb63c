"""Prefixes, wildcards and fuzzy words, turned into words of a lexicon, within bounds."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from indexer.analysis import normalize
from indexer.errors import UserError
from indexer.lexicon import Lexicon, Numbers
from indexer.query import Fuzzy, Prefix, Wildcard

Pattern = Prefix | Wildcard | Fuzzy

MAX_TERMS = 1_024
"""Terms that one pattern may stand for; the answer says when there were more."""

MAX_EXAMINED = 65_536
"""Words that are compared with one pattern, of those whose letters and length fit: some 30 ms.
The answer says when there were more; that takes an archive of millions of words."""

MAX_STARS = 4
"""Stars in one pattern: matching costs a power of their number."""


def terms_like(pattern: Pattern, lexicon: Lexicon) -> tuple[Numbers, bool]:
    """The numbers of the words that a pattern stands for, and whether a bound cut them.

    Those of a fuzzy word come the nearest first, others in the order of the lexicon. Raises
    UserError for a pattern with too many stars.
    """
    match pattern:
        case Prefix(text):
            found = lexicon.with_prefix(normalize(text))
            return np.arange(found.start, min(found.stop, found.start + MAX_TERMS)), (
                len(found) > MAX_TERMS
            )
        case Wildcard():
            return _of_shape(pattern, lexicon)
        case Fuzzy(text, edits):
            return _within(normalize(text), edits, lexicon)


@lru_cache(maxsize=256)
def wildcard_expression(pattern: Wildcard) -> re.Pattern[str]:
    """The regular expression of a wildcard pattern, for normalized words.

    Raises UserError for a pattern with too many stars.
    """
    shape = re.sub(r"\*+", "*", pattern.pattern)
    if shape.count("*") > MAX_STARS:
        raise UserError(
            f"a pattern takes at most {MAX_STARS} stars",
            code="bad_pattern",
            position=pattern.span.start,
            hint="shorten it",
        )
    pieces = [
        {"*": ".*", "?": "."}.get(p) or re.escape(normalize(p)) for p in re.split(r"([*?])", shape)
    ]
    return re.compile("".join(pieces), re.DOTALL)


def _of_shape(pattern: Wildcard, lexicon: Lexicon) -> tuple[Numbers, bool]:
    fits = wildcard_expression(pattern).fullmatch
    first, *others = map(normalize, re.split(r"[*?]", pattern.pattern))
    least = len(first) + sum(map(len, others)) + pattern.pattern.count("?")
    among = lexicon.with_prefix(first)
    likely = lexicon.shapes.holding(among, "".join(others), least)
    examined = likely[:MAX_EXAMINED]
    found = examined[[fits(word) is not None for word in lexicon.words(examined)]]
    return found[:MAX_TERMS], len(likely) > MAX_EXAMINED or len(found) > MAX_TERMS


def _within(word: str, edits: int, lexicon: Lexicon) -> tuple[Numbers, bool]:
    likely = lexicon.shapes.near(word, edits)
    examined = likely[:MAX_EXAMINED]
    far = distances(word, lexicon.words(examined), edits)
    # The nearest first, so that the bound cuts the farthest.
    order = np.argsort(far, kind="stable")
    order = order[: int(np.count_nonzero(far <= edits))]
    cut = len(likely) > MAX_EXAMINED or len(order) > MAX_TERMS
    return examined[order[:MAX_TERMS]], cut


def nearest(pattern: Pattern, words: Collection[str]) -> list[str]:
    """Words that a pattern stands for, in the order in which a bound leaves them out last."""
    ordered = sorted(words)
    if not isinstance(pattern, Fuzzy):
        return ordered
    far = distances(normalize(pattern.text), ordered, pattern.edits)
    return [ordered[at] for at in np.argsort(far, kind="stable").tolist()]


def distances(word: str, others: Sequence[str], most: int) -> NDArray[np.uint8]:
    """How many edits each of these words is away; `most` + 1 stands for more than `most`.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string
    alignment).
    """
    if not others:
        return np.empty(0, np.uint8)
    found: NDArray[np.uint8] = cdist(
        [word], others, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8
    )[0]
    return found
