"""The report of goals: how far they are against time, by group and week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from flows.core.words import Words, count, same
from flows.goals.amounts import percent
from flows.people.person import Person
from flows.reports.goals.kept import Sums
from flows.reports.goals.measures import (
    HUNDRED,
    ahead,
    even_pace,
    is_well_behind,
    no_value,
    on_track,
    reached,
)
from flows.reports.goals.naming import about, cycle_of, looked_at, names_of, nothing_of
from flows.reports.records import ReportRecords
from flows.reports.report import (
    BYS,
    GROUP,
    Asked,
    Bar,
    Bars,
    Figure,
    Line,
    Lines,
    Panel,
    Report,
    ReportKind,
    Table,
)

TITLE = Words("Goals against time", "目标进度")
REACHED = Figure(
    "reached",
    Words("Reached", "达成"),
    Words(
        "How far people's agreed goals are on the mean. Each person counts once, by the weights of their goals that have "
        "a value. Private goals, bonuses and penalties are left out; a key result counts inside its objective.",
        "已确认目标的平均达成率。每人计一次，按其有数据的目标权重加权。私密目标、加分项和扣分项不计入，关键结果计入其目标（O）。",
    ),
    "percent",
    Words("Σ share × attainment ÷ Σ share", "Σ 份额 × 达成率 ÷ Σ 份额"),
)
PACE = Figure(
    "pace",
    Words("Even pace", "匀速进度"),
    Words(
        "How far the same goals should be by now if they went evenly: the share of working days that are over; for a level "
        "to be held 100 %. Goals with a step scale say nothing about the time between and are left out.",
        "同一批目标按匀速推进目前应达到的进度：已过工作日的占比；需要保持的水平按 100% 计。分档计分的目标不计入。",
    ),
    "percent",
    Words("Σ share × expected ÷ Σ share", "Σ 份额 × 应达成 ÷ Σ 份额"),
)
AHEAD = Figure(
    "ahead",
    Words("Ahead", "领先"),
    Words(
        "By how many percent points they are ahead of the even pace; behind is below zero.",
        "领先匀速进度多少个百分点；负数表示落后。",
    ),
    "points",
    Words("reached − even pace", "达成 − 匀速进度"),
)
GOALS = Figure("goals", Words("Goals", "目标数"), Words("Agreed goals that count.", "计入的已确认目标数。"))
ON_TRACK = Figure(
    "on_track",
    Words("On track", "正常"),
    Words("Goals with a value, and no sign that they will be missed.", "有数据、且没有未达标迹象的目标数。"),
    "count",
    Words("with a value − behind", "有数据 − 落后"),
)
BEHIND = Figure(
    "behind",
    Words("Behind", "落后"),
    Words(
        "Goals off their track (less than three quarters of what was to be expected), forecast to miss their target, or "
        "that dropped suddenly.",
        "进度落后（不足应达成的四分之三）、预计达不到目标或突然下滑的目标数。",
    ),
)
NO_VALUE = Figure(
    "no_value",
    Words("No value", "无数据"),
    Words(
        "Goals of which nothing was reported yet. They are left out of the mean and never count as 0.",
        "尚无数据的目标数。不计入平均值，也不按 0 计算。",
    ),
)
COLUMNS = (GROUP, REACHED, PACE, AHEAD, GOALS, ON_TRACK, BEHIND, NO_VALUE)
PRIVATE = Words("Private goals are in none of these figures.", "私密目标不计入任何数字。")


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where nobody has an agreed goal that was looked at."""
    cycle = cycle_of(asked)
    day = looked_at(records, cycle)
    groups = dict(records.reports.goals.sums(cycle.id, asked.scope, asked.by))
    whole = sum(groups.values(), Sums())
    if not whole.goals:
        raise nothing_of(asked)
    names = names_of(records, reader, asked, groups, now)
    ranked = sorted(groups, key=lambda key: (_furthest_behind(groups[key]), names[key].en))
    named = [(names[key], groups[key]) for key in ranked]
    table = Table(BYS[asked.by], COLUMNS, tuple(row(words, one) for words, one in named), PRIVATE)
    weeks = records.reports.goals.weeks(cycle.id, asked.scope)
    return Report(
        TITLE, about(asked, cycle, day), now, said(whole, named), (table,), (*bars(named, asked), *lines(weeks, day, whole))
    )  # fmt: skip


def _furthest_behind(sums: Sums) -> tuple[bool, Decimal]:
    found = ahead(sums)
    return found is None, found or Decimal()


def row(words: Words, one: Sums) -> tuple[Words | Decimal | int | None, ...]:
    """A group's figures."""
    return (
        words, reached(one), even_pace(one), ahead(one), one.goals, on_track(one), one.behind, no_value(one),
    )  # fmt: skip


def said(whole: Sums, named: Sequence[tuple[Words, Sums]]) -> Words:
    """What somebody remembers of it."""
    is_, should = reached(whole), even_pace(whole)
    if is_ is None:
        return Words("No goal has a value yet.", "目标都还没有数据。")
    words = Words("On the mean {is_} is reached", "平均达成 {is_}").fill(is_=percent(is_))
    if should is not None:
        words += Words("; the even pace would be {should}", "，匀速进度为 {should}").fill(
            should=percent(should)
        )
    words += Words(". {n} of {all} goals with a value are behind", "。{all} 个有数据的目标中有 {n} 个落后").fill(
        n=f"{whole.behind:,}", all=f"{whole.valued:,}"
    )  # fmt: skip
    if no_value(whole):
        words += count(no_value(whole), ", {n} has no value", ", {n} have no value", "，{n} 个尚无数据")
    worst = named[0]
    found = ahead(worst[1])
    if len(named) > 1 and found is not None and found < 0:
        words += Words(
            ". Furthest behind: {who}, by {n} points", "。落后最多：{who}，落后 {n} 个百分点"
        ).fill(who=worst[0], n=percent(-found).removesuffix("%"))
    return words + Words(".", "。")


def bars(named: Sequence[tuple[Words, Sums]], asked: Asked) -> list[Panel]:
    """Each group with its even pace as a mark, those furthest behind first."""
    found = []
    for words, one in named:
        is_ = reached(one)
        if is_ is not None:
            found.append(Bar(words, is_, same(percent(is_)), even_pace(one), is_well_behind(one)))
    whole = None if any(bar.value > HUNDRED for bar in found) else HUNDRED
    title = BYS[asked.by] + Words(": reached", "：达成率")
    return [Bars(title, tuple(found), whole, PACE.title)] if len(found) > 1 else []


def lines(weeks: Sequence[tuple[date, Sums]], day: date, today: Sums) -> list[Panel]:
    """The mean of each week beside the even pace; nothing while there is only one point."""
    every = [(monday, one) for monday, one in weeks if monday < day] + [(day, today)]
    is_ = [(when, found) for when, one in every if (found := reached(one)) is not None]
    should = [(when, found) for when, one in every if (found := even_pace(one)) is not None]
    if len(is_) < 2:
        return []
    plan = Line(PACE.title, tuple(should)) if len(should) > 1 else None
    whole = None if any(value > HUNDRED for _, value in (*is_, *should)) else HUNDRED
    return [Lines(Words("Week by week", "逐周进度"), (Line(REACHED.title, tuple(is_)),), plan, whole=whole)]


GOALS_REPORT = ReportKind(
    "goals",
    TITLE,
    Words("How far are goals, against the time that is over?", "目标进度与时间进度相比如何？"),
    COLUMNS,
    make,
    needs_cycle=True,
    bys=("department", "manager", "level"),
)
