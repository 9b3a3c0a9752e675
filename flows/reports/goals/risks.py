"""The report of risks: goals that will probably be missed, why, by how much, since when, and how many of each group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.screen import Act
from flows.core.words import Words, count, join, same
from flows.cycle.calendar import local_day
from flows.goals.amounts import figure, told
from flows.goals.kept import SignalKind
from flows.goals.pictures.panels import short_of
from flows.people.person import Person
from flows.reports.goals.kept import Risk, Sums
from flows.reports.goals.measures import HUNDRED, TENTH, at_stake, gap
from flows.reports.goals.naming import about, cycle_of, looked_at, names_of, nothing_of
from flows.reports.goals.progress import BEHIND, GOALS
from flows.reports.goals.seen import seen
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, GROUP, Asked, Bar, Bars, Cell, Figure, Panel, Report, ReportKind, Table

MOST = 5000  # goals in a sheet, those with most at stake: a department can be chosen to see the others
TITLE = Words("Goals at risk", "目标风险")
OPEN = Words("Open", "打开")
GOAL = Figure(
    "goal",
    Words("Goal", "目标"),
    Words(
        "An agreed goal that will probably be missed. Named only where you may open it.",
        "很可能无法达成的已确认目标，仅列出你有权查看的。",
    ),
    "text",
)
OWNER = Figure("owner", Words("Owner", "负责人"), Words("Who answers for it.", "该目标的负责人。"), "text")
DEPARTMENT = Figure(
    "department",
    Words("Department", "部门"),
    Words("Where the owner stood when the cycle began.", "周期启动时负责人所在的部门。"),
    "text",
)
REASON = Figure(
    "reason",
    Words("Why", "原因"),
    Words(
        "Off track: less than three quarters of what was to be expected by the last value (of a level to hold, nine "
        "tenths). Forecast: even the better end of the 80 % band misses 95 % of the way. Dropped: the series fell out of "
        "line. Silent: nothing for three weeks.",
        "进度落后：最近一次数据不足应达成的四分之三（需保持的水平为十分之九）。预计不达标：80% 区间较好的一端也达不到 95%。"
        "突然下滑：数据异常下降。没有更新：三周没有新数据。",
    ),
    "text",
)
WEIGHT = Figure(
    "weight",
    Words("Weight", "权重"),
    Words(
        "What it counts for among its owner's goals that have a value; a goal of the company or a department counts 100 %.",
        "在负责人有数据的目标中所占的份额；公司和部门目标按 100% 计。",
    ),
    "percent",
)
REACHED = Figure(
    "reached", Words("Reached", "达成"), Words("How far it is, in percent of its target.", "目前的达成率。"), "percent"
)  # fmt: skip
FORECAST = Figure(
    "forecast",
    Words("Forecast", "预测"),
    Words(
        "The end value that is to be expected, and between which two it lies in four of five cases. Empty with fewer than "
        "four values, and for what is not a number.",
        "预计的期末值，以及 80% 可能落在的区间。数据少于四个或非数值目标时为空。",
    ),
    "text",
    Words(
        "Straight, levelling, following and drifting lines fitted to the values, averaged by how well each explains them",
        "用直线、趋缓、跟随和漂移几种走势拟合数据，按拟合程度加权平均",
    ),
)
TARGET = Figure("target", Words("Target", "目标值"), Words("What was agreed.", "已确认的目标值。"), "text")
GAP = Figure(
    "gap",
    Words("Will miss by", "预计差距"),
    Words(
        "By how many points of 100 it ends below its target; without a forecast, by how many it is behind now.",
        "期末预计比目标低多少个百分点；没有预测时，为目前落后的百分点。",
    ),
    "points",
    Words("100 − attainment at the forecast; else expected − attainment", "100 − 预测达成率；无预测时为 应达成 − 达成率"),
)  # fmt: skip
STAKE = Figure(
    "stake",
    Words("At stake", "影响"),
    Words(
        "What that costs its owner's goals as a whole; the list is sorted by it.",
        "对负责人目标总达成率的影响，列表按此排序。",
    ),
    "points",
    Words("weight × will miss by ÷ 100", "权重 × 预计差距 ÷ 100"),
)
SINCE = Figure(
    "since",
    Words("Since", "开始于"),
    Words("Since when the first of the reasons stands.", "最早一个原因出现的日期。"),
    "day",
)
NAMED = (GOAL, OWNER, REASON, GAP, FORECAST, TARGET, STAKE, WEIGHT, REACHED, SINCE, DEPARTMENT)
COUNTED = (GROUP, BEHIND, GOALS)
WHY: dict[SignalKind, Words] = {
    "forecast": Words("forecast to miss", "预计不达标"),
    "off_track": Words("off track", "进度落后"),
    "drop": Words("dropped suddenly", "突然下滑"),
    "silent": Words("no update for three weeks", "三周没有更新"),
}
HELP = Words(
    "What to do: open the goal, see its values, and ask its owner what keeps it; the owner and their manager have been told.",
    "可以做什么：打开目标查看数据，并询问负责人遇到了什么困难；负责人及其上级已收到提醒。",
)
MOST_AT_STAKE = Words(
    f"These are the {MOST:,} with most at stake; choose a department to see the others.",
    f"仅列出影响最大的 {MOST:,} 个，选择部门可查看其他目标。",
)


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Those that the reader may open by name, all others as counts."""
    cycle = cycle_of(asked)
    day = looked_at(records, cycle)
    groups = dict(records.reports.goals.sums(cycle.id, asked.scope, asked.by))
    risks = records.reports.goals.missing(cycle.id, asked.scope, MOST)
    whole = sum(groups.values(), Sums())
    if not whole.goals and not risks:
        raise nothing_of(asked)
    known = {one.id: one for one in records.people.many({risk.person for risk in risks})}
    named = seen(records, reader, risks, known, now)
    names = names_of(records, reader, asked, groups, now)
    ranked = sorted(groups, key=lambda key: (-groups[key].behind, names[key].en))
    rows = tuple((names[key], groups[key].behind, groups[key].goals) for key in ranked)
    return Report(
        TITLE, about(asked, cycle, day), now, said(risks, whole),
        (named_table(named, known, risks, reader), Table(BYS[asked.by], COUNTED, rows)),
        bars(rows, asked),
    )  # fmt: skip


