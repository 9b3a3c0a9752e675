"""The report of appeals, for HR: how many, why, how they ended, and how long each stage took; without names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.cycle.records import Cycle
from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.reports.appeals.figures import (
    BY_DEPARTMENT,
    BY_GROUND,
    BY_STAGE,
    FIGURES,
    STAGE_WORDS,
    TITLE,
)
from flows.reports.appeals.kept import Filed, stretches
from flows.reports.appeals.times import CLOCK, Times, staged
from flows.reports.records import ReportRecords
from flows.reports.report import WITHHELD, Asked, Bar, Bars, Cell, Panel, Report, ReportKind, Shares, Table
from flows.results.appealing.figures import (
    FEWEST,
    OTHERS,
    Counted,
    Figures,
    by_department,
    figures,
    working_days,
)
from flows.results.appealing.filing import OTHERS as OTHER_GROUNDS
from flows.results.appealing.records import OPEN
from flows.results.stages import hr_and_above
from flows.reviews.rules_result import part_named

RAISED, KEPT = ("upheld", "partly"), ("rejected",)
ENDS: tuple[tuple[Words, Callable[[Figures], int]], ...] = (
    (Words("raised", "提高"), lambda one: sum(one.outcomes.get(name, 0) for name in RAISED)),
    (Words("kept", "维持"), lambda one: sum(one.outcomes.get(name, 0) for name in KEPT)),
    (Words("not admissible", "不予受理"), lambda one: one.states.get("inadmissible", 0)),
    (Words("withdrawn", "撤回"), lambda one: one.states.get("withdrawn", 0) + one.states.get("lapsed", 0)),
    (Words("open", "处理中"), lambda one: sum(one.states.get(state, 0) for state in OPEN)),
)
"""How an appeal ends, as columns and as the parts of a bar."""

NONE = Words(
    "There is no appeal in {cycle} that you look after for {whose}. Choose another cycle, or come back once results are "
    "open.",
    "“{cycle}”中没有由你负责的申诉（范围：{whose}）。请选择其他周期，或在结果公布后再来查看。",
)
SMALL = Words(
    f"Departments with fewer than {FEWEST} appeals are counted together; of fewer than {FEWEST} nothing but their number is "
    "told. Appeals of HR and the managers above them, and those kept apart, are not counted.",
    f"申诉少于 {FEWEST} 份的部门合并统计；少于 {FEWEST} 份时只显示数量。HR 及其各级上级的申诉以及单独处理的申诉不计入。",
)
SEVERAL = Words("An appeal can have several grounds.", "一份申诉可以有多个理由。")


def make(records: ReportRecords, _reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where there is no appeal that is counted.

    It is the same for all of HR: an appeal that not everybody of them may see would be what two of them differ by.
    """
    cycle = asked.cycle
    if cycle is None:
        raise Refusal("Choose a cycle first.", "请先选择周期。")
    uncounted = hr_and_above(records, cycle)
    found = [
        one
        for one in records.reports.appeals.filed(cycle.id, asked.scope)
        if one.person not in uncounted and not one.apart
    ]
    if not found:
        raise Refusal(NONE, cycle=cycle.name, whose=asked.scope.words)
    people = {one.id: one for one in records.people.many(one.person for one in found)}
    policy = cycle.template.nudges
    rows = [counted(one, people[one.person], policy) for one in found]
    steps = records.reports.appeals.steps(cycle.id)
    times = {one.id: stretches(steps.get(one.id, ())) for one in found}
    stages = staged(found, people, times, policy)
    parts = by_department(rows)
    return Report(
        TITLE,
        asked.scope.words + same(f" · {cycle.name}"),
        now,
        said(rows, stages),
        (departments(rows, parts), grounds(cycle, found), stage_table(stages)),
        tuple(panels(rows, parts, stages)),
    )


def counted(one: Filed, person: Person, policy: NudgePolicy) -> Counted:
    """The appeal as it is counted; its days are the working days of whoever appeals."""
    days = working_days(one.filed_at, one.ended_at, person, policy) if one.ended_at else None
    return Counted(one.department, one.state, one.outcome if one.ended_at else "", days)


def departments(rows: Sequence[Counted], parts: Mapping[str, Figures]) -> Table:
    """By department, with all of them below."""
    shown: list[tuple[Cell, ...]] = [
        row(
            Words("Other departments together", "其他部门合计") if name == OTHERS else same(name),
            one,
            one.number,
        )
        for name, one in parts.items()
    ]
    if len(shown) != 1:
        shown.append(row(Words("Together", "合计"), figures(rows), len(rows)))
    return Table(Words("By department", "按部门"), BY_DEPARTMENT, tuple(shown), SMALL)


