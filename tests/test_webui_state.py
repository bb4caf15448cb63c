from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import Facet, FacetKind, Facets, Filter, Sort, UserError
from indexer.facets import FacetEntry
from webui.parameters import MAX_NUMBER
from webui.state import MOST_EXPLAINED, MOST_HITS, WAYS, SearchState

ORGANIZATIONS = {
    "un": FacetEntry("un", {"en": "United Nations"}),
    "unodc": FacetEntry("unodc", {"en": "UNODC"}, parent="un"),
    "osce": FacetEntry("osce", {"en": "OSCE"}),
}
FACETS = Facets(
    [
        Facet("year", "years", FacetKind.YEAR, {"en": "Year"}),
        Facet(
            "organization",
            "organizations",
            FacetKind.AUTHORITY,
            {"en": "Organization"},
            ORGANIZATIONS,
        ),
    ]
)


def read(url: str) -> SearchState:
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return SearchState.from_args(MultiDict(pairs), FACETS)


texts = st.text(max_size=30)
values = st.text(min_size=1, max_size=10).filter(str.strip)
queries = st.lists(
    st.one_of(
        st.tuples(st.just("q"), texts),
        st.tuples(st.sampled_from(["year", "organization"]), values),
        st.tuples(st.sampled_from(["from", "to", "other"]), texts),
        st.tuples(st.just("sort"), st.sampled_from([sort.value for sort in Sort])),
        st.tuples(st.sampled_from(["page", "size"]), st.integers(0, MAX_NUMBER).map(str)),
        st.tuples(st.sampled_from(WAYS), st.sampled_from(["0", "1", ""])),
        st.tuples(st.sampled_from(["without", "build"]), texts),
        st.tuples(st.just("values"), st.sampled_from(["name", "", "other"])),
        st.tuples(st.just("collapse"), st.sampled_from(["0", "1", ""])),
        st.tuples(st.just("why"), st.sampled_from(["0", "1", ""])),
        st.tuples(st.just("exclude"), st.sampled_from(["organization:", "year:", ""]) | texts),
        st.tuples(st.just("exclude"), values.map(lambda value: f"organization:{value}")),
    ),
    max_size=12,
)
states = queries.map(lambda pairs: SearchState.from_args(MultiDict(pairs), FACETS))


@settings(max_examples=300, deadline=None)
@given(states)
def test_a_state_is_its_url(state: SearchState) -> None:
    assert read(state.url("/search")) == state


@settings(max_examples=150, deadline=None)
@given(states, st.sampled_from(["year", "organization"]), values)
def test_toggling_chooses_and_takes_back(state: SearchState, facet: str, value: str) -> None:
    once = state.toggle(facet, value)
    assert ((facet, value) in once.chosen) != ((facet, value) in state.chosen)
    assert once.page == 1
    assert set(once.toggle(facet, value).chosen) == set(state.chosen)
    assert read(once.url()) == once


@settings(max_examples=150, deadline=None)
@given(states, st.sampled_from(["year", "organization"]), values)
def test_excluding_takes_back_a_choice(state: SearchState, facet: str, value: str) -> None:
    pair = (facet, value)
    once = state.exclude(facet, value)
    assert (pair in once.excluded) != (pair in state.excluded)
    assert pair not in once.chosen
    assert read(once.url()) == once
    assert pair in once.toggle(facet, value).chosen
    assert pair not in once.toggle(facet, value).excluded


@settings(max_examples=150, deadline=None)
@given(states)
def test_without_filters_keeps_the_words(state: SearchState) -> None:
    bare = state.without_filters()
    assert not bare.is_filtered
    assert (bare.q, bare.sort, bare.size) == (state.q, state.sort, state.size)


@settings(max_examples=150, deadline=None)
@given(states)
def test_a_form_keeps_all_but_its_own_fields_and_the_page(state: SearchState) -> None:
    kept = state.fields_besides("q")
    asked = SearchState.from_args(MultiDict([("q", state.q), *kept]), FACETS)
    assert asked == state.with_page(1)


def test_one_parameter_for_each_value() -> None:
    state = read("/?q=drugs&organization=un&organization=osce&organization=un&year=2018")
    assert state.chosen == (("organization", "un"), ("organization", "osce"), ("year", "2018"))
    request = state.request(FACETS)
    assert request.selected("organization") == ("un", "osce")
    assert request.facets == ("year", "organization")


def test_values_are_excluded() -> None:
    state = read("/?exclude=organization:un&exclude=year:2018&exclude=other:x&organization=osce")
    assert state.excluded == (("organization", "un"), ("year", "2018"))
    request = state.request(FACETS)
    assert request.selected("organization") == ("osce",)
    assert Filter.none_of("organization", "un") in request.filters


def test_unknown_parameters_are_left_out() -> None:
    assert read("/?q=a&utm=%3Cscript%3E").url() == "/?q=a"


def test_months_and_years_are_spans() -> None:
    chosen = read("/?from=2018-05&to=2019").request(FACETS).filters[0]
    assert (chosen.start, chosen.end) == (date(2018, 5, 1), date(2019, 12, 31))
    only_end = read("/?to=2018-02").request(FACETS).filters[0]
    assert (only_end.start, only_end.end) == (None, date(2018, 2, 28))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_switched_off_by_itself(way: str) -> None:
    request = read(f"/?q=a&{way}=0").request(FACETS)
    assert [getattr(request, one) for one in WAYS] == [one != way for one in WAYS]
    assert read("/?q=a").request(FACETS).expand is True


@settings(max_examples=150, deadline=None)
@given(states, st.sampled_from(WAYS), values.map(str.strip))
def test_switching_twice_is_not_switching(state: SearchState, way: str, form: str) -> None:
    once = state.toggle_way(way)
    assert (way in once.off) != (way in state.off)
    assert once.toggle_way(way) == state.with_page(1)
    off = state.toggle_form(form)
    assert (form in off.without) != (form in state.without)
    assert set(off.toggle_form(form).without) == set(state.without)
    assert read(off.url()) == off
    assert read(once.url()) == once


def test_forms_are_switched_off_in_the_url() -> None:
    state = read("/?q=seized&without=seizure&without=organization:un&without=seizure&without=+")
    assert state.without == ("seizure", "organization:un")
    assert state.request(FACETS).without_forms == ("seizure", "organization:un")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/?page=abc", "bad_page"),
        ("/?page=-1", "bad_page"),
        ("/?page=0", "bad_page"),
        ("/?page=٣", "bad_page"),
        ("/?page=1000000001", "bad_page"),
        ("/?page=" + "9" * 5000, "bad_page"),
        ("/?size=0", "bad_page"),
        ("/?size=100000", "bad_page"),
        (f"/?size={MOST_HITS + 1}", "bad_page"),
        (f"/?size={MOST_EXPLAINED + 1}&why=1", "bad_page"),
        ("/?sort=upwards", "bad_sort"),
        ("/?from=May", "bad_date"),
        ("/?from=2018-13", "bad_date"),
        ("/?from=2018..2019", "bad_date"),
        ("/?from=2019&to=2018", "bad_range"),
        ("/?organization=nato", "unknown_value"),
        ("/?year=20x8", "unknown_value"),
        ("/?exclude=organization:nato", "unknown_value"),
        ("/?year=²²²²", "unknown_value"),
    ],
)
def test_what_cannot_be_understood_is_the_users_error(url: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read(url).request(FACETS)
    assert caught.value.code == code
    assert caught.value.position is None


def test_the_largest_page_number_is_understood() -> None:
    assert read(f"/?page={MAX_NUMBER}").request(FACETS).page_number == MAX_NUMBER
