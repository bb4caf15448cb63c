"""Where an article begins on its page: rules for the title, the most certain first."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.cleaning.copies import begins_article, glued_date, is_copy, is_dated, is_other_wording
from indexer.cleaning.date_words import looks_like_date
from indexer.cleaning.furniture import furniture_rule
from indexer.cleaning.page import Piece
from indexer.cleaning.text import is_closed, is_headline, is_paragraph, repeated_share, share

Head = Sequence[Piece]
"""The unclaimed pieces at the top of a page."""

_SHORTEST_REPEATED = 12
_LONGEST_TITLE = 400
_LEAD = 80
"""Characters that two paragraphs must share to be the same lead."""
_TEASERS = 12
"""The most paragraphs that a block of teasers was seen to have, and a few more."""
_WORDS = 3
_FEW = 4
"""Short lines above a title that are no article."""
_NEARLY_SAME = 0.8
_TOLD_BELOW = 0.3
"""The share of a title's words that the first paragraph repeats, at the least."""


def _may_repeat(text: str) -> bool:
    fits = _SHORTEST_REPEATED <= len(text) <= _LONGEST_TITLE
    return fits and not looks_like_date(text) and not furniture_rule(text)


def is_block(head: Head, at: int) -> bool:
    """Whether all above a piece can be teasers: paragraphs and dates.

    A headline can be one of several teasers where it stands apart, as teasers do.
    """
    above = head[:at]
    if at > _TEASERS or not (at == 0 or any(is_paragraph(piece.text) for piece in above)):
        return False
    return all(
        looks_like_date(piece.text) or is_paragraph(piece.text) or _stands_apart(head, place, at)
        for place, piece in enumerate(above)
    )


def _stands_apart(head: Head, place: int, at: int) -> bool:
    above = place == 0 or head[place].gap >= 2 or looks_like_date(head[place - 1].text)
    return above and (place + 1 == at or head[place + 1].gap >= 2)


def is_dated_block(head: Head) -> bool:
    """Whether the page begins with teasers that have their dates above them (templates 3, 4).

    A lone date above a headline is the article's own; that of a teaser is nearer to its text
    than to what follows the text.
    """
    if len(head) < 3 or not looks_like_date(head[0].text) or looks_like_date(head[1].text):
        return False
    if is_paragraph(head[1].text):
        return True
    below = next((piece for piece in head[2:_TEASERS] if not is_paragraph(piece.text)), head[1])
    return looks_like_date(below.text) and below.gap > head[1].gap


def by_dated_repetition(head: Head) -> int | None:
    """Templates 2, 3, 7: the title stands twice, the second time with the article's date."""
    for at, (title, copy) in enumerate(pairwise(head[: 3 * _TEASERS])):
        longer = len(copy.text) > len(title.text) + 5
        if longer and _may_repeat(title.text) and is_copy(copy.text, title.text):
            few = at <= _FEW and not any(is_paragraph(piece.text) for piece in head[:at])
            return at if few or is_block(head, at) or is_dated_block(head) else None
    return None


def by_repetition(head: Head) -> int | None:
    """The title stands twice, with nothing but its date or a headline between."""
    # A title stands below no more teasers than there are: `_is_title`.
    for at, (first, second) in enumerate(pairwise(head[: 2 * _TEASERS + 3])):
        if not _may_repeat(first.text):
            continue
        copies = head[at + 1 : at + 3] if not _may_be_article(second.text) else (second,)
        if any(is_copy(copy.text, first.text) for copy in copies) and _is_title(head, at):
            return at
    return None


def _may_be_article(text: str) -> bool:
    return not is_dated(text) and not is_headline(text)


def _is_title(head: Head, at: int) -> bool:
    """Whether a line that stands twice is a title: some words, below teasers.

    A sentence that stands twice is rather a lead that is a teaser as well.
    """
    text = head[at].text
    words = not is_closed(text) and len(text.split()) >= _WORDS
    return words and (is_block(head, at) or (is_dated_block(head) and at <= 2 * _TEASERS))


def by_title_before_article(head: Head) -> int | None:
    """Template 13: the title, its date, then the title again with the article behind it."""
    for at, first in enumerate(head[:-1]):
        if at and first.gap:
            return None
        if len(first.text.split()) < _WORDS or not _may_repeat(first.text):
            continue
        dated = looks_like_date(head[at + 1].text)
        below = head[at + 1 + dated : at + 2 + dated] if dated or not at else ()
        if any(begins_article(piece.text, first.text) for piece in below):
            return at
    return None


def by_second_translation(head: Head) -> int | None:
    """Template 8: the page begins with two machine translations of one title."""
    return 0 if len(head) > 2 and is_other_wording(head[0].text, head[1].text) else None


def by_glued_date(head: Head) -> int | None:
    """Template 5: the headline before the line that a date is glued to."""
    for at, piece in enumerate(head[1:]):
        if glued_date(piece.text) and is_headline(head[at].text):
            return at
    return None


def by_own_date(head: Head) -> int | None:
    """Templates 4, 9, 10: a headline, and below it a line that begins with the article's date.

    A teaser is shown by the date above it, or by a wider gap below it than above it.
    """
    for at, (title, piece) in enumerate(pairwise(head)):
        if not is_dated(piece.text) or looks_like_date(title.text) or not is_headline(title.text):
            continue
        if at == 0:
            return at
        above_date = looks_like_date(head[at - 1].text)
        near_date = not title.gap or title.gap >= piece.gap > 0
        if not above_date and near_date and (is_block(head, at) or is_dated_block(head)):
            return at
    return None


