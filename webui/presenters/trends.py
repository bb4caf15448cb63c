"""Searches over time: lines of a chart, the rows of its table, and who was first and latest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexer import Bucket, Interval, Release, Trend
from webui.desk import Desk, Link
from webui.state import SearchState

TICKS = 8
"""About so many periods are named below the chart."""


class Measure(StrEnum):
    """What the chart shows."""

    HITS = "hits"
    SHARE = "share"
    """Of all releases of the period."""


class Step(StrEnum):
    """How long the periods are."""

    YEAR = Interval.YEAR.value
    MONTH = Interval.MONTH.value


@dataclass(frozen=True, slots=True)
class Cell:
    """One search in one period; no `url` where there is no release at all."""

    hits: str
    share: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period; an empty `releases` says that there is no material of it."""

    label: str
    releases: str
    cells: Sequence[Cell]
    tick: str


@dataclass(frozen=True, slots=True)
class End:
    """The first or the latest use."""

    release: Link
    date: str
    by: Sequence[str]
    """The organizations and the like that the release is tagged with."""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """One search: its line, with gaps where there is no material."""

    query: str
    url: str
    total: int
    undated: int
    path: str
    """In a box one unit wide for each period and 100 high."""
    first: End | None
    latest: End | None


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart and its table."""

    series: Sequence[SeriesView]
    rows: Sequence[Row]
    gaps: Sequence[int]
    """The numbers of the periods without material, from 0."""
    highest: str


def chart_of(
    trends: Sequence[Trend],
    states: Sequence[SearchState],
    days: Sequence[date],
    interval: Interval,
    measure: Measure,
    desk: Desk,
) -> Chart:
    """The chart of some searches over the same periods."""
    values = [[_value(one.buckets.get(day), measure) for day in days] for one in trends]
    highest = max((value or 0 for line in values for value in line), default=0)
    shown = desk.words.number(highest) if measure is Measure.HITS else desk.words.share(highest, 1)
    both = list(zip(trends, states, strict=True))
    step = max(1, -(-len(days) // TICKS))
    return Chart(
        [
            _series(one, state, line, highest, desk)
            for (one, state), line in zip(both, values, strict=True)
        ],
        [_row(at, day, both, interval, step, desk) for at, day in enumerate(days)],
        [at for at, day in enumerate(days) if not any(day in one.buckets for one in trends)],
        shown,
    )


def _value(bucket: Bucket | None, measure: Measure) -> float | None:
    if bucket is None or not bucket.releases:
        return None
    return bucket.hits if measure is Measure.HITS else bucket.hits / bucket.releases


def _series(
    one: Trend, state: SearchState, line: Sequence[float | None], highest: float, desk: Desk
) -> SeriesView:
    return SeriesView(
        state.q,
        desk.links.to(state),
        one.total,
        one.unknown + one.wider,
        path_of(line, highest),
        end_of(one.first, state, desk),
        end_of(one.latest, state, desk),
    )


def path_of(line: Sequence[float | None], highest: float) -> str:
    """The line as an SVG path; one that stands alone becomes a dash, and None a gap."""
    pieces, before = [], False
    for at, value in enumerate(line):
        if value is None:
            before = False
            continue
        y = 98 - 94 * value / highest if highest else 98
        alone = not before and (at + 1 == len(line) or line[at + 1] is None)
        start = f"M{at + 0.25} {y:.2f}H{at + 0.75}" if alone else f"M{at + 0.5} {y:.2f}"
        pieces.append(f"L{at + 0.5} {y:.2f}" if before else start)
        before = True
    return "".join(pieces)


def end_of(release: Release | None, state: SearchState, desk: Desk) -> End | None:
    """A release as the first or the latest one of a search."""
    if release is None:
        return None
    title = release.title or desk.words.gettext("(no title)")
    tags = dict.fromkeys((m.facet, m.id) for m in release.mentions if m.facet == "organization")
    return End(
        Link(title, desk.links.to_release(release.id, state), value=release.language.code),
        desk.words.published(release.date),
        [desk.words.value(desk.facets[facet], value) for facet, value in tags],
    )


def _row(
    at: int,
    day: date,
    both: Sequence[tuple[Trend, SearchState]],
    interval: Interval,
    step: int,
    desk: Desk,
) -> Row:
    label = day.isoformat()[: 4 if interval is Interval.YEAR else 7]
    there = next((one.buckets[day] for one, _ in both if day in one.buckets), None)
    tick = ("wide" if at // step % 2 else "all") if at % step == 0 else ""
    if there is None:
        return Row(label, "", (), tick)
    return Row(label, desk.words.number(there.releases), list(_cells(day, label, both, desk)), tick)


def _cells(
    day: date, label: str, both: Sequence[tuple[Trend, SearchState]], desk: Desk
) -> Iterator[Cell]:
    for one, state in both:
        bucket = one.buckets[day]
        url = desk.links.to(state.with_dates(label, label))
        share = desk.words.share(bucket.hits / bucket.releases, 1)
        yield Cell(desk.words.number(bucket.hits), share, url)
