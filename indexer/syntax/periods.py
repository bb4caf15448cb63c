"""Values of `date:` and `year:`: days, months, years and spans of them, in ISO 8601 order."""

import re
from calendar import monthrange
from datetime import date

from indexer.errors import UserError
from indexer.query import DateRange, FieldValue, Span
from indexer.release import UNKNOWN
from indexer.syntax.lexer import YEAR

_PATTERNS = {
    "bad_date": re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"),
    "bad_year": re.compile(r"([0-9]{4})()()"),
}
"""Year, month and day, by the error for what is none."""
_HINTS = {
    "bad_date": "write date:2018, date:2018-05, date:2018-05-03 or date:2018-05..2018-09",
    "bad_year": "write year:2018 or year:2016..2018",
}


def date_range(value: str, position: int, span: Span) -> DateRange:
    """`2018`, `2018-05`, `2018-05-03`, or two of them around `..`, of which one may be missing.

    A month or a year stands for all its days. `*` and `..` mean any known date. `position` is
    that of the value, for errors. Raises UserError `bad_date`, or `bad_range` where the end
    comes before the start.
    """
    if value == "*":
        return DateRange(None, None, span)
    return _range(value, position, span, "bad_date")


def year(value: str, position: int, span: Span) -> DateRange | FieldValue:
    """`2018` (or `unknown`) as a facet value, `2016..2018` as a span.

    Raises UserError `bad_year`, or `bad_range` where the end comes before the start.
    """
    if value.strip().lower() == UNKNOWN:
        return FieldValue(YEAR, UNKNOWN, span)
    if value == "*":
        return DateRange(None, None, span)
    known = _range(value, position, span, "bad_year")
    return known if ".." in value else FieldValue(YEAR, value.strip(), span)


def _range(value: str, position: int, span: Span, code: str) -> DateRange:
    first, dots, last = value.partition("..")
    start = _period(first, position, code)
    if not dots:
        if start is None:
            raise _fault(code, value, position)
        return DateRange(*start, span)
    end = _period(last, position + len(first) + len(dots), code)
    if start and end and start[0] > end[1]:
        raise UserError(
            f"the span “{value}” ends before it starts",
            code="bad_range",
            position=position,
            hint="write the earlier date first",
        )
    return DateRange(start and start[0], end and end[1], span)


def _period(text: str, position: int, code: str) -> tuple[date, date] | None:
    """The first and the last day of a period; None where there is no text."""
    text = text.strip()
    if not text:
        return None
    found = _PATTERNS[code].fullmatch(text)
    if found is None:
        raise _fault(code, text, position)
    number, month, day = (int(part) if part else None for part in found.groups())
    try:
        start = date(number or 0, month or 1, day or 1)
    except ValueError:
        raise _fault(code, text, position) from None
    if day:
        return start, start
    return start, date(start.year, month or 12, monthrange(start.year, month or 12)[1])


def _fault(code: str, text: str, position: int) -> UserError:
    kind = "year" if code == "bad_year" else "date"
    message = f"“{_shortened(text)}” is not a {kind}"
    return UserError(message, code=code, position=position, hint=_HINTS[code])


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
