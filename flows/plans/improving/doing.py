"""A step of an improvement plan, kept with all that follows from it: tasks, actions, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.cycle.calendar import country_of, local_day
from flows.cycle.records import Sweep
from flows.people.person import Person
from flows.plans.improving.actions import actions_follow
from flows.plans.improving.ledger import next_step
from flows.plans.improving.machine import NotNow, after
from flows.plans.improving.owed import tasks_follow, tell
from flows.plans.improving.records import ImprovementRecords, Plan, Step, StepKind
from flows.plans.improving.terms import as_json, moved, working_days

LOOKING = "improvement"  # the sweep that looks at a plan once a day


def do(
    records: ImprovementRecords,
    plan: int,
    kind: StepKind,
    by: Person | None,
    content: Mapping[str, Any],
    now: datetime,
) -> Plan:
    """Add a step and do what follows from it; refuses what can't follow where the plan stands by now."""
    before = records.improvements.lock(plan)
    if before is None:
        raise NotThere
    step = next_step(before, kind, by.id if by else None, content, now)
    try:
        stands = after(before, step)
    except NotNow:
        raise changed_meanwhile() from None
    records.improvements.save(stands)
    records.improvements.add(step)
    detail = {"step": step.number, "version": stands.version, "state": stands.state, "hash": step.hash}
    records.audit.note(now, step.by, f"improvement.{kind}", f"improvement/{plan}", detail)
    actions_follow(records, before, stands, step, now)
    tasks_follow(records, stands, step, now)
    tell(records, stands, readers(before, stands, step), now)
    return stands


def changed_meanwhile() -> Refusal:
    return Refusal(
        "This has changed since you opened it. Please open it again to see how it stands; what you typed is kept.",
        "打开之后情况已有变化，请重新打开查看最新状态。你填写的内容已保留。",
    )


def begin(records: ImprovementRecords, plan: Plan, now: datetime) -> None:
    """From now on the plan is looked at once a day."""
    records.sweeps.plan(Sweep(f"{LOOKING}/{plan.id}", {"plan": plan.id}, now))


def readers(before: Plan, plan: Plan, step: Step) -> set[int]:
    """Who is told of a step with their next digest; those who get a task for it are not told besides."""
    both = {plan.person, plan.manager} if plan.version else {plan.manager}
    match step.kind:
        case "asked":
            found = set()
        case "returned":
            found = {before.asking.by} if before.asking else set()
        case "published" | "extended":
            found = {plan.manager} | ({before.asking.by} if before.asking else set())
        case "acknowledged" | "unread":
            found = {plan.manager}
        case _:
            found = both
    return found - {step.by}


def end_pause(records: ImprovementRecords, plan: Plan, by: Person | None, now: datetime) -> Plan:
    """Go on: the end, and what is not due yet, moves by the working days that were paused."""
    person = records.people.get(plan.person)
    if person is None or plan.terms is None or plan.paused_on is None:
        raise changed_meanwhile()
    today, country = local_day(now, person.zone), country_of(person.zone)
    days = working_days(plan.paused_on, today, country)
    terms = moved(plan.terms, plan.paused_on, days, country)
    content = {"today": today.isoformat(), "days": days, "terms": as_json(terms)}
    return do(records, plan.id, "resumed", by, content, now)


def hand_over(records: ImprovementRecords, plan: Plan, to: int, now: datetime) -> Plan:
    """Somebody else leads it from now on; who led it before may still read it."""
    return do(records, plan.id, "handed", None, {"from": plan.manager, "to": to}, now)


def written(records: ImprovementRecords, plan: Plan, by: Person, now: datetime) -> None:
    """Keep what is written of a plan that is not published; the log says that it was, and not what."""
    records.improvements.save(plan)
    records.audit.note(now, by.id, "improvement.write", f"improvement/{plan.id}", {"version": plan.version})


def names(records: ImprovementRecords, people: Iterable[int]) -> dict[int, str]:
    return {one.id: one.name for one in records.people.many(sorted(set(people)))}
