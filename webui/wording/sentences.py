"""Sentences of the engine in the reader's language.

The engine speaks English, to programs and people alike. A sentence that fits one of these
templates is told again from the translated template, with the same values in it.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from webui.wording.marks import N_

TEMPLATES = (
    # What was done to the query.
    N_("No release has all of these words; these have some of them."),
    N_(
        "Releases with all of these words: %(count)s; they come first, the others have some of "
        "them."
    ),
    N_("Includes releases tagged %(names)s."),
    N_("Also searched in other languages: %(words)s."),
    N_("Also spelled: %(words)s."),
    N_("“%(field)s” is no facet; “%(text)s” was read as words."),
    N_("The quotation mark at character %(place)s is not closed: the phrase runs to the end."),
    N_("The parenthesis at character %(place)s has no partner and was ignored."),
    N_("The operator at character %(place)s has nothing to join and was ignored."),
    N_("AND, OR and NOT stand alone here and were searched as words."),
    N_("The ~ at character %(place)s was ignored: it works on a single whole word."),
    N_("The query has no letters or digits to search for, so it matches nothing."),
    N_("A pattern stands for more than %(count)s words; no more were searched."),
    # What cannot be answered.
    N_("a pattern takes at most %(count)s stars"),
    N_("a word can be searched one or two letters away"),
    N_("more than %(count)s parentheses stand inside each other"),
    N_("the distance between the words is too large"),
    N_("the query has %(count)s characters; the limit is %(limit)s"),
    N_("the query has more than %(count)s words"),
    N_("the span “%(span)s” ends before it starts"),
    N_("the filter on “%(facet)s” names no value"),
    N_("a filter takes at most %(count)s values"),
    N_("a page cannot hold %(count)s hits"),
    N_("at most %(count)s forms can be switched off"),
    N_("there is no page %(number)s"),
    N_("there is no facet “%(name)s”"),
    N_("there is no %(facet)s “%(value)s”"),
    N_("“%(text)s” is not a date"),
    N_("“%(text)s” is not a year"),
    N_("“%(text)s” is no order of hits"),
    N_("“%(text)s” is no choice here"),
    N_("at most %(count)s searches can be laid beside each other"),
    N_("“%(text)s” is no page number"),
    N_("“%(text)s” is no size"),
    # How to mend it.
    N_("ask for 1 to %(limit)s"),
    N_("did you mean %(query)s?"),
    N_("it may be up to %(limit)s"),
    N_("leave some of them out"),
    N_("search for a shorter text"),
    N_("search for fewer words at a time"),
    N_("shorten it"),
    N_("pages count from 1"),
    N_("this index has %(names)s"),
    N_("there are %(names)s"),
    N_("a year has four digits"),
    N_("write a whole number from 1 to %(limit)s"),
    N_("write the earlier date first"),
    N_("write word~ or word~2"),
    N_("write date:2018, date:2018-05, date:2018-05-03 or date:2018-05..2018-09"),
    N_("write year:2018 or year:2016..2018"),
    N_("write a year, a month or a day: 2018, 2018-05 or 2018-05-03; the earlier first"),
)

_SLOT = re.compile(r"%\((\w+)\)s")


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_expression(template), template) for template in TEMPLATES)


def _expression(template: str) -> re.Pattern[str]:
    return re.compile("".join(_pieces(template)), re.DOTALL)


def _pieces(template: str) -> Iterator[str]:
    at = 0
    for slot in _SLOT.finditer(template):
        yield re.escape(template[at : slot.start()])
        yield f"(?P<{slot[1]}>.*)"
        at = slot.end()
    yield re.escape(template[at:])


def retold(sentence: str, translate: Callable[[str], str]) -> str | None:
    """The sentence by its translated template; None where no template fits."""
    for expression, template in _expressions():
        found = expression.fullmatch(sentence)
        if found:
            return translate(template) % found.groupdict()
    return None
