"""Completion as panels: each phase over time against its plan, and the groups as bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flows.core.words import Words, same
from flows.cycle.calendar import DAY, is_working_day
from flows.cycle.progress import Share
from flows.reports.completion.pace import BEHIND, days_from, plan_at, reach
from flows.reports.completion.state import Standing, State, end_of, percent_of
from flows.reports.report import Bar, Bars, Forecast, Line, Lines

ALL = Decimal(100)
METHOD = Words(
    "at the pace of the last 5 working days, with an 80 % band", "按最近 5 个工作日的速度推算，含 80% 区间"
)
MARK = Words("plan", "计划")


def over_time(state: State, today: date, country: str | None) -> Lines:
    """How far the phase was at the end of each day, the plan, and where it goes."""
    window, share = state.window, state.share or Share()
    last = min(today, window.closes)
    points = [
        (day, percent_of(sum(number for on, number in state.done_on if on <= day), share.total))
        for day in days_from(window.opens, last - DAY)
    ]
    plan = [
        (day, plan_at(window.opens, window.due, day + DAY, country))
        for day in days_from(window.opens, window.due)
    ]
    return Lines(
        window.phase.title,
        (Line(Words("done", "已完成"), (*points, (last, state.percent))),),
        Line(MARK, tuple(plan)),
        forecast_of(state, share, today, country),
        ALL,
    )


def forecast_of(state: State, share: Share, today: date, country: str | None) -> Forecast | None:
    """Day by day from the end of today on, until the phase should be done; None where nothing can be said."""
    if state.pace is None or not share.total:
        return None
    ahead, points = 0, []
    for day in days_from(today, end_of(state.window, today)):
        ahead += is_working_day(day, country)
        found = reach(share.done, share.total, state.pace, ahead)
        ends = [percent_of(one, share.total) for one in (found.low, found.middle, found.high)]
        points.append((day, ends[0], ends[1], ends[2]))
    return Forecast(tuple(points), METHOD) if points else None


def bars(title: Words, named: Sequence[tuple[Words, Standing]]) -> Iterable[Bars]:
    """The groups as bars, those with most missing first, with a mark where the plan is."""
    if len(named) > 1:
        yield Bars(title, tuple(bar(name, one) for name, one in named), ALL, MARK)


def bar(name: Words, one: Standing) -> Bar:
    """One group; it alarms where it is well behind the plan."""
    return Bar(name, one.percent, same(one.share.figures), one.plan, one.percent < one.plan - BEHIND)
