"""Searching one snapshot: evaluate, filter, rank, count; then load, mark and explain a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import NamedTuple

import numpy as np
from whoosh.index import FileIndex

from indexer.authority import Authority
from indexer.embedded.columns import Columns
from indexer.embedded.counting import Counting, facet_values
from indexer.embedded.finding import Found, evaluated, find
from indexer.embedded.generation import Generation
from indexer.embedded.hits import Hits
from indexer.embedded.leaves import Leaves
from indexer.embedded.likeness import likeness
from indexer.embedded.loading import Releases
from indexer.embedded.meaning import Meaning
from indexer.embedded.mending import without_filters, without_words
from indexer.embedded.ordering import Ordering
from indexer.embedded.refining import Refining
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.suggest import completions, suggestion
from indexer.embedded.versions import Versions
from indexer.engine import EngineStatistics
from indexer.errors import UserError
from indexer.facets import Facets
from indexer.kernels.counts import Mask
from indexer.kernels.dense import Docs
from indexer.kernels.scored import subtract
from indexer.kernels.sideways import Sideways
from indexer.query import Query
from indexer.release import Release
from indexer.request import Filter, SearchRequest, Sort
from indexer.response import Help, Histogram, Hit, Ranking, SearchPage
from indexer.syntax import parse_query

MOST_HELP = 5
"""Parts of a search that help names at the most."""


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
        columns = Columns(self._snapshot, self.facets)
        self._leaves = Leaves(self._snapshot, columns)
        self._meaning = Meaning(authority, self._leaves)
        self._versions = Versions(self._snapshot, generation.lines)
        self._counting = Counting(self._snapshot, columns, self._versions)
        self._releases = Releases(self._snapshot)
        self._ordering = Ordering(self._snapshot, self._versions)
        self._hits = Hits(self._releases, self._versions, self.facets)
        # Nothing may hold the searcher itself: one that is forgotten lets go of its build at once.
        self._refining = Refining(self._leaves, self._releases.load)

    @property
    def facets(self) -> Facets:
        """The facets of the index."""
        return self._authority.facets

    def close(self) -> None:
        """Let go of the index."""
        self._leaves.close()
        self._refining.close()
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
        matched = Sideways(found.matched, self._masks(request.filters)).hits
        hits = self._ordering.listed(matched, request.sort, collapse=request.collapse)
        docs, _ = self._ordering.ordered(hits, request.sort, 0, len(hits))
        return map(self._snapshot.id, docs)

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits; raises UserError where the request asks for what is not there."""
        began = perf_counter()
        page = self._page(request)
        return SearchPage(
            query=request.query.text,
            total=page.total,
            page_number=request.page_number,
            page_size=request.page_size,
            hits=self._hits.of(page.found, page.docs, page.scores, explain=request.explain),
            facets={
                name: facet_values(self.facets[name], counts, request.selected(name))
                for name, counts in page.facets.items()
            },
            suggestion=self._suggestion(request, page),
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
        hits = self._ordering.listed(sideways.hits, request.sort, collapse=request.collapse)
        files = len(sideways.hits)
        start = (request.page_number - 1) * request.page_size
        docs, scores = self._ordering.ordered(hits, request.sort, start, start + request.page_size)
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
        precedence = self._ordering.precedence(request.sort)
        return self._refining.refined(request, found, self._versions, precedence)

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

    def _counts(self, sideways: Sideways, request: SearchRequest) -> dict[str, dict[str, int]]:
        """The values of each facet, counted without that facet's own filter."""
        together = [name for name in request.facets if name not in sideways.filtered]
        counts = self._counting.values(together, sideways.hits.docs, collapse=request.collapse)
        for name in sideways.filtered & set(request.facets):
            docs = sideways.without(name)
            own = self._counting.values((name,), docs, collapse=request.collapse)[name]
            counts[name] = own | {value: own.get(value, 0) for value in request.selected(name)}
        return {name: counts[name] for name in request.facets} if sideways.filtered else counts

    def _histogram(self, sideways: Sideways, request: SearchRequest) -> Histogram | None:
        if request.histogram is None:
            return None
        docs = sideways.without("date")
        return self._counting.histogram(request.histogram, docs, collapse=request.collapse)

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
        hits = self._ordering.listed(subtract(matched, own), Sort.RELEVANCE, collapse=True)
        docs, scores = self._ordering.ordered(hits, Sort.RELEVANCE, 0, limit)
        found = Found(query, query, hits, notices, self._leaves, (), hits)
        alike = self._hits.of(found, docs, scores.tolist(), explain=True)
        return tuple(hit for hit in alike if _shares_enough(hit))

    def _suggestion(self, request: SearchRequest, page: _Page) -> str | None:
        """What may have been meant, if that finds something as a whole."""
        if page.total and page.found.evaluated is page.found.query:
            return None
        text = suggestion(page.found.query, self._snapshot)
        if text is None:
            return None
        meant = find(replace(request, query=parse_query(text)), self._meaning, self._leaves)
        return text if meant.complete else None


def _shares_enough(hit: Hit) -> bool:
    """Whether more than one word or name is shared."""
    return hit.explanation is not None and len(hit.explanation.reasons) > 1
