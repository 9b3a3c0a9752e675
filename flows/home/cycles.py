"""Where each cycle is for one person: its line of phases, what is done already, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.core.moments import day_words
from flows.core.records import Task
from flows.core.screen import Divider, Element, Heading, Line, Note, Row
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import WORKS
from flows.cycle.progress import line_of_phases, own_windows, share_of
from flows.cycle.records import Cycle, Participant
from flows.home.mine import Duties
from flows.home.records import HomeRecords
from flows.people.person import Person


def cycles(records: HomeRecords, actor: Person, duties: Duties, now: datetime) -> list[Element]:
    """Every live cycle that the actor takes part in, or in which they review somebody."""
    body: list[Element] = []
    for cycle in records.cycles.in_state("live"):
        place = records.participants.get(cycle.id, actor.id)
        if place is None or place.place != "in":
            place = None
        if place or records.participants.led_by(cycle.id, actor.id):
            body += one_cycle(records, actor, cycle, place, duties, now)
    return body


def one_cycle(
    records: HomeRecords,
    actor: Person,
    cycle: Cycle,
    place: Participant | None,
    duties: Duties,
    now: datetime,
) -> list[Element]:
    """The cycle's line, what the actor has done that can still be changed, and the next phase."""
    today, extended = local_day(now, actor.zone), place.extended if place else None
    body: list[Element] = [
        Divider(),
        Heading(same(cycle.name)),
        Line(line_of_phases(cycle, today, extended)),
    ]
    if cycle.paused_at is not None:
        body.append(
            Note(
                Words(
                    "HR has paused this cycle: nobody is reminded. You can still do what is open.",
                    "HR 已暂停本周期，不会发送提醒；开放的事项仍可填写。",
                )
            )
        )
    body += finished(records, actor, cycle, duties, now)
    if ahead := coming(cycle, today):
        body.append(Note(ahead))
    return body


def finished(
    records: HomeRecords, actor: Person, cycle: Cycle, duties: Duties, now: datetime
) -> list[Element]:
    """What the actor has done and can still change, by phase; a phase with something left stands above."""
    body: list[Element] = []
    for phase in cycle.template.phases:
        duty = duties.get(phase.work) if phase.work in WORKS else None
        tasks = own_tasks(records, actor, cycle, phase.work, phase.name, now) if duty else []
        if duty is None or not tasks or any(task.state == "open" for task in tasks):
            continue
        done = [task for task in tasks if task.state == "done"]
        if not done:
            continue
        face = duty.face(records, done[0], actor, now)
        if face is None:
            continue
        if face.list is not None and len(tasks) > 1:
            body.append(Row(share_of(tasks).words, replace(face.list, style="plain"), face.together))
        else:
            body.append(Row(Words("done", "已完成"), replace(face.button, style="plain"), face.title))
    return body


def own_tasks(
    records: HomeRecords, actor: Person, cycle: Cycle, kind: str, phase: str, now: datetime
) -> list[Task]:
    """The actor's tasks of a phase that can be done or changed now."""
    tasks = records.tasks.of_round(kind, cycle.id, phase, [actor.id])
    return [task for task in tasks if task.person == actor.id and task.opens_at <= now < task.until]


def coming(cycle: Cycle, today: date) -> Words | None:
    """The phase that opens next."""
    ahead = [window for window in own_windows(cycle) if window.stage(today) == "ahead"]
    if not ahead:
        return None
    first = min(ahead, key=lambda window: window.opens)
    return Words("Next: {phase} opens on {day}.", "接下来：“{phase}”将于 {day} 开始。").fill(
        phase=first.phase.title, day=day_words(first.opens)
    )
