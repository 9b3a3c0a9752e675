"""A leave is entered or ends early: what the person owes is looked at anew, and HR hears of deadlines inside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.core.catalog import notice
from flows.core.moments import day_words
from flows.core.owed import Notice, Task
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import WORKS
from flows.cycle.people.leading import caretakers
from flows.cycle.people.standing_days import plan_edges, settle_around
from flows.cycle.records import CycleRecords
from flows.interviews.planning import plan_fitting
from flows.people.person import Person


def leave_changed(records: CycleRecords, person: Person, now: datetime) -> None:
    """Do what follows from a change of the person's leave, which is saved already."""
    plan_edges(records, person, person.away, now)
    settle_around(records, [person.id], now)
    owed = records.tasks.open_of(person.id)
    records.tasks.save_many(
        [replace(task, next_at=max(now, task.opens_at)) for task in owed if not task.snoozed]
    )
    ask_for_time(records, person, owed, now)
    plan_fitting(records, [person.id], now)


def ask_for_time(records: CycleRecords, person: Person, owed: list[Task], now: datetime) -> None:
    """Have HR told once of each deadline of a cycle that falls into the person's leave."""
    due = {(task.scope, task.subject, task.due_at) for task in owed if is_inside(person, task, now)}
    notices: list[Notice] = []
    for cycle_id, phase, moment in sorted(due):
        cycle = records.cycles.get(cycle_id)
        about = {"cycle": cycle_id, "phase": phase, "person": person.id}
        for reader in caretakers(records, cycle) if cycle else []:
            key = f"leave/{cycle_id}/{phase}/{person.id}/{moment.date()}/{reader}"
            notices.append(Notice(0, key, reader, "cycle.leave", about, now))
    records.notices.add(notices)


def is_inside(person: Person, task: Task, now: datetime) -> bool:
    """Whether the last day of what a phase asks of them is still to come, and the person is away on it."""
    if task.kind not in WORKS:
        return False
    return task.state == "open" and now < task.due_at and person.is_away(local_day(task.due_at, person.zone))


def back_on(person: Person, day: date) -> date | None:
    """The last day of the leave that contains the day."""
    return next((last for first, last in person.away if first <= day <= last), None)


@notice("cycle.leave")
def leave_notice(records: CycleRecords, one: Notice, now: datetime) -> list[Element] | None:
    """Who is away when something is due, with the way to give them more time; nothing once they have it."""
    cycle, person = records.cycles.get(one.about["cycle"]), records.people.get(one.about["person"])
    phase = cycle.template.phase(one.about["phase"]) if cycle else None
    if cycle is None or person is None or phase is None or cycle.state != "live":
        return None
    late = [
        task
        for task in records.tasks.open_of(person.id)
        if task.scope == cycle.id and task.subject == phase.name and is_inside(person, task, now)
    ]
    if not late:
        return None
    due = local_day(late[0].due_at, person.zone)
    words = Words(
        "{name} is away until {last}, and {phase} in {cycle} is due on {due}.",
        "{name}休假至 {last}，而“{cycle}”的{phase}将于 {due} 截止。",
    ).fill(
        name=same(person.name), last=day_words(back_on(person, due) or due), phase=phase.title,
        cycle=same(cycle.name), due=day_words(due),
    )  # fmt: skip
    extend = Act("open", ("cycle-extend", f"{cycle.id}/{person.id}"))
    return [Line(words), Buttons((Button(Words("Give more time", "延长期限"), extend),))]
