"""The report of coverage: what the company's and departments' goals are divided into, and who has no agreed goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.goals.amounts import PERCENT, percent, told
from flows.goals.kept import LIVE, Goal
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.reports.goals.kept import Given
from flows.reports.goals.measures import HUNDRED, TENTH, counted, covered
from flows.reports.goals.naming import cycle_of, names_of
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, GROUP, Asked, Bar, Bars, Cell, Figure, Panel, Report, ReportKind, Table

TITLE = Words("Coverage of goals", "目标覆盖")
OPEN = Words("Open", "打开")
COMPANY = Words("the company", "公司")
GOAL = Figure(
    "goal",
    Words("Goal", "目标"),
    Words("A goal of the company or of a department that you may open.", "你有权查看的公司或部门目标。"),
    "text",
)
WHOSE = Figure(
    "whose", Words("Of", "归属"), Words("The company or a department.", "公司或某个部门。"), "text"
)
TARGET = Figure(
    "target", Words("Target", "目标值"), Words("What is to be reached.", "要达成的数值。"), "text"
)
GIVEN = Figure(
    "given",
    Words("Below", "已分解"),
    Words(
        "What the targets of the goals right below give towards it. Where exactly one of them is not public it is not "
        "counted, because the sum would tell it.",
        "直属下级目标的目标值之和。若其中只有一个目标不公开，则不计入，以免被推算出来。",
    ),
    "text",
)
COVERED = Figure(
    "covered",
    Words("Covered", "覆盖"),
    Words("How much of the target the goals below give.", "下级目标占目标值的比例。"),
    "percent",
    Words("Σ of what the goals below give ÷ target", "Σ 下级目标贡献 ÷ 目标值"),
)
STATE = Figure(
    "state",
    Words("Which is", "状态"),
    Words(
        "Covered: exactly 100 %. Missing: less. Too much: more. Not split: nothing below gives anything. Linked: goals "
        "serve it without adding to its number. Of a limit, what is missing is room.",
        "已覆盖：正好 100%。缺口：不足。超额：超出。未拆分：没有下级目标计入。"
        "仅关联：有下级目标但不计入数值。对于上限类目标，缺口即余量。",
    ),
    "text",
)
WITHOUT = Figure(
    "without",
    Words("Without a goal", "无目标"),
    Words("People who take part in the cycle and have no agreed goal of their own.", "参加周期但没有已确认个人目标的人数。"),
)  # fmt: skip
PEOPLE = Figure(
    "people", Words("People", "人数"), Words("Everybody who takes part in the cycle.", "参加该周期的人数。")
)
HAVE = Figure(
    "have",
    Words("Have one", "有目标"),
    Words("The share of people with at least one agreed goal.", "至少有一个已确认目标的人员比例。"),
    "percent",
    Words("(people − without a goal) ÷ people", "（人数 − 无目标）÷ 人数"),
)
OF_GOALS = (GOAL, COVERED, STATE, TARGET, GIVEN, WHOSE)
OF_PEOPLE = (GROUP, WITHOUT, PEOPLE, HAVE)
MISSING, DONE = Words("missing {rest}", "缺口 {rest}"), Words("covered", "已覆盖")
ROOM, OVER = Words("{rest} of room left", "余量 {rest}"), Words("{rest} over the limit", "超出上限 {rest}")
TOO_MUCH = Words("{rest} too much", "超额 {rest}")
NOT_SPLIT, LINKED = Words("not split", "未拆分"), Words("linked only", "仅关联")
NO_NUMBER = Words("no number to divide", "无可拆分的数值")
Row = tuple[Goal, Given | None]


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where the cycle has neither goals above people's own nor anybody who takes part in it."""
    cycle = cycle_of(asked)
    groups = {
        key: (every, has) for key, every, has in records.reports.goals.agreed(cycle.id, asked.scope, asked.by)
    }
    goals = _goals(records, reader, asked, cycle, now)
    if not goals and not groups:
        raise Refusal(
            "Nobody of {whose} takes part in {cycle}. Choose another cycle, or a larger group.",
            "{whose}没有人参加“{cycle}”。请选择其他周期，或更大的范围。",
            whose=asked.scope.words, cycle=cycle.name,
        )  # fmt: skip
    names = names_of(records, reader, asked, groups, now)
    people = sorted(
        ((names[key], every - has, every) for key, (every, has) in groups.items()),
        key=lambda one: (-one[1], one[0].en),
    )
    return Report(
        TITLE, asked.scope.words + same(f" · {cycle.name}"), now, said(goals, people),
        (goals_table(cycle, goals), people_table(people, asked)), (*goal_bars(goals), *people_bars(people, asked)),
    )  # fmt: skip


def _goals(records: ReportRecords, reader: Person, asked: Asked, cycle: Cycle, now: datetime) -> list[Row]:
    """The company's goals first, then those least covered."""
    within = records.reports.goals.above(cycle.id, asked.scope)
    every = [goal for goal in records.goals.above(cycle.id) if goal.id in within and goal.state in LIVE]
    given = records.reports.goals.given(cycle.id) if every else {}
    found = [(goal, given.get(goal.id)) for goal in every if may_see(records, reader, goal, now)]
    return sorted(found, key=lambda one: (one[0].level != "company", *_least_covered(*one), one[0].id))


def _least_covered(goal: Goal, given: Given | None) -> tuple[bool, Decimal]:
    share = share_of(goal, given)
    return share is None, share or Decimal()


