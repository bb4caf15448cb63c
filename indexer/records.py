"""The JSON forms of releases and answers: the command line and the web API print the same."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from indexer.facets import Facet, FacetKind, Facets
from indexer.grouping import Group
from indexer.release import EventDate, Mention, Release
from indexer.response import Explanation, FacetValue, Hit, MarkedText, SearchPage

_CONTEXT = 60
"""Characters around a name that are shown as its evidence, at the most."""

_CUT_WORD = re.compile(r"\S*\s*")
"""The rest of a word, and the blanks behind it; it matches anything."""


def release_record(release: Release, facets: Facets, group: Group | None = None) -> dict[str, Any]:
    """A release with its evidence, as `inspect --json` and `/api/v1/releases/{id}` print it.

    `group` is what it is one release with, if there is anything.
    """
    date = release.date
    record: dict[str, Any] = {
        "id": release.id,
        "source": {
            "path": release.source.path,
            "record": release.source.record,
            "sha256": release.source.sha256,
            "crawled": release.source.crawled.isoformat() if release.source.crawled else None,
        },
        "url": release.url,
        "title": release.title,
        "language": release.language.code,
        "language_confidence": round(release.language.confidence, 4),
        "languages_also": list(release.language.also),
        "date": date.value.isoformat() if date.value else None,
        "date_precision": date.precision.value,
        "date_certainty": date.certainty.value,
        "date_evidence": date.evidence,
        "date_rule": date.rule,
        "year": date.year,
        "event": _event_record(release.event),
        "place": asdict(release.place) if release.place else None,
        "keywords": list(release.keywords),
        "alternates": list(release.alternates),
        "group": _group_record(group),
        "changed": release.changed.isoformat() if release.changed else None,
        "body": release.body,
        "removed": [{"kind": r.kind, "rule": r.rule, "text": r.text} for r in release.removed],
    }
    return record | {
        facet.plural: _tags(release, facet)
        for facet in facets.values()
        if facet.kind is FacetKind.AUTHORITY
    }


def _event_record(event: EventDate | None) -> dict[str, Any] | None:
    if event is None:
        return None
    days = {"first": event.first.isoformat(), "last": event.last.isoformat()}
    return days | {
        "certainty": event.certainty.value,
        "evidence": event.evidence,
        "rule": event.rule,
    }


def _group_record(group: Group | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {"id": group.id, "members": [asdict(member) for member in group.members]}


def _tags(release: Release, facet: Facet) -> list[dict[str, Any]]:
    """Each value once: where it is named, or which value below it implies it."""
    named: dict[str, list[Mention]] = {}
    for mention in release.mentions:
        if mention.facet == facet.name:
            named.setdefault(mention.id, []).append(mention)
    tags = []
    for value in facet.values_of(release):
        if value in named:
            first = named[value][0]
            evidence = f"{first.rule}: {' '.join(context(release, first).to_plain().split())}"
        else:
            below = next(v for v in named if value in facet.with_ancestors(v))
            evidence = f"parent of {below}"
        tags.append(
            {
                "id": value,
                "label": facet.value_label(value),
                "evidence": evidence,
                "mentions": [_mention_record(m) for m in named.get(value, ())],
            }
        )
    return tags


def _mention_record(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "part": mention.part,
        "start": mention.start,
        "end": mention.end,
        "rule": mention.rule,
    }


def context(release: Release, mention: Mention) -> MarkedText:
    """A name, marked, with the words around it; a word that the cut goes through is left out."""
    text = release.title if mention.part == "title" else release.body
    start, end = max(0, mention.start - _CONTEXT), min(len(text), mention.end + _CONTEXT)
    if start:
        start = _end_of_word(text[: mention.start], start)
    if end < len(text):
        end -= _end_of_word(text[mention.end : end][::-1], 0)
    mark = (mention.start - start, mention.end - start)
    return MarkedText(text[start:end], (mark,), start > 0, end < len(text))


def _end_of_word(text: str, start: int) -> int:
    """Where the next word begins; `start` itself where none does."""
    rest = _CUT_WORD.match(text, start)
    return rest.end() if rest and rest.end() < len(text) else start


def page_record(page: SearchPage, facets: Facets) -> dict[str, Any]:
    """An answer, as `search --json` and `/api/v1/search` print it."""
    return {
        "query": page.query,
        "total": page.total,
        "releases": page.releases,
        "files": page.files,
        "took_ms": round(page.took_ms, 3),
        "page": page.page_number,
        "page_size": page.page_size,
        "hits": [hit_record(hit, facets) for hit in page.hits],
        "facets": {
            name: [_value_record(value) for value in values] for name, values in page.facets.items()
        },
        "suggestion": page.suggestion,
        "help": [asdict(one) for one in page.help],
        "notices": list(page.notices),
        "build": page.build,
    }


def hit_record(hit: Hit, facets: Facets) -> dict[str, Any]:
    """A hit, as answers list it."""
    release = hit.release
    record: dict[str, Any] = {
        "id": release.id,
        "score": hit.score,
        "title": release.title,
        "date": release.date.value.isoformat() if release.date.value else None,
        "date_precision": release.date.precision.value,
        "date_certainty": release.date.certainty.value,
        "year": release.date.year,
        "language": release.language.code,
        "url": release.url,
        "source": str(release.source),
        "snippet": _marked_record(hit.snippet),
    }
    record |= {
        facet.plural: facet.values_of(release)
        for facet in facets.values()
        if facet.kind is FacetKind.AUTHORITY
    }
    record["versions"] = [asdict(version) for version in hit.versions]
    if hit.explanation is not None:
        record["explanation"] = _explanation_record(hit.explanation)
    return record


def _marked_record(marked: MarkedText) -> Mapping[str, Any]:
    return {"text": marked.to_plain(), "html": marked.to_html()}


def _explanation_record(explanation: Explanation) -> Mapping[str, Any]:
    return {
        "score": explanation.score,
        "reasons": [
            {
                "asked": reason.asked,
                "rule": reason.rule,
                "language": reason.language,
                "forms": list(reason.forms),
                "score": reason.score,
            }
            for reason in explanation.reasons
        ],
    }


def _value_record(value: FacetValue) -> Mapping[str, Any]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "parent": value.parent,
    }
