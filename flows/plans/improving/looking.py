"""Once a day each improvement plan is looked at: leaves, meetings, what was not read, who leads it, and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.core.catalog import sweep
from flows.cycle.calendar import country_of, local_day, next_working_day
from flows.cycle.records import Sweep
from flows.people.person import Person
from flows.plans.improving.doing import LOOKING, do, end_pause, hand_over
from flows.plans.improving.machine import RUNNING, may_follow
from flows.plans.improving.owed import ask_to_decide, ask_to_meet, next_morning
from flows.plans.improving.records import ImprovementRecords, Plan
from flows.plans.improving.rights import leads
from flows.plans.improving.terms import later

NOTED_AFTER = 3  # working days in which a meeting is noted; after that it counts as missed
READ_IN = 5  # working days after which it is noted that a version was not read
FARTHEST = 60  # meetings that are made up for at once, of a bot that was down


@sweep(LOOKING)
def look(records: ImprovementRecords, work: Sweep, now: datetime) -> Sweep:
    """Look at one plan, and again on the next morning of whom it is about, until it is over."""
    plan = records.improvements.lock(work.about["plan"])
    person = records.people.get(plan.person) if plan else None
    if plan is None or person is None or plan.is_over:
        return replace(work, done=True)
    if not person.active:
        do(records, plan.id, "withdrawn", None, {"why": "", "left": True}, now)
        return replace(work, done=True)
    settled(records, plan, person, now)
    return replace(work, due_at=next_morning(person, now))


def settled(records: ImprovementRecords, plan: Plan, person: Person, now: datetime) -> Plan:
    """Bring the plan to what the day says."""
    lead = leads(records, person, now, plan.manager)
    if lead is not None and lead != plan.manager:
        plan = hand_over(records, plan, lead, now)
    plan = leave(records, plan, person, now)
    today = local_day(now, person.zone)
    if is_unread(plan, person, today):
        plan = do(records, plan.id, "unread", None, {"version": plan.version}, now)
    return meetings(records, plan, person, today, now)


def leave(records: ImprovementRecords, plan: Plan, person: Person, now: datetime) -> Plan:
    """While the person, or whoever leads the plan, is on leave it rests; what HR has paused is HR's to resume."""
    today = local_day(now, person.zone)
    manager = records.people.get(plan.manager)
    away = person.is_away(today) or (manager is not None and manager.is_away(local_day(now, manager.zone)))
    if away and plan.state in RUNNING:
        return do(records, plan.id, "paused", None, {"today": today.isoformat(), "why": ""}, now)
    if not away and plan.state == "paused" and plan.on_leave:
        return end_pause(records, plan, None, now)
    return plan


def is_unread(plan: Plan, person: Person, today: date) -> bool:
    """Whether the time to read the version is over, and that it was not read is not noted yet."""
    if not may_follow(plan, "unread") or plan.published_at is None:
        return False
    published = local_day(plan.published_at, person.zone)
    return today > later(published, READ_IN, country_of(person.zone))


def meetings(records: ImprovementRecords, plan: Plan, person: Person, today: date, now: datetime) -> Plan:
    """Ask for the meeting whose day has come; one that nobody has noted in time was missed. Then comes the end."""
    country = country_of(person.zone)
    for _ in range(FARTHEST):
        if plan.state not in RUNNING or plan.meeting is None or plan.terms is None:
            return plan
        if today > plan.terms.ends:
            ask_to_decide(records, plan, now)
        day = next_working_day(plan.meeting, country)
        if plan.meeting > plan.terms.ends or today < day:
            return plan
        if today <= later(day, NOTED_AFTER, country):
            ask_to_meet(records, plan, day, now)
            return plan
        content = {"day": plan.meeting.isoformat(), "why": ""}
        plan = do(records, plan.id, "missed", None, content, now)
    return plan