def share_of(goal: Goal, given: Given | None) -> Decimal | None:
    """How much of the goal's number is covered, in percent; None where it has none that could be divided."""
    if goal.terms.unit == PERCENT and not (given and given.giving):
        return None
    return covered(counted(given)[0] if given else Decimal(), goal.terms.target)


def goals_table(cycle: Cycle, goals: Sequence[Row]) -> Table:
    """Each goal with what covers it."""
    rows = tuple(goal_row(*one) for one in goals)
    acts = tuple(
        (nth, OPEN, Act("see", ("goal-tree", str(cycle.id), goal.key))) for nth, (goal, _) in enumerate(goals)
    )
    hidden = any(given and counted(given)[2] for _, given in goals)
    note = Words(
        "Where exactly one goal below is not public, it is not counted.",
        "若只有一个下级目标不公开，则不计入。",
    )
    title = Words("Goals of the company and departments", "公司和部门目标")
    return Table(title, OF_GOALS, rows, note if hidden else None, acts)


def goal_row(goal: Goal, given: Given | None) -> tuple[Cell, ...]:
    """One goal."""
    unit, target = goal.terms.unit, goal.terms.target
    amount, giving, _ = counted(given) if given else (Decimal(), 0, False)
    below = told(amount, unit) if giving else None
    return (
        same(goal.title), share_of(goal, given), state_of(goal, given), told(target, unit) if target is not None else None,
        below, same(goal.department) if goal.department else COMPANY,
    )  # fmt: skip


def state_of(goal: Goal, given: Given | None) -> Words:
    """Whether it is covered, what is missing or too much, or that it is not divided."""
    target, unit = goal.terms.target, goal.terms.unit
    if share_of(goal, given) is None or target is None:
        return NO_NUMBER
    amount, giving, _ = counted(given) if given else (Decimal(), 0, False)
    if not giving:
        return LINKED if given else NOT_SPLIT
    rest = told(abs(target - amount), unit)
    if amount == target:
        return DONE
    if goal.terms.lower:
        return (ROOM if amount < target else OVER).fill(rest=rest)
    return (MISSING if amount < target else TOO_MUCH).fill(rest=rest)


def people_table(people: Sequence[tuple[Words, int, int]], asked: Asked) -> Table:
    """Where people have no agreed goal, most of them first."""
    rows = tuple((words, without, every, have(without, every)) for words, without, every in people)
    return Table(
        BYS[asked.by] + Words(": people without an agreed goal", "：没有已确认目标的人"), OF_PEOPLE, rows
    )


def have(without: int, every: int) -> Decimal | None:
    """The share of people who have an agreed goal, in percent with a tenth; never 100 while one has none."""
    if not every:
        return None
    share = (HUNDRED * (every - without) / every).quantize(TENTH)
    return min(share, HUNDRED - TENTH) if without else HUNDRED


def said(goals: Sequence[Row], people: Sequence[tuple[Words, int, int]]) -> Words:
    """What somebody remembers of it."""
    without, every = sum(one[1] for one in people), sum(one[2] for one in people)
    words = Words("{n} of {all} people have no agreed goal.", "{all} 人中有 {n} 人没有已确认的目标。").fill(
        n=f"{without:,}", all=f"{every:,}"
    )
    shares = [share for one in goals if (share := share_of(*one)) is not None]
    if shares:
        words += Words(
            " Of {all} goals with a number to divide, {full} are covered in full, {less} in part or not, {more} by too much.",
            "可拆分的 {all} 个目标中，{full} 个已覆盖，{less} 个有缺口，{more} 个超额。",
        ).fill(
            all=f"{len(shares):,}", full=f"{sum(one == HUNDRED for one in shares):,}",
            less=f"{sum(one < HUNDRED for one in shares):,}", more=f"{sum(one > HUNDRED for one in shares):,}",
        )  # fmt: skip
    return words


def goal_bars(goals: Sequence[Row]) -> list[Panel]:
    """How much of each public goal is covered; 100 is the mark."""
    found = [
        Bar(same(goal.title), share, same(percent(share)), HUNDRED, share < HUNDRED and not goal.terms.lower)
        for goal, given in goals
        if goal.terms.visibility == "public" and (share := share_of(goal, given)) is not None
    ]
    if not found:
        return []
    mark, alarm = Words("the whole target", "目标值"), Words("not covered in full", "未完全覆盖")
    return [Bars(COVERED.title, tuple(found), None, mark, alarm)]


def people_bars(people: Sequence[tuple[Words, int, int]], asked: Asked) -> list[Panel]:
    """The share of each group that has an agreed goal."""
    found = [
        Bar(words, share, same(f"{every - without}/{every}"))
        for words, without, every in people
        if (share := have(without, every)) is not None
    ]
    title = BYS[asked.by] + Words(": people with an agreed goal", "：有已确认目标的人员比例")
    return [Bars(title, tuple(sorted(found, key=lambda bar: bar.value)), HUNDRED)] if len(found) > 1 else []


COVERAGE = ReportKind(
    "coverage",
    TITLE,
    Words(
        "What are the company's goals divided into, and who has none?", "公司目标分解得如何，谁还没有目标？"
    ),
    (*OF_GOALS, *OF_PEOPLE),
    make,
    needs_cycle=True,
    bys=("department", "manager", "level"),
)
