"""The day of the news: the date in the first sentences that is neither a treaty's nor to come."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from indexer.dates.forms import WrittenDate, find_dates
from indexer.dates.inference import future_words, sentences
from indexer.dates.words import (
    ATTRIBUTIVE,
    FUTURE,
    NOT_THE_DAY,
    NOT_THE_DAY_AFTER,
    PAST,
    PAST_LAST,
    START_OF_STATE,
)

_NOT_THE_DAY = re.compile(rf"(?:\b|(?<=\s)|\A)(?:{NOT_THE_DAY})\s\Z", re.IGNORECASE)
_NOT_THE_DAY_AFTER = re.compile(rf"\s?(?:{NOT_THE_DAY_AFTER})", re.IGNORECASE)
_ATTRIBUTIVE = re.compile(ATTRIBUTIVE)
_START_OF_STATE = re.compile(rf"\b(?:{START_OF_STATE})", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:{PAST})\b", re.IGNORECASE)
_PAST_LAST = re.compile(PAST_LAST)
# A wide gap is the layout of a page: what stands behind it is a stamp, not a sentence.
_LAYOUT = re.compile(r"\s{8}")
_FUTURE_LAST = re.compile(rf"\b(?:{FUTURE})[.!»”\s]*\Z", re.IGNORECASE)
_STOP = re.compile(r"[.!?։:…][\"»”')]*\s*\Z")
_VERB_LAST = frozenset({"kk", "ky", "tg"})
_LEAD_CHARACTERS = 2_000
_LEAD_SENTENCES = 4
_DATELINE = 60
_AROUND = 60


def lead_sentences(body: str) -> list[str]:
    """The sentences of the first paragraph; a dateline and the next sentence count as one."""
    return list(_lead(body[:_LEAD_CHARACTERS]))


@lru_cache(maxsize=4)
def _lead(start: str) -> tuple[str, ...]:
    """The lead, kept for the next that asks: publication and event are read from it."""
    lines = [line for line in start.lstrip().split("\n") if line.strip()]
    # A short first line that is no sentence is a headline or a place.
    alone = not lines or len(lines[0]) >= _DATELINE or _STOP.search(lines[0])
    paragraph = "\n".join(lines[: 1 if alone else 2])
    lead = list(islice(sentences(paragraph), _LEAD_SENTENCES + 1))
    if len(lead) > 1 and len(lead[0]) < _DATELINE:
        lead[:2] = [f"{lead[0]} {lead[1]}"]
    return tuple(lead[:_LEAD_SENTENCES])


@lru_cache(maxsize=16)
def news_dates(sentence: str, language: str) -> tuple[tuple[WrittenDate, bool], ...]:
    """The dates of a sentence that can be the day of its news, and whether that is to come."""
    return tuple(_news_dates(sentence, language))


def _news_dates(sentence: str, language: str) -> Iterator[tuple[WrittenDate, bool]]:
    for written in find_dates(sentence, language):
        before = sentence[max(0, written.start - _AROUND) : written.start]
        words = sentence[written.start : written.end]
        alone = written.day is None and written.year is None
        other = (
            (not alone and _NOT_THE_DAY.search(before))
            or (not written.is_range and _NOT_THE_DAY_AFTER.match(sentence, written.end))
            or _ATTRIBUTIVE.search(words)
            or _LAYOUT.search(sentence, 0, written.start)
            or (written.day and not written.is_range and _START_OF_STATE.search(before))
        )
        if not other:
            yield written, _is_to_come(sentence, written, language)


def _is_to_come(sentence: str, written: WrittenDate, language: str) -> bool:
    """Whether a sentence tells of its date as of the future.

    A verb in the past tense between the date and the word for the future keeps the date past,
    as in `On 26 May the Council approved the plan by which the exercise will be held`.
    """
    if written.shift == 1:
        return True
    future = future_words(sentence)
    if not future:
        return False
    if language in _VERB_LAST:
        return _FUTURE_LAST.search(sentence) is not None or not _PAST_LAST.search(sentence)
    start, end = sorted((written.end, future.start()))
    if future.end() <= written.start:
        start, end = future.end(), written.start
    return _PAST.search(sentence, start, end) is None
