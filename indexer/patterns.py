"""Prefixes, wildcards and fuzzy words, turned into terms of the index, within bounds."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from indexer.analysis import normalize
from indexer.errors import UserError
from indexer.query import Fuzzy, Prefix, Wildcard

MAX_TERMS = 1_024
"""Terms that one pattern may stand for; the answer says when there were more."""

MAX_STARS = 4
"""Stars in one pattern: matching costs a power of their number."""


def terms_like(
    pattern: Prefix | Wildcard | Fuzzy, lexicon: Sequence[str]
) -> tuple[list[str], bool]:
    """The terms of a sorted lexicon that a pattern stands for, and whether the bound cut them.

    Raises UserError for a pattern with too many stars.
    """
    terms = list(islice(_all_like(pattern, lexicon), MAX_TERMS + 1))
    return terms[:MAX_TERMS], len(terms) > MAX_TERMS


def _all_like(pattern: Prefix | Wildcard | Fuzzy, lexicon: Sequence[str]) -> Iterable[str]:
    match pattern:
        case Prefix(text):
            return _with_prefix(normalize(text), lexicon)
        case Wildcard():
            return _of_shape(pattern, lexicon)
        case Fuzzy(text, edits):
            return _within(normalize(text), edits, lexicon)


def _with_prefix(prefix: str, lexicon: Sequence[str]) -> Iterable[str]:
    for at in range(bisect_left(lexicon, prefix), len(lexicon)):
        if not lexicon[at].startswith(prefix):
            return
        yield lexicon[at]


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


def _of_shape(pattern: Wildcard, lexicon: Sequence[str]) -> Iterable[str]:
    expression = wildcard_expression(pattern)
    prefix = normalize(re.split(r"[*?]", pattern.pattern)[0])
    return (term for term in _with_prefix(prefix, lexicon) if expression.fullmatch(term))


def _within(word: str, edits: int, lexicon: Sequence[str]) -> Iterable[str]:
    near = extract_iter(word, lexicon, scorer=OSA.distance, score_cutoff=edits)
    # The nearest first, so that the bound cuts the farthest.
    return (term for term, _, _ in sorted(near, key=lambda found: (found[1], found[0])))
