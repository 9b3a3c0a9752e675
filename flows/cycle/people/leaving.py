"""Somebody leaves: they are told nothing more, and what they had to do for others goes to who is responsible now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.owed import Task
from flows.cycle.people.leading import UNLED, closed, follow
from flows.cycle.people.standing_in import given, keep_moved, known, passes, who
from flows.cycle.planning import plan_naming
from flows.cycle.records import CycleRecords
from flows.interviews.planning import plan_fitting
from flows.people.person import Person

LEFT = "left"
FOREVER = timedelta(days=36_500)


def left(records: CycleRecords, people: Sequence[Person], now: datetime) -> None:
    """What follows from these people being active no more; they are saved as such already."""
    gone = {person.id for person in people}
    leave_cycles(records, gone, now)
    for person in people:
        led = [
            one
            for cycle in records.cycles.in_state("live")
            for one in records.participants.led_by(cycle.id, person.id)
        ]
        follow(records, records.people.many({one.person for one in led}), now)
        end_delegations(records, person.id, now)
    close_what_is_open(records, gone, now)
    drop_notices(records, gone, now)
    plan_fitting(records, sorted(gone), now)
    for cycle in records.cycles.in_state("live"):
        plan_naming(records, cycle, now, gone=sorted(gone))  # whoever named them names somebody else


def leave_cycles(records: CycleRecords, gone: set[int], now: datetime) -> None:
    """Take them out of the cycles that run; what they wrote stays."""
    for cycle in records.cycles.in_state("live"):
        for place in records.participants.many(cycle.id, sorted(gone)):
            if place.place != "out":
                records.participants.save(replace(place, place="out", why=LEFT))
                records.audit.note(now, None, "participant.left", f"cycle/{cycle.id}/{place.person}", {})


def end_delegations(records: CycleRecords, person: int, now: datetime) -> None:
    """Nobody stands in for somebody who has left, and they for nobody."""
    for one in [*records.delegations.of_person(person), *records.delegations.to_deputy(person)]:
        records.delegations.save(replace(one, ended_at=now))
        records.audit.note(now, None, "delegation.end", f"delegation/{one.id}", {"why": LEFT})


def close_what_is_open(records: CycleRecords, gone: set[int], now: datetime) -> None:
    """Close what they owe for themselves and what is owed about them; pass on the rest."""
    ids = sorted(gone)
    theirs = [*records.tasks.open_about(ids), *records.tasks.open_owned(ids)]
    theirs += [task for person in ids for task in records.tasks.open_of(person)]
    tasks = {task.id: task for task in theirs}
    company = known(records, {task.owner for task in tasks.values()})
    moved: list[tuple[Task, Task]] = []
    for task in tasks.values():
        right = who(company, task.owner, task.about, now, task.due_at)
        if task.about in gone or not passes(records, task):
            moved.append((task, closed(task, now, LEFT)))
        elif right is None or task.owner in gone:  # the manager has left, and nobody is above them
            moved.append((task, closed(task, now, UNLED)))
        elif task.person in gone:
            moved.append((task, given(records, task, right, now)))
    keep_moved(records, moved, now, "task.left")


def drop_notices(records: CycleRecords, gone: set[int], now: datetime) -> None:
    """What they were still to be told is said to nobody."""
    waiting = records.notices.due_of(sorted(gone), now + FOREVER)
    records.notices.save_many([replace(notice, state="dropped") for notice in waiting])
