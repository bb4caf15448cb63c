"""All hits of a search from one snapshot, with what an export and a concordance need of them."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.bookkeeping import load_groups
from indexer.concordance import Marked
from indexer.engine import Build, Searcher
from indexer.exports import AllHits
from indexer.grouping import Group
from indexer.highlight import Marker
from indexer.request import SearchRequest


def gathered(searcher: Searcher, request: SearchRequest, builds: Sequence[Build]) -> AllHits:
    """All hits of a request; `builds` are those that are kept. Raises as `rank` does."""
    size, ranking = searcher.statistics(), searcher.rank(replace(request, facets=()))
    loaded = map(searcher.release, searcher.walk(request))
    return AllHits(
        request=request,
        build=size.build,
        made=next((build.made for build in builds if build.id == size.build), None),
        held=size.releases,
        total=ranking.total,
        files=ranking.files,
        notices=ranking.notices,
        releases=(release for release in loaded if release is not None),
        facets=searcher.facets,
        marked=marking(searcher, request),
        groups=lambda: by_member(searcher),
    )


def marking(searcher: Searcher, request: SearchRequest) -> Marked:
    """What gives title and body of a release with what a request matched."""
    root = searcher.understood(request).root
    marker = Marker(root, searcher.facets, request.without_forms)
    return lambda release: (marker.title(release), marker.body(release))


def by_member(searcher: Searcher) -> dict[str, Group]:
    """The groups by the ids of their members."""
    return {m.id: each for each in load_groups(searcher.kept) for m in each.members}
