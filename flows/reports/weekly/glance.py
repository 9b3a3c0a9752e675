"""What is going on in a sentence or two: how far the reader's people are in what is on now, the furthest behind first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.words import Words
from flows.cycle.calendar import country_of, local_day
from flows.cycle.progress import Share, on_now
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.completion.pace import plan_at
from flows.reports.completion.state import is_told, percent_of, shares_of
from flows.reports.frame.meant import cycles_of
from flows.reports.records import ReportRecords
from flows.reports.rights import own_scope, scope_written
from flows.reports.scope import Scope

MOST = 3  # sentences
FAR = Words(
    "“{phase}” ({cycle}): {figures} done, {percent}%; by plan {plan}%.",
    "“{phase}”（{cycle}）：已完成 {figures}，{percent}%；计划 {plan}%。",
)
BEHIND = Words(
    "{n} of {m} goals with figures are behind ({cycle}).",
    "有进展数据的 {m} 个目标中，{n} 个落后（{cycle}）。",
)


def glance(records: ReportRecords, reader: Person, now: datetime) -> list[Words]:
    """Counts alone, of the reader's own: nobody's name, nothing that was written."""
    scope, _ = scope_written(records, reader, own_scope(reader))
    if scope is None:
        return []
    cycles = [one for one in cycles_of(records, scope) if one.is_running]
    found = [one for cycle in cycles for one in phases_of(records, reader, cycle, scope, now)]
    return [words for _, words in sorted(found, key=lambda one: one[0])][:MOST]


def goals_behind(records: ReportRecords, reader: Person) -> list[Words]:
    """How many goals are behind, in each cycle that runs; as the last night found them."""
    scope, _ = scope_written(records, reader, own_scope(reader))
    found = []
    for cycle in cycles_of(records, scope) if scope else ():
        if cycle.is_running and scope and records.reports.goals.last_look(cycle.id):
            sums = [one for _, one in records.reports.goals.sums(cycle.id, scope, "department")]
            valued, behind = (sum(getattr(one, name) for one in sums) for name in ("valued", "behind"))
            if behind:
                found.append(BEHIND.fill(n=f"{behind:,}", m=f"{valued:,}", cycle=cycle.name))
    return found


def phases_of(
    records: ReportRecords, reader: Person, cycle: Cycle, scope: Scope, now: datetime
) -> Iterator[tuple[int, Words]]:
    """Each phase that is on, with how far ahead of the plan it is in percent points."""
    today = local_day(now, reader.zone)
    told = [one for one in on_now(cycle, today) if is_told(cycle, one, to_hr=reader.is_hr)]
    shares = shares_of(records, cycle, scope, [one.phase.name for one in told]) if told else {}
    for window in told:
        share = shares.get(window.phase.name, Share())
        plan = round(plan_at(window.opens, window.due, today, country_of(reader.zone)))
        if not share.total or (not plan and not share.done):
            continue  # nobody owes it, or it opened today
        percent = round(percent_of(share.done, share.total))
        words = FAR.fill(
            phase=window.phase.title, cycle=cycle.name, figures=share.figures, percent=percent, plan=plan
        )
        yield percent - plan, words
