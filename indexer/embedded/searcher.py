"""Searching one snapshot: evaluate, filter, rank, count, mark."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex

from indexer.analysis import has_stems
from indexer.authority import Authority
from indexer.embedded import stored
from indexer.embedded.evaluate import Contribution, Evaluation
from indexer.embedded.schema import WORDS, text_field
from indexer.embedded.snapshot import Snapshot
from indexer.embedded.suggest import suggestion
from indexer.engine import EngineStatistics
from indexer.facets import Facet, FacetKind, Facets
from indexer.highlight import Marker
from indexer.kernels import ranking, scored
from indexer.kernels.counts import Mask, mask_of
from indexer.kernels.scored import Docs, Scored
from indexer.query import Everything, Leaf, Query, Tagged
from indexer.release import UNKNOWN, Release
from indexer.request import Filter, SearchRequest, Sort
from indexer.response import Explanation, FacetValue, Hit, Reason, SearchPage
from indexer.rewriting import expand, relaxed, resolve

SOME_WORDS = "No release has all of these words; these have some of them."


@dataclass(frozen=True, slots=True)
class _Found:
    """What a query matches, before filters."""

    query: Query
    matched: Scored
    evaluation: Evaluation
    relaxed: bool = False


class EmbeddedSearcher:
    """A snapshot of an embedded index; safe to share between threads."""

    def __init__(self, index: FileIndex, folder: Path, authority: Authority) -> None:
        self._snapshot = Snapshot(index)
        # Now: a later writer may remove the folder of an open snapshot.
        self._bytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        self._authority = authority
        self._days = (self._snapshot.column("first_day"), self._snapshot.column("last_day"))
        self._columns = {name: self._snapshot.facet_column(name) for name in self.facets}

    @property
    def facets(self) -> Facets:
        """The facets of the index."""
        return self._authority.facets

    def close(self) -> None:
        """Let go of the index."""
        self._snapshot.close()

    def ids(self) -> Iterator[str]:
        """The ids of all releases, sorted."""
        return iter(self._snapshot.ids())

    def release(self, id: str) -> Release | None:
        """The release of that id, or None."""
        number = self._snapshot.document(id)
        return None if number is None else self._load(number)

    def statistics(self) -> EngineStatistics:
        """The size of the index; bytes are those of its generation."""
        return EngineStatistics(self._snapshot.documents, self._snapshot.segments, self._bytes)

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of hits; raises UserError where the request asks for what is not there."""
        began = perf_counter()
        for name in [*request.facets, *(f.facet for f in request.filters if f.facet != "date")]:
            self.facets.known(name)
        found = self._find(request)
        masks = self._masks(request.filters, found.evaluation)
        hits = scored.restrict(found.matched, _all(masks.values(), self._live)[found.matched.docs])
        page = self._page(hits, request)
        marker = Marker(found.query.root, self.facets)
        return SearchPage(
            query=request.query.text,
            total=len(hits),
            page_number=request.page_number,
            page_size=request.page_size,
            hits=tuple(self._hit(doc, hits, found, marker, request) for doc in page),
            facets={n: self._counted(n, request, found.matched, masks) for n in request.facets},
            suggestion=self._suggestion(found, len(hits)),
            notices=self._notices(found),
            took_ms=(perf_counter() - began) * 1000,
        )

    @cached_property
    def _live(self) -> Mask:
        return self._snapshot.live

    @cached_property
    def _stemmed_languages(self) -> list[str]:
        return [code for code in self._columns["language"].values if has_stems(code)]

    @cached_property
    def _order(self) -> dict[Sort, NDArray[np.int32]]:
        """The rank of each document by date and id, newest first and oldest first."""
        first = self._days[0]
        by_id = self._snapshot.id_ranks()
        newest = np.lexsort((by_id, -first))
        oldest = np.lexsort((by_id, first, first == 0))
        return {Sort.NEWEST: _ranks(newest), Sort.OLDEST: _ranks(oldest)}

    def _find(self, request: SearchRequest) -> _Found:
        query = resolve(request.query, self.facets)
        if request.expand:
            query = expand(query, self._authority)
        found = self._evaluate(query)
        some = relaxed(query)
        if len(found.matched) or some is None:
            return found
        second = self._evaluate(some)
        return _Found(query, second.matched, second.evaluation, relaxed=True)

    def _evaluate(self, query: Query) -> _Found:
        evaluation = Evaluation(self._snapshot, self._stemmed_languages, self._columns, self._days)
        return _Found(query, evaluation.evaluate(query.root), evaluation)

    def _masks(self, filters: Sequence[Filter], evaluation: Evaluation) -> dict[str, Mask]:
        """One mask for each filtered facet: values of one facet are alternatives."""
        masks: dict[str, Mask] = {}
        for chosen in filters:
            mask = self._mask(chosen, evaluation)
            masks[chosen.facet] = masks[chosen.facet] | mask if chosen.facet in masks else mask
        return masks

    def _mask(self, chosen: Filter, evaluation: Evaluation) -> Mask:
        if chosen.facet == "date":
            return mask_of(evaluation.within(chosen.start, chosen.end), self._snapshot.size)
        return self._columns[chosen.facet].mask(chosen.values, self._snapshot.size)

    def _page(self, hits: Scored, request: SearchRequest) -> Docs:
        start = (request.page_number - 1) * request.page_size
        stop = start + request.page_size
        if start >= len(hits):
            return np.empty(0, np.int32)
        if request.sort is Sort.RELEVANCE:
            return ranking.best(hits, self._order[Sort.NEWEST], start, stop)
        return ranking.first(hits.docs, self._order[request.sort], start, stop)

    def _counted(
        self, name: str, request: SearchRequest, matched: Scored, masks: Mapping[str, Mask]
    ) -> tuple[FacetValue, ...]:
        """The values of a facet, counted without that facet's own filter."""
        others = _all([mask for facet, mask in masks.items() if facet != name], self._live)
        among = mask_of(matched.docs, self._snapshot.size) & others
        column, facet = self._columns[name], self.facets[name]
        selected = request.selected(name)
        counts = {v: int(n) for v, n in zip(column.values, column.counts(among), strict=True) if n}
        counts |= {value: counts.get(value, 0) for value in selected}
        values = [
            FacetValue(v, facet.value_label(v), n, v in selected, facet.parent_of(v))
            for v, n in counts.items()
        ]
        return tuple(sorted(values, key=lambda value: _facet_order(facet, value)))

    def _hit(
        self, doc: np.int32, hits: Scored, found: _Found, marker: Marker, request: SearchRequest
    ) -> Hit:
        release = self._load(int(doc))
        return Hit(
            release=release,
            score=round(_score_of(doc, hits), ranking.SCORE_DECIMALS),
            title=marker.title(release),
            snippet=marker.snippet(release),
            explanation=self._explain(doc, release, hits, found) if request.explain else None,
        )

    def _explain(self, doc: np.int32, release: Release, hits: Scored, found: _Found) -> Explanation:
        reasons = [
            self._reason(contribution, release, doc, found.query.text)
            for contribution in found.evaluation.contributions
            if doc in contribution.found.docs
        ]
        return Explanation(round(_score_of(doc, hits), ranking.SCORE_DECIMALS), tuple(reasons))

    def _reason(self, gave: Contribution, release: Release, doc: np.int32, text: str) -> Reason:
        return Reason(
            asked=_asked(gave.leaf, text),
            rule=gave.rule,
            language=gave.language,
            forms=Marker(gave.leaf, self.facets).forms(release),
            score=round(_score_of(doc, gave.found), ranking.SCORE_DECIMALS),
        )

    def _suggestion(self, found: _Found, total: int) -> str | None:
        if total and not found.relaxed:
            return None
        field = text_field("body", WORDS)
        return suggestion(
            found.query,
            self._snapshot.lexicon(field),
            lambda word: len(self._snapshot.postings(field, word).frequencies.docs),
        )

    def _notices(self, found: _Found) -> tuple[str, ...]:
        own = [*found.query.notices, *found.evaluation.notices]
        if found.relaxed and len(found.matched):
            own.append(SOME_WORDS)
        return tuple(dict.fromkeys(own))

    def _load(self, doc: int) -> Release:
        return stored.load(self._snapshot.stored(doc))


def _all(masks: Iterable[Mask], live: Mask) -> Mask:
    return reduce(np.logical_and, masks, live)


def _ranks(order: NDArray[np.intp]) -> NDArray[np.int32]:
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _score_of(doc: np.int32, found: Scored) -> float:
    return float(found.scores[np.searchsorted(found.docs, doc)])


def _facet_order(facet: Facet, value: FacetValue) -> tuple[object, ...]:
    """Years run from the newest, other values from the most frequent; unknown comes last."""
    unknown = value.value == UNKNOWN
    if facet.kind is FacetKind.YEAR:
        return (unknown, -int(value.value) if value.value.isdecimal() else 0)
    return (unknown, -value.count, value.label)


def _asked(leaf: Leaf | Tagged, text: str) -> str:
    match leaf:
        case Tagged(facet, value, _):
            return f"{facet}:{value}"
        case Everything():
            return "*"
        case _:
            return text[leaf.span.start : leaf.span.end]
