"""The report of plans: who has an agreed development plan, and whether what was agreed to be done is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.cycle.calendar import at_local, local_day
from flows.cycle.records import Cycle
from flows.goals.amounts import percent as in_percent
from flows.people.person import Person
from flows.plans.improving.records import State
from flows.plans.improving.telling import STATES
from flows.reports.cells import LEAST
from flows.reports.plans.figures import (
    BY_DEPARTMENT,
    COUNTS,
    DEPARTMENT,
    FIGURES,
    PLANS,
    SOURCES,
    STATE,
    TITLE,
    WHERE,
)
from flows.reports.plans.kept import Agreed, Doing, Plans
from flows.reports.plans.shown import Doings, to_hr, to_whoever_leads
from flows.reports.records import ReportRecords
from flows.reports.report import WITHHELD, Asked, Bar, Bars, Cell, Report, ReportKind, Table
from flows.reports.rights import COMPANY, below, is_hr_of
from flows.reports.scope import Scope
from flows.results.stages import hr_and_above

TENTH, HUNDRED = Decimal("0.1"), Decimal(100)
NO_DEPARTMENT = Words("No department", "未分部门")
TOGETHER = Words("Together", "合计")
NOBODY = Words(
    "Nobody of {whose} takes part in {cycle}. Choose another cycle, department or manager.",
    "{whose}没有人参加“{cycle}”。请选择其他周期、部门或上级。",
)
FEW = Words(
    "What is about too few people is withheld, and what would give that away. What somebody agreed to is read by them and "
    "by whoever leads them.",
    "人数过少的分组以及可能推算出它们的分组不显示。具体约定只有本人及其各级上级可见。",
)
HR_ONLY = Words(
    "For HR alone. HR and the managers above them are not counted.",
    "仅 HR 可见。HR 及其各级上级不计入。",
)


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where nobody of the scope takes part in the cycle."""
    cycle, scope = asked.cycle, asked.scope
    if cycle is None:
        raise Refusal("Choose a cycle first.", "请先选择周期。")
    plans = dict(records.reports.plans.plans(cycle.id, scope))
    if not plans:
        raise Refusal(NOBODY, whose=scope.words, cycle=cycle.name)
    sees_as_hr = is_hr_of(records, reader, scope, now)
    doings = doings_of(records, reader, cycle, asked, now, sees_as_hr=sees_as_hr)
    tables = [plans_table(plans), departments_table(doings), sources_table(doings)]
    if sees_as_hr:
        tables.append(improvement_table(improvement_of(records, reader, cycle, asked)))
    return Report(
        TITLE, scope.words + same(f" · {cycle.name}"), now, said(plans, doings.all),
        tuple(table for table in tables if table.rows), (share_bars(plans), *kept_bars(doings)),
    )  # fmt: skip


def doings_of(
    records: ReportRecords, reader: Person, cycle: Cycle, asked: Asked, now: datetime, *, sees_as_hr: bool
) -> Doings:
    """What was agreed to be done in the cycle, with what may be shown to this reader."""
    start, today = at_local(cycle.first, time(0), reader.zone), local_day(now, reader.zone)

    def rows(scope: Scope) -> Sequence[Doing]:
        return records.reports.plans.doing(cycle.id, scope, start, cycle.closed_at, today)

    if not sees_as_hr:
        return to_whoever_leads(rows(asked.scope))
    return to_hr(rows(COMPANY), asked.scope, rows(below(reader)))


def improvement_of(records: ReportRecords, reader: Person, cycle: Cycle, asked: Asked) -> Mapping[State, int]:
    """Improvement plans by state, without those of HR and of everybody above them, who would differ by reader."""
    without = hr_and_above(records, cycle)
    start = at_local(cycle.first, time(0), reader.zone)
    return dict(records.reports.plans.improvement(asked.scope, start, without))


def percent(some: int, of: int) -> Decimal | None:
    """A share with one decimal; None of nothing."""
    return half_up(HUNDRED * some / of, TENTH) if of else None


def kept_share(one: Agreed) -> Decimal | None:
    """Of what is over or overdue, the share that was done."""
    done = one.in_time + one.late
    return percent(done, done + one.overdue + one.dropped)


