"""Why a hit is there: which of its words matched which part of the query, by which rule.

What matched can be switched off: a form, a tag, or a whole way in which words find more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Explanation, Reason
from webui.desk import Desk, Link
from webui.state import SearchState
from webui.wording.texts import REASON_RULES, WAYS_OUT

FORMS_SHOWN = 6
NOT_BY_FORMS = frozenset(("facet", "date", "authority", "all words", "recent"))
"""The rules by which no single form matched that could be switched off."""
WAYS_OF_RULES = {
    "glossary": "translate",
    "variant": "variants",
    "kindred": "feedback",
    "alike": "feedback",
}
"""What is switched off to be rid of all reasons by a rule."""


@dataclass(frozen=True, slots=True)
class FormView:
    """A word of the release that matched; no `url` where it cannot be switched off."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One way in which a hit matches."""

    asked: str
    forms: Sequence[FormView]
    rule: str
    """With its language, where stems of one matched."""
    score: str
    out: Link | None
    """What leaves out all that matched by this rule, where that can be."""


def reason_views(
    explanation: Explanation | None, state: SearchState, desk: Desk
) -> list[ReasonView]:
    """The reasons of a hit, the weightiest first; none where none were asked for."""
    reasons = explanation.reasons if explanation else ()
    return [
        ReasonView(
            desk.tag_called(reason.asked) or reason.asked,
            [_form(form, reason.rule, state, desk) for form in reason.forms[:FORMS_SHOWN]],
            _rule(reason, desk),
            desk.words.number(round(reason.score, 2)),
            _out(reason, state, desk),
        )
        for reason in sorted(reasons, key=lambda reason: -reason.score)
    ]


def _form(form: str, rule: str, state: SearchState, desk: Desk) -> FormView:
    off = state.toggle_form(form.casefold())
    return FormView(form, "" if rule in NOT_BY_FORMS else desk.links.to(off))


def _rule(reason: Reason, desk: Desk) -> str:
    named = desk.words.gettext(REASON_RULES.get(reason.rule, "")) or reason.rule
    language = desk.language_called(reason.language) if reason.language else ""
    return ", ".join(filter(None, (named, language)))


def _out(reason: Reason, state: SearchState, desk: Desk) -> Link | None:
    words, links = desk.words, desk.links
    if reason.rule == "authority":
        text = words.gettext("Leave out this tag")
        return Link(text, links.to(state.toggle_form(reason.asked)))
    way = WAYS_OF_RULES.get(reason.rule)
    return Link(words.gettext(WAYS_OUT[way]), links.to(state.toggle_way(way))) if way else None
