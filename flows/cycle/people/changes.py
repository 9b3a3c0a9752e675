"""What a change of the directory means for cycles: leavers, joiners, new managers, transfers, other zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from flows.checkins.following import manager_rezoned, managers_changed
from flows.checkins.prompt import CHECKIN
from flows.checkins.records import CheckinRecords
from flows.core.catalog import sweep
from flows.core.owed import Task
from flows.cycle.owing import INTERVIEW, moments
from flows.cycle.people.joiners import ask_about
from flows.cycle.people.leading import follow
from flows.cycle.people.leaving import left
from flows.cycle.people.standing_in import settle
from flows.cycle.records import Cycle, CycleRecords, Sweep
from flows.interviews.planning import plan_fitting
from flows.people.person import Person
from flows.plans.following import plan_following
from flows.results.releasing.looking import LOOKING

SWEEP = "people.changed"
SLICE = 200  # people in one transaction


class CompanyRecords(CheckinRecords, Protocol):
    """What follows from a change of the directory, in cycles and in check-ins."""


@dataclass(frozen=True, slots=True)
class Before:
    """How somebody stood before a change; of a person who was not there, nothing is known but that."""

    person: int
    active: bool
    manager: int | None = None
    department: str = ""
    level: str = ""
    zone: str = ""


def before_of(person: int, before: Person | None) -> Before:
    """What is compared of a person as they were; None when they were not in the directory."""
    if before is None:
        return Before(person, False)
    return Before(person, before.active, before.manager, before.department, before.level, before.zone)


def person_changed(records: CompanyRecords, before: Person | None, after: Person, now: datetime) -> None:
    """Do what follows from one person's change, in the transaction in which `after` was saved."""
    people_changed(records, [(before_of(after.id, before), after)], now)


def plan_changes(records: CompanyRecords, changed: Sequence[Before], now: datetime) -> None:
    """Do what follows from an import: at once for a few people, else in slices with the next ticks.

    While no cycle is live, who is new in the directory is asked with the next round of check-ins and need not be known.
    """
    if not records.cycles.in_state("live"):
        changed = [one for one in changed if one.active]
    if len(changed) <= SLICE:
        people = {person.id: person for person in records.people.many([one.person for one in changed])}
        people_changed(records, [(one, people[one.person]) for one in changed], now)
        return
    for start in range(0, len(changed), SLICE):
        rows = [[getattr(one, name) for name in Before.__slots__] for one in changed[start : start + SLICE]]
        records.sweeps.plan(Sweep(f"{SWEEP}/{now.isoformat()}/{start:06}", {"changed": rows}, now))


@sweep(SWEEP)
def changes_in_slices(records: CompanyRecords, work: Sweep, now: datetime) -> Sweep:
    """One slice of an import's changes."""
    changed = [Before(*row) for row in work.about["changed"]]
    people = {person.id: person for person in records.people.many([one.person for one in changed])}
    people_changed(records, [(one, people[one.person]) for one in changed if one.person in people], now)
    return replace(work, done=True)


def people_changed(records: CompanyRecords, changes: Sequence[tuple[Before, Person]], now: datetime) -> None:
    """Do what follows from these changes; the people are saved as they are now."""
    gone = [after for before, after in changes if before.active and not after.active]
    if gone:
        left(records, gone, now)
    here = [(before, after) for before, after in changes if after.active]
    check_ins_follow(records, here, now)
    elsewhere = [after for before, after in here if before.active and before.zone != after.zone]
    for after in elsewhere:
        rezoned(records, after, now)
    plan_fitting(records, [after.id for after in elsewhere], now)
    led = {
        after.id: before.manager
        for before, after in here
        if before.active and before.manager != after.manager
    }
    plan_following(records, led, now)
    live = records.cycles.in_state("live")
    if not live:
        return
    follow(records, [after for _, after in here if after.id in led], now, led)
    settle(records, records.tasks.open_owned(sorted(led)), now)  # their manager may stand in for them
    for cycle in live:
        transferred(records, cycle, here, now)
        ask_about(records, cycle, [after for before, after in here if appeared(before, after)], now)


def check_ins_follow(
    records: CompanyRecords, changes: Sequence[tuple[Before, Person]], now: datetime
) -> None:
    """The digests of check-ins go to who leads people now, at the hour of where the managers live."""
    led = [
        (was.manager, person) for was, person in changes if was.manager != person.manager or not was.active
    ]
    if led:
        managers_changed(records, led, now)
    for before, after in changes:
        if before.active and before.zone != after.zone:
            manager_rezoned(records, before.zone, after, now)


def appeared(before: Before, after: Person) -> bool:
    """Whether a cycle may now mean somebody whom it did not mean before."""
    return not before.active or (before.department, before.level) != (after.department, after.level)


def transferred(
    records: CycleRecords, cycle: Cycle, changes: Sequence[tuple[Before, Person]], now: datetime
) -> None:
    """A participant in another department or of another level counts where they were at launch; it is noted."""
    moved = {
        after.id: (before, after) for before, after in changes if before.active and appeared(before, after)
    }
    for place in records.participants.many(cycle.id, sorted(moved)):
        if place.place == "in":
            before, after = moved[place.person]
            detail = {"department": after.department, "level": after.level, "counts_in": place.department}
            thing = f"cycle/{cycle.id}/{before.person}"
            records.audit.note(now, None, "participant.transfer", thing, detail)


def rezoned(records: CompanyRecords, person: Person, now: datetime) -> None:
    """What the person owes keeps its local days: its moments are derived anew for the other zone."""
    moved: list[Task] = []
    for task in records.tasks.open_of(person.id):
        opens, due, until = derived(records, task, person) or (task.opens_at, task.due_at, task.until)
        if (opens, due, until) != (task.opens_at, task.due_at, task.until):
            told = due if task.told_due == task.due_at else task.told_due  # the same day: nothing to announce
            wake = task.next_at if task.snoozed and task.next_at else max(now, opens)
            fresh: dict[str, Any] = {"opens_at": opens, "due_at": due, "until": until, "told_due": told}
            moved.append(replace(task, next_at=min(wake, due) if task.snoozed else wake, **fresh))
    records.tasks.save_many(moved)


def derived(
    records: CompanyRecords, task: Task, person: Person
) -> tuple[datetime, datetime, datetime] | None:
    """The task's moments as its programme or its cycle has them now, in the person's zone."""
    if task.kind == INTERVIEW:  # its days were set when the turn came
        return None
    own = {CHECKIN.name: CHECKIN.moments, LOOKING.name: LOOKING.moments}
    return own.get(task.kind, moments)(records, task, person)