def plans_table(plans: Mapping[str, Plans]) -> Table:
    """Development plans by department, with all of them below."""
    rows = [plans_row(named(name), one) for name, one in plans.items()]
    if len(rows) > 1:
        rows.append(plans_row(TOGETHER, total(plans.values())))
    return Table(Words("Development plans", "发展计划"), BY_DEPARTMENT, tuple(rows))


def plans_row(words: Words, one: Plans) -> tuple[Cell, ...]:
    share, in_time = percent(one.agreed, one.people), percent(one.in_time, one.asked)
    return words, one.people, one.written, one.agreed, share, in_time


def total(several: Iterable[Plans]) -> Plans:
    return sum(several, Plans())


def named(department: str) -> Words:
    return same(department) if department else NO_DEPARTMENT


def departments_table(doings: Doings) -> Table:
    """What was agreed to be done, by department."""
    rows = [doing_row(named(name), doings.of(name)) for name in sorted(doings.departments)]
    if len(rows) != 1:
        rows.append(doing_row(TOGETHER, doings.all))
    return Table(Words("What was agreed to be done", "约定事项"), (DEPARTMENT, *COUNTS), tuple(rows), FEW)


def sources_table(doings: Doings) -> Table:
    """The same by where it was agreed; nothing where that may not be shown at all."""
    rows = tuple(doing_row(words, doings.at(source)) for source, words in SOURCES.items() if doings.sources)
    return Table(Words("By where it was agreed", "按来源"), (WHERE, *COUNTS), rows)


def doing_row(words: Words, one: Agreed | None) -> tuple[Cell, ...]:
    if one is None:
        return words, *(WITHHELD for _ in COUNTS)
    return words, one.number, one.in_time, one.late, one.overdue, one.open, one.dropped, kept_share(one)


def improvement_table(states: Mapping[State, int]) -> Table:
    """Improvement plans by state; of fewer than four in all nothing is told."""
    whole = sum(states.values())
    few = whole < LEAST
    rows: list[tuple[Cell, ...]] = [(STATES[state], number) for state, number in states.items() if not few]
    rows.append((TOGETHER, WITHHELD if few else whole))
    return Table(Words("Improvement plans", "改进计划"), (STATE, PLANS), tuple(rows), HR_ONLY)


def share_bars(plans: Mapping[str, Plans]) -> Bars:
    """Agreed plans of the people of each department."""
    bars = [
        Bar(
            named(name), percent(one.agreed, one.people) or Decimal(0), same(f"{one.agreed:,}/{one.people:,}")
        )
        for name, one in plans.items()
    ]
    title = Words("Agreed development plans", "已约定的发展计划")
    return Bars(title, tuple(sorted(bars, key=lambda bar: -bar.value)), HUNDRED)


def kept_bars(doings: Doings) -> Iterable[Bars]:
    """How much of what was agreed is kept, of the departments that may be shown."""
    shares = {
        name: share
        for name in sorted(doings.seen)
        if (one := doings.of(name)) and (share := kept_share(one)) is not None
    }
    bars = [Bar(named(name), share, same(in_percent(share))) for name, share in shares.items()]
    if bars:
        title = Words("Kept, of what was agreed", "约定事项兑现率")
        yield Bars(title, tuple(sorted(bars, key=lambda bar: -bar.value)), HUNDRED)


def said(plans: Mapping[str, Plans], agreed: Agreed | None) -> Words:
    """How many plans are agreed, and how much of what was agreed is kept."""
    whole = total(plans.values())
    words = Words(
        "{some} of {n} people have an agreed development plan", "{n} 人中有 {some} 人已约定发展计划"
    ).fill(some=f"{whole.agreed:,}", n=f"{whole.people:,}")
    share = kept_share(agreed) if agreed else None
    if agreed and share is not None:
        words += Words(
            "; {share}% of what was agreed was done, and {n} are overdue",
            "；约定事项兑现率 {share}%，{n} 项已逾期",
        ).fill(share=share, n=f"{agreed.overdue:,}")
    return words + Words(".", "。")


PLAN_REPORT = ReportKind(
    "plans",
    TITLE,
    Words("Who has an agreed plan, and is what was agreed done?", "谁已约定计划，约定的事项是否完成？"),
    FIGURES,
    make,
    needs_cycle=True,
)
