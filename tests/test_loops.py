"""The loops of numpy and the compiled ones, each against its definition.

1. Sums, maxima and what is taken out of them are those of dictionaries.
2. What two rows have in common is the intersection, and where it stands.
3. A score that k reach is one that k reach; the best are the first of a sorted list.
4. Counts are those of a Counter.
5. Sums of parts of a row are those of each part, however many units its numbers have; windows
   are those that brute force finds.
6. The environment switches the compiled loops off, or loads them at once; else they come later.
"""

import os
import subprocess
import sys
from bisect import bisect_left
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from random import Random
from types import ModuleType
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.kernels import tops, windows
from indexer.kernels.choice import SWITCH, chosen
from indexer.kernels.dense import Accumulators
from indexer.kernels.windows import BITS

without_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")

SIZE = 4_000
numbers = st.sets(st.integers(0, SIZE - 1), max_size=60)
many = st.builds(
    lambda start, stop, step: set(range(start, stop, step)),
    st.integers(0, SIZE // 2),
    st.integers(0, SIZE),
    st.integers(1, 5),
)
"""Rows so long that few numbers are looked up in them one by one."""
rows = st.one_of(numbers, many)
fast = settings(max_examples=100, deadline=None)


@pytest.fixture(scope="module", params=["loops", pytest.param("compiled", marks=without_numba)])
def loops(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(f"indexer.kernels.{request.param}")


def row(values: set[int], kind: type = np.int32) -> np.ndarray:
    return np.array(sorted(values), kind)


scored_rows = st.lists(
    st.dictionaries(st.integers(0, SIZE - 1), st.sampled_from([0.0, 0.5, 2.0, 9.25]), min_size=1),
    min_size=1,
    max_size=4,
)


def pair(scores: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    return row(set(scores)), np.array([scores[doc] for doc in sorted(scores)], float)


def pairs(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, float]]:
    docs, scores = found
    assert docs.dtype == np.int32
    return list(zip(docs.tolist(), scores.tolist(), strict=True))


@fast
@given(scored_rows)
def test_1_sums_and_maxima(loops: ModuleType, parts: list[dict[int, float]]) -> None:
    docs = sorted(set().union(*parts))
    each = [[part.get(doc, 0.0) for part in parts] for doc in docs]
    # Twice: what one union leaves behind must not be in the next one.
    for _ in range(2):
        found = loops.summed([pair(part) for part in parts])
        assert pairs(found) == list(zip(docs, map(sum, each), strict=True))
        found = loops.highest([pair(part) for part in parts])
        assert pairs(found) == list(zip(docs, map(max, each), strict=True))


@fast
@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from([0.5, 2.0])), min_size=1))
def test_1_the_same_number_twice_is_added_twice(
    loops: ModuleType, values: list[tuple[int, float]]
) -> None:
    expected: Counter[int] = Counter()
    for doc, value in values:
        expected[doc] += value
    docs, scores = (np.array(one) for one in zip(*values, strict=True))
    assert pairs(loops.added(docs.astype(np.int32), scores)) == sorted(expected.items())


def test_1_after_an_error_nothing_is_left_behind() -> None:
    def fail() -> None:
        with Accumulators(9) as (total, marks):
            total[3] = marks[0] = 1
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    with Accumulators(9) as (total, marks):
        assert not total.any()
        assert not marks.any()


@fast
@given(rows, rows, st.floats(0, 9))
def test_2_both(loops: ModuleType, left: set[int], right: set[int], score: float) -> None:
    found = loops.both(row(left), row(left) + 0.5, row(right), np.full(len(right), score))
    assert pairs(found) == [(doc, doc + 0.5 + score) for doc in sorted(left & right)]


@fast
@given(rows, rows)
def test_2_common(loops: ModuleType, left: set[int], right: set[int]) -> None:
    own, their = loops.common(row(left), row(right))
    assert row(left)[own].tolist() == sorted(left & right)
    assert row(right)[their].tolist() == sorted(left & right)


@fast
@given(rows, rows)
def test_2_follow(loops: ModuleType, left: set[int], right: set[int]) -> None:
    one, other = sorted((left, right), key=len)
    found = loops.follow(row(one, np.int64), row(other, np.int64))
    assert found.tolist() == sorted(left & right)


@fast
@given(rows, rows)
def test_2_passing(loops: ModuleType, hits: set[int], among: set[int]) -> None:
    mask = np.zeros(SIZE, np.bool_)
    mask[sorted(among)] = True
    found = loops.passing(row(hits), row(hits) + 0.5, mask)
    assert pairs(found) == [(doc, doc + 0.5) for doc in sorted(hits & among)]


