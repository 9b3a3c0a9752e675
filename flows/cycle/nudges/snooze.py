"""Snooze: a person puts the next message about a task off; it is replaced, never added to, and keeps the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.catalog import deed
from flows.core.moments import day_and_time
from flows.core.records import Records, Task
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import at_local, local_day
from flows.cycle.nudges.closing import own_task
from flows.cycle.nudges.milestones import works
from flows.cycle.nudges.pace import MORNING
from flows.people.person import Person

SNOOZES = {
    "hour": Words("in 1 hour", "1 小时后"),
    "tomorrow": Words("tomorrow morning", "明天上午"),
    "monday": Words("on Monday", "下周一"),
}


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
    records.tasks.save(replace(task, next_at=moment, snoozed=True))
    if task.live:
        records.messages.refresh([task.live])
    return Words("Put off. I'll write again on {when}.", "好的，{when}再提醒你。").fill(
        when=day_and_time(moment, actor.zone)
    )
