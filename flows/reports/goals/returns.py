"""The report of returns: which departments and projects gained most on the resources they asked for and got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.goals.amounts import figure
from flows.goals.measure.span import days_of
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.reports.goals.kept import Key, Lifts
from flows.reports.goals.measures import FEWEST, Return, returned
from flows.reports.goals.naming import about, cycle_of, looked_at, names_of
from flows.reports.goals.return_figures import BY_GROUP, BY_PROJECT, FIGURES, RETURN, SETTLED
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, Asked, Bar, Bars, Cell, Panel, Report, ReportKind, Table

TITLE = Words("What resources brought", "资源回报")
TOO_FEW = Words("too few to rank", "样本过少，不排名")
NO_PROJECT = Words("no goal above", "无上级目标")
OTHERS = Words("goals that you may not open", "你无权查看的目标")
NOTE = Words(
    "Return = Σ lift ÷ resources granted, where a goal's lift is how many points further ahead of its even pace it is than on "
    "the day of its first grant; of grants at least {days} days old. Ranked with at least {fewest} such goals. The low and "
    "high ends are an 80 % band: rows whose bands overlap can't be told apart. Who is behind asks more, and often catches up "
    "anyway, so this shows where to look and proves nothing. Requests are in words: a large and a small one count alike.",
    "回报 = Σ 提升 ÷ 批准的资源数。提升：目标领先匀速进度的百分点，与首次批准当天相比的增量；只计批准满 {days} 天的资源。"
    "至少有 {fewest} 个这样的目标才排名。上下限为 80% 区间，区间重叠的行不能区分高低。"
    "落后者往往申请更多，也常会自行追上，因此仅供参考，不能作为证明。申请以文字填写，大小资源同等计数。",
).fill(days=SETTLED.days, fewest=FEWEST)
Compared = Mapping[Key, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """A group or a project with what resources brought it; None where too little is known."""

    key: Key
    name: Words
    lifts: Lifts
    got: Return | None


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where nothing was asked for in the cycle."""
    cycle = cycle_of(asked)
    day = looked_at(records, cycle)
    goals, scope = records.reports.goals, asked.scope
    lifts = goals.lifts(cycle.id, scope, asked.by, now - SETTLED)
    first, last = (datetime.combine(one, time(), UTC) for one in days_of(cycle))
    weekly = goals.granted_in_checkins(cycle.id, scope, asked.by, first, last + timedelta(days=1))
    if not lifts and not weekly:
        raise Refusal(
            "Nobody of {whose} asked for a resource in {cycle}. Resources are asked for in the steps of a goal, or in a "
            "check-in. Choose another cycle, or a larger group.",
            "{whose}在“{cycle}”中没有申请过资源。资源可以在目标的行动步骤或周报中申请。请选择其他周期，或更大的范围。",
            whose=scope.words, cycle=cycle.name,
        )  # fmt: skip
    groups: dict[Key, Lifts] = {key: Lifts() for key in weekly}
    projects: dict[int | None, Lifts] = {}
    for key, project, one in lifts:
        groups[key] = groups.get(key, Lifts()) + one
        projects[project] = projects.get(project, Lifts()) + one
    compared = {
        key: (with_it, without) for key, with_it, without in goals.compared(cycle.id, scope, asked.by)
    }
    names = names_of(records, reader, asked, groups, now)
    by_group = ranked([(key, names[key], one) for key, one in groups.items()])
    rows = [
        (*row(nth, one), weekly.get(one.key, 0), *compared.get(one.key, (None, None)))
        for nth, one in enumerate(by_group, 1)
    ]
    by_project = ranked(named_projects(records, reader, projects, now))
    return Report(
        TITLE, about(asked, cycle, day), now, said(by_group, sum(groups.values(), Lifts())),
        (
            Table(BYS[asked.by], BY_GROUP, tuple(rows), NOTE),
            Table(PROJECTS, BY_PROJECT, tuple(row(nth, one) for nth, one in enumerate(by_project, 1)), SERVES),
        ),
        (*bars(BYS[asked.by], by_group), *bars(PROJECTS, by_project)),
    )  # fmt: skip


PROJECTS = Words("By project", "按项目")
SERVES = Words(
    "A project is a goal of the company or of a department, with the people's goals that serve it.",
    "项目指公司或部门的某个目标，以及支撑它的个人目标。",
)


def named_projects(
    records: ReportRecords, reader: Person, projects: Mapping[int | None, Lifts], now: datetime
) -> list[tuple[Key, Words, Lifts]]:
    """Each project by its goal's name where the reader may open it; the others together."""
    known = {goal.id: goal for goal in records.goals.many(one for one in projects if one is not None)}
    found: list[tuple[Key, Words, Lifts]] = []
    others = Lifts()
    for number, one in projects.items():
        goal = known.get(number or 0)
        if number is None:
            found.append((None, NO_PROJECT, one))
        elif goal is not None and may_see(records, reader, goal, now):
            found.append((number, same(goal.title), one))
        else:
            others += one
    return [*found, (0, OTHERS, others)] if others.asked else found


def ranked(groups: Iterable[tuple[Key, Words, Lifts]]) -> list[Found]:
    """The highest return first, then those of which too little is known, by how much was granted."""
    found = [Found(key, words, one, returned(one)) for key, words, one in groups]
    return sorted(
        found,
        key=lambda one: (one.got is None, -(one.got.points if one.got else one.lifts.granted), one.name.en),
    )


def row(nth: int, one: Found) -> tuple[Cell, ...]:
    """One group with its place."""
    far: tuple[Cell, ...] = (TOO_FEW, None, None, None)
    if one.got is not None:
        far = (nth, one.got.points, one.got.low, one.got.high)
    return (one.name, *far, one.lifts.asked, one.lifts.granted, one.lifts.goals)


def said(by_group: Sequence[Found], whole: Lifts) -> Words:
    """What somebody remembers of it."""
    words = count(
        whole.asked,
        "{n} resource was asked for in steps, ",
        "{n} resources were asked for in steps, ",
        "行动步骤中共申请资源 {n} 次，",
    ) + Words("{n} granted.", "批准 {n} 次。").fill(n=f"{whole.granted:,}")
    got = returned(whole)
    if got is None:
        return words + Words(
            " Too few of them have had two weeks to say what they brought.",
            "满两周的资源过少，暂时无法说明回报。",
        )
    words += Words(
        " A granted resource went with {points} points on the even pace ({low} to {high}).",
        "每项批准的资源对应相对匀速进度 {points} 个百分点的变化（{low} 至 {high}）。",
    ).fill(points=figure(got.points), low=figure(got.low), high=figure(got.high))
    told = [(one.name, one.got) for one in by_group if one.got is not None]
    if len(told) > 1:
        words += Words(" Most: {who}, {points}.", "最高：{who}，{points}。").fill(
            who=told[0][0], points=figure(told[0][1].points)
        )
    return words


def bars(title: Words, found: Sequence[Found]) -> list[Panel]:
    """The ranked ones, each with its band in words."""
    told = [
        Bar(one.name, got.points, same(f"{figure(got.points)} ({figure(got.low)}…{figure(got.high)})"))
        for one in found
        if (got := one.got) is not None
    ]
    return [Bars(title + same(" · ") + RETURN.title, tuple(told))] if len(told) > 1 else []


RETURNS = ReportKind(
    "returns",
    TITLE,
    Words("Where did granted resources bring most?", "哪里的资源投入回报最高？"),
    FIGURES,
    make,
    needs_cycle=True,
    bys=("department", "manager"),
)
