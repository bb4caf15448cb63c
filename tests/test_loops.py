"""The loops of numpy and the compiled ones, each against its definition.

1. Sums, maxima and what is taken out of them are those of dictionaries.
2. What two rows have in common is the intersection, and where it stands.
3. A score that k reach is one that k reach.
4. Counts are those of a Counter.
5. Sums of parts of a row are those of each part, however many units its numbers have.
6. The environment switches the compiled loops off, or loads them at once; else they come later.
"""

import os
import subprocess
import sys
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.kernels.choice import SWITCH, chosen

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


@fast
@given(st.lists(st.dictionaries(st.integers(0, 99), st.floats(0.5, 9)), max_size=4), st.booleans())
def test_1_sums_and_maxima(loops: ModuleType, parts: list[dict[int, float]], best: bool) -> None:
    total = np.zeros(100)
    expected: dict[int, float] = {}
    for part in parts:
        docs = row(set(part))
        scores = np.array([part[doc] for doc in docs.tolist()], float)
        (loops.raise_to if best else loops.add)(total, docs, scores)
        for doc, score in part.items():
            known = expected.get(doc, 0.0)
            expected[doc] = max(known, score) if best else known + score
    docs = loops.above_zero(total)
    assert docs.dtype == np.int32
    assert docs.tolist() == sorted(expected)
    assert loops.taken(total, docs).tolist() == [expected[doc] for doc in sorted(expected)]
    assert not total.any()


def test_1_the_same_number_twice_is_added_twice(loops: ModuleType) -> None:
    total = np.zeros(3)
    loops.add(total, np.array([2, 0, 2], np.int32), np.array([1.0, 2.0, 4.0]))
    assert total.tolist() == [2.0, 0.0, 5.0]


@fast
@given(rows, rows)
def test_2_common(loops: ModuleType, left: set[int], right: set[int]) -> None:
    one, other = sorted((left, right), key=len)
    own, their = loops.common(row(one), row(other))
    assert row(one)[own].tolist() == sorted(left & right)
    assert row(other)[their].tolist() == sorted(left & right)


@fast
@given(rows, rows)
def test_2_follow(loops: ModuleType, left: set[int], right: set[int]) -> None:
    one, other = sorted((left, right), key=len)
    found = loops.follow(row(one, np.int64), row(other, np.int64))
    assert found.tolist() == sorted(left & right)


@fast
@given(st.lists(st.integers(0, 50), min_size=2, max_size=5_000), st.data())
def test_3_reached(loops: ModuleType, scores: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, min(len(scores) - 1, 20)))
    for kind in (np.float64, np.int64):
        reached = loops.reached(np.array(scores, kind), k)
        assert sum(score >= reached for score in scores) >= k


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
def test_6_the_environment_chooses(switch: str, expected: str) -> None:
    for program in ("pass", "choice.load_soon()"):
        assert said(f"{program}; print(choice.loops.NAME)", {SWITCH: switch}) == expected


@without_numba
def test_6_the_compiled_ones_come_after_a_while() -> None:
    soon = "choice.DELAY = 0; choice.load_soon(); print(choice.loops.NAME)"
    assert said(soon, {}) == "numpy"
    assert said(f"{soon}; choice._loading.join(); print(choice.loops.NAME)", {}) == "numpy\nnumba"


def test_6_whoever_asks_once_does_not_wait_for_them() -> None:
    asked = "choice.DELAY = 600; choice.load_soon(); choice.load_soon(); print(choice.loops.NAME)"
    assert said(asked, {}) == "numpy"
    assert said("import sys; print('numba' in sys.modules)", {}) == "False"


def test_6_without_numba_those_of_numpy_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "indexer.kernels.compiled", None)
    assert chosen().NAME == "numpy"
