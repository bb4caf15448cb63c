"""Why a hit is there: which of its words matched which part of the query, by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Explanation
from webui.desk import Desk
from webui.wording.texts import REASON_RULES

FORMS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One way in which a hit matches."""

    asked: str
    forms: Sequence[str]
    rule: str
    """With its language, where stems of one matched."""
    score: str


def reason_views(explanation: Explanation | None, desk: Desk) -> list[ReasonView]:
    """The reasons of a hit, the weightiest first; none where none were asked for."""
    if explanation is None:
        return []
    words = desk.words
    return [
        ReasonView(
            reason.asked,
            reason.forms[:FORMS_SHOWN],
            ", ".join(
                part
                for part in (
                    words.gettext(REASON_RULES.get(reason.rule, "")) or reason.rule,
                    desk.language_called(reason.language) if reason.language else "",
                )
                if part
            ),
            words.number(round(reason.score, 2)),
        )
        for reason in sorted(explanation.reasons, key=lambda reason: -reason.score)
    ]
