"""Searching one snapshot: evaluate, filter, rank, count; then load, mark and explain a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex

from indexer.authority import Authority
from indexer.embedded.counting import Counting, facet_values
from indexer.embedded.explain import Explainer
from indexer.embedded.feedback import Feedback, wanted
from indexer.embedded.finding import Found, evaluated, find
from indexer.embedded.generation import Generation
from indexer.embedded.leaves import Leaves
from indexer.embedded.likeness import likeness
from indexer.embedded.loading import Releases
from indexer.embedded.meaning import Meaning
from indexer.embedded.mending import without_filters, without_words
from indexer.embedded.reasons import Reasons
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.suggest import completions, suggestion
from indexer.embedded.versions import Versions
from indexer.engine import EngineStatistics
from indexer.errors import UserError
from indexer.facets import Facets
from indexer.highlight import Marker
from indexer.kernels import ranking
from indexer.kernels.counts import Mask
from indexer.kernels.dense import Docs, Scores
from indexer.kernels.ranking import SCORE_DECIMALS
from indexer.kernels.scored import Scored, subtract
from indexer.kernels.sideways import Sideways
from indexer.kernels.tops import Precedence
from indexer.query import Query
from indexer.release import Release
from indexer.request import Filter, SearchRequest, Sort
from indexer.response import Explanation, Help, Histogram, Hit, Ranking, SearchPage, Version

MOST_HELP = 5
"""Parts of a search that help names at the most."""

BY_SCORE = (Sort.RELEVANCE, Sort.RECENT)
"""The orders in which scores come first."""


class _Page(NamedTuple):
    """The documents of a page and all that is counted."""

    found: Found
    total: int
    releases: int
    files: int
    docs: Docs
    scores: tuple[float, ...]
    facets: Mapping[str, Mapping[str, int]]
    histogram: Histogram | None


class EmbeddedSearcher:
    """A snapshot of an embedded index; safe to share between threads."""

    def __init__(self, index: FileIndex, generation: Generation, authority: Authority) -> None:
        self._snapshot = Snapshot(index)
        self._generation = generation
        self._authority = authority
        columns = {name: self._snapshot.facet_column(name) for name in self.facets}
        self._leaves = Leaves(self._snapshot, columns)
        self._meaning = Meaning(authority, self._leaves)
        self._versions = Versions(self._snapshot, generation.lines)
        self._counting = Counting(self._snapshot, columns, self._versions)
        self._releases = Releases(self._snapshot)
        # Nothing may hold the searcher itself: one that is forgotten lets go of its build at once.
        self._feedback = Feedback(self._leaves, self._releases.load)

    @property
    def facets(self) -> Facets:
        """The facets of the index."""
        return self._authority.facets

    def close(self) -> None:
        """Let go of the index."""
        self._leaves.close()
        self._feedback.close()
        self._releases.close()
        self._snapshot.close()
        self._generation.close()

    def ids(self) -> Iterator[str]:
        """The ids of all releases, sorted."""
        return iter(self._snapshot.ids())

    def release(self, id: str) -> Release | None:
        """The release of that id, or None."""
        number = self._snapshot.document(id)
        return None if number is None else self._releases.load(number)

    def complete(self, prefix: str, limit: int) -> list[str]:
        """Words of releases that begin so, the most frequent first."""
        return completions(prefix, self._snapshot, limit)

    def statistics(self) -> EngineStatistics:
        """The size of the index; bytes are those of its generation."""
        return EngineStatistics(
            self._snapshot.documents,
            self._snapshot.segments,
            self._generation.size,
            self._generation.id,
        )

    def kept(self, name: str) -> Iterator[str]:
        """The lines that its commit kept under this name."""
        return self._generation.lines(name)

    def understood(self, request: SearchRequest) -> Query:
        """The query as it is evaluated. Raises UserError where it asks for what is not there."""
        return self._meaning.of(request)

    def rank(self, request: SearchRequest) -> Ranking:
        """One page of ids and scores; raises UserError where it asks for what is not there."""
        page = self._page(request)
        return Ranking(
            page.total,
            page.releases,
            page.files,
            self._snapshot.ids_of(page.docs),
            page.scores,
            page.facets,
            page.histogram,
            page.found.notices,
        )

    def walk(self, request: SearchRequest) -> Iterator[str]:
        """The ids of all hits in order; raises as `rank` does, at once."""
        self._check(request)
        found = self._find(request)
        hits = self._listed(Sideways(found.matched, self._masks(request.filters)).hits, request)
        return map(self._snapshot.id, self._ordered(hits, request.sort, 0, len(hits))[0])

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits; raises UserError where the request asks for what is not there."""
        began = perf_counter()
        page = self._page(request)
        return SearchPage(
            query=request.query.text,
            total=page.total,
            page_number=request.page_number,
            page_size=request.page_size,
            hits=self._hits(page, explain=request.explain),
            facets={
                name: facet_values(self.facets[name], counts, request.selected(name))
                for name, counts in page.facets.items()
            },
            suggestion=self._suggestion(page),
            help=self._help(request, page),
            notices=page.found.notices,
            build=self._generation.id,
            took_ms=(perf_counter() - began) * 1000,
            histogram=page.histogram,
            releases=page.releases,
            files=page.files,
        )

    def _page(self, request: SearchRequest) -> _Page:
        self._check(request)
        found = self._find(request)
        sideways = Sideways(found.matched, self._masks(request.filters))
        hits = self._listed(sideways.hits, request)
        files = len(sideways.hits)
        start = (request.page_number - 1) * request.page_size
        docs, scores = self._ordered(hits, request.sort, start, start + request.page_size)
        return _Page(
            found,
            len(hits),
            len(hits) if request.collapse else self._versions.groups.count(sideways.hits.docs),
            files,
            docs,
            tuple(scores.tolist()),
            self._counts(sideways, request),
            self._histogram(sideways, request),
        )

    def _check(self, request: SearchRequest) -> None:
        for name in (*request.facets, *(f.facet for f in request.filters if f.facet != "date")):
            self.facets.known(name)

    def _find(self, request: SearchRequest) -> Found:
        found = find(request, self._meaning, self._leaves)
        if not wanted(request, found):
            return found
        return self._feedback.refined(found, self._versions, self._precedence[request.sort])

    def _masks(self, filters: Sequence[Filter]) -> dict[str, Mask]:
        """One mask for each filtered facet: values are alternatives, less what is excluded."""
        masks: dict[str, Mask] = {}
        for one in sorted(filters, key=lambda one: one.excludes):
            mask, before = self._leaves.mask(one), masks.get(one.facet)
            if one.excludes:
                masks[one.facet] = ~mask if before is None else before & ~mask
            else:
                masks[one.facet] = mask if before is None else before | mask
        return masks

    @cached_property
    def _freshness(self) -> NDArray[np.float64]:
        return ranking.freshness(self._snapshot.column("first_day"))

    def _preferred(self, hits: Scored, sort: Sort) -> Scored:
        """The hits, with what recent ones get on top where that was asked for."""
        if sort is not Sort.RECENT:
            return hits
        return replace(hits, scores=hits.scores * (1 + self._freshness.take(hits.docs)))

    @cached_property
    def _precedence(self) -> dict[Sort, Precedence]:
        """By date and then by id: the newest first, or the oldest; unknown dates last."""
        days, ids = self._snapshot.column("first_day"), self._snapshot.id_ranks
        newest, oldest = ranking.by_date(days, ids)
        return dict.fromkeys(Sort, newest) | {Sort.OLDEST: oldest}

    def _listed(self, hits: Scored, request: SearchRequest) -> Scored:
        """The hits with the scores that order them, each group once if it is collapsed."""
        hits = self._preferred(hits, request.sort)
        if not request.collapse:
            return hits
        sort = request.sort
        return self._versions.groups.first_of_each(
            hits, self._precedence[sort], by_score=sort in BY_SCORE
        )

    def _ordered(self, hits: Scored, sort: Sort, start: int, stop: int) -> tuple[Docs, Scores]:
        """The hits from `start` to `stop` (excluded), and their scores, rounded."""
        if start >= len(hits):
            return np.empty(0, np.int32), np.empty(0)
        if sort in BY_SCORE:
            return ranking.best(hits, self._precedence[sort], start, stop)
        docs = ranking.first(hits.docs, self._precedence[sort], start, stop)
        return docs, np.round(_scores_of(docs, hits), SCORE_DECIMALS)

    def _counts(self, sideways: Sideways, request: SearchRequest) -> dict[str, dict[str, int]]:
        """The values of each facet, counted without that facet's own filter."""
        together = [name for name in request.facets if name not in sideways.filtered]
        counts = self._counting.values(together, sideways.hits.docs, collapse=request.collapse)
        for name in sideways.filtered & set(request.facets):
            docs = sideways.without(name)
            own = self._counting.values((name,), docs, collapse=request.collapse)[name]
            counts[name] = own | {value: own.get(value, 0) for value in request.selected(name)}
        return {name: counts[name] for name in request.facets}

    def _histogram(self, sideways: Sideways, request: SearchRequest) -> Histogram | None:
        if request.histogram is None:
            return None
        docs = sideways.without("date")
        return self._counting.histogram(request.histogram, docs, collapse=request.collapse)

    def _hits(self, page: _Page, *, explain: bool) -> tuple[Hit, ...]:
        marker = Marker(page.found.query.root, self.facets, page.found.without)
        releases = [self._releases.load(doc) for doc in page.docs.tolist()]
        explained: Sequence[Explanation | None] = [None] * len(releases)
        if explain:
            explained = self._explained(page, releases)
        return tuple(
            Hit(
                release,
                score,
                marker.title(release),
                marker.snippet(release),
                explanation,
                self._others(doc),
            )
            for doc, release, score, explanation in zip(
                page.docs.tolist(), releases, page.scores, explained, strict=True
            )
        )

    def _others(self, doc: int) -> tuple[Version, ...]:
        return tuple(
            Version(m.id, m.language, self._releases.load(other).title, m.rule, m.evidence)
            for other, m in self._versions.others(doc)
        )

    def _explained(self, page: _Page, releases: Sequence[Release]) -> list[Explanation]:
        docs, found = page.docs.tolist(), page.found
        explainer = Explainer(found.leaves, np.sort(page.docs))
        gave = explainer.contributions(found.evaluated.root)
        gave += map(explainer.here, found.alike)
        reasons = Reasons(gave, found.query.text, self.facets, found.without)
        bare = _scores_of(page.docs, found.matched).tolist()
        return [
            reasons.of(doc, release, score, score - without)
            for doc, release, score, without in zip(docs, releases, page.scores, bare, strict=True)
        ]

    def _help(self, request: SearchRequest, page: _Page) -> tuple[Help, ...]:
        if page.total and page.found.complete:
            return ()
        masks = self._masks(request.filters)
        given = [
            replace(one, total=self._count(Sideways(found.matched, masks).hits.docs, request))
            for one, found in without_words(request, page.found, self._meaning, self._leaves)
        ]
        if not page.total:
            sideways = Sideways(page.found.matched, masks)
            given += [
                replace(one, total=self._count(sideways.without(one.dropped), request))
                for one in without_filters(request)
            ]
        useful = [one for one in given if one.total]
        return tuple(sorted(useful, key=lambda one: -one.total)[:MOST_HELP])

    def _count(self, docs: Docs, request: SearchRequest) -> int:
        return self._versions.groups.count(docs) if request.collapse else len(docs)

    def similar(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Releases like one, the most similar first, each with what they share.

        Raises UserError where there is no such release.
        """
        doc = self._snapshot.document(id)
        if doc is None:
            raise UserError(f"there is no release “{id}”", code="unknown_release")
        query = likeness(
            self._releases.load(doc), self._leaves, self.facets, self._meaning.translated
        )
        matched, notices = evaluated(query, self._leaves)
        own = np.array(sorted([doc, *(other for other, _ in self._versions.others(doc))]), np.int32)
        request = SearchRequest(query, page_size=limit)
        hits = self._listed(subtract(matched, own), request)
        docs, scores = self._ordered(hits, request.sort, 0, limit)
        found = Found(query, query, hits, notices, self._leaves, (), hits)
        known = tuple(scores.tolist())
        page = _Page(found, len(hits), len(hits), len(matched), docs, known, {}, None)
        return tuple(hit for hit in self._hits(page, explain=True) if _shares_enough(hit))

    def _suggestion(self, page: _Page) -> str | None:
        if page.total and page.found.evaluated is page.found.query:
            return None
        return suggestion(page.found.query, self._snapshot)


def _shares_enough(hit: Hit) -> bool:
    """Whether more than one word or name is shared."""
    return hit.explanation is not None and len(hit.explanation.reasons) > 1


def _scores_of(docs: Docs, found: Scored) -> NDArray[np.float64]:
    return found.scores.take(np.searchsorted(found.docs, docs))
