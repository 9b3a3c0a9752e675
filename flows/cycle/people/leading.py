"""Who reviews whom while a cycle runs: a participant's manager follows the directory, and HR is asked where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.owed import Notice, Task
from flows.cycle.asking import way_of
from flows.cycle.people.standing_in import TO_OTHERS, Company, given, keep_moved, known, line, who
from flows.cycle.people.upward import upward_follows
from flows.cycle.phase import Window, windows
from flows.cycle.planning import is_planned, plan_goals, plan_naming, tasks_for
from flows.cycle.records import Cycle, CycleRecords, Participant
from flows.interviews.planning import plan_fitting
from flows.people.person import Person
from flows.plans.following import plan_following

UNLED = "no manager"  # why a task was waived: nobody reviews the person in this cycle until HR names somebody


def follow(
    records: CycleRecords,
    people: Sequence[Person],
    now: datetime,
    was: Mapping[int, int | None] | None = None,
) -> int:
    """Have the people's places in live cycles follow their managers as the directory has them; how many changed.

    The manager is the first active one up the line. Where there is none, whom HR has named stays, but not who was
    the person's manager (`was`) in the directory.
    """
    company = known_lines(records, people)
    changed = 0
    for cycle in records.cycles.in_state("live"):
        places = records.participants.many(cycle.id, [person.id for person in people])
        moved: list[tuple[Participant, int | None]] = []
        for place in places:
            manager = leader(company, place.person)
            if manager is None and place.manager and place.manager != (was or {}).get(place.person):
                named = records.people.get(place.manager)
                manager = named.id if named and named.active else None
            if place.place != "out" and manager != place.manager:
                moved.append((place, manager))
        lead_all(records, cycle, moved, now)
        changed += len(moved)
    return changed


def known_lines(records: CycleRecords, people: Sequence[Person]) -> Company:
    """The people with their managers upwards."""
    wanted = {person.id: person for person in people}
    level = {person.manager for person in people if person.manager}
    while found := records.people.many(sorted(level - wanted.keys())):
        wanted |= {person.id: person for person in found}
        level = {person.manager for person in found if person.manager and not person.active}
    return Company(wanted)


def leader(company: Company, person: int) -> int | None:
    """The first active manager up the line."""
    above = (company.people.get(manager) for manager in line(company, person))
    return next((manager.id for manager in above if manager and manager.active), None)


def lead(
    records: CycleRecords, cycle: Cycle, place: Participant, manager: int | None, now: datetime,
    actor: int | None = None,
) -> None:  # fmt: skip
    """Give one participant another manager in this cycle."""
    lead_all(records, cycle, [(place, manager)], now, actor)


def lead_all(
    records: CycleRecords,
    cycle: Cycle,
    moved: Sequence[tuple[Participant, int | None]],
    now: datetime,
    actor: int | None = None,
) -> None:
    """Give participants other managers: what is open about them goes along, drafts stay with who wrote them.

    Without a manager it waits, waived, until HR has named one. Whom somebody proposed as reviewers is the new
    manager's to answer; without one nobody has to say yes.
    """
    if not moved:
        return
    for place, manager in moved:
        records.participants.save(replace(place, manager=manager))
        detail = {"from": place.manager, "to": manager}
        records.audit.note(now, actor, "participant.manager", f"cycle/{cycle.id}/{place.person}", detail)
    people = [place.person for place, _ in moved]
    plan_goals(records, cycle, now, people)
    plan_following(records, people, now)
    for window in windows(cycle):
        way = way_of(cycle.template, window.phase)
        if way in ("reports", "once"):
            pass_on(records, cycle, window, moved, now)
        elif way == "upward":
            upward_follows(records, cycle, window, moved, now)
    plan_naming(records, cycle, now, people)
    plan_fitting(records, people, now)
    if any(manager is None and place.place == "in" for place, manager in moved):
        ask_for_managers(records, cycle, now)


def pass_on(
    records: CycleRecords,
    cycle: Cycle,
    window: Window,
    moved: Sequence[tuple[Participant, int | None]],
    now: datetime,
) -> None:
    """Have one phase's tasks about participants done by their new managers; what is missing for them is planned."""
    phase = window.phase
    ahead: list[Participant] = []
    passed: list[tuple[Task, Task]] = []
    company = known(records, {manager for _, manager in moved if manager})
    people = [place.person for place, _ in moved]
    rows = records.tasks.of_about(phase.work, cycle.id, phase.name, people) if phase.work in TO_OTHERS else []
    for place, manager in moved:
        about = [task for task in rows if task.about == place.person and task.owner != task.about]
        theirs = [task for task in about if is_theirs(task, place.manager)]
        passed += [(task, taken(records, company, task, manager, about, now)) for task in theirs]
        if manager is not None and not about and place.place == "in":
            ahead.append(replace(place, manager=manager))
    keep_moved(records, passed, now, "task.owner")
    if is_planned(records, cycle, phase.name):
        records.tasks.add(tasks_for(records, cycle, window, ahead, now))


def is_theirs(task: Task, manager: int | None) -> bool:
    """Whether the task goes along when this manager is followed by another: it is open, or waits for a manager."""
    return (task.state == "open" and task.owner == manager) or (task.state == "waived" and task.why == UNLED)


def taken(
    records: CycleRecords,
    company: Company,
    task: Task,
    manager: int | None,
    about: Sequence[Task],
    now: datetime,
) -> Task:
    """The task as its new owner gets it; closed without one, and where they were asked the same before."""
    if manager is None or manager == task.about:
        return closed(task, now, UNLED)
    if any(one.id != task.id and (one.owner == manager or one.state == "done") for one in about):
        return closed(task, now, "moved")
    person = who(company, manager, task.about, now, task.due_at) or manager
    return given(records, replace(task, owner=manager, state="open", done_at=None), person, now)


def closed(task: Task, now: datetime, why: str) -> Task:
    """The task as nobody owes it any more."""
    return replace(task, state="waived", why=why, done_at=now, next_at=None, live=None)


def ask_for_managers(records: CycleRecords, cycle: Cycle, now: datetime) -> None:
    """Have HR told that somebody has no manager in the cycle."""
    tell_hr(records, cycle, "cycle.unled", {"cycle": cycle.id}, now)


def tell_hr(records: CycleRecords, cycle: Cycle, kind: str, about: dict[str, int], now: datetime) -> None:
    """A notice to whoever looks after the cycle; several of one moment are one."""
    ids = "/".join(str(one) for one in about.values())
    notices = [
        Notice(0, f"{kind}/{ids}/{person}/{now.isoformat()}", person, kind, about, now)
        for person in caretakers(records, cycle)
    ]
    records.notices.add(notices)


def caretakers(records: CycleRecords, cycle: Cycle) -> list[int]:
    """Who is asked about a cycle: who set it up, or every HR admin when they are gone or HR no more."""
    owner = records.people.get(cycle.owner)
    if owner is not None and owner.active and owner.is_hr:
        return [owner.id]
    return [person.id for person in records.people.hr() if person.hr_scope is None]


def may_lead(records: CycleRecords, manager: Person, person: Person) -> bool:
    """Whether somebody may be named to review the person: active, not themself, and not below them."""
    return manager.active and manager.id != person.id and person.id not in records.people.line_of(manager.id)
