"""Queries put to all engines in turn, in one process: first whether they agree, then how long."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

from bench.asked import Answer, Asked, Counts, Mode, QueryClass
from bench.engines import Engine

Cell = tuple[QueryClass, Mode]
Clock = Callable[[], float]
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
    clock: Clock = time.perf_counter,
) -> Measured:
    """Ask every engine every question `repeats` times after one round to warm up.

    `clock` gives seconds. An engine that has spent `budget` of them in a cell is asked no more
    there, once it gave one answer that counts.
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
        asking = _Asking(able, budget, clock)
        for asked, answers in asking.warm_up(questions):
            _compare(engines, mode, asked, answers, measured)
        asking.time(questions, repeats)
        measured.latencies[cell] = {n: Latency.of(own) for n, own in asking.times.items()}
    return measured


class _Asking:
    """The questions of one cell, put to engines in turn within their budgets."""

    def __init__(self, engines: Mapping[str, Engine], budget: float, clock: Clock) -> None:
        self._engines = engines
        self._budget = budget
        self._clock = clock
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
        began = self._clock()
        answer = self._engines[name].search(asked)
        took = self._clock() - began
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
    compared = {n: answers[n] for n in engines if n in answers and engines[n].abilities.comparable}
    voters = [a for n, a in compared.items() if engines[n].abilities.index_of is None]
    if len(voters) < 2:
        return
    measured.compared += 1
    total = _usual([answer.total for answer in voters])
    counts = _usual([_bare(answer) for answer in voters])
    for name, answer in compared.items():
        best = min(engines[name].abilities.hits, total)
        what = _otherwise(answer, total, counts, best)
        if what:
            said = f"; it says: {answer.notice}" if answer.notice else ""
            measured.disagreements.append(Disagreement(name, mode, asked, what + said))


def _otherwise(answer: Answer, total: int, counts: Counts, best: int) -> str | None:
    """In what an answer differs, or None."""
    if answer.total != total:
        return f"a total of {answer.total:,}, not {total:,}"
    if _bare(answer) != counts:
        return "other counts of facets"
    return None if len(answer.top) == best else f"{len(answer.top)} best of {total:,}"


def _bare(answer: Answer) -> Counts:
    return {name: dict(values) for name, values in answer.facets.items()}


def _usual(answers: Sequence[Same]) -> Same:
    """The most frequent one, of several the first."""
    return max(answers, key=answers.count)
