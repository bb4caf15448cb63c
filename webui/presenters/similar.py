"""Releases like one, each with what both share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer import Hit, Reason
from webui.desk import Desk, iso_date, lang_attribute
from webui.state import SearchState

SHARED_SHOWN = 8


@dataclass(frozen=True, slots=True)
class SimilarView:
    """One release that is like another."""

    title: str
    url: str
    lang: str
    language: str
    date: str
    iso_date: str
    shared: Sequence[str]
    """Words and names of both, those that count most first."""


def similar_views(hits: Iterable[Hit], state: SearchState, desk: Desk) -> list[SimilarView]:
    """The releases, the most similar first."""
    return [
        SimilarView(
            hit.release.title or desk.words.gettext("(no title)"),
            desk.links.to_release(hit.release.id, state),
            lang_attribute(hit.release),
            desk.language_of(hit.release),
            desk.words.published(hit.release.date),
            iso_date(hit.release),
            _shared(hit.explanation.reasons if hit.explanation else (), desk),
        )
        for hit in hits
    ]


def _shared(reasons: Sequence[Reason], desk: Desk) -> list[str]:
    weights: dict[str, float] = {}
    for reason in reasons:
        text = _text(reason, desk)
        weights[text] = weights.get(text, 0.0) + reason.score
    return sorted(weights, key=lambda text: (-weights[text], text))[:SHARED_SHOWN]


def _text(reason: Reason, desk: Desk) -> str:
    """A name by its label; a word as it stands here, and there where it is another one."""
    if reason.rule == "authority":
        return desk.tag_called(reason.asked) or reason.asked
    if reason.rule == "glossary" and reason.forms:
        return f"{reason.asked} → {reason.forms[0]}"
    return next((form for form in reason.forms if form.casefold() == reason.asked), reason.asked)
