"""The report of trends: the main figures week by week, and where they go on to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.rounding import half_up
from flows.core.words import Words, join, same
from flows.cycle.asking import is_personal
from flows.cycle.calendar import at_local, local_day, round_on
from flows.cycle.closed import is_unnamed
from flows.cycle.phase import last_day
from flows.cycle.progress import short_day
from flows.cycle.records import Cycle
from flows.goals.amounts import figure as figured
from flows.people.person import Person
from flows.reports.goals.kept import Sums
from flows.reports.records import ReportRecords
from flows.reports.report import Asked, Cell, Figure, Forecast, Line, Lines, Report, ReportKind, Table
from flows.reports.scope import Scope
from flows.reports.trends.figures import (
    ATTAINMENT,
    CHECKINS,
    ON_TRACK,
    PRAISE,
    TALKS,
    TASKS,
    TRENDS,
    WEEK,
    columns,
)
from flows.reports.trends.kept import Phases
from flows.reports.trends.weeks import (
    AHEAD,
    COUNT_PLACES,
    FEWEST,
    HUNDRED,
    METHOD,
    Points,
    Weeks,
    ahead,
    counts,
    share,
    shares,
    weeks_before,
)

FEWEST_PEOPLE = 4  # of fewer, a line of praise or talks tells about each of them
UTC_ZONE, MIDNIGHT = "UTC", time(0)
TITLE = Words("Trends and forecast", "趋势与预测")
TOO_FEW = Words(
    "{whose}: fewer than {n} people. A trend of so few would tell about each of them, so there is none. Choose a larger "
    "department or the company.",
    "{whose}：不足 {n} 人。人数过少的趋势会暴露个人情况，因此不显示。请选择更大的部门或全公司。",
)
NOTHING = Words(
    "There is no full week with data for {whose} yet. Come back once check-ins, a cycle, 1:1s or praise have run for a "
    "week.",
    "{whose}还没有完整一周的数据。请在周报、周期、一对一或点赞运行满一周后再来查看。",
)


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure with its values; `most` is where it ends, None where it doesn't."""

    figure: Figure
    points: Points
    forecast: Forecast | None
    most: Decimal | None = None

    @property
    def is_share(self) -> bool:
        return self.figure.kind == "percent"


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses a scope of fewer than four people, and one without any full week of data."""
    scope = asked.scope
    if records.reports.trends.people(scope) < FEWEST_PEOPLE:
        raise Refusal(TOO_FEW, whose=scope.words, n=FEWEST_PEOPLE)
    weeks = weeks_before(local_day(now, reader.zone))
    found = trends_of(records, scope, weeks, now)
    known = [one for one in found if one.points]
    if not known:
        raise Refusal(NOTHING, whose=scope.words)
    return Report(
        TITLE, scope.words, now, said(known),
        (*tables(known, [one for one in found if not one.points]), week_by_week(known)),
        tuple(drawn(one) for one in known if len(one.points) > 1),
    )  # fmt: skip


def trends_of(records: ReportRecords, scope: Scope, weeks: Weeks, now: datetime) -> list[Trend]:
    """Each figure of the scope, with its forecast."""
    start, end = (at_local(day, MIDNIGHT, UTC_ZONE) for day in (weeks.first, weeks.end))
    known = (records.cycles.get(one) for one in records.reports.groups.cycles(scope))
    cycles = [one for one in known if one and last_day(one) >= weeks.first]
    running = next((one for one in cycles if one.state == "live"), None)
    goals = records.reports.goals.weeks(running.id, scope) if running else []
    before = [(day, sums) for day, sums in goals if weeks.first <= day <= weeks.end]
    most = running.template.goal_cap if running else None
    kept = records.reports.trends
    on_time = shares(weeks, kept.due(scope, named_phases(cycles), start, min(end, now)))
    return [
        trend(CHECKINS, shares(weeks, checkins(records, scope, weeks)), HUNDRED),
        trend(TASKS, on_time, HUNDRED),
        trend(ATTAINMENT, attainment(before), most),
        trend(ON_TRACK, on_track(before), HUNDRED),
        trend(TALKS, counts(weeks, kept.talks(scope, weeks.first)), None),
        trend(PRAISE, counts(weeks, kept.praise(scope, start)), None),
    ]


def trend(figure: Figure, points: Points, most: Decimal | None) -> Trend:
    return Trend(figure, points, ahead(points, most=most), most)


def checkins(records: ReportRecords, scope: Scope, weeks: Weeks) -> list[tuple[date, int, int]]:
    """(first day of a round, asked, sent in time) of the rounds that were due before this week."""
    programme = records.programmes.current()
    on = round_on(programme.schedule, weeks.end) if programme else None
    late = {on.key} if on and on.digest_on >= weeks.end else set()
    return [
        (date.fromisoformat(key), asked, max(sent - behind, 0))
        for key, asked, sent, behind in records.reports.trends.rounds(scope, weeks.first)
        if key not in late
    ]


def named_phases(cycles: Iterable[Cycle]) -> Phases:
    """By cycle, what is owed in it; not what one thinks of a colleague or a manager, with one's name or without."""
    return {
        cycle.id: [
            (phase.work, phase.name)
            for phase in cycle.template.phases
            if phase.work != "none" and not is_unnamed(cycle, phase) and not is_personal(phase)
        ]
        for cycle in cycles
    }