def row(words: Words, one: Figures | None, number: int) -> tuple[Cell, ...]:
    """A group; of one that is too small no more than its number."""
    if one is None:
        return words, number, *(WITHHELD for _ in ENDS), WITHHELD
    days = Decimal(str(one.days)) if one.days is not None else WITHHELD
    return words, number, *(part(one) for _, part in ENDS), days


def grounds(cycle: Cycle, found: Sequence[Filed]) -> Table:
    """What was contested, most often first."""
    by: dict[str, list[Filed]] = defaultdict(list)
    for one in found:
        for part in one.parts:
            by[part].append(one)
    ranked = sorted(by.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = tuple(ground_row(ground_words(cycle, name), several) for name, several in ranked)
    return Table(Words("By ground", "按理由"), BY_GROUND, rows, SEVERAL)


def ground_words(cycle: Cycle, name: str) -> Words:
    return OTHER_GROUNDS.get(name) or part_named(cycle.template, name)


def ground_row(words: Words, several: Sequence[Filed]) -> tuple[Cell, ...]:
    """How often it was contested, and how often the result was raised or kept."""
    if len(several) < FEWEST:
        return words, len(several), WITHHELD, WITHHELD
    ended: Counter[str] = Counter(one.outcome for one in several if one.ended_at and one.outcome)
    return words, len(several), sum(ended[name] for name in RAISED), sum(ended[name] for name in KEPT)


def stage_table(stages: Iterable[Times]) -> Table:
    rows = tuple(
        (
            STAGE_WORDS[one.stage], one.on, len(one.days), CLOCK[one.stage],
            WITHHELD if one.middle is None else Decimal(str(one.middle)),
            WITHHELD if one.middle is None else one.in_time, one.late,
        )
        for one in stages
    )  # fmt: skip
    return Table(Words("By stage", "按阶段"), BY_STAGE, rows)


def panels(rows: Sequence[Counted], parts: Mapping[str, Figures], stages: Sequence[Times]) -> Iterable[Panel]:
    """How they ended, and how long the stages took against their clocks."""
    whole = figures(rows)
    lines = [
        (Words("Others", "其他") if name == OTHERS else same(name), tuple(part(one) for _, part in ENDS))
        for name, one in parts.items()
    ]
    if whole is not None and len(lines) > 1:
        lines.append((Words("Together", "合计"), tuple(part(whole) for _, part in ENDS)))
    if lines:
        yield Shares(Words("How appeals ended", "申诉结果"), tuple(words for words, _ in ENDS), tuple(lines))
    bars = [
        Bar(
            STAGE_WORDS[one.stage], Decimal(str(one.middle)),
            Words("{n} of {clock} days", "{n}/{clock} 天").fill(n=f"{one.middle:g}", clock=CLOCK[one.stage]),
            Decimal(CLOCK[one.stage]), one.middle > CLOCK[one.stage],
        )
        for one in stages
        if one.middle is not None
    ]  # fmt: skip
    if bars:
        yield Bars(
            Words("Working days per stage (median)", "各阶段工作日（中位数）"), tuple(bars),
            mark=Words("the clock", "时限"), alarm=Words("longer than the clock", "超过时限"),
        )  # fmt: skip


def said(rows: Sequence[Counted], stages: Sequence[Times]) -> Words:
    """How many there are, how many are open, what became of them, and what is late."""
    words = count(len(rows), "{n} appeal, ", "{n} appeals, ", "共 {n} 份申诉，")
    words += Words("{n} of them open", "其中 {n} 份处理中").fill(
        n=f"{sum(one.state in OPEN for one in rows):,}"
    )
    if whole := figures(rows):
        raised, kept = (part(whole) for _, part in ENDS[:2])
        words += Words(
            "; {raised} raised a result and {kept} kept it", "；{raised} 份提高了结果，{kept} 份维持原结果"
        ).fill(raised=f"{raised:,}", kept=f"{kept:,}")
    late = sum(one.late for one in stages)
    if late:
        words += count(
            late,
            "; {n} stage took longer than its clock",
            "; {n} stages took longer than their clock",
            "；{n} 个阶段超过时限",
        )
    return words + Words(".", "。")


APPEALS = ReportKind(
    "appeals",
    TITLE,
    Words(
        "How many appeals are there, how do they end, and are they answered in time?",
        "有多少申诉，结果如何，是否按时处理？",
    ),
    FIGURES,
    make,
    needs_cycle=True,
    readers="hr",
)
