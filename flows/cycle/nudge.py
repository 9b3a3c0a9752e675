"""Nudges: what is said about an open task, when, and how a person moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.core.catalog import deed
from flows.core.moments import day_and_time
from flows.core.records import Message, Records, Task
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import at_local, country_of, is_working_day, local_day
from flows.people.person import Person
from flows.people.policy import Thing, thing_of

MORNING, EVENING = (
    time(9, 0),
    time(18, 30),
)  # a person's working hours: nothing unasked for comes outside them
APART = timedelta(hours=20)  # between two messages about one task
ON_TIME = timedelta(hours=1)  # longer than any tick: what comes later than this was missed
SNOOZES = {
    "hour": Words("in 1 hour", "1 小时后"),
    "tomorrow": Words("tomorrow morning", "明天上午"),
    "monday": Words("on Monday", "下周一"),
}


def nudge(records: Records, task: Task, now: datetime) -> None:
    """Say what the task's moment asks for and set its next one, in one transaction.

    A moment that was chosen (HR's hour, a snooze) is kept to. One that was missed, because the bot was down or
    the person is away since, is made up for in their working hours while the task is not yet due; after that
    nothing is said any more.
    """
    person = records.people.get(task.person)
    if person is None or not person.active:
        close(records, replace(task, state="waived", why="left"))
    elif now >= task.until:
        close(records, replace(task, state="expired"))
    elif now >= task.due_at and not task.snoozed:
        records.tasks.save(replace(task, next_at=task.until))
        records.messages.refresh([task.live] if task.live else [])  # it says by now that it is late
    elif missed(task, person, now) and (moment := working_moment(person, now)) > now:
        records.tasks.save(replace(task, next_at=min(moment, task.until)))
    else:
        say(records, task, person, now)


def missed(task: Task, person: Person, now: datetime) -> bool:
    """Whether the task's moment passed unnoticed, or comes on a day off that was entered after it was set."""
    away = person.is_away(local_day(now, person.zone)) and not task.snoozed
    return away or (task.next_at is not None and now - task.next_at > ON_TIME)


def say(records: Records, task: Task, person: Person, now: datetime) -> None:
    """Write the message and take the buttons from the ones before it."""
    about = {"task": task.id, "n": task.said}
    records.messages.refresh(message.id for message in records.messages.starting(f"task/{task.id}/"))
    live = records.messages.write(
        Message(f"task/{task.id}/{task.said}", f"{task.kind}.prompt", about, now, person.id)
    )
    told = replace(task, said=task.said + 1, snoozed=False, live=live or task.live)
    records.tasks.save(replace(told, next_at=next_moment(told, person, now)))


def next_moment(task: Task, person: Person, now: datetime) -> datetime:
    """After a message: the morning of the day it is due, if that is a working day well ahead; else when it is due,
    for the message to say so, and at last its closing."""
    due_on = local_day(task.due_at, person.zone)
    morning = at_local(due_on, MORNING, person.zone)
    if (
        morning >= now + APART
        and is_working_day(due_on, country_of(person.zone))
        and not person.is_away(due_on)
    ):
        return morning
    return task.due_at if now < task.due_at else task.until


def working_moment(person: Person, now: datetime) -> datetime:
    """`now` if it is in the person's working hours, otherwise the next morning on which they work."""
    local = at_local(local_day(now, person.zone), MORNING, person.zone)
    day = local_day(now, person.zone)
    if works(person, day) and local <= now < at_local(day, EVENING, person.zone):
        return now
    if now >= local:
        day += timedelta(days=1)
    for _ in range(60):  # a leave of more than two months is looked at again then
        if works(person, day):
            break
        day += timedelta(days=1)
    return at_local(day, MORNING, person.zone)


def close(records: Records, task: Task) -> None:
    """Nothing more is said about the task; what was said loses its buttons."""
    records.tasks.save(replace(task, next_at=None, live=None))
    records.messages.refresh(message.id for message in records.messages.starting(f"task/{task.id}/"))


def snoozes(task: Task, person: Person, now: datetime) -> dict[str, datetime]:
    """The snoozes that still end before the deadline (before the closing for one already late), and on no day off."""
    today = local_day(now, person.zone)
    monday = today + timedelta(days=7 - today.weekday())
    moments = {
        "hour": now + timedelta(hours=1),
        "tomorrow": at_local(today + timedelta(days=1), MORNING, person.zone),
        "monday": at_local(monday, MORNING, person.zone),
    }
    end = task.due_at if now < task.due_at else task.until
    return {
        name: moment
        for name, moment in moments.items()
        if moment < end and (name == "hour" or works(person, local_day(moment, person.zone)))
    }


def own_task(records: Records, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The task that a button names, with whose it is."""
    task = records.tasks.get(int(about[0])) if about and about[0].isascii() and about[0].isdigit() else None
    owner = records.people.get(task.person) if task else None
    return thing_of("task", owner, actor, records.people) if owner else None


@deed("snooze", may=("task", "answer"), of=own_task)
def snooze(records: Records, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Put the next message off; the one that was pressed loses its buttons."""
    task = records.tasks.get(int(about[0]))
    choice = about[1] if len(about) > 1 else ""
    if task is None or task.state != "open" or choice not in SNOOZES:
        raise Refusal(
            "There is nothing left to put off: this is done or closed.", "无需推迟：该任务已完成或已关闭。"
        )
    moment = snoozes(task, actor, now).get(choice)
    if moment is None:
        raise Refusal(
            "That would be after the deadline ({due}), or on a day off. Please choose another moment.",
            "那已经超过截止时间（{due}），或是休息日，请换一个时间。",
            due=day_and_time(task.due_at, actor.zone),
        )
    records.tasks.save(replace(task, next_at=moment, snoozed=True, live=None))
    if task.live:
        records.messages.refresh([task.live])
    return Words("Put off. I'll write again on {when}.", "好的，{when}再提醒你。").fill(
        when=day_and_time(moment, actor.zone)
    )


def works(person: Person, day: date) -> bool:
    """Whether the person works that day: no weekend, no holiday of their country, no leave."""
    return is_working_day(day, country_of(person.zone)) and not person.is_away(day)