def attainment(weeks: Sequence[tuple[date, Sums]]) -> Points:
    """The weighted mean in whole percent: finer, a small department's could be found from the others'."""
    return [
        (day, half_up(HUNDRED * one.points / one.shares, COUNT_PLACES)) for day, one in weeks if one.shares
    ]


def on_track(weeks: Sequence[tuple[date, Sums]]) -> Points:
    """Of the goals with a value those that are not behind."""
    return [(day, share(one.valued - one.behind, one.valued)) for day, one in weeks if one.valued]


def before_of(points: Points) -> Decimal | None:
    """The last value from four weeks before the latest, or earlier."""
    return next(
        (value for day, value in reversed(points) if day <= points[-1][0] - timedelta(weeks=AHEAD)), None
    )


def tables(known: Sequence[Trend], empty: Sequence[Trend]) -> list[Table]:
    """Shares and numbers apart: their columns are of another kind."""
    found: list[Table] = []
    for is_share, title, kinds in (
        (True, Words("Shares", "比例"), columns("percent", "points")),
        (False, Words("Numbers per week", "每周次数"), columns("count", "count")),
    ):
        rows = tuple(row(one) for one in known if one.is_share is is_share)
        if rows:
            found.append(Table(title, kinds, rows, note(known, empty) if not found else None))
    return found


def row(one: Trend) -> tuple[Cell, ...]:
    day, latest = one.points[-1]
    before = before_of(one.points)
    change = latest - before if before is not None else None
    _, low, middle, high = one.forecast.points[-1] if one.forecast else (None, None, None, None)
    return one.figure.title, day, *(cell(value, one) for value in (latest, before, change, middle, low, high))


def cell(value: Decimal | None, one: Trend) -> Cell:
    """A count is a whole number, also where it is expected."""
    return value if value is None or one.is_share else int(half_up(value, COUNT_PLACES))


def note(known: Sequence[Trend], empty: Sequence[Trend]) -> Words:
    """How it is forecast, and of what there is too little."""
    words = METHOD
    few = [one.figure.title for one in known if one.forecast is None]
    for several, why in (
        (few, Words(f" Fewer than {FEWEST} weeks, so not forecast: ", f"不足 {FEWEST} 周，不作预测：")),
        ([one.figure.title for one in empty], Words(" No data: ", "暂无数据：")),
    ):
        if several:
            words += why + join(several) + Words(".", "。")
    return words


def week_by_week(known: Sequence[Trend]) -> Table:
    """Every week with each figure, the newest first."""
    by = [dict(one.points) for one in known]
    days = sorted({day for one in known for day, _ in one.points}, reverse=True)
    rows = tuple(
        (day, *(cell(values.get(day), one) for values, one in zip(by, known, strict=True))) for day in days
    )
    return Table(Words("Week by week", "按周明细"), (WEEK, *(one.figure for one in known)), rows)


def drawn(one: Trend) -> Lines:
    line = Line(one.figure.title, tuple(one.points))
    return Lines(one.figure.title, (line,), forecast=one.forecast, whole=HUNDRED if one.is_share else None)


def said(known: Sequence[Trend]) -> Words:
    """The first two figures: now, before, and what is expected."""
    return join([sentence(one) for one in known[:2]], " ", "")


def sentence(one: Trend) -> Words:
    sign = "%" if one.is_share else ""
    day, latest = one.points[-1]
    words = one.figure.title + Words(": {n} in the week of {day}", "：{day}当周为 {n}").fill(
        n=figured(latest) + sign, day=short_day(day)
    )
    if (before := before_of(one.points)) is not None:
        words += Words(", {n} four weeks before", "，四周前为 {n}").fill(n=figured(before) + sign)
    if one.forecast:
        _, low, middle, high = one.forecast.points[-1]
        parts = (cell(value, one) for value in (middle, low, high))
        n, low_, high_ = (same(f"{figured(Decimal(str(part)))}{sign}") for part in parts)
        words += Words(
            "; expected in four weeks: {n} ({low} to {high})", "；四周后预计 {n}（{low} 至 {high}）"
        ).fill(n=n, low=low_, high=high_)
    return words + Words(".", "。")


TREND = ReportKind(
    "trends",
    TITLE,
    Words("How do the main figures go from week to week, and where to?", "主要指标每周如何变化，走向如何？"),
    (*TRENDS, *columns("percent", "points")),
    make,
)
