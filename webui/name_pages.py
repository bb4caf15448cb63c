"""Pages of names: operations, organizations and whatever else has an authority file."""

from dataclasses import replace

from flask import Blueprint, abort, render_template

from indexer import Facet, Index, Interval, SearchRequest, parse_query, trend
from webui.builds import Builds
from webui.desk import Desk
from webui.pages import desk_of
from webui.presenters import names
from webui.presenters.timeline import timeline
from webui.presenters.trends import end_of

MOST_LISTED = 2_000
MOST_PARTS = 60


def make_names(builds: Builds) -> Blueprint:
    """The blueprint of names."""
    blueprint = Blueprint("names", __name__, url_prefix="/names")

    @blueprint.get("")
    def facets() -> str:
        index = builds.asked()
        desk = desk_of(index)
        return render_template("name_facets.html", state=desk.links.start, desk=desk)

    @blueprint.get("/<facet>")
    def listing(facet: str) -> str:
        index = builds.asked()
        desk = desk_of(index)
        known = _known(facet, desk)
        counts = index.rank(SearchRequest().faceted(facet)).facets[facet]
        entries = names.listed(known, counts, desk)
        return render_template(
            "name_list.html",
            state=desk.links.start,
            facet=known,
            up=desk.links.to_names(),
            entries=entries[:MOST_LISTED],
            total=len(entries),
        )

    @blueprint.get("/<facet>/<path:id>")
    def show(facet: str, id: str) -> str:
        index = builds.asked()
        desk = desk_of(index)
        known = _known(facet, desk)
        if id not in known.entries:
            abort(404, _missing(desk))
        return _page(index, known, id, desk)

    return blueprint


def _known(name: str, desk: Desk) -> Facet:
    found = desk.facets.get(name)
    if found is None or found not in desk.authority_facets:
        abort(404, _missing(desk))
    return found


def _missing(desk: Desk) -> str:
    return desk.words.gettext("There is no such name.")


def _asked(facet: Facet, value: str) -> SearchRequest:
    """Releases that carry a value, as a query: a filter would not narrow its own facet's counts."""
    return SearchRequest(parse_query(f'{facet.name}:"{value}"'))


def _page(index: Index, facet: Facet, value: str, desk: Desk) -> str:
    asked, state = _asked(facet, value), desk.links.start.toggle(facet.name, value)
    counted = asked.faceted(*(one.name for one in desk.authority_facets)).by_date(Interval.YEAR)
    ranking, ends = index.rank(counted), trend(index, asked, Interval.YEAR)
    parts = names.below(facet, value)
    above = facet.parent_of(value)
    return render_template(
        "name.html",
        state=desk.links.start,
        facet=facet,
        label=desk.words.value(facet, value),
        up=desk.links.to_names(facet.name),
        above=(desk.links.to_name(facet.name, above), desk.words.value(facet, above))
        if above
        else None,
        wikidata=facet.entries[value].wikidata,
        spellings=names.spellings(facet, value, desk),
        total=ranking.total,
        url=desk.links.to(state),
        years=timeline(ranking.histogram, state, desk) if ranking.histogram else None,
        first=end_of(ends.first, state, desk),
        latest=end_of(ends.latest, state, desk),
        parts_of=[_part(index, facet, part, desk) for part in parts[:MOST_PARTS]],
        parts_left=max(0, len(parts) - MOST_PARTS),
        beside=list(names.beside(ranking.facets, facet, value, desk)),
    )


def _part(index: Index, facet: Facet, value: str, desk: Desk) -> names.PartView:
    request = replace(_asked(facet, value).by_date(Interval.YEAR), page_size=1)
    return names.part_view(facet, value, index.rank(request), desk)
