"""What every engine must do, law by law; each engine's own test module subclasses it.

Laws:
1. A searcher is a snapshot: no later commit changes what it answers.
2. A batch appears at once: before its commit, and after a rollback, nothing of it is seen.
3. The order is total: pages joined are the whole list, with no repeat, and two runs agree.
4. Adding an id again replaces it, also within one batch.
5. Deleting twice, or what is not there, is no error.
6. A facet's counts are those of the hits without its own filter (drill sideways).
7. A chosen value stays listed, even at 0.
8. OR is the union, AND the intersection, NOT the difference.
9. A filter gives a subset; values of one facet are alternatives, facets must all hold, and what
   is excluded never shows.
10. Totals are exact, on every page.
11. The reasons of an explanation add up to the score.
12. What the index has not is a UserError, never an empty answer.
13. Kept texts appear with their batch.
14. An empty index answers.
15. There is one writer.
16. A release comes back as it was added.
17. Verification of a sound index finds nothing.
18. Ranking is searching without loading: the same ids, scores, totals, counts and notices.
19. A walk gives all hits in order, as the open snapshot has them.
20. A histogram counts each hit once, in the bucket of its whole known period, whatever the filter
    on dates; a bucket without hits is there if any release is in it.
21. A prefix is completed to words of the index, the most frequent first.
22. What part writers wrote is as if it were added, but for what is left out or renamed.
23. An answer names its build; builds that are kept are listed, and the newest is current.
24. A searcher gives the texts that its own commit kept.
25. A compaction leaves one segment, and changes no answer.
26. Collapsed, the hits of a group are one, the best that passes the filters, in the same order;
    totals, facets and histograms count it once; both totals are told, and a hit names its versions.
"""

import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from indexer.engine import Engine, Revision, Searcher
from indexer.errors import IndexUnavailable, UserError
from indexer.query import (
    And,
    DateRange,
    Everything,
    FieldValue,
    InTitle,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Tagged,
    Word,
)
from indexer.release import Precision, Release
from indexer.request import Filter, Interval, SearchRequest, Sort
from indexer.response import Hit, Ranking, SearchPage
from tests.releases import release

_WORDS = ("heroin", "seizure", "border", "police", "session", "drugs", "minister")
_RUSSIAN = ("героин", "граница", "полиция", "заседание", "министр")
_TAGS = (("organization", "un"), ("organization", "unodc"), ("organization", "osce"))
_OPERATIONS = (("operation", "channel"), ("operation", "channel/arax"), ("operation", "proxy"))


def corpus() -> list[Release]:
    """48 releases: equal scores and equal dates are frequent, so that ties are tested."""
    return [_numbered(number) for number in range(48)]


def _numbered(number: int) -> Release:
    words = _RUSSIAN if number % 4 == 3 else _WORDS
    body = [words[(number * step) % len(words)] for step in (1, 2, 3, 5)]
    tags = [tag for at, tag in enumerate(_TAGS) if number % (at + 2) == 0]
    tags += [tag for at, tag in enumerate(_OPERATIONS) if number % (at + 3) == 1]
    return release(
        f"r{(number * 29) % 48:02d}",
        " ".join(body),
        title=words[number % 3],
        language=("en", "en", "unknown", "ru")[number % 4],
        day=None if number % 6 == 5 else date(2015 + number % 3, 1 + number % 2, 1),
        tags=tags,
    )


def request(node: Node = Everything(), text: str = "") -> SearchRequest:
    return SearchRequest(Query(text, node), page_size=1000, expand=False, variants=False)


GROUPS = (("r03", "r17", "r40"), ("r05", "r06"), ("r10", "r11", "r12", "r13"), ("r20", "gone"))
"""Releases that are one; of the last group but one is there."""


def kept_groups() -> list[str]:
    """The lines in which a build keeps them."""
    return [
        json.dumps(
            [{"id": m, "language": "en", "rule": "same-slug", "evidence": "1"} for m in group]
        )
        for group in GROUPS
    ]


def group_of(id: str) -> str:
    """One id for all members of a group; of others their own."""
    return next((group[0] for group in GROUPS if id in group), id)


def ids(searcher: Searcher, node: Node) -> set[str]:
    return set(ranked(searcher, node))


