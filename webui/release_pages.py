"""The page of one release, alone or with a version of it beside."""

from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from indexer import CITATIONS, Index, Release
from webui.builds import Builds
from webui.desk import BESIDE, PLACE, Desk, iso_date, lang_attribute
from webui.pages import desk_of
from webui.parameters import number_of
from webui.presenters import reading
from webui.presenters.alignment import aligned
from webui.presenters.earlier import earlier_views
from webui.presenters.similar import similar_views
from webui.state import SearchState
from webui.wording import texts

SIMILAR_SHOWN = 5


def make_release_pages(builds: Builds) -> Blueprint:
    """The blueprint of the pages of releases."""
    blueprint = Blueprint("release", __name__, url_prefix="/release")

    @blueprint.get("/<path:id>")
    def show(id: str) -> str:
        index = builds.asked()
        state = SearchState.from_args(request.args, index.facets)
        place = number_of(request.args, PLACE, 0)
        desk = desk_of(index)
        release = _known(index, id, desk)
        beside = request.args.get(BESIDE)
        if beside:
            return _beside(index, release, _known(index, beside, desk), state, desk)
        return _alone(index, release, state, place, desk)

    return blueprint


def _known(index: Index, id: str, desk: Desk) -> Release:
    release = index.release(id)
    if release is None:
        abort(404, desk.words.gettext("There is no release “%(id)s”.") % {"id": id})
    return release


def _text(index: Index, release: Release, state: SearchState, prefix: str = "") -> reading.Text:
    title, body = index.marked(release, state.words())
    return reading.text_of(release, title, body, prefix)


def _alone(index: Index, release: Release, state: SearchState, place: int, desk: Desk) -> str:
    words = desk.words
    group = index.group_of(release.id)
    return render_template(
        "release.html",
        state=state,
        release=release,
        text=_text(index, release, state),
        lang=lang_attribute(release),
        language=desk.language_of(release),
        date=words.published(release.date),
        iso_date=iso_date(release),
        certainty=words.gettext(texts.CERTAINTIES[release.date.certainty.value]),
        date_rule=words.rule(release.date.rule or ""),
        groups=reading.tag_groups(release, desk),
        cuts=reading.cuts(release, words),
        earlier=earlier_views(release, index.versions(release.id), words)
        if release.changed
        else [],
        changed=words.day(release.changed) if release.changed else None,
        event=words.event(release.event) if release.event else None,
        also=[desk.language_called(code) for code in release.language.also],
        versions=reading.versions(release, group, index, state, desk),
        similar=similar_views(index.similar(release.id, SIMILAR_SHOWN), state, desk),
        address=reading.web_address(release.url),
        citation=CITATIONS["plain"](release),
        citations=texts.CITATION_FORMATS,
        back=None if state.is_empty else desk.links.to(state),
        place=place,
        previous=_neighbour(index, state, place - 1, desk),
        following=_neighbour(index, state, place + 1, desk) if place else None,
    )


def _neighbour(index: Index, state: SearchState, place: int, desk: Desk) -> str | None:
    """The page of the hit at a place of the search; None where there is none."""
    if place < 1 or state.is_empty:
        return None
    asked = state.request(index.facets).page(place, 1).faceted()
    ranking = index.rank(replace(asked, histogram=None))
    if not ranking.ids:
        return None
    on_page = state.with_page(-(-place // state.size))
    return desk.links.to_release(ranking.ids[0], on_page, place)


def _beside(index: Index, one: Release, other: Release, state: SearchState, desk: Desk) -> str:
    texts = _text(index, one, state), _text(index, other, state, "other-")
    places = [
        [release.body[start:end] for start, end in reading.paragraph_places(release.body)]
        for release in (one, other)
    ]
    left, right = (text.paragraphs for text in texts)
    rows = [
        ([left[at] for at in beads[0]], [right[at] for at in beads[1]])
        for beads in aligned(*places)
    ]
    return render_template(
        "beside.html",
        state=state,
        sides=[
            {
                "title": text.title,
                "lang": lang_attribute(release),
                "language": desk.language_of(release),
                "date": desk.words.published(release.date),
                "url": desk.links.to_release(release.id, state),
            }
            for release, text in zip((one, other), texts, strict=True)
        ],
        rows=rows,
    )
