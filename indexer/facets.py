"""Facets, each declared once: the query field, the URL, the label, the page and JSON read this."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.errors import UserError
from indexer.release import UNKNOWN, Release

UNKNOWN_LABEL = "Unknown"


class FacetKind(StrEnum):
    """Where a facet's values come from."""

    YEAR = "year"
    LANGUAGE = "language"
    CERTAINTY = "certainty"
    CHANGED = "changed"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One value of an authority facet."""

    id: str
    labels: Mapping[str, str]
    """Label per language code; `en` is always there."""
    parent: str | None = None
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What it is called in texts, per language code."""
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet of an index."""

    name: str
    """The query field, URL parameter and JSON key: organization."""
    plural: str
    """The key of a release's own values in JSON: organizations."""
    kind: FacetKind
    labels: Mapping[str, str]
    entries: Mapping[str, FacetEntry] = field(default_factory=dict)

    def label(self, language: str = "en") -> str:
        """The facet's name for people."""
        return self.labels.get(language) or self.labels["en"]

    def value_label(self, value: str, language: str = "en") -> str:
        """A value's name for people; an unlisted value names itself."""
        if value == UNKNOWN:
            return UNKNOWN_LABEL
        entry = self.entries.get(value)
        if entry is None:
            return value
        return entry.labels.get(language) or entry.labels["en"]

    def parent_of(self, value: str) -> str | None:
        """The value directly above, or None."""
        entry = self.entries.get(value)
        return entry.parent if entry else None

    def with_ancestors(self, value: str) -> Iterator[str]:
        """The value and the values above it: unodc, un."""
        seen: set[str] = set()
        current: str | None = value
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            current = self.parent_of(current)

    def values_of(self, release: Release) -> list[str]:
        """The values that a release counts under, each once, ancestors included."""
        match self.kind:
            case FacetKind.YEAR:
                return [str(release.date.year) if release.date.year else UNKNOWN]
            case FacetKind.LANGUAGE:
                return [release.language.code]
            case FacetKind.CERTAINTY:
                return [release.date.certainty.value]
            case FacetKind.CHANGED:
                return ["yes"] if release.changed else []
            case FacetKind.AUTHORITY:
                own = dict.fromkeys(m.id for m in release.mentions if m.facet == self.name)
                return list(dict.fromkeys(v for one in own for v in self.with_ancestors(one)))


class Facets(Mapping[str, Facet]):
    """The facets of one index by name, in the order in which they are shown."""

    def __init__(self, facets: Iterable[Facet]) -> None:
        self._facets = {facet.name: facet for facet in facets}

    def __getitem__(self, name: str) -> Facet:
        return self._facets[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facets)

    def __len__(self) -> int:
        return len(self._facets)

    def known(self, name: str) -> Facet:
        """The facet of that name. Raises UserError, which lists those there are."""
        if name not in self._facets:
            raise UserError(
                f"there is no facet “{name}”",
                code="unknown_facet",
                hint=f"this index has {', '.join(self._facets)}",
            )
        return self._facets[name]