def by_gaps(head: Head) -> int | None:
    """Template 1: two empty lines between teasers, one above the title and two below it."""
    for at in range(1, min(len(head) - 1, _TEASERS)):
        title, below = head[at], head[at + 1]
        if title.gap != 1 or below.gap < 2 or not is_headline(title.text):
            continue
        dates = looks_like_date(title.text) or looks_like_date(below.text)
        if not dates and is_block(head, at):
            return at
    return None


def by_date_above(head: Head) -> int | None:
    """A date, then the title, then text: the page prints its date above the title."""
    if len(head) < 3 or not looks_like_date(head[0].text) or is_dated_block(head):
        return None
    return 1 if is_headline(head[1].text) and not looks_like_date(head[1].text) else None


def by_dated_teasers(head: Head) -> int | None:
    """Template 3 without a second title: the headline that has no date above it.

    It stands apart from the teasers; where nothing does, it is the first below a paragraph.
    """
    if not is_dated_block(head):
        return None
    found = [
        at
        for at in range(2, min(len(head) - 1, 2 * _TEASERS))
        if is_headline(head[at].text)
        and not any(looks_like_date(piece.text) for piece in head[at - 1 : at + 2])
    ]
    apart = next((at for at in found if head[at].gap >= 2), None)
    if apart is not None or sum(looks_like_date(piece.text) for piece in head[:_TEASERS]) < 2:
        return apart
    return next((at for at in found if is_closed(head[at - 1].text)), None)


def by_first_line(head: Head) -> int | None:
    """Template 6, and most other texts: the first line is a headline and there is more."""
    if len(head) < 2 or not is_headline(head[0].text) or looks_like_date(head[0].text):
        return None
    return 0


def by_header(head: Head) -> int | None:
    """Below a source's header: the first headline, before any paragraph; dates may precede."""
    for at, piece in enumerate(head):
        if not looks_like_date(piece.text):
            return at if is_headline(piece.text) else None
    return None


def by_long_paragraphs(head: Head) -> int | None:
    """Template 5 without a date: after paragraphs on adjacent lines, the headline of the next.

    Of several headlines it is the one whose words the paragraph below it repeats most.
    """
    found: list[tuple[float, int]] = []
    for at in range(2, min(len(head) - 1, _TEASERS // 2 + 2)):
        if head[at].gap or head[at - 1].gap:
            break
        if is_headline(head[at].text) and is_paragraph(head[at + 1].text):
            found.append((repeated_share(head[at].text, head[at + 1].text), -at))
    best, at = max(found, default=(0.0, 0))
    return -at if best >= _TOLD_BELOW and is_block(head[:1], 1) else None


TITLE_RULES: tuple[tuple[str, Callable[[Head], int | None]], ...] = (
    ("dated-repetition", by_dated_repetition),
    ("title-below-date", by_date_above),
    ("repetition", by_repetition),
    ("title-before-article", by_title_before_article),
    ("second-translation", by_second_translation),
    ("title-above-glued-date", by_glued_date),
    ("title-above-date", by_own_date),
    ("title-by-gaps", by_gaps),
    ("title-after-dated-teasers", by_dated_teasers),
    ("first-line", by_first_line),
    ("title-after-long-paragraphs", by_long_paragraphs),
)
"""The rules in order of certainty: the first that finds a title decides."""


HEADER_RULES = (("title-below-header", by_header),)
"""The rule where the page begins with the header of its source."""


def by_stated_title(head: Head, title: str) -> int | None:
    """The piece that is the title which the source states, where the article begins with it.

    Below paragraphs it must look like a title under teasers: a caption may repeat it as well.
    """
    for at, piece in enumerate(head):
        if is_copy(piece.text, title) or begins_article(piece.text, title):
            return at if _begins_below(head, at, title) else None
    for at, piece in enumerate(head[:2]):
        if is_headline(piece.text) and share(piece.text, title) >= _NEARLY_SAME:
            return at if _begins_below(head, at, title) else None
    return None


def _begins_below(head: Head, at: int, title: str) -> bool:
    if not any(is_paragraph(piece.text) for piece in head[:at]):
        return True
    below = head[at + 1] if at + 1 < len(head) else head[at]
    dated = len(head[at].text) > len(title) + 5 or is_dated(below.text) or glued_date(below.text)
    by_gap = head[at].gap == 1 and below.gap >= 2
    return (is_block(head, at) and bool(dated or by_gap)) or is_dated_block(head)


def by_repeated_lead(head: Head) -> int | None:
    """Template 11: the paragraph that stood among the teasers already; it begins the article."""
    seen: dict[str, int] = {}
    for at, piece in enumerate(head[:_TEASERS]):
        if len(piece.text) < _LEAD:
            continue
        first = seen.setdefault(piece.text[:_LEAD], at)
        shorter, longer = sorted((head[first].text, piece.text), key=len)
        if first < at and longer.startswith(shorter):
            # Where the next paragraphs are the same as well, the whole text stands twice.
            after = [head[place + 1].text for place in (first, at) if place + 1 < len(head)]
            apart = any(teaser.gap > 1 for teaser in head[1 : at + 1])
            return at if apart and len(set(after)) == len(after) else None
    return None
