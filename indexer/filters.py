"""Filters as people and URLs write them: FACET=VALUE, and spans of days."""

from indexer.errors import UserError
from indexer.query import Span
from indexer.request import Filter
from indexer.syntax.periods import date_range


def parse_filter(text: str) -> Filter:
    """A filter as it is typed: FACET=VALUE, FACET!=VALUE or date=START..END. Raises UserError."""
    facet, equals, value = text.partition("=")
    excludes, facet = facet.endswith("!"), facet.removesuffix("!")
    if not equals or not facet or not value or (excludes and facet == "date"):
        hint = "write FACET=VALUE, FACET!=VALUE or date=START..END"
        raise UserError(f"“{text}” is no filter", code="bad_filter", hint=hint)
    if facet == "date":
        return date_filter(value)
    return Filter.none_of(facet, value) if excludes else Filter.any_of(facet, value)


def date_filter(span: str) -> Filter:
    """Releases of 2018, of 2018-05..2018-09, since 2018-05-03.., until ..2018. Raises UserError."""
    days = date_range(span, 0, Span(0, len(span)))
    return Filter.between("date", days.start, days.end)
