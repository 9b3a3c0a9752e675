"""Planning a cycle: who takes part is written down at its launch, and each phase's tasks shortly before it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flows.core.catalog import sweep
from flows.core.records import Task
from flows.cycle.asking import asks, is_named, tasks_of, way_of
from flows.cycle.closed import still_asked
from flows.cycle.hr.lateness import plan_lateness
from flows.cycle.owing import moments
from flows.cycle.people.standing_in import placed
from flows.cycle.phase import Window, window_of, windows
from flows.cycle.records import Cycle, CycleRecords, Participant, Sweep
from flows.cycle.template import Phase
from flows.people.person import Person

AHEAD = timedelta(days=2)  # a phase is planned before the first zone reaches its opening (UTC+14)
SHORTLY = timedelta(
    hours=15
)  # where reviewers are named, as late as that is possible: there is more time for it
GOALS_FOLLOW = "goals.follow"  # the sweep that brings the tasks about goals to these goals
NAMED_FOLLOW = "reviewers.follow"  # the sweep that brings the tasks of naming reviewers to who is named
NAMED_SHORT = "reviewers.short"  # the sweep that has HR told where there are too few
TAKEN_OUT = "taken out"  # why a task is waived; HR's own words stay with the place
SLICE = 2000  # people in one transaction: short enough that a click never waits long behind it


def snapshot_key(cycle: int) -> str:
    return f"cycle.snapshot/{cycle}"


def phase_key(cycle: int, phase: str) -> str:
    return f"cycle.phase/{cycle}/{phase}"


def planned_at(window: Window) -> datetime:
    """When the phase's tasks are written, in UTC; where reviewers are named there is time for that to the last."""
    ahead = SHORTLY if is_named(window.phase) else AHEAD
    return datetime.combine(window.opens, time(0), tzinfo=UTC) - ahead


def is_planned(records: CycleRecords, cycle: Cycle, phase: str) -> bool:
    """Whether the phase's tasks are written, at least those of the first people."""
    planned = records.sweeps.get(phase_key(cycle.id, phase))
    return planned is not None and bool(planned.done or planned.cursor)


def plan_goals(
    records: CycleRecords, cycle: Cycle, now: datetime, people: Sequence[int] | None = None
) -> None:
    """Have the tasks about goals looked at anew: of these people, or of everybody in the cycle who has goals."""
    about: dict[str, Any] = {"cycle": cycle.id}
    key = f"{GOALS_FOLLOW}/{cycle.id}/{now.isoformat()}"
    if people is not None:
        about["people"] = ids = sorted(people)
        key += f"/{ids[:1]}{ids[-1:]}{len(ids)}"
    records.sweeps.plan(Sweep(key, about, now))


def plan_naming(
    records: CycleRecords, cycle: Cycle, now: datetime, people: Sequence[int] = (), gone: Sequence[int] = ()
) -> None:
    """Have the reviewers looked at anew of these people, and of everybody for whom one of `gone` was named."""
    if any(is_named(phase) for phase in cycle.template.phases) and (people or gone):
        about = {"cycle": cycle.id, "people": sorted(people), "gone": sorted(gone)}
        ids = f"{sorted(people)[:1]}{len(people)}/{sorted(gone)[:1]}{len(gone)}"
        planned = Sweep(f"{NAMED_FOLLOW}/{cycle.id}/{now.isoformat()}/{ids}", about, now)
        if not records.sweeps.plan(planned):
            records.sweeps.save(planned)  # of the same moment, and perhaps done already


def plan_snapshot(records: CycleRecords, cycle: Cycle, now: datetime) -> None:
    """Have the launched cycle take down who takes part; all else follows from there."""
    records.sweeps.plan(Sweep(snapshot_key(cycle.id), {"cycle": cycle.id}, now))


def plan_phases(records: CycleRecords, cycle: Cycle, now: datetime) -> int:
    """Have every phase in which somebody is asked planned shortly before it opens; how many were not yet."""
    keys = [
        (window, phase_key(cycle.id, window.phase.name)) for window in windows(cycle) if asks(window.phase)
    ]
    return sum(
        records.sweeps.plan(
            Sweep(key, {"cycle": cycle.id, "phase": window.phase.name}, max(now, planned_at(window)))
        )
        for window, key in keys
    )


def place_of(cycle: int, person: Person, managers: Mapping[int, Person], now: datetime) -> Participant:
    """How the person stands now; a manager who is gone is none."""
    manager = managers.get(person.manager) if person.manager else None
    return Participant(
        cycle, person.id, "in", manager.id if manager and manager.active else None,
        person.department, person.level, person.zone, person.language, now,
    )  # fmt: skip


@sweep("cycle.phase")
def plan_phase(records: CycleRecords, sweep: Sweep, now: datetime) -> Sweep:
    """Write the phase's tasks of the next participants; later, when the phase has been moved away meanwhile."""
    cycle = records.cycles.get(sweep.about["cycle"])
    phase = cycle.template.phase(sweep.about["phase"]) if cycle else None
    if cycle is None or phase is None or cycle.state != "live":
        return replace(sweep, done=True)
    window = window_of(cycle, phase)
    if now < planned_at(window):
        return replace(sweep, due_at=planned_at(window))
    participants = records.participants.slice(cycle.id, sweep.cursor, SLICE)
    if is_named(phase):
        records.cycles.lock(cycle.id)  # whoever names somebody meanwhile sees afterwards that it is planned
        let_pass(records, cycle, phase, participants, now)
    records.tasks.add(tasks_for(records, cycle, window, participants, now))
    if len(participants) == SLICE:
        return replace(sweep, cursor=participants[-1].person)
    plan_lateness(records, cycle, window)
    if phase.work == "goals":
        plan_goals(records, cycle, now)  # some were written before anybody was asked
    if is_named(phase) or (phase.work == "nominate" and way_of(cycle.template, phase) == "nobody"):
        records.sweeps.plan(Sweep(f"{NAMED_SHORT}/{cycle.id}/{phase.name}", {"cycle": cycle.id}, now))
    return replace(sweep, done=True)


