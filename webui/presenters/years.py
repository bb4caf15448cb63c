"""Releases by year, as bars."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer import UNKNOWN, FacetValue
from webui.desk import Desk
from webui.state import SearchState

YEARS_SHOWN = 80
"""A longer span of years is drawn without its empty years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the chart; `height` in per cent of the highest."""

    label: str
    count: int
    height: int
    url: str


def year_bars(values: Iterable[FacetValue], desk: Desk) -> list[Bar]:
    """Releases by year from the first year to the last; years without material are empty."""
    counts = {int(value.value): value.count for value in values if value.value != UNKNOWN}
    if not counts:
        return []
    first, last, highest = min(counts), max(counts), max(counts.values())
    years = range(first, last + 1) if last - first < YEARS_SHOWN else sorted(counts)
    return [_bar(year, counts.get(year, 0), highest, desk) for year in years]


def _bar(year: int, count: int, highest: int, desk: Desk) -> Bar:
    height = max(3, round(100 * count / highest)) if count else 0
    url = desk.links.to(SearchState().toggle("year", str(year)))
    return Bar(str(year), count, height, url)
