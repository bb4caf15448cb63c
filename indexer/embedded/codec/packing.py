"""Whole numbers, group by group, in as few bytes as whole-array arithmetic can unpack.

A group (the postings of one term) has one width: no bytes where all its numbers are 0; else 1, 2
or 4 bytes a number. In the widths 1 and 2 the largest value, 255 or 65,535, means “add this and
read on”, so that few large numbers do not widen a group; running sums come out of one cumulative
sum, from which the places that read on are left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.kernels.choice import loops

Numbers = NDArray[np.uint32]
Offsets = NDArray[np.int64]

WIDTHS = (0, 1, 2, 4)
"""Bytes a number; a width is named by its place in this row."""
_TYPES = tuple(map(np.dtype, ("V1", "<u1", "<u2", "<u4")))
_MORE = (0, 255, 65_535, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """Groups of numbers as bytes."""

    codes: NDArray[np.uint8]
    """For each group the number of its width."""
    sizes: Offsets
    """For each group its bytes."""
    content: NDArray[np.uint8]


def pack(values: Numbers, counts: Offsets) -> Packed:
    """Pack groups of `counts` values each; no group may be empty."""
    if not len(counts):
        return Packed(np.empty(0, np.uint8), np.empty(0, np.int64), np.empty(0, np.uint8))
    sizes = _sizes(values, counts)
    codes = np.argmin(sizes, axis=0).astype(np.uint8)
    chosen = sizes[codes, np.arange(len(counts))]
    content = np.empty(int(chosen.sum()), np.uint8)
    code_of_value = np.repeat(codes, counts)
    code_of_byte = np.repeat(codes, chosen)
    for code in (1, 2, 3):
        if (codes == code).any():
            content[code_of_byte == code] = _units(values[code_of_value == code], code)
    return Packed(codes, chosen, content)


def _sizes(values: Numbers, counts: Offsets) -> NDArray[np.int64]:
    """The bytes of each group in each width; the first row is out of reach where one is not 0."""
    starts = np.cumsum(counts) - counts
    sizes = np.empty((4, len(counts)), np.int64)
    sizes[0] = np.where(np.maximum.reduceat(values, starts) == 0, 0, np.iinfo(np.int64).max)
    sizes[1] = counts + _further(values, counts, _MORE[1])
    sizes[2] = 2 * (counts + _further(values, counts, _MORE[2]))
    sizes[3] = 4 * counts
    return sizes


def _further(values: Numbers, counts: Offsets, more: int) -> Offsets:
    """How many units each group needs besides one for each value."""
    if values.max() < more:
        return np.zeros(len(counts), np.int64)
    running = np.cumsum(values // np.uint32(more), dtype=np.int64)
    return np.diff(running[np.cumsum(counts) - 1], prepend=0)


def _units(values: Numbers, code: int) -> NDArray[np.uint8]:
    kind, more = _TYPES[code], _MORE[code]
    if not more or values.max() < more:
        return values.astype(kind).view(np.uint8)
    further = values // np.uint32(more)
    places = np.cumsum(further, dtype=np.int64)
    places += np.arange(len(values))
    units = np.full(int(places[-1]) + 1, more, kind)
    units[places] = values - further * np.uint32(more)
    return units.view(np.uint8)


def sums(content: NDArray[np.uint8], code: int, count: int) -> Numbers:
    """The running sums of the `count` numbers of one group, modulo 2 to the 32nd."""
    if code == 0:
        return np.zeros(count, np.uint32)
    found: Numbers = loops.running_sums(content.view(_TYPES[code]), _MORE[code], count)
    return found


def sums_of_parts(
    content: NDArray[np.uint8], code: int, count: int, starts: Offsets, sizes: Offsets
) -> Numbers:
    """The running sums of parts of one group of `count` numbers, each part on its own.

    `starts` gives the first number of each part, `sizes` how many it has, none 0. Only these are
    read.
    """
    if code == 0:
        return np.zeros(int(sizes.sum()), np.uint32)
    units = content.view(_TYPES[code])
    if len(units) == count:
        found: Numbers = loops.sums_of_parts(units, starts, sizes)
    else:
        found = loops.sums_of_long_parts(units, _MORE[code], starts, sizes)
    return found


def numbers(content: NDArray[np.uint8], code: int, count: int) -> Numbers:
    """The `count` numbers of one group."""
    if code and len(content) == count * WIDTHS[code]:
        return content.view(_TYPES[code]).astype(np.uint32)
    running = sums(content, code, count)
    values = running.copy()
    values[1:] -= running[:-1]
    return values


def differences(ends: Offsets) -> Offsets:
    """The sizes of parts that lie between these ends."""
    return ends[1:] - ends[:-1]


def many(
    content: NDArray[np.uint8], codes: NDArray[np.uint8], sizes: Offsets, counts: Offsets
) -> Numbers:
    """The numbers of many groups that lie one behind the other."""
    values = np.zeros(int(counts.sum()), np.uint32)
    code_of_value = np.repeat(codes, counts)
    code_of_byte = np.repeat(codes, sizes)
    for code in (1, 2, 3):
        wanted = code_of_value == code
        if wanted.any():
            values[wanted] = numbers(content[code_of_byte == code], code, int(wanted.sum()))
    return values


def sums_in_groups(values: Numbers, counts: Offsets) -> Numbers:
    """The running sums of each group on its own; no group may be empty."""
    return from_zero(np.cumsum(values, dtype=np.uint32), counts)


def from_zero(running: Numbers, counts: Offsets) -> Numbers:
    """Running sums through many groups, none empty, as those of each group on its own."""
    before = np.zeros(len(counts), np.uint32)
    before[1:] = running[np.cumsum(counts)[:-1] - 1]
    return running - np.repeat(before, counts)


def narrow(values: NDArray[np.int64]) -> NDArray[np.unsignedinteger]:
    """The same numbers, none below 0, in the smallest type that holds the largest."""
    largest = int(values.max()) if len(values) else 0
    kinds: tuple[type[np.unsignedinteger], ...] = (np.uint8, np.uint16, np.uint32, np.uint64)
    kind = next(k for k in kinds if largest <= np.iinfo(k).max)
    return values.astype(kind)