@fast
@given(st.lists(st.integers(0, 50), min_size=2, max_size=5_000), st.data())
def test_3_reached(scores: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, min(len(scores) - 1, 20)))
    for kind in (np.float64, np.int64):
        reached = tops.reached(np.array(scores, kind), k)
        assert sum(score >= reached for score in scores) >= k


ORDERS = ["as they come", "rising", "falling"]


@fast
@given(
    st.lists(st.sampled_from([0.0, 1.0, 1.0 + 1e-9, 2.5, 7.0]), min_size=1, max_size=3_000),
    st.sampled_from(ORDERS),
    st.integers(1, 200),
    st.randoms(use_true_random=False),
)
def test_3_the_best(
    loops: ModuleType, scores: list[float], order: str, wanted: int, random: Random
) -> None:
    if order != ORDERS[0]:
        scores.sort(reverse=order == ORDERS[2])
    precedence = list(range(len(scores)))
    random.shuffle(precedence)
    expected = sorted(
        ((round(score, 6), precedence[doc], doc) for doc, score in enumerate(scores)), reverse=True
    )[:wanted]
    docs = np.arange(len(scores), dtype=np.int32)
    found = loops.best(docs, np.array(scores), np.array(precedence, np.int64), wanted, 6)
    assert pairs(found) == [(doc, score) for score, _, doc in expected]


@fast
@given(st.lists(st.lists(st.integers(0, 6), max_size=3), min_size=1, max_size=40), st.data())
def test_4_counts(loops: ModuleType, values: list[list[int]], data: st.DataObject) -> None:
    docs = row(data.draw(st.sets(st.integers(0, len(values) - 1))))
    ends = np.cumsum([0, *map(len, values)]).astype(np.int32)
    flat = np.array([v for own in values for v in own], np.int32)
    expected = Counter(v for doc in docs for v in values[doc])
    counts = loops.counted_many(ends, flat, docs, 7)
    assert counts.tolist() == [expected[value] for value in range(7)]
    first = np.array([own[0] if own else 7 for own in values], np.int32)
    expected = Counter(first[docs].tolist())
    assert loops.counted(first, docs, 8).tolist() == [expected[value] for value in range(8)]


@fast
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(3, 9)), min_size=1), st.data())
def test_4_counts_of_rows(
    loops: ModuleType, table: list[tuple[int, int]], data: st.DataObject
) -> None:
    docs = row(data.draw(st.sets(st.integers(0, len(table) - 1))))
    expected = Counter(value for doc in docs for value in table[doc])
    for kind in (np.uint16, np.int32):
        counts = loops.counted_rows(np.array(table, kind), docs, 10)
        assert counts.tolist() == [expected[value] for value in range(10)]


