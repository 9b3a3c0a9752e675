"""The tasks of single people whose dates are their own: derived anew, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.owed import Task
from flows.cycle.closed import still_asked
from flows.cycle.owing import APPROVE, REPLACE, WORKS, moments
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle, CycleRecords
from flows.cycle.template import Phase


def retime(
    records: CycleRecords,
    cycle: Cycle,
    phase: Phase,
    people: Sequence[int],
    now: datetime,
    *,
    reopen: bool = False,
) -> int:
    """Give the phase's tasks that are these people's or about them their moments as the dates are now; how many.

    `reopen` opens those again that closed undone. Each is looked at anew at once, or when it opens. What is asked
    about somebody whose anonymous answers are closed stays as it is (`flows.cycle.closed`).
    """
    tasks = tasks_in(records, cycle, phase, people, reopen=reopen)
    tasks = still_asked(records, cycle, phase, tasks, now)
    places = {one.person: one for one in records.participants.many(cycle.id, sorted(_named(tasks)))}
    doers = {person.id: person for person in records.people.many({task.person for task in tasks})}
    changed: list[Task] = []
    for task in tasks:
        days = [
            places[one].extended[phase.name]
            for one in {task.owner, task.about, task.person} & places.keys()
            if phase.name in places[one].extended
        ]
        window = window_of(cycle, phase, {phase.name: max(days)} if days else None)
        opens, due, until = moments_in(window, cycle.template.nudges.hour, doers[task.person].zone)
        if until <= now:
            continue
        wake = max(now, opens)
        if task.snoozed and task.next_at:
            wake = min(task.next_at, due)
        changed.append(replace(task, state="open", opens_at=opens, due_at=due, until=until, next_at=wake))
    records.tasks.save_many(changed)
    return len(changed)


def retime_answers(records: CycleRecords, cycle: Cycle, phase: Phase, now: datetime) -> int:
    """Give what is asked about a phase's reviewers its moments as the phase's dates are now; how many moved."""
    tasks = records.tasks.of_scope((APPROVE, REPLACE), cycle.id, phase.name, "open")
    doers = {person.id: person for person in records.people.many({task.person for task in tasks})}
    changed: list[Task] = []
    for task in tasks:
        opens, due, until = moments(records, task, doers[task.person]) or (now, now, now)
        if until > now and (due, until) != (task.due_at, task.until):
            wake = min(task.next_at, due) if task.snoozed and task.next_at else now
            changed.append(replace(task, opens_at=opens, due_at=due, until=until, next_at=wake))
    records.tasks.save_many(changed)
    return len(changed)


def tasks_in(
    records: CycleRecords, cycle: Cycle, phase: Phase, people: Sequence[int], *, reopen: bool = False
) -> list[Task]:
    """The phase's open tasks that are these people's or about them; with `reopen` also those that closed undone."""
    if not people:
        return []
    found = [*records.tasks.open_owned(people), *records.tasks.open_about(people)]
    if reopen:
        kept = records.tasks.of_round(phase.work, cycle.id, phase.name, people)
        kept += records.tasks.of_about(phase.work, cycle.id, phase.name, people)
        found += [one for one in kept if one.state == "expired"]
    mine = {
        task.id: task
        for task in found
        if task.kind in WORKS and task.scope == cycle.id and task.subject == phase.name
    }
    return list(mine.values())


def _named(tasks: Sequence[Task]) -> set[int]:
    return {one for task in tasks for one in (task.owner, task.about, task.person)}