def ranked(searcher: Searcher, node: Node) -> list[str]:
    return [hit.release.id for hit in searcher.search(request(node)).hits]


def write(engine: Engine, releases: Sequence[Release]) -> None:
    with engine.writer() as writer:
        for one in releases:
            writer.add(one)


def rank(hit: Hit) -> tuple[float, int, str]:
    """What orders hits by relevance: score, then date (newest first), then id."""
    day = hit.release.date.value
    return (-hit.score, -day.toordinal() if day else 0, hit.release.id)


QUERIES: tuple[Node, ...] = (
    Everything(),
    Word("heroin"),
    Word("границы"),
    Or((Word("heroin"), Word("police"), Word("героин"))),
    And((Word("heroin"), Or((Word("border"), Word("drugs"), Word("seizures"))))),
    Or((Not(Word("heroin")), Word("police"))),
    Or((And((Word("heroin"), Word("police"), Word("session"))), Word("border"))),
    And((Word("heroin"), Not(Word("police")))),
    Phrase(("heroin", "heroin"), slop=3),
    InTitle(Word("seizure")),
    Prefix("se"),
    FieldValue("organization", "un"),
    Tagged("organization", "osce", Word("police")),
    Tagged("operation", "channel", And((Word("drugs"), Word("police")))),
    And((Word("session"), DateRange(date(2016, 1, 1), None))),
)


