"""Up to five searches over time, laid beside each other."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for

from indexer import Interval, UserError, periods, trend
from webui.builds import Builds
from webui.desk import Link
from webui.pages import desk_of
from webui.parameters import one_of
from webui.presenters.trends import Measure, Step, chart_of
from webui.state import SearchState
from webui.wording import Words
from webui.wording.texts import INTERVALS, MEASURES

MOST_SEARCHES = 5


def make_trends(builds: Builds) -> Blueprint:
    """The blueprint of trends."""
    blueprint = Blueprint("trends", __name__)

    @blueprint.get("/trends")
    def show() -> str:
        index = builds.asked()
        state = replace(SearchState.from_args(request.args, index.facets), page=1)
        queries = _queries(request.args.getlist("q"))
        interval = Interval(one_of(Step, request.args.get("by") or Step.YEAR))
        measure = one_of(Measure, request.args.get("show") or Measure.HITS)
        desk = desk_of(index)
        states = [state.with_query(q) for q in queries]
        trends = [trend(index, one.request(index.facets), interval) for one in states]
        days = periods(trends, interval)
        links = _links(queries, state, interval, measure, desk.words)
        return render_template(
            "trends.html",
            state=state,
            queries=queries,
            most=MOST_SEARCHES,
            chart=chart_of(trends, states, days, interval, measure, desk) if trends else None,
            links=links,
            kept=_kept(state, interval, measure),
        )

    return blueprint


def _queries(typed: list[str]) -> list[str]:
    queries = list(dict.fromkeys(q.strip() for q in typed if q.strip()))
    if len(queries) > MOST_SEARCHES:
        raise UserError(
            f"at most {MOST_SEARCHES} searches can be laid beside each other",
            code="too_many",
            hint="leave some of them out",
        )
    return queries


def _kept(state: SearchState, interval: Interval, measure: Measure) -> list[tuple[str, str]]:
    """What the address says besides the queries."""
    own = [("by", "" if interval is Interval.YEAR else interval.value)]
    own += [("show", "" if measure is Measure.HITS else measure.value)]
    return state.fields_besides("q") + [(name, value) for name, value in own if value]


def _links(
    queries: list[str], state: SearchState, interval: Interval, measure: Measure, words: Words
) -> dict[str, list[Link]]:
    """The choices of period and measure."""

    def url(by: Interval, show: Measure) -> str:
        pairs = [*(("q", q) for q in queries), *_kept(state, by, show)]
        return f"{url_for('trends.show')}?{urlencode(pairs)}"

    return {
        words.gettext("Periods"): [
            Link(words.gettext(text), url(by, measure), by is interval)
            for by, text in INTERVALS.items()
        ],
        words.gettext("Measure"): [
            Link(words.gettext(text), url(interval, Measure(show)), show == measure.value)
            for show, text in MEASURES.items()
        ],
    }
