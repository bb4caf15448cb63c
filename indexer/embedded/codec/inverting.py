"""From documents to postings: one stable sort of all tokens of a field by their terms."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embedded.codec.packing import Numbers, Offsets
from indexer.embedded.codec.postings import Docs, Run

_SHORT = 1 << 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one field: documents one behind the other, each in the order of its text."""

    terms: Numbers
    """For each token the number of its term, in the order of the dictionary."""
    docs: Docs
    """The documents that have tokens, ascending."""
    sizes: Offsets
    """For each of them the number of its tokens."""


def invert(tokens: Tokens) -> tuple[NDArray[np.int64], Run]:
    """The numbers of the terms that occur, ascending, and the postings of each."""
    if not len(tokens.terms):
        none, zero = np.empty(0, np.int64), np.empty(0, np.uint32)
        return none, Run(none, np.empty(0, np.int32), zero, zero)
    order = stable_order(tokens.terms)
    terms = tokens.terms[order]
    rows = np.repeat(np.arange(len(tokens.docs), dtype=np.int32), tokens.sizes)[order]
    starts = np.cumsum(tokens.sizes) - tokens.sizes
    positions = (order - starts[rows]).astype(np.uint32)
    begins = _changes(terms) | _changes(rows)
    postings = np.flatnonzero(begins)
    counts = np.diff(postings, append=len(terms)).astype(np.uint32)
    gaps = positions.copy()
    gaps[1:] -= np.where(begins[1:], np.uint32(0), positions[:-1])
    heads = np.flatnonzero(_changes(terms[postings]))
    run = Run(
        np.diff(heads, append=len(postings)),
        tokens.docs[rows[postings]],
        counts,
        gaps,
    )
    return terms[postings][heads].astype(np.int64), run


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def stable_order(keys: Numbers) -> NDArray[np.int64]:
    """The order that sorts keys and leaves equal ones as they stand.

    numpy sorts numbers of 16 bits by counting them, so two such sorts cost half of one of 32.
    """
    low = (keys & np.uint32(_SHORT - 1)).astype(np.uint16)
    order = np.argsort(low, kind="stable")
    if len(keys) and int(keys.max()) >= _SHORT:
        high = (keys >> np.uint32(16)).astype(np.uint16)
        order = order[np.argsort(high[order], kind="stable")]
    return order
