"""Hits by year: bars, each with what there is at all, so that gaps of the archive show as gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Bucket, Histogram
from webui.desk import Desk
from webui.state import SearchState

EMPTY_YEARS_SHOWN = 80
"""A longer span of years is drawn without the years of which nothing is there."""
TICKS = 12
"""At the most so many years are named below the bars."""
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Year:
    """One year; `height` in per cent of the highest."""

    label: str
    hits: int
    releases: int
    share: str
    """Hits of all releases of the year."""
    height: int
    url: str
    in_span: bool
    """Whether the filter on dates lets it through."""
    tick: str
    """Whether the year is named below: `all`, on wide pages only (`wide`), or not at all."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hits by year, from the first year of which there is anything to the last."""

    years: Sequence[Year]
    first: str
    last: str
    """The years at the ends of the chosen span."""
    undated: int
    undated_url: str
    best: Year | None
    """The year with the most hits in the chosen span."""


def timeline(histogram: Histogram, state: SearchState, desk: Desk) -> Timeline | None:
    """The years of an answer; None where no release at all has a date."""
    buckets = _with_gaps(histogram.buckets)
    if not buckets:
        return None
    first = _year_of(state.start) or min(buckets)
    last = _year_of(state.end) or max(buckets)
    highest = max(bucket.hits for bucket in buckets.values())
    step = -(-len(buckets) // TICKS)
    years = [
        _year(year, bucket, highest, _tick(at, step), first <= year <= last, state, desk)
        for at, (year, bucket) in enumerate(buckets.items())
    ]
    return Timeline(
        years,
        str(max(min(first, max(buckets)), min(buckets))),
        str(max(min(last, max(buckets)), min(buckets))),
        histogram.unknown.hits,
        desk.links.to(state.with_dates("", "").toggle("year", "unknown")),
        _best(years),
    )


def _best(years: Sequence[Year]) -> Year | None:
    best = max((year for year in years if year.in_span), key=lambda year: year.hits, default=None)
    return best if best and best.hits else None


def _with_gaps(buckets: Sequence[Bucket]) -> dict[int, Bucket]:
    there = {bucket.start.year: bucket for bucket in buckets if bucket.start}
    if not there or max(there) - min(there) >= EMPTY_YEARS_SHOWN:
        return there
    span = range(min(there), max(there) + 1)
    return {year: there.get(year, Bucket(0, 0)) for year in span}


def _tick(at: int, step: int) -> str:
    if at % step:
        return ""
    return "wide" if at // step % 2 else "all"


def _year_of(text: str) -> int | None:
    found = _YEAR.match(text)
    return int(found[0]) if found else None


def _year(
    year: int,
    bucket: Bucket,
    highest: int,
    tick: str,
    in_span: bool,
    state: SearchState,
    desk: Desk,
) -> Year:
    return Year(
        str(year),
        bucket.hits,
        bucket.releases,
        desk.words.share(bucket.hits / bucket.releases) if bucket.releases else "",
        max(3, round(100 * bucket.hits / highest)) if bucket.hits else 0,
        desk.links.to(state.with_dates(str(year), str(year))),
        in_span,
        tick,
    )
