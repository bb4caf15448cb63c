"""What a run gave, as tables in Markdown and as plain data for JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.asked import Mode
from bench.building import Built
from bench.corpora import Corpus
from bench.engines import Abilities
from bench.measure import Cell, Disagreement, Measured
from bench.targets import BOUND, verdicts

SHOWN = 5
"""Disagreements of one engine that are printed; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Run:
    """One corpus, the engines that were built on it, and what they answered."""

    corpus: Corpus
    abilities: Mapping[str, Abilities]
    versions: Mapping[str, str]
    built: Mapping[str, Built]
    absent: Mapping[str, str]
    """Engines that are not there or came to no end, with the reason."""
    measured: Measured
    clock: str = "wall"

    def name(self, engine: str) -> str:
        """The name of an engine for people."""
        return self.abilities[engine].name


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def markdown(run: Run) -> Iterator[str]:
    """Everything about one corpus."""
    mean = run.corpus.words / run.corpus.size
    yield f"\n## {run.corpus.name}: {run.corpus.size:,} documents of {mean:.0f} words\n"
    yield from _building(run)
    yield from _agreement(run)
    yield from _targets(run)
    yield f"\nMilliseconds ({run.clock} clock) of a warm answer, p50 / p95 (of so many, if few):\n"
    yield from _latencies(run, lambda cell, name: _times(run, cell, name))
    if "communique" in run.built:
        yield "\np50, as many times as Communique takes:\n"
        yield from _latencies(run, lambda cell, name: _ratio(run, cell, name, "communique"))
    if "whoosh" in run.built:
        yield "\np50, times as fast as plain Whoosh:\n"
        yield from _latencies(run, lambda cell, name: _ratio(run, cell, "whoosh", name))
    yield from _remarks(run)


def _building(run: Run) -> Iterator[str]:
    heads = ["engine", "documents/s", "CPU s", "bytes/document", "of it text", "peak MB"]
    heads += ["of it at start", "open ms", "first answer ms"]
    rows = [
        [
            f"{run.name(engine)} {run.versions[engine]}",
            f"{built.rate:,.0f}",
            f"{built.cpu_seconds:.1f}",
            f"{built.disk_bytes / built.documents:,.0f}",
            f"{built.text_bytes / built.documents:,.0f}",
            f"{built.peak_bytes / 2**20:,.0f}",
            f"{built.start_bytes / 2**20:,.0f}",
            f"{built.open_ms:,.1f}",
            f"{built.first_ms:,.1f}",
        ]
        for engine, built in run.built.items()
    ]
    yield from table(heads, rows)


def _agreement(run: Run) -> Iterator[str]:
    found = run.measured.disagreements
    asked = run.measured.compared
    yield f"\nAgreement: {asked:,} questions compared, {len(found):,} answers unlike the others'."
    by_engine: dict[str, list[Disagreement]] = {}
    for each in found:
        by_engine.setdefault(each.engine, []).append(each)
    for engine, own in by_engine.items():
        yield f"\n- {run.name(engine)}: {len(own):,}, for example"
        for each in own[:SHOWN]:
            words = " ".join(each.asked.words)
            yield f"    - {each.asked.query_class} ({each.mode}) `{words}`: {each.what}"


def _targets(run: Run) -> Iterator[str]:
    rows = [
        [
            each.what,
            f"{each.ours:,.4g} {each.unit}",
            f"{each.theirs:,.4g} ({BOUND if each.peer == BOUND else run.name(each.peer)})",
            f"{each.times:.3g}",
            f"{each.wanted:.3g}",
            "met" if each.met else "**missed**",
        ]
        for each in verdicts(run.corpus, run.built, run.measured)
    ]
    if rows:
        yield "\nTargets, as many times as good as the peer or the bound:\n"
        yield from table(["what", "Communique", "peer", "times", "at least", ""], rows)


def _latencies(run: Run, shown: Callable[[Cell, str], str]) -> Iterator[str]:
    engines = list(run.abilities)
    rows = []
    for cell in run.measured.latencies:
        query_class, mode = cell
        what = query_class.value if mode is Mode.TOP else f"{query_class.value} {mode.value}"
        rows.append([what, *(shown(cell, engine) for engine in engines)])
    yield from table(["query", *(run.name(engine) for engine in engines)], rows)


def _times(run: Run, cell: Cell, engine: str) -> str:
    own = run.measured.latencies[cell]
    if engine not in own:
        return ""
    found = own[engine]
    few = found.answers < max(each.answers for each in own.values())
    return f"{found.p50:,.2f} / {found.p95:,.2f}" + (f" ({found.answers})" if few else "")


def _ratio_of(run: Run, cell: Cell, engine: str, base: str) -> float | None:
    found = run.measured.latencies[cell]
    return found[engine].p50 / found[base].p50 if engine in found and base in found else None


def _ratio(run: Run, cell: Cell, engine: str, base: str) -> str:
    ratio = _ratio_of(run, cell, engine, base)
    return "" if ratio is None else f"{ratio:.3g}"


def _remarks(run: Run) -> Iterator[str]:
    yield "\nFacets, and what else to know:\n"
    for engine in run.abilities:
        own = run.abilities[engine]
        said = [own.counting or "counts no facets", own.remark, *dict.fromkeys(own.lacks.values())]
        yield f"- {own.name}: {'; '.join(part for part in said if part)}."
    for engine, reason in run.absent.items():
        yield f"- {engine} is left out: {reason}."


def plain(run: Run) -> dict[str, object]:
    """The same for JSON."""
    return {
        "corpus": run.corpus.name,
        "documents": run.corpus.size,
        "words": run.corpus.words,
        "absent": dict(run.absent),
        "engines": {
            engine: {
                "name": run.name(engine),
                "version": run.versions[engine],
                "facets": run.abilities[engine].counting,
                "documents_per_second": built.rate,
                "bytes_per_document": built.disk_bytes / built.documents,
                **asdict(built),
            }
            for engine, built in run.built.items()
        },
        "clock": run.clock,
        "targets": [
            {**asdict(each), "met": each.met}
            for each in verdicts(run.corpus, run.built, run.measured)
        ],
        "questions_compared": run.measured.compared,
        "disagreements": [asdict(each) for each in run.measured.disagreements],
        "latencies_ms": [
            {
                "query": query_class.value,
                "mode": mode.value,
                "engines": {name: asdict(each) for name, each in own.items()},
                "left_out": run.measured.left_out.get((query_class, mode), {}),
                "ratio_to_communique": _ratios(run, (query_class, mode), "communique"),
                "ratio_to_whoosh": _ratios(run, (query_class, mode), "whoosh"),
            }
            for (query_class, mode), own in run.measured.latencies.items()
        ],
    }


def _ratios(run: Run, cell: Cell, base: str) -> dict[str, float]:
    """The p50 of each engine as a multiple of one engine's."""
    ratios = {engine: _ratio_of(run, cell, engine, base) for engine in run.abilities}
    return {engine: ratio for engine, ratio in ratios.items() if ratio is not None}
