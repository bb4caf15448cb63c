"""Use over time: how many releases of each year or month match, and the first and the latest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.index import Index
from indexer.release import UNKNOWN, Release
from indexer.request import Filter, Interval, SearchRequest, Sort
from indexer.response import Bucket

MOST_PERIODS = 1_200
"""A longer span is told without the periods of which there is no release at all."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One search over time."""

    request: SearchRequest
    total: int
    buckets: Mapping[date, Bucket]
    """By their first days, from the oldest; those in which there is no release are left out."""
    wider: int
    """Hits of which only a longer period is known, such as a year among months."""
    unknown: int
    """Hits without a date."""
    first: Release | None
    """The oldest hit with a date."""
    latest: Release | None


def trend(index: Index, request: SearchRequest, interval: Interval) -> Trend:
    """A search over time; where one asks for a span of days, first and latest are within it."""
    asked = replace(request, facets=()).page(1, 1).by_date(interval)
    ranking = index.rank(asked)
    histogram = ranking.histogram
    buckets = histogram.buckets if histogram else ()
    return Trend(
        request,
        ranking.total,
        {bucket.start: bucket for bucket in buckets if bucket.start},
        histogram.wider.hits if histogram else 0,
        histogram.unknown.hits if histogram else 0,
        _end(index, request, Sort.OLDEST),
        _end(index, request, Sort.NEWEST),
    )


def _end(index: Index, request: SearchRequest, sort: Sort) -> Release | None:
    dated = request.where(Filter.none_of("year", UNKNOWN)).sorted(sort)
    ranking = index.rank(replace(dated, facets=(), histogram=None).page(1, 1))
    return index.release(ranking.ids[0]) if ranking.ids else None


def periods(trends: Sequence[Trend], interval: Interval) -> list[date]:
    """The first days of all years or months from the first to the last of which there is a release.

    Where they are too many, those of which there is none are left out.
    """
    there = sorted({start for one in trends for start in one.buckets})
    if not there:
        return []
    whole = list(_between(there[0], there[-1], interval))
    return whole if len(whole) <= MOST_PERIODS else there


def _between(first: date, last: date, interval: Interval) -> Iterator[date]:
    if interval is Interval.YEAR:
        yield from (date(year, 1, 1) for year in range(first.year, last.year + 1))
        return
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    yield from (date(month // 12, month % 12 + 1, 1) for month in months)