def said(risks: Sequence[Risk], whole: Sums) -> Words:
    """What somebody remembers of it."""
    if not risks:
        return Words("No goal is at risk of being missed.", "目前没有目标存在风险。")
    words = Words(
        "{n} of {all} people's goals with a value will probably be missed.", "{all} 个有数据的个人目标中有 {n} 个很可能无法达成。"
    ).fill(n=f"{whole.behind:,}", all=f"{whole.valued:,}")  # fmt: skip
    above = sum(1 for risk in risks if risk.level != "person")
    if above:
        words += count(
            above,
            " So will {n} goal of the company and its departments.",
            " So will {n} goals of the company and its departments.",
            "公司及部门目标中有 {n} 个存在风险。",
        )
    return words


def named_table(
    named: Sequence[Risk], known: dict[int, Person], every: Sequence[Risk], reader: Person
) -> Table:
    """The goals that the reader may open, those with most at stake first; of private ones not even a count is told."""
    shown = {one.goal for one in named}
    hidden = sum(1 for one in every if one.goal not in shown and one.visibility != "private")
    rows = tuple(row(one, known[one.person], reader) for one in named)
    acts = tuple((nth, OPEN, Act("see", ("goal-card", str(one.goal)))) for nth, one in enumerate(named))
    notes = [HELP] if rows else []
    if hidden:
        notes.append(
            count(
                hidden,
                "{n} goal is counted, and not named: you may not open it.",
                "{n} goals are counted, and not named: you may not open them.",
                "有 {n} 个目标只计数不列出，因为你无权查看。",
            )
        )
    if len(every) == MOST:
        notes.append(MOST_AT_STAKE)
    return Table(
        Words("By what is at stake", "按影响排序"), NAMED, rows, join(notes, " ", "") if notes else None, acts
    )


def row(one: Risk, owner: Person, reader: Person) -> tuple[Cell, ...]:
    """One goal."""
    is_ = None if one.attainment is None else half_up(one.attainment, TENTH)
    target = None if one.target is None else told(one.target, one.unit)
    return (
        same(one.title), same(owner.name), join(WHY[kind] for kind in one.signals), half_up(gap(one), TENTH),
        forecast(one), target, at_stake(one), one.weight, is_, local_day(one.since, reader.zone), same(one.department),
    )  # fmt: skip


def forecast(one: Risk) -> Words | None:
    """The end value with its band, in the goal's unit."""
    if one.low is None or one.middle is None or one.high is None:
        return None
    return Words("{middle} ({low} to {high})", "{middle}（{low} 至 {high}）").fill(
        middle=told(_short(one.middle), one.unit), low=figure(_short(one.low)), high=figure(_short(one.high))
    )


def _short(end: Decimal) -> Decimal:
    """With as few digits as the goal's own card says it."""
    return short_of(float(end))


def bars(rows: Sequence[tuple[Words, int, int]], asked: Asked) -> tuple[Panel, ...]:
    """The share of each group's goals that is at risk."""
    found = [
        Bar(words, HUNDRED * behind / goals, same(f"{behind}/{goals}"))
        for words, behind, goals in rows
        if goals
    ]
    title = BYS[asked.by] + Words(": share of goals at risk", "：有风险的目标占比")
    ranked = sorted(found, key=lambda bar: -bar.value)
    return (Bars(title, tuple(ranked), HUNDRED),) if len(found) > 1 else ()


RISKS = ReportKind(
    "risks",
    TITLE,
    Words("Which goals will probably be missed, and why?", "哪些目标很可能无法达成，为什么？"),
    (*NAMED, *COUNTED),
    make,
    needs_cycle=True,
    bys=("department", "manager", "level"),
)
