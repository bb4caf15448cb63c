"""Labels: what people say a release is, and where reading came to something else.

A label file holds one JSON object a line. `source` and `record` name the input; every other key
is optional, and only what is there is compared: title, language, date, date_precision,
date_certainty, year, lead (how the body begins), removed (a list of objects whose `starts` begins
a text that is cut), group, and for each authority file its plural (operations ...) with ids.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import CorpusError
from indexer.facets import FacetKind, Facets
from indexer.grouping import Group
from indexer.release import Release, Source

Label = Mapping[str, Any]

_MARKUP = re.compile(r"\]\([^)]*\)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a label says and reading does not, or the reverse."""

    field: str
    expected: str
    found: str


class Labels:
    """The labels of an archive."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.all = tuple(labels)
        self._by_place = {(label["source"], label.get("record")): label for label in self.all}

    @classmethod
    def load(cls, path: Path) -> "Labels":
        """Those of a file, or of every .jsonl file of a folder.

        Raises CorpusError, which names the file and the line.
        """
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files:
            raise CorpusError(f"there is no label file (.jsonl) in {path}; name one")
        return cls(label for file in files for label in _read(file))

    def of(self, source: Source) -> Label | None:
        """The label of an input; a file that was named alone goes by the end of its path."""
        label = self._by_place.get((source.path, source.record))
        if label is not None:
            return label
        end = f"/{source.path}"
        found = [
            label
            for (path, record), label in self._by_place.items()
            if record == source.record and path.endswith(end)
        ]
        return found[0] if len(found) == 1 else None


def _read(file: Path) -> Iterator[Label]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the label file {file} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _label(line, f"line {number} of {file}")


def _label(line: str, place: str) -> Label:
    try:
        label = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"{place} is no JSON: {error}; mend or remove it") from error
    if not isinstance(label, dict) or not isinstance(label.get("source"), str):
        raise CorpusError(f"{place} names no source; a label is an object with the key source")
    return label


def differences(label: Label, release: Release, facets: Facets) -> list[Difference]:
    """Where a release differs from its label."""
    return [*_plain(label, release), *_text(label, release), *_tags(label, release, facets)]


def _plain(label: Label, release: Release) -> Iterator[Difference]:
    date = release.date
    found = {
        "title": " ".join(release.title.split()) or None,
        "language": release.language.code,
        "date": date.value.isoformat() if date.value else None,
        "date_precision": date.precision.value,
        "date_certainty": date.certainty.value,
        "year": date.year,
    }
    for name, value in found.items():
        expected = label.get(name, value)
        if name == "title" and expected:
            expected = " ".join(expected.split())
        if expected != value:
            yield Difference(name, _shown(expected), _shown(value))


def _text(label: Label, release: Release) -> Iterator[Difference]:
    lead = label.get("lead") or ""
    if not release.body.startswith(lead):
        yield Difference("lead", lead, release.body[: len(lead)])
    cut = {word for removed in release.removed for word in _words(removed.text)}
    for removed in label.get("removed", ()):
        # A label quotes the file up to the middle of a word, with the marks of Markdown.
        if not set(_words(removed["starts"])[:-1]) <= cut:
            yield Difference("removed", removed["starts"], "is not cut")


def _words(text: str) -> list[str]:
    return _WORD.findall(_MARKUP.sub(" ", text))


def _tags(label: Label, release: Release, facets: Facets) -> Iterator[Difference]:
    for facet in facets.values():
        if facet.kind is FacetKind.AUTHORITY and facet.plural in label:
            expected = {above for one in label[facet.plural] for above in facet.with_ancestors(one)}
            found = set(facet.values_of(release))
            if expected != found:
                yield Difference(
                    facet.plural,
                    _listed(expected - found) or "nothing more",
                    _listed(found - expected) or "nothing more",
                )


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids))


def _shown(value: object) -> str:
    return "none" if value is None else str(value)


def group_differences(
    labels: Labels, releases: Sequence[Release], groups: Sequence[Group]
) -> Iterator[tuple[Release, Difference]]:
    """Releases whose group has other members than the label says, among those that have labels."""
    found = {member.id: group for group in groups for member in group.members}
    labelled = {release.id: labels.of(release.source) for release in releases}
    by_group: dict[str, set[str]] = {}
    for one, label in labelled.items():
        if label is not None and label.get("group"):
            by_group.setdefault(label["group"], set()).add(one)
    for release in releases:
        label = labelled[release.id]
        if label is None or "group" not in label:
            continue
        expected = by_group.get(label["group"] or "", {release.id})
        group = found.get(release.id)
        members = {member.id for member in group.members} if group else {release.id}
        members = {one for one in members if labelled.get(one) is not None}
        if members != expected:
            yield (
                release,
                Difference(
                    "group",
                    _listed(expected - members) or "nothing more",
                    _listed(members - expected) or "nothing more",
                ),
            )
