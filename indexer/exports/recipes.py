"""A search as a command and as Python, to be run elsewhere with the same answer."""

import shlex
from collections.abc import Iterator
from datetime import date

from indexer.request import Filter, SearchRequest, Sort

PLACE = "DIR"
"""Stands for the folder of the index, which is nobody's business."""
SWITCHES = ("expand", "translate", "variants", "feedback", "collapse")
"""What a request does unless it is told not to: its fields, and with --no- the options."""


def as_command(request: SearchRequest, place: str = PLACE, build: str = "") -> str:
    """A line of `communique search`, for a POSIX shell; with `build`, it asks that one alone."""
    page = [f"--build={build}"] if build else []
    page += [f"--page={request.page_number}", f"--limit={request.page_size}"]
    return _line("search", [*_conditions(request, place), *page], request)


def as_export(request: SearchRequest, format: str, place: str = PLACE) -> str:
    """A line of `communique export`, which writes all hits, whatever the page."""
    options = [f"--format={format}", "--output=FILE"]
    return _line("export", [*_conditions(request, place), *options], request)


def _line(command: str, options: list[str], request: SearchRequest) -> str:
    # What follows the dashes is no option, whatever it begins with.
    arguments = ["communique", command, *options, "--", request.query.text]
    # No argument of a program can have a NUL; it separates words as a blank does.
    return " ".join(shlex.quote(text.replace("\0", " ")) for text in arguments)


def _conditions(request: SearchRequest, place: str) -> Iterator[str]:
    yield f"--index={place}"
    for one in request.filters:
        yield from (f"--filter={text}" for text in _as_typed(one))
    if request.sort is not Sort.RELEVANCE:
        yield f"--sort={request.sort.value}"
    yield from (f"--without-form={form}" for form in request.without_forms)
    yield from (f"--no-{name}" for name in SWITCHES if not getattr(request, name))


def _as_typed(one: Filter) -> Iterator[str]:
    if one.facet == "date":
        yield f"date={one.start or ''}..{one.end or ''}"
        return
    sign = "!=" if one.excludes else "="
    yield from (f"{one.facet}{sign}{value}" for value in one.values)


def as_python(request: SearchRequest, place: str = PLACE, build: str = "") -> str:
    """A program that prints the dates and titles of the hits; with `build`, of that one alone."""
    pinned = f", build={build!r}" if build else ""
    imports = ["Index", "SearchRequest", "parse_query"]
    imports += ["Filter"] if request.filters else []
    imports += ["Sort"] if request.sort is not Sort.RELEVANCE else []
    needs_date = any(one.start or one.end for one in request.filters)
    chain = [f"SearchRequest(parse_query({request.query.text!r}){_fields(request)})"]
    chain += [f"    .where({_as_call(one)})" for one in request.filters]
    chain.append(f"    .page(number={request.page_number}, size={request.page_size})")
    return "\n".join(
        [
            *(["from datetime import date", ""] if needs_date else []),
            f"from indexer import {', '.join(sorted(imports, key=str.casefold))}",
            "",
            f"with Index.open({place!r}{pinned}) as index:",
            "    page = index.search(",
            *(f"        {line}" for line in chain),
            "    )",
            "    for hit in page.hits:",
            "        print(hit.release.date.value, hit.release.title)",
            "",
        ]
    )


def _fields(request: SearchRequest) -> str:
    sort = "" if request.sort is Sort.RELEVANCE else f", sort=Sort.{request.sort.name}"
    off = (f", {name}=False" for name in SWITCHES if not getattr(request, name))
    forms = f", without_forms={request.without_forms!r}" if request.without_forms else ""
    return sort + "".join(off) + forms


def _as_call(one: Filter) -> str:
    if one.facet == "date":
        return f'Filter.between("date", {_day(one.start)}, {_day(one.end)})'
    method = "none_of" if one.excludes else "any_of"
    return f"Filter.{method}({', '.join(map(repr, (one.facet, *one.values)))})"


def _day(day: date | None) -> str:
    return f"date({day.year}, {day.month}, {day.day})" if day else "None"