@fast
@given(
    st.lists(st.integers(0, 9), min_size=1),
    st.sampled_from([np.uint8, np.uint16, np.uint32]),
)
def test_5_running_sums(loops: ModuleType, values: list[int], kind: type) -> None:
    expected = np.cumsum(values).tolist()
    found = loops.running_sums(np.array(values, kind), 0, len(values))
    assert found.dtype == np.uint32
    assert found.tolist() == expected
    units = np.array([unit for n in values for unit in [3] * (n // 3) + [n % 3]], kind)
    assert loops.running_sums(units, 3, len(values)).tolist() == expected


@fast
@given(
    st.lists(st.lists(st.sampled_from("abcx"), max_size=9), min_size=1, max_size=4),
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1),
    st.integers(1, 12),
)
def test_5_windows(
    loops: ModuleType, texts: list[list[str]], needed: dict[str, int], width: int
) -> None:
    words = [
        np.array(
            [
                (doc << BITS) + at
                for doc, text in enumerate(texts)
                for at, own in enumerate(text)
                if own == word
            ],
            np.int64,
        )
        for word in needed
    ]
    assume(all(map(len, words)))
    holding = Counter(
        doc
        for doc, text in enumerate(texts)
        for first in range(len(text))
        for last in range(first, min(first + width, len(text)))
        if _holds(text[first : last + 1], needed)
        and not _holds(text[first + 1 : last + 1], needed)
        and not _holds(text[first:last], needed)
    )
    for at_once in (2, 1 << 14):
        with patch.object(windows, "_AT_ONCE", at_once):
            found = loops.windows(words, list(needed.values()), width)
        assert pairs(found) == sorted(holding.items())


def _holds(text: list[str], needed: dict[str, int]) -> bool:
    return all(text.count(word) >= count for word, count in needed.items())


@fast
@given(st.sets(st.binary(max_size=3)), st.binary(max_size=4), st.data())
def test_6_at_or_after(
    loops: ModuleType, words: set[bytes], wanted: bytes, data: st.DataObject
) -> None:
    ordered = sorted(words)
    low, high = sorted(data.draw(st.integers(0, len(words))) for _ in range(2))
    text = np.frombuffer(b"".join(ordered), np.uint8)
    for kind in (np.uint8, np.uint64):
        ends = np.cumsum([0, *map(len, ordered)]).astype(kind)
        found = loops.at_or_after(text, ends, low, high, wanted)
        assert found == low + bisect_left(ordered[low:high], wanted)


@fast
@given(st.dictionaries(st.integers(0, 9), st.integers(1, 99)), st.floats(0, 3), st.floats(0.1, 1))
def test_7_weighed(loops: ModuleType, times: dict[int, int], slope: float, base: float) -> None:
    lengths = np.arange(100, 110, dtype=np.uint16)
    counts = np.array([times[doc] for doc in sorted(times)], np.uint32)
    found = loops.weighed(row(set(times)), counts, lengths, slope, base, 2.5)
    assert found.tolist() == [
        times[doc] * (2.5 / ((100 + doc) * slope + base)) for doc in sorted(times)
    ]


@fast
@given(
    st.lists(st.tuples(st.lists(st.integers(0, 9), min_size=1), st.booleans()), max_size=9),
    st.sampled_from([np.uint8, np.uint16]),
)
def test_5_sums_of_parts(
    loops: ModuleType, parts: list[tuple[list[int], bool]], kind: type
) -> None:
    """Numbers from 0 to 9 in units of 3 at the most, or of 9; some of the parts are asked for."""
    values = [n for part, _ in parts for n in part]
    sizes = np.array([len(part) for part, _ in parts], np.int64)
    asked = np.array([wanted for _, wanted in parts], np.bool_)
    starts = (np.cumsum(sizes) - sizes)[asked]
    expected = [s for part, wanted in parts if wanted for s in np.cumsum(part).tolist()]
    found = loops.sums_of_parts(np.array(values, kind), starts, sizes[asked])
    assert found.dtype == np.uint32
    assert found.tolist() == expected
    units = np.array([unit for n in values for unit in [3] * (n // 3) + [n % 3]], kind)
    assert loops.sums_of_long_parts(units, 3, starts, sizes[asked]).tolist() == expected


def test_5_sums_of_distant_parts(loops: ModuleType) -> None:
    values = [7 * number % 11 for number in range(3_000)]
    units = np.array([unit for n in values for unit in [3] * (n // 3) + [n % 3]], np.uint8)
    starts = np.array([0, 2, 70, 700, 2_998], np.int64)
    expected = [s for at in starts.tolist() for s in np.cumsum(values[at : at + 2]).tolist()]
    found = loops.sums_of_long_parts(units, 3, starts, np.full(5, 2))
    assert found.tolist() == expected


def said(program: str, switch: dict[str, str]) -> str:
    others = {name: value for name, value in os.environ.items() if name != SWITCH}
    answer = subprocess.run(
        [sys.executable, "-c", f"from indexer.kernels import choice; {program}"],
        env=others | switch,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not answer.stderr
    return answer.stdout.strip()


@pytest.mark.parametrize(
    ("switch", "expected"), [("0", "numpy"), pytest.param("1", "numba", marks=without_numba)]
)
def test_8_the_environment_chooses(switch: str, expected: str) -> None:
    for program in ("pass", "choice.load_soon()"):
        assert said(f"{program}; print(choice.loops.NAME)", {SWITCH: switch}) == expected


@without_numba
def test_8_the_compiled_ones_come_after_a_while() -> None:
    soon = "choice.DELAY = 0; choice.load_soon(); print(choice.loops.NAME)"
    assert said(soon, {}) == "numpy"
    assert said(f"{soon}; choice._loading.join(); print(choice.loops.NAME)", {}) == "numpy\nnumba"


def test_8_whoever_asks_once_does_not_wait_for_them() -> None:
    asked = "choice.DELAY = 600; choice.load_soon(); choice.load_soon(); print(choice.loops.NAME)"
    assert said(asked, {}) == "numpy"
    assert said("import sys; print('numba' in sys.modules)", {}) == "False"


def test_8_without_numba_those_of_numpy_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "indexer.kernels.compiled", None)
    assert chosen().NAME == "numpy"