class EngineContract:
    """The laws; a subclass gives two engines with the authority files of `tests.releases`."""

    @pytest.fixture
    def empty(self) -> Engine:
        """An engine with nothing in it."""
        pytest.fail("a subclass gives this fixture")

    @pytest.fixture
    def engine(self) -> Engine:
        """An engine that holds `corpus()`."""
        pytest.fail("a subclass gives this fixture")

    @pytest.fixture
    def searcher(self, engine: Engine) -> Iterator[Searcher]:
        searcher = engine.searcher()
        yield searcher
        searcher.close()

    def test_01_an_open_searcher_is_a_snapshot(self, engine: Engine, searcher: Searcher) -> None:
        before = [hit.release for hit in searcher.search(request()).hits]
        size = searcher.statistics()
        with engine.writer() as writer:
            writer.delete("r00")
            writer.add(release("r01", "changed"))
            writer.add(release("new", "heroin"))
        with engine.writer(rebuild=True) as writer:
            writer.add(release("other", "heroin"))
        assert [hit.release for hit in searcher.search(request()).hits] == before
        assert ids(searcher, Word("changed")) == set()
        assert searcher.statistics() == size
        assert set(engine.searcher().ids()) == {"other"}

    def test_02_an_uncommitted_batch_is_not_seen(self, engine: Engine) -> None:
        writer = engine.writer()
        writer.add(release("new", "unheard"))
        writer.delete("r00")
        assert set(engine.searcher().ids()) == {r.id for r in corpus()}
        writer.commit()
        assert set(engine.searcher().ids()) == {r.id for r in corpus()} - {"r00"} | {"new"}

    def test_02_a_batch_that_is_rolled_back_is_not_seen(self, engine: Engine) -> None:
        writer = engine.writer(rebuild=True)
        writer.add(release("new", "unheard"))
        writer.keep("ledger", ["new"])
        writer.rollback()
        with suppress(ZeroDivisionError), engine.writer() as failing:
            failing.add(release("newer", "unheard"))
            failing.delete("r00")
            raise ZeroDivisionError
        assert set(engine.searcher().ids()) == {r.id for r in corpus()}
        assert ids(engine.searcher(), Word("unheard")) == set()
        assert list(engine.kept("ledger")) == []

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("size", [1, 7, 48])
    def test_03_pages_joined_are_the_whole_list(
        self, searcher: Searcher, sort: Sort, size: int
    ) -> None:
        for node in QUERIES:
            whole = [h.release.id for h in searcher.search(request(node).sorted(sort)).hits]
            joined: list[str] = []
            for number in range(1, -(-len(whole) // size) + 2):
                page = searcher.search(request(node).sorted(sort).page(number, size))
                joined += [hit.release.id for hit in page.hits]
            assert joined == whole
            assert len(set(whole)) == len(whole)

    def test_03_the_order_is_score_then_date_then_id(self, searcher: Searcher) -> None:
        for node in QUERIES:
            hits = searcher.search(request(node)).hits
            assert list(hits) == sorted(hits, key=rank)

    @pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
    def test_03_dates_order_and_unknown_ones_come_last(
        self, searcher: Searcher, sort: Sort
    ) -> None:
        hits = searcher.search(request().sorted(sort)).hits
        days = [hit.release.date.value for hit in hits]
        known = [day for day in days if day is not None]
        assert days == known + [None] * (len(days) - len(known))
        assert known == sorted(known, reverse=sort is Sort.NEWEST)
        for left, right in pairwise(hits):
            if left.release.date == right.release.date:
                assert left.release.id < right.release.id

    def test_03_two_runs_agree(self, engine: Engine) -> None:
        for node in QUERIES:
            first, second = engine.searcher(), engine.searcher()
            assert first.search(request(node)).hits == second.search(request(node)).hits
            first.close()
            second.close()

    def test_04_adding_again_replaces(self, engine: Engine) -> None:
        write(engine, [release("r00", "replaced once"), release("r01", "unique")])
        write(engine, [release("r00", "replaced twice")])
        searcher = engine.searcher()
        assert ids(searcher, Word("replaced")) == {"r00"}
        assert ids(searcher, Word("once")) == set()
        assert searcher.statistics().releases == len(corpus())
        found = searcher.release("r00")
        assert found is not None
        assert found.body == "replaced twice"

    def test_04_adding_twice_in_one_batch_replaces(self, engine: Engine) -> None:
        write(engine, [release("new", "apple"), release("new", "pear"), release("new", "plum")])
        searcher = engine.searcher()
        assert ids(searcher, Or((Word("apple"), Word("pear")))) == set()
        assert ids(searcher, Word("plum")) == {"new"}
        assert searcher.search(request()).total == len(corpus()) + 1

    def test_05_deleting_twice_is_no_error(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.delete("r00")
            writer.delete("r00")
            writer.delete("never")
        with engine.writer() as writer:
            writer.delete("r00")
        searcher = engine.searcher()
        assert searcher.release("r00") is None
        assert searcher.search(request()).total == len(corpus()) - 1

    def test_05_add_and_delete_in_one_batch_keep_their_order(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.add(release("gone", "apple"))
            writer.delete("gone")
            writer.delete("back")
            writer.add(release("back", "apple"))
        assert ids(engine.searcher(), Word("apple")) == {"back"}

    @pytest.mark.parametrize(
        "filters",
        [
            (),
            (Filter.any_of("organization", "osce"),),
            (Filter.any_of("organization", "un", "osce"), Filter.any_of("year", "2016")),
            (Filter.any_of("language", "ru"), Filter.any_of("operation", "channel")),
            (Filter.between("date", date(2016, 1, 15), None), Filter.any_of("language", "en")),
            (Filter.none_of("organization", "un"), Filter.any_of("year", "2016")),
        ],
    )
    def test_06_facets_are_counted_sideways(
        self, searcher: Searcher, filters: tuple[Filter, ...]
    ) -> None:
        names = tuple(searcher.facets)
        node = Or((Word("heroin"), Word("police"), Word("граница")))
        page = searcher.search(request(node).where(*filters).faceted(*names))
        matching = [hit.release for hit in searcher.search(request(node)).hits]
        for name in names:
            others = [f for f in filters if f.facet != name]
            among = [r for r in matching if passes(r, others, searcher)]
            expected = Counter(v for r in among for v in searcher.facets[name].values_of(r))
            own = (f for f in filters if f.facet == name and not f.excludes)
            chosen = {value for one in own for value in one.values}
            assert {v.value: v.count for v in page.facets[name] if v.count} == expected
            assert {v.value for v in page.facets[name] if v.selected} == chosen

    def test_06_choosing_a_value_leaves_its_facet_alone(self, searcher: Searcher) -> None:
        def counts(asked: SearchRequest) -> dict[str, int]:
            page = searcher.search(asked.faceted("organization"))
            return {value.value: value.count for value in page.facets["organization"]}

        chosen = request(Word("police")).where(Filter.any_of("organization", "osce"))
        assert counts(request(Word("police"))) == counts(chosen)

    def test_07_a_chosen_value_stays_listed(self, searcher: Searcher) -> None:
        asked = request(Word("unheard")).where(
            Filter.any_of("operation", "proxy"), Filter.any_of("year", "1999")
        )
        page = searcher.search(asked.faceted("operation", "year"))
        assert page.total == 0
        shown = [(v.value, v.count, v.selected) for n in page.facets for v in page.facets[n]]
        assert shown == [("proxy", 0, True), ("1999", 0, True)]

    def test_08_boolean_nodes_are_set_operations(self, searcher: Searcher) -> None:
        everything = ids(searcher, Everything())
        assert everything == {r.id for r in corpus()}
        alone = [(node, ids(searcher, node)) for node in QUERIES]
        for at, (left, one) in enumerate(alone):
            for right, other in alone[at:]:
                assert ids(searcher, Or((left, right))) == one | other
                assert ids(searcher, And((left, right))) == one & other
                assert ids(searcher, And((left, Not(right)))) == one - other
            assert ids(searcher, Not(left)) == everything - one

    def test_09_a_filter_gives_a_subset(self, searcher: Searcher) -> None:
        for filters in (
            (Filter.any_of("organization", "un"),),
            (Filter.any_of("organization", "unodc"), Filter.any_of("organization", "osce")),
            (Filter.any_of("year", "2016", "unknown"), Filter.any_of("language", "ru")),
            (Filter.between("date", None, date(2016, 1, 31)),),
            (Filter.none_of("organization", "un"),),
            (Filter.none_of("organization", "osce"), Filter.any_of("organization", "un", "osce")),
            (Filter.none_of("year", "2016"), Filter.none_of("year", "unknown")),
        ):
            for node in QUERIES:
                hits = [hit.release for hit in searcher.search(request(node)).hits]
                expected = [r for r in hits if passes(r, filters, searcher)]
                found = searcher.search(request(node).where(*filters)).hits
                assert [hit.release for hit in found] == expected

    def test_10_totals_are_exact(self, searcher: Searcher) -> None:
        for node in QUERIES:
            total = len(searcher.search(request(node)).hits)
            for number in (1, 2, 1000):
                page = searcher.search(request(node).page(number, 3))
                assert page.total == total
                assert len(page.hits) == max(0, min(3, total - 3 * (number - 1)))

    def test_11_reasons_add_up_to_the_score(self, searcher: Searcher) -> None:
        for node in QUERIES:
            for hit in searcher.search(request(node).explained()).hits:
                assert hit.explanation is not None
                assert hit.explanation.score == hit.score
                given = sum(reason.score for reason in hit.explanation.reasons)
                assert given == pytest.approx(hit.score, abs=1e-5), (node, hit.explanation)

    def test_11_a_word_explains_with_its_forms(self, searcher: Searcher) -> None:
        page = searcher.search(request(Word("границы")).explained())
        assert page.hits
        for hit in page.hits:
            assert hit.explanation is not None
            (reason,) = hit.explanation.reasons
            assert (reason.rule, reason.language) == ("stem", "ru")
            assert reason.forms == ("граница",)

    @pytest.mark.parametrize(
        "asked",
        [
            lambda: request().faceted("colour"),
            lambda: request().where(Filter.any_of("colour", "red")),
            lambda: request(FieldValue("organisation", "un")),
            lambda: request(FieldValue("organization", "unn")),
        ],
    )
    def test_12_what_is_not_there_is_an_error(
        self, searcher: Searcher, asked: Callable[[], SearchRequest]
    ) -> None:
        with pytest.raises(UserError) as caught:
            searcher.search(asked())
        assert caught.value.code in ("unknown_facet", "unknown_value")
        assert caught.value.hint

    def test_13_kept_texts_appear_with_their_batch(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.keep("ledger", ["one", "zwei", "երեք"])
            assert list(engine.kept("ledger")) == []
        assert list(engine.kept("ledger")) == ["one", "zwei", "երեք"]
        with engine.writer() as writer:
            writer.keep("ledger", ["four"])
            assert list(engine.kept("ledger")) == ["one", "zwei", "երեք"]
        assert list(engine.kept("ledger")) == ["four"]
        assert list(engine.kept("nothing")) == []

    def test_14_an_empty_index_answers(self, empty: Engine) -> None:
        searcher = empty.searcher()
        for node in QUERIES:
            for sort in Sort:
                page = searcher.search(request(node).sorted(sort).faceted(*searcher.facets))
                assert (page.total, page.hits) == (0, ())
                assert all(values == () for values in page.facets.values())
        assert searcher.statistics().releases == 0
        assert list(searcher.ids()) == []
        assert searcher.release("r00") is None

    def test_14_an_index_of_which_all_is_deleted_answers(self, engine: Engine) -> None:
        with engine.writer() as writer:
            for one in corpus():
                writer.delete(one.id)
        page = engine.searcher().search(request().faceted(*engine.searcher().facets))
        assert page.total == 0
        assert all(values == () for values in page.facets.values())

    def test_15_there_is_one_writer(self, engine: Engine) -> None:
        with engine.writer() as writer:
            with pytest.raises(IndexUnavailable):
                engine.writer()
            writer.add(release("new", "apple"))
        write(engine, [release("newer", "apple")])
        assert ids(engine.searcher(), Word("apple")) == {"new", "newer"}

    def test_16_a_release_comes_back_as_it_was_added(self, searcher: Searcher) -> None:
        for one in corpus():
            assert searcher.release(one.id) == one
        assert list(searcher.ids()) == sorted(r.id for r in corpus())
        assert searcher.statistics().releases == len(corpus())

    def test_17_a_sound_index_has_no_faults(self, engine: Engine) -> None:
        assert dict(engine.verify()) == {}

    def test_18_ranking_is_searching_without_loading(self, searcher: Searcher) -> None:
        filters = (Filter.any_of("organization", "osce"), Filter.any_of("year", "2016", "1999"))
        for node in QUERIES:
            for sort in Sort:
                asked = request(node).sorted(sort).where(*filters).faceted(*searcher.facets)
                for page in (asked.page(1, 7), asked.page(2, 3), asked.by_date(Interval.MONTH)):
                    self.agree(searcher.rank(page), searcher.search(page))

    @staticmethod
    def agree(ranking: Ranking, page: SearchPage) -> None:
        assert ranking.total == page.total
        assert ranking.ids == tuple(hit.release.id for hit in page.hits)
        assert ranking.scores == tuple(hit.score for hit in page.hits)
        assert ranking.notices == page.notices
        assert ranking.histogram == page.histogram
        assert ranking.facets == {
            name: {value.value: value.count for value in values}
            for name, values in page.facets.items()
        }

    def test_18_ranking_refuses_what_searching_refuses(self, searcher: Searcher) -> None:
        for asked in (request().faceted("colour"), request(FieldValue("organization", "unn"))):
            for answer in (searcher.rank, searcher.walk):
                with pytest.raises(UserError):
                    answer(asked)

    @pytest.mark.parametrize("sort", Sort)
    def test_19_a_walk_gives_all_hits_in_order(self, searcher: Searcher, sort: Sort) -> None:
        for node in QUERIES:
            asked = request(node).sorted(sort).where(Filter.any_of("language", "en", "ru"))
            assert tuple(searcher.walk(asked.page(3, 2))) == searcher.rank(asked).ids

    def test_19_a_walk_is_not_changed_by_a_commit(self, engine: Engine, searcher: Searcher) -> None:
        before = list(searcher.walk(request()))
        walk = searcher.walk(request())
        begun = [next(walk)]
        write(engine, [release("r00", "changed"), release("new", "heroin")])
        assert [*begun, *walk] == before

    @pytest.mark.parametrize("interval", Interval)
    def test_20_a_histogram_counts_each_hit_once(self, engine: Engine, interval: Interval) -> None:
        write(engine, [_dated("y", "2016"), _dated("m", "2016-02"), _dated("d", "2019-02-03")])
        searcher = engine.searcher()
        every = [hit.release for hit in searcher.search(request()).hits]
        spring = Filter.between("date", date(2016, 1, 15), None)
        for node in QUERIES:
            english = request(node).where(Filter.any_of("language", "en"))
            hits = [hit.release for hit in searcher.search(english).hits]
            found = searcher.rank(english.where(spring).by_date(interval)).histogram
            assert found is not None
            wanted, there = (Counter(_bucket(r, interval) for r in rs) for rs in (hits, every))
            shown = {bucket.start: bucket for bucket in found.buckets}
            shown |= {"wider": found.wider, "unknown": found.unknown}
            assert {k: b.releases for k, b in shown.items() if b.releases} == there
            assert {k: b.hits for k, b in shown.items() if b.hits} == wanted
            starts = [bucket.start for bucket in found.buckets]
            assert starts == sorted(start for start in there if isinstance(start, date))

    def test_21_a_prefix_is_completed(self, engine: Engine, searcher: Searcher) -> None:
        counts = Counter(word for one in corpus() for word in set(one.body.split()))
        for prefix in ("se", "h", "п", "S", "zzz", ""):
            expected = sorted(
                (w for w in counts if prefix and w.startswith(prefix.lower())),
                key=lambda word: (-counts[word], word),
            )
            assert list(searcher.complete(prefix, 10)) == expected
            assert list(searcher.complete(prefix, 1)) == expected[:1]
        with engine.writer() as writer:
            for one in corpus():
                if "session" in one.body:
                    writer.delete(one.id)
        assert "session" not in engine.searcher().complete("se", 10)

    def test_22_parts_are_as_if_added(self, engine: Engine) -> None:
        write(engine, [release("old", "apple pear"), release("one", "apple plum")])
        with engine.writer() as writer:
            writer.add(release("two", "apple in the batch"))
            sent = [pickle.loads(pickle.dumps(writer.part_writer())) for _ in range(2)]
            sent[0].add(release("one", "cherry"))
            copy = sent[0].add(release("copy", "cherry"))
            same = sent[1].add(release("one", "quince"))
            sent[1].add(release("two", "medlar"))
            parts = [part for each in sent for part in each.finish()]
            writer.take(pickle.loads(pickle.dumps(parts)), {copy}, {same: Revision("other")})
        searcher = engine.searcher()
        assert set(searcher.ids()) - {r.id for r in corpus()} == {"old", "one", "other", "two"}
        assert ids(searcher, Word("apple")) == {"old"}
        assert ids(searcher, Word("cherry")) == {"one"}
        assert ids(searcher, Word("quince")) == {"other"}
        assert ids(searcher, Word("medlar")) == {"two"}
        renamed = searcher.release("other")
        assert renamed is not None
        assert renamed.body == release("one", "quince").body

    def test_23_an_answer_names_its_build(self, engine: Engine) -> None:
        before = engine.searcher()
        assert before.search(request()).build == before.statistics().build
        with engine.writer() as writer:
            writer.describe("another release")
            writer.add(release("new", "apple"))
        after = engine.searcher().search(request()).build
        builds = engine.builds()
        assert [build.id for build in builds if build.current] == [after]
        assert builds[-1].summary == "another release"
        assert before.search(request()).build != after

    def test_24_a_searcher_gives_what_its_commit_kept(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.keep("ledger", ["one"])
        searcher = engine.searcher()
        with engine.writer() as writer:
            writer.keep("ledger", ["two"])
        assert list(searcher.kept("ledger")) == ["one"]
        assert list(engine.searcher().kept("ledger")) == ["two"]
        assert list(searcher.kept("nothing")) == []

    def test_25_a_compaction_changes_no_answer(self, engine: Engine) -> None:
        with engine.writer() as writer:
            writer.delete("r00")
        before = [ranked(engine.searcher(), node) for node in QUERIES]
        done = engine.compact()
        assert done.after.segments == 1
        assert done.after.releases == done.before.releases
        assert [ranked(engine.searcher(), node) for node in QUERIES] == before
        assert engine.compact().after == done.after
        assert dict(engine.verify()) == {}

    @pytest.fixture
    def grouped(self, engine: Engine) -> Iterator[Searcher]:
        """The corpus, some of which is one."""
        with engine.writer() as writer:
            writer.keep("groups.jsonl", kept_groups())
        searcher = engine.searcher()
        yield searcher
        searcher.close()

    @pytest.mark.parametrize("sort", Sort)
    def test_26_a_group_is_its_first_hit(self, grouped: Searcher, sort: Sort) -> None:
        for filters in ((), (Filter.any_of("language", "ru", "unknown"),)):
            for node in QUERIES:
                asked = request(node).sorted(sort).where(*filters)
                every = grouped.rank(replace(asked, collapse=False))
                first: dict[str, str] = {}
                for one in every.ids:
                    first.setdefault(group_of(one), one)
                collapsed = grouped.rank(asked)
                assert collapsed.ids == tuple(grouped.walk(asked)) == tuple(first.values())
                assert collapsed.total == len(first)
                for ranking in (every, collapsed):
                    assert (ranking.releases, ranking.files) == (len(first), len(every.ids))
                pages = [grouped.rank(asked.page(n, 5)).ids for n in range(1, 11)]
                assert tuple(one for page in pages for one in page) == collapsed.ids

    def test_26_a_group_counts_once(self, grouped: Searcher) -> None:
        names = tuple(grouped.facets)
        filters = (Filter.any_of("language", "ru", "unknown"), Filter.any_of("year", "2015"))
        for node in QUERIES:
            for own in (filters, filters[:1], ()):
                asked = request(node).where(*own).faceted(*names).by_date(Interval.MONTH)
                page = grouped.search(asked)
                for name in names:
                    among = [f for f in own if f.facet != name]
                    hits = grouped.search(replace(request(node).where(*among), collapse=False)).hits
                    pairs = {
                        (group_of(hit.release.id), value)
                        for hit in hits
                        for value in grouped.facets[name].values_of(hit.release)
                    }
                    counted = {v.value: v.count for v in page.facets[name] if v.count}
                    assert counted == Counter(value for _, value in pairs)
                assert page.histogram is not None
                hits = grouped.search(replace(request(node).where(*own), collapse=False)).hits
                places = {
                    (group_of(h.release.id), _bucket(h.release, Interval.MONTH)) for h in hits
                }
                shown = {bucket.start: bucket.hits for bucket in page.histogram.buckets}
                shown |= {"unknown": page.histogram.unknown.hits}
                assert {k: n for k, n in shown.items() if n} == Counter(at for _, at in places)

    @pytest.mark.parametrize("collapse", [True, False])
    def test_26_a_hit_names_its_versions(self, grouped: Searcher, collapse: bool) -> None:
        page = grouped.search(replace(request(Word("heroin")), collapse=collapse))
        there = set(grouped.ids())
        for hit in page.hits:
            group = next((group for group in GROUPS if hit.release.id in group), ())
            others = [m for m in group if m != hit.release.id and m in there]
            assert [version.id for version in hit.versions] == others
            for version in hit.versions:
                found = grouped.release(version.id)
                assert found is not None
                assert version.title == found.title
                assert version.rule == "same-slug"

    def test_26_choosing_a_value_gives_what_it_counts(self, grouped: Searcher) -> None:
        node = Or((Word("heroin"), Word("police"), Word("граница")))
        page = grouped.search(request(node).faceted(*grouped.facets))
        for name, values in page.facets.items():
            for value in values:
                chosen = request(node).where(Filter.any_of(name, value.value))
                assert grouped.rank(chosen).total == value.count


def _dated(id: str, day: str) -> Release:
    """A release whose date is known as far as it is written."""
    parts = [int(part) for part in day.split("-")]
    known = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    first = date(*parts, *[1] * (3 - len(parts)))
    one = release(id, "heroin police border", day=first)
    return replace(one, date=replace(one.date, precision=known))


def _bucket(one: Release, interval: Interval) -> date | str:
    """Where a release counts, straight from the definition."""
    first, last = one.date.value, one.date.last_day
    if first is None or last is None:
        return "unknown"
    if interval is Interval.YEAR:
        return first.replace(month=1, day=1)
    if interval is Interval.MONTH:
        whole = (first.year, first.month) == (last.year, last.month)
        return first.replace(day=1) if whole else "wider"
    return first if first == last else "wider"


def passes(one: Release, filters: Sequence[Filter], searcher: Searcher) -> bool:
    """Whether a release passes all filters, straight from their definition."""
    wanted: dict[str, bool] = {}
    for chosen in filters:
        holds = _holds(one, chosen, searcher)
        if chosen.excludes and holds:
            return False
        if not chosen.excludes:
            wanted[chosen.facet] = wanted.get(chosen.facet, False) or holds
    return all(wanted.values())


def _holds(one: Release, chosen: Filter, searcher: Searcher) -> bool:
    if chosen.facet != "date":
        return bool(set(chosen.values) & set(searcher.facets[chosen.facet].values_of(one)))
    first, last = one.date.value, one.date.last_day
    return (
        first is not None
        and last is not None
        and (chosen.start is None or last >= chosen.start)
        and (chosen.end is None or first <= chosen.end)
    )