def let_pass(
    records: CycleRecords, cycle: Cycle, phase: Phase, participants: Sequence[Participant], now: datetime
) -> None:
    """What is undecided about these people's reviewers counts as approved; how many is noted, not who."""
    people = [one.person for one in participants]
    if number := records.nominations.let_pass(cycle.id, phase.name, people):
        detail = {"phase": phase.name, "number": number}
        records.audit.note(now, None, "nominations.let_pass", f"cycle/{cycle.id}", detail)


def tasks_for(
    records: CycleRecords, cycle: Cycle, window: Window, participants: Sequence[Participant], now: datetime
) -> list[Task]:
    """The phase's tasks of these participants with whoever does them; none about whom it is closed (`flows.cycle.closed`)."""
    way = way_of(cycle.template, window.phase)
    owners = {one.person for one in participants}
    standing = {one.person: one for one in participants}
    named: list[tuple[int, int]] = []
    if way == "named":
        named = records.nominations.approved(cycle.id, window.phase.name, sorted(owners))
        owners = {reviewer for _, reviewer in named}
        standing |= places_of(records, cycle, owners)
    elif way == "upward":
        standing |= places_of(records, cycle, {one.manager for one in participants if one.manager})
    elif way in ("reports", "once"):
        owners = {one.manager for one in participants if one.manager}
        standing = places_of(records, cycle, owners)
    people = by_id(records, owners)
    wanted = tasks_of(cycle, window, participants, people, now, standing, named)
    tasks = placed(records, still_asked(records, cycle, window.phase, wanted, now), now)
    return [task if task.person == task.owner else in_zone_of(records, task) for task in tasks]


def places_of(records: CycleRecords, cycle: Cycle, people: set[int]) -> dict[int, Participant]:
    return {one.person: one for one in records.participants.many(cycle.id, sorted(people))}


def in_zone_of(records: CycleRecords, task: Task) -> Task:
    """A task that another than its owner does, with the moments of that person's zone."""
    person = records.people.get(task.person)
    found = moments(records, task, person) if person else None
    if found is None:
        return task
    opens, due, until = found
    return replace(task, opens_at=opens, due_at=due, until=until, next_at=opens)


def take_in(records: CycleRecords, cycle: Cycle, people: Sequence[Person], now: datetime) -> int:
    """Have these people take part in a cycle that runs, also in what is open already; how many are new in it.

    Who was in it before and was taken out has their tasks opened again.
    """
    managers = by_id(records, {person.manager for person in people if person.manager})
    before = {
        one.person: one for one in records.participants.many(cycle.id, [person.id for person in people])
    }
    places = [place_of(cycle.id, person, managers, now) for person in people]
    again = [
        replace(place, extended=before[place.person].extended) for place in places if place.person in before
    ]
    new = [
        place
        for place in places
        if before.get(place.person, place).place != "in" or place.person not in before
    ]
    for place in again:
        records.participants.save(place)
    records.participants.add([place for place in places if place.person not in before])
    if before:
        plan_goals(records, cycle, now, list(before))
        plan_naming(records, cycle, now, list(before))
    for window in windows(cycle):
        planned = records.sweeps.get(phase_key(cycle.id, window.phase.name))
        if planned is None or (not planned.done and not planned.cursor and now < planned.due_at):
            continue  # the phase is planned later, with everybody
        tasks = tasks_for(records, cycle, window, places, now)
        records.tasks.add(tasks)
        reopen(records, [task for task in tasks if task.about in before], now)
    return len(new)


def reopen(records: CycleRecords, wanted: Sequence[Task], now: datetime) -> None:
    """Open those again that were waived when the person was taken out."""
    for task in wanted:
        kept = records.tasks.of_round(task.kind, task.scope, task.subject, [task.owner])
        for one in kept:
            if one.about == task.about and one.state == "waived" and one.why == TAKEN_OUT:
                records.tasks.save(
                    replace(
                        one, state="open", why="", done_at=None, next_at=max(now, task.opens_at), person=task.person,
                        opens_at=task.opens_at, due_at=task.due_at, until=task.until,
                    )
                )  # fmt: skip


def take_out(records: CycleRecords, cycle: Cycle, person: int, why: str, now: datetime) -> bool:
    """Have somebody take part no longer: their tasks and those about them are waived; whether they were in.

    What they do as somebody's manager stays theirs.
    """
    place = records.participants.get(cycle.id, person)
    if place is None or place.place == "out":
        return False
    records.participants.save(replace(place, place="out", why=why))
    once = {phase.name for phase in cycle.template.phases if way_of(cycle.template, phase) == "once"}
    leads = bool(records.participants.led_by(cycle.id, person))
    live: list[str] = []
    closed: list[Task] = []
    for task in records.tasks.open_about([person]):
        if task.scope != cycle.id or task.kind == "checkin" or (leads and task.subject in once):
            continue
        live += [task.live] if task.live else []
        closed.append(replace(task, state="waived", why=TAKEN_OUT, done_at=now, next_at=None, live=None))
    records.tasks.save_many(closed)
    records.messages.refresh(live)
    return True


def by_id(records: CycleRecords, people: set[int]) -> dict[int, Person]:
    return {person.id: person for person in records.people.many(sorted(people))}
