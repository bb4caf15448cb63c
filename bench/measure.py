"""Queries put to all engines in turn, in one process: first whether they agree, then how long."""

import gc
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

from bench.asked import Answer, Asked, Mode, QueryClass
from bench.engines import Engine

Cell = tuple[QueryClass, Mode]
Same = TypeVar("Same")


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the warm answers of one engine took, in milliseconds."""

    p50: float
    p95: float
    answers: int

    @classmethod
    def of(cls, times: Sequence[float]) -> "Latency":
        """The median and the 95th percentile (nearest rank) of some seconds."""
        ordered = sorted(times)
        at = -(-95 * len(ordered) // 100) - 1
        return cls(1_000 * median(ordered), 1_000 * ordered[at], len(ordered))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An engine's answer that differs from what most engines answered."""

    engine: str
    mode: Mode
    asked: Asked
    what: str


@dataclass
class Measured:
    """What one run over a corpus gave."""

    latencies: dict[Cell, dict[str, Latency]] = field(default_factory=dict)
    left_out: dict[Cell, dict[str, str]] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)
    compared: int = 0
    """Questions that at least two engines answered, so that they could agree."""


def measure(
    engines: Mapping[str, Engine],
    cells: Iterable[tuple[QueryClass, Mode, Sequence[Asked]]],
    *,
    repeats: int,
    budget: float,
) -> Measured:
    """Ask every engine every question `repeats` times after one round to warm up.

    An engine that has spent `budget` seconds in a cell is asked no more there, once it gave
    one answer that counts.
    """
    measured = Measured()
    # What the engines hold from the start is nobody's garbage: collecting must not walk it.
    gc.collect()
    gc.freeze()
    for query_class, mode, questions in cells:
        cell, able = (query_class, mode), {}
        for name, engine in engines.items():
            reason = engine.abilities.why_not(query_class, mode)
            if reason is None:
                able[name] = engine
            else:
                measured.left_out.setdefault(cell, {})[name] = reason
        asking = _Asking(able, budget)
        for asked, answers in asking.warm_up(questions):
            _compare(engines, mode, asked, answers, measured)
        asking.time(questions, repeats)
        measured.latencies[cell] = {n: Latency.of(own) for n, own in asking.times.items()}
    return measured


class _Asking:
    """The questions of one cell, put to engines in turn within their budgets."""

    def __init__(self, engines: Mapping[str, Engine], budget: float) -> None:
        self._engines = engines
        self._budget = budget
        self._spent = dict.fromkeys(engines, 0.0)
        self.times: dict[str, list[float]] = {name: [] for name in engines}

    def warm_up(self, questions: Iterable[Asked]) -> Iterator[tuple[Asked, Mapping[str, Answer]]]:
        """Each question once, with the answers of the engines whose budget is not spent."""
        for number, asked in enumerate(questions):
            able = [n for n, _ in _from(self._engines, number) if self._spent[n] <= self._budget]
            yield asked, {name: self._ask(name, asked)[0] for name in able}

    def time(self, questions: Sequence[Asked], repeats: int) -> None:
        """Each question `repeats` times; every engine answers one at least."""
        for turn in range(repeats):
            for number, asked in enumerate(questions):
                for name, _ in _from(self._engines, turn + number):
                    if self._spent[name] <= self._budget or not self.times[name]:
                        self.times[name].append(self._ask(name, asked)[1])

    def _ask(self, name: str, asked: Asked) -> tuple[Answer, float]:
        began = time.perf_counter()
        answer = self._engines[name].search(asked)
        took = time.perf_counter() - began
        self._spent[name] += took
        return answer, took


def _from(engines: Mapping[str, Engine], first: int) -> Iterator[tuple[str, Engine]]:
    """The engines, beginning with another one each time."""
    listed = list(engines.items())
    at = first % len(listed) if listed else 0
    yield from listed[at:] + listed[:at]


def _compare(
    engines: Mapping[str, Engine],
    mode: Mode,
    asked: Asked,
    answers: Mapping[str, Answer],
    measured: Measured,
) -> None:
    compared = {n: a for n, a in answers.items() if engines[n].abilities.comparable}
    if len(compared) < 2:
        return
    measured.compared += 1
    usual = _usual([answer.total for answer in compared.values()])
    counts = _usual([_bare(answer) for answer in compared.values()])
    for name, answer in compared.items():
        if answer.total != usual:
            what = f"a total of {answer.total:,}, not {usual:,}"
            measured.disagreements.append(Disagreement(name, mode, asked, what))
        elif _bare(answer) != counts:
            what = "other counts of facets"
            measured.disagreements.append(Disagreement(name, mode, asked, what))
        elif len(answer.top) != min(engines[name].abilities.hits, answer.total):
            what = f"{len(answer.top)} best of {answer.total:,}"
            measured.disagreements.append(Disagreement(name, mode, asked, what))


def _bare(answer: Answer) -> dict[str, dict[str, int]]:
    return {name: dict(values) for name, values in answer.facets.items()}


def _usual(answers: Sequence[Same]) -> Same:
    """The most frequent one, of several the first."""
    return max(answers, key=answers.count)
