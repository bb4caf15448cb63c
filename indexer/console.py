"""What the command line prints: answers, releases, progress."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from tqdm import tqdm

from indexer.facets import Facets
from indexer.release import Certainty, Precision, PublicationDate
from indexer.response import Hit, MarkedText, SearchPage

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def tell(message: str) -> None:
    """A message for the person at the terminal: standard output is for answers."""
    print(message, file=sys.stderr)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def print_json_list(records: Iterable[Any]) -> None:
    """One JSON list on standard output, one record at a time: it may have millions."""
    before = "["
    for record in records:
        print(before, json.dumps(record, ensure_ascii=False), sep="\n", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def one_line(text: str) -> str:
    """A text of which names of files are a part, which may hold line ends and tabs."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def start(self, task: str, total: int) -> None:
        """Show an empty bar for a part of the build."""
        self.end()
        self._bar = tqdm(total=total, unit="B", unit_scale=True, disable=None, desc=task)

    def advance(self, done: int) -> None:
        """Fill the bar by so many bytes."""
        if self._bar is not None:
            self._bar.update(done)

    def note(self, message: str) -> None:
        """Tell it, beside the bar."""
        tell(message)

    def end(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()


def date_in_words(date: PublicationDate) -> str:
    """A date with no more than is known: 2018-05, or 2018 (inferred)."""
    if date.value is None:
        return "date unknown"
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7}
    shown = date.value.isoformat()[: lengths.get(date.precision, 10)]
    return f"{shown} (inferred)" if date.certainty is Certainty.INFERRED else shown


def show_page(page: SearchPage, facets: Facets) -> None:
    """An answer for people."""
    count = "1 release" if page.releases == 1 else f"{page.releases} releases"
    files = f" in {page.files} copies and versions" if page.files > page.releases else ""
    tell(f"{count}{files}, {page.took_ms:.1f} ms")
    for notice in page.notices:
        tell(notice)
    if page.suggestion:
        tell(f"Did you mean: {page.suggestion}")
    for one in page.help:
        part = f"the filter on {one.facet}" if one.facet else one.dropped
        tell(f"Without {part}: {one.total}")
    first = (page.page_number - 1) * page.page_size + 1
    for number, hit in enumerate(page.hits, first):
        _show_hit(number, hit)
    for name, values in page.facets.items():
        if values:
            shown = ", ".join(f"{value.label} {value.count}" for value in values[:8])
            more = f" and {len(values) - 8} more" if len(values) > 8 else ""
            print(f"{facets[name].label()}: {shown}{more}")


def _show_hit(number: int, hit: Hit) -> None:
    release = hit.release
    print(f"{number}. {_marked(hit.title) or '(no title)'}")
    print(f"   {date_in_words(release.date)}, {release.language.code}, {release.id}")
    print(f"   {' '.join(_marked(hit.snippet).split())}")
    for version in hit.versions:
        print(f"   also {version.language}: {version.title or '(no title)'}, {version.id}")
    if hit.explanation is not None:
        for reason in hit.explanation.reasons:
            language = f", {reason.language}" if reason.language else ""
            forms = ", ".join(reason.forms) or "-"
            print(f"   {reason.score:9.4f}  {reason.asked} ({reason.rule}{language}): {forms}")
    print()


def _marked(marked: MarkedText) -> str:
    if not sys.stdout.isatty():
        return marked.to_plain()
    pieces, at = [], 0
    for start, end in marked.marks:
        pieces += [marked.text[at:start], BOLD, marked.text[start:end], PLAIN]
        at = end
    return "".join([*pieces, marked.text[at:]])
