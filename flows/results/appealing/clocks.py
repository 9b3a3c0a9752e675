"""The clock of each appeal: looked at every day, so that leave counts, deciders are replaced and HR hears what is late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.calendar import DAY
from flows.cycle.records import Cycle, Sweep
from flows.results.appealing.deciders import Chain, still_fit
from flows.results.appealing.records import Appeal, State, on
from flows.results.appealing.rights import hr_for
from flows.results.appealing.steps import (
    CLOCK,
    GRACE,
    LATE,
    NEWS,
    asked,
    begin,
    due_for,
    due_of,
    end,
    excuse,
    fill,
    note,
    subject_of,
    tell,
)
from flows.results.records import ResultRecords

MANY = 3  # people of HR who are told what is late: enough that one of them is here


@sweep(CLOCK)
def look(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """One look at one appeal; done once its step is another, or what time does has been done."""
    appeal = records.appeals.lock(work.about["appeal"])
    cycle = records.cycles.get(appeal.cycle) if appeal else None
    if appeal is None or cycle is None or not appeal.is_open or appeal.step != work.about["step"]:
        return replace(work, done=True)
    person = records.people.get(appeal.person)
    if person is None or not person.active:
        note(records, appeal, "lapsed", None, now)
        end(records, appeal, "lapsed", now)
        return replace(work, done=True)
    if appeal.level:
        refit(records, cycle, appeal, now)
    appeal = retimed(records, cycle, appeal, now)
    if now < appeal.due_at:
        return replace(work, due_at=min(appeal.due_at, now + DAY))
    if act := BY_TIME.get(appeal.state):
        act(records, cycle, appeal, now)
        return replace(work, done=True)
    if not appeal.late:
        say_late(records, appeal, now)
    return replace(work, due_at=now + DAY)


def refit(records: ResultRecords, cycle: Cycle, appeal: Appeal, now: datetime) -> None:
    """Replace those who left, are away for long, or are tied to the score by now; nobody left: HR is asked."""
    before = on(records.appeals.seats(appeal.id), appeal.level)
    fit = still_fit(records, Chain(records, cycle, appeal.person), appeal, now)
    gone = [one for one in before if one not in fit]
    if before and not gone:
        return
    excuse(records, appeal, gone, now)
    fill(records, cycle, appeal, now)


def retimed(records: ResultRecords, cycle: Cycle, appeal: Appeal, now: datetime) -> Appeal:
    """The step with its moments as leave and calendars have them now."""
    people = asked(records, appeal, now)
    tasks = records.tasks.of_scope(("appeal",), appeal.cycle, subject_of(appeal), "open")
    whose = {one.id: due_for(cycle, appeal, one) for one in people}
    moved = [
        replace(task, due_at=due, until=due + GRACE, next_at=min(task.next_at or now, due))
        for task in tasks
        if (due := whose.get(task.person, task.due_at)) != task.due_at
    ]
    records.tasks.save_many(moved)
    due = due_of(records, cycle, appeal, people)
    if due == appeal.due_at:
        return appeal
    fresh = replace(appeal, due_at=due)
    records.appeals.save(fresh)
    return fresh


def say_late(records: ResultRecords, appeal: Appeal, now: datetime) -> None:
    """HR is told once, and the employee sees it with the appeal."""
    records.appeals.save(replace(appeal, late=True))
    note(records, appeal, "late", None, now)
    tell(records, appeal, [one.id for one in hr_for(records, appeal, now)[:MANY]], LATE, now)


def take_silence(records: ResultRecords, _cycle: Cycle, appeal: Appeal, now: datetime) -> None:
    """Whoever doesn't go on within their time leaves it at the first decision."""
    note(records, appeal, "silent", None, now)
    end(records, appeal, "decided", now)
    tell(records, appeal, [appeal.person], NEWS, now)


def take_as_it_is(records: ResultRecords, cycle: Cycle, appeal: Appeal, now: datetime) -> None:
    """What was sent back and not completed is checked as it is."""
    note(records, appeal, "silent", None, now)
    begin(records, cycle, appeal, "filed", now)


BY_TIME: Mapping[State, Callable[[ResultRecords, Cycle, Appeal, datetime], None]] = {
    "answered": take_silence,
    "returned": take_as_it_is,
}
