"""What I owe, over all cycles and programmes, by due moment; and what I have sent that can still be changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.checkins.records import Checkin
from flows.checkins.rounds import KIND as CHECKIN
from flows.checkins.rounds import asked, name_of_round
from flows.checkins.weekly import subject_of
from flows.core.moments import day_and_time, day_words
from flows.core.progress import CHANGE
from flows.core.records import Task
from flows.core.screen import Act, Button, Element, Heading, Line, Row
from flows.core.words import Words, same
from flows.cycle.calendar import local_day, next_round
from flows.cycle.duty import Duty
from flows.cycle.nudges.entry import Spoken, ways
from flows.home.records import HomeRecords
from flows.people.person import Person

OPEN = Words("Open", "打开")

Duties = Mapping[str, Duty]


def mine(records: HomeRecords, actor: Person, duties: Duties, now: datetime) -> list[Element]:
    """The open tasks with a way in, and the last check-ins."""
    body: list[Element] = [Heading(Words("For you", "我的待办"))]
    entries = waiting(records, actor, duties, now)
    body += entries
    if not entries:
        nothing = Words("Nothing is waiting for you.", "目前没有待办。")
        body.append(Line(nothing + when_next(records, actor, now)))
    return body + [sent(records, actor, checkin, now) for checkin in records.checkins.latest(actor.id, 3)]


def waiting(records: HomeRecords, actor: Person, duties: Duties, now: datetime) -> list[Element]:
    """Every open task that can be done now; those of one phase about several people are one entry."""
    tasks = [task for task in records.tasks.open_of(actor.id) if task.opens_at <= now < task.until]
    grouped: set[tuple[str, int, str]] = set()
    body: list[Element] = []
    for task in tasks:
        duty = duties.get(task.kind)
        if duty is None or phase_of(task) in grouped:
            continue
        face = duty.face(records, task, actor, now)
        if face is None:
            continue
        every = all_of_phase(records, task, actor) if face.list else []
        if face.list and len(every) > 1:
            grouped.add(phase_of(task))
            words = Words("{n} people, {done} done · ", "共 {n} 人，已完成 {done} 人 · ").fill(
                n=len(every), done=sum(one.state == "done" for one in every)
            )
            body.append(Row(words + due_words(task, actor, now), face.list, face.together or face.title))
        else:
            body.append(Line(face.title + same(" · ") + due_words(task, actor, now)))
            body += ways(Spoken(task, task.said, duty, face), actor, now)
    return body


def phase_of(task: Task) -> tuple[str, int, str]:
    return task.kind, task.scope, task.subject


def all_of_phase(records: HomeRecords, task: Task, actor: Person) -> list[Task]:
    """All that the actor does in one phase about different people, done or not."""
    every = {one.id: one for one in records.tasks.of_round(*phase_of(task), [actor.id])}
    every |= {one.id: one for one in records.tasks.open_of(actor.id) if phase_of(one) == phase_of(task)}
    return [one for one in every.values() if one.person == actor.id and one.state in ("open", "done")]


def due_words(task: Task, actor: Person, now: datetime) -> Words:
    """Until when, or since when it is late."""
    due = day_and_time(task.due_at, actor.zone)
    if now <= task.due_at:
        return Words("due {due}", "{due} 截止").fill(due=due)
    return Words("late (was due {due})", "已逾期（截止时间为 {due}）").fill(due=due)


def sent(records: HomeRecords, actor: Person, checkin: Checkin, now: datetime) -> Row:
    """One of the last check-ins: to change while that is possible, else to read."""
    programme = records.programmes.get(checkin.programme)
    name = name_of_round(programme.schedule.rhythm, checkin.round) if programme else same(checkin.round)
    task = records.tasks.find(CHECKIN, checkin.programme, actor.id, checkin.round)
    button = Button(OPEN, Act("see", ("report", str(checkin.id))))
    if task and task.until > now and programme and programme.state != "ended":
        button = Button(CHANGE, Act("open", ("checkin", subject_of(checkin.programme, checkin.round))))
    title = Words("Check-in, {round}", "周报：{round}").fill(round=name)
    return Row(Words("sent", "已提交"), button, title)


def when_next(records: Any, actor: Person, now: datetime) -> Words:
    """When the next check-in opens, where there is one to come."""
    programme = records.programmes.current()
    if programme is None or programme.state != "running" or not asked(programme.audience, actor):
        return same("")
    opens = next_round(programme.schedule, local_day(now, actor.zone)).opens_on
    return Words(" The next check-in opens on {day}.", "下一次周报将于 {day} 开放。").fill(
        day=day_words(opens)
    )
