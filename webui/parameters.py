"""The parameters of a URL, read one by one; what cannot be understood is the user's error."""

import re
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from indexer import UNKNOWN, Facet, FacetKind, Filter, Sort, UserError, date_filter

MAX_NUMBER = 10**9

Choice = TypeVar("Choice", bound=StrEnum)

_NUMBER = re.compile(r"[0-9]{1,10}")
_YEAR = re.compile(r"[0-9]{4}")


def sort_of(text: str) -> Sort:
    """An order of hits by its name. Raises UserError."""
    try:
        return Sort(text)
    except ValueError:
        known = ", ".join(sort.value for sort in Sort)
        raise UserError(
            f"“{text[:40]}” is no order of hits", code="bad_sort", hint=f"there are {known}"
        ) from None


def one_of(choices: type[Choice], text: str) -> Choice:
    """A value of an enumeration by its name. Raises UserError."""
    try:
        return choices(text)
    except ValueError:
        raise UserError(
            f"“{text[:40]}” is no choice here",
            code="bad_choice",
            hint=f"there are {', '.join(choices)}",
        ) from None


def number_of(args: MultiDict[str, str], name: str, usual: int) -> int:
    """A whole number; the usual one where there is none. Raises UserError."""
    text = args.get(name, "").strip()
    if not text:
        return usual
    if not _NUMBER.fullmatch(text) or int(text) > MAX_NUMBER:
        raise UserError(
            f"“{text[:40]}” is no {name} number" if name == "page" else f"“{text[:40]}” is no size",
            code="bad_page",
            hint=f"write a whole number from 1 to {MAX_NUMBER:,}",
        )
    return int(text)


def check_value(facet: Facet, value: str) -> None:
    """Raise UserError where no release can ever carry this value."""
    if value == UNKNOWN:
        return
    if facet.kind is FacetKind.YEAR:
        known = _YEAR.fullmatch(value) is not None
    else:
        known = not facet.entries or value in facet.entries
    if not known:
        raise UserError(
            f"there is no {facet.label().lower()} “{value[:40]}”",
            code="unknown_value",
            hint="a year has four digits" if facet.kind is FacetKind.YEAR else None,
        )


def days_of(start: str, end: str) -> Filter:
    """The span of the two date fields. Raises UserError, of no position: they are no query."""
    try:
        return date_filter(f"{start}..{end}")
    except UserError as error:
        raise UserError(
            error.message,
            code=error.code,
            hint="write a year, a month or a day: 2018, 2018-05 or 2018-05-03; the earlier first",
        ) from None
