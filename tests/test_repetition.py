"""What repeats across an archive.

1. A paragraph at the top of pages of different articles is a teaser; a page crawled twice is one.
2. A block at the end of many pages is boilerplate.
3. The article's own lead is never cut, even when it is a teaser elsewhere.
4. Nothing is lost: what is cut is kept with its rule, and a page without a title is left alone.
5. A page of lines that no other page has is cleaned as if it were alone.
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.cleaning import CleanText, Repeated, clean, prints_of, repeated

RULE = "repeats-across-pages"
COMPETITION = (
    "The secretariat has opened a competition of essays for students of the member states."
)
MEETING = (
    "Experts of six ministries met in the capital and spoke about common standards of training."
)
LEADS = {
    "Floods": "Because of the floods the rescuers of the region worked for three days and nights.",
    "Storms": "The storms that came in from the lake broke the roofs of forty houses on Monday.",
    "Fires": "Two hundred people fought the fires in the forest of the northern valley for a week.",
    "Frost": "A hard frost has damaged the gardens of the south, and farmers ask for some help.",
    "Quakes": "Three quakes were felt in the mountains at night; nobody was hurt, officials say.",
}


def page_of(subject: str, *above: str, below: str = "") -> str:
    title = f"{subject} in the region"
    more = f"More on the {subject.lower()} will be told tomorrow by those who were there."
    return "\n".join([*above, title, LEADS[subject], more, *([below] if below else [])])


def cleaned(pages: list[str]) -> list[CleanText]:
    """The pages after both passes."""
    known = repeated([prints_of(page) for page in pages])
    return [clean(page, None, known) for page in pages]


def cut(page: CleanText) -> list[str]:
    return [removed.text for removed in page.removed if removed.rule == RULE]


def test_1_a_paragraph_above_different_articles_is_a_teaser() -> None:
    first, second = cleaned([page_of("Floods", COMPETITION), page_of("Storms", COMPETITION)])
    assert (first.title, second.title) == ("Floods in the region", "Storms in the region")
    assert cut(first) == cut(second) == [COMPETITION]
    assert {removed.kind for removed in first.removed} == {"teaser"}


def test_1_a_page_crawled_twice_is_one_article() -> None:
    page = page_of("Floods", COMPETITION)
    assert repeated([prints_of(page), prints_of(page + "\n")]) == Repeated()


def test_1_dates_above_teasers_go_with_them() -> None:
    pages = [page_of(subject, "12.05.2024", COMPETITION) for subject in ("Floods", "Storms")]
    for page in cleaned(pages):
        assert cut(page) == ["12.05.2024", COMPETITION]
        assert page.date_lines == ()


def test_1_a_few_lines_that_repeat_are_a_block() -> None:
    lines = ["House of Deputies", "Assembly of the Regions", "Senate of the Union"]
    pages = [page_of(subject, *lines) for subject in ("Floods", "Storms", "Fires")]
    for page in cleaned(pages):
        assert cut(page) == lines
        assert {removed.kind for removed in page.removed} == {"boilerplate"}


def test_2_a_block_below_many_articles_is_boilerplate() -> None:
    contact = "Contact: the press service of the region, room 4, telephone 55-10-20."
    many = cleaned([page_of(subject, below=contact) for subject in LEADS])
    assert [cut(page) for page in many] == [[contact]] * 5
    few = cleaned([page_of(subject, below=contact) for subject in list(LEADS)[:4]])
    assert [cut(page) for page in few] == [[]] * 4


def test_3_the_own_lead_stays() -> None:
    """The floods are the teaser of two other pages, and of their own."""
    lead = LEADS["Floods"]
    pages = [
        page_of("Floods"),
        page_of("Floods", COMPETITION, lead),
        page_of("Storms", COMPETITION, lead),
        page_of("Fires", COMPETITION, lead),
    ]
    for page, subject in zip(cleaned(pages), ("Floods", "Floods", "Storms", "Fires"), strict=True):
        assert page.title == f"{subject} in the region"
        assert page.body.startswith(LEADS[subject])


def test_3_the_lead_of_a_page_without_a_title_stays() -> None:
    lead = LEADS["Floods"]
    bare = f"{lead}\nWhat the rescuers say\nThe floods kept us busy in the region, they say."
    pages = [bare, page_of("Storms", lead), page_of("Fires", lead)]
    first, *others = cleaned(pages)
    assert lead in first.body
    assert [cut(page) for page in others] == [[lead], [lead]]


def test_3_where_the_source_states_a_title_it_must_stand_below() -> None:
    lead = LEADS["Floods"]
    known = repeated([prints_of(page_of(each, lead)) for each in ("Storms", "Fires")])
    body = f"{lead}\n\nA heading\n\nThe rest of the text about the floods."
    assert clean(body, "Floods in the region", known).body.startswith(lead)
    below = clean(page_of("Storms", lead), "Storms in the region", known)
    assert cut(below) == [lead]


def test_4_a_page_of_teasers_alone_is_left_alone() -> None:
    pages = [page_of(each, COMPETITION, MEETING) for each in ("Floods", "Storms")]
    listing = f"{COMPETITION}\n{MEETING}"
    known = repeated([prints_of(page) for page in [*pages, listing]])
    assert cut(clean(listing, None, known)) == []


@given(st.lists(st.sampled_from([*LEADS, COMPETITION, MEETING]), min_size=1, max_size=6))
def test_4_nothing_is_lost(lines: list[str]) -> None:
    known = repeated([prints_of(page_of(each, COMPETITION, MEETING)) for each in LEADS])
    page = page_of("Floods", *lines)
    found = clean(page, None, known)
    kept = [found.title, found.body, *(removed.text for removed in found.cut)]
    assert sorted(re.findall(r"\w+", " ".join(kept))) == sorted(re.findall(r"\w+", page))


@given(st.text(max_size=200))
def test_5_what_no_other_page_has_makes_no_difference(text: str) -> None:
    known = repeated([prints_of(page_of(each, COMPETITION)) for each in LEADS])
    if not known.touches(prints_of(text)):
        assert clean(text, None, known) == clean(text)
