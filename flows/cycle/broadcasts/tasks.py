"""What a broadcast, or a cycle's kick-off, leads its readers to: the first task of each, and its text and first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from flows.core.moments import day_words
from flows.core.owed import Task
from flows.core.words import Words, join
from flows.cycle.asking import asks
from flows.cycle.phase import Window, last_day, windows
from flows.cycle.planning import phase_key, planned_at
from flows.cycle.records import Broadcast, Cycle, CycleRecords

LOOK_AGAIN = timedelta(seconds=30)
WHILE_PAUSED = timedelta(hours=1)  # whoever resumes the cycle has it looked at at once
PATIENCE = timedelta(hours=1)  # for the first phase's tasks, where nobody has planned them
STANDARD = Words(
    "*{name}* begins on {first} and ends on {last}.\n{phases}\n"
    "I'll write to you when there is something for you to do. Everything is on the Home tab at any time.",
    "*{name}*将于{first}开始，{last}结束。\n{phases}\n需要你处理时我会通知你，也可以随时在“首页”查看。",
)
LINE = Words("\n- {title}: {opens} to {due}", "\n- {title}：{opens}至{due}")


def first_day(cycle: Cycle) -> date:
    """The local day on which the cycle, or a phase that comes before its first day, begins."""
    return min([cycle.first, *(window.opens for window in windows(cycle))])


def kickoff_text(cycle: Cycle) -> Words:
    """The template's own text, or the standard one, with {name}, {first}, {last} and {phases} filled."""
    lines = [
        LINE.fill(title=window.phase.title, opens=day_words(window.opens), due=day_words(window.due))
        for window in windows(cycle)
        if asks(window.phase)
    ]
    values = {
        "name": Words(cycle.name, cycle.name),
        "first": day_words(first_day(cycle)),
        "last": day_words(last_day(cycle)),
        "phases": join(lines, "", ""),
    }
    text = cycle.template.kickoff or STANDARD
    for name, words in values.items():  # a company's own text may hold other braces
        slot = f"{{{name}}}"
        text = Words(text.en.replace(slot, words.en), text.zh.replace(slot, words.zh))
    return text


def as_it_is(records: CycleRecords, broadcast: Broadcast) -> Broadcast:
    """A kick-off that has not begun follows its cycle's dates, in its day and, until it is corrected, in its text."""
    cycle = records.cycles.get(broadcast.cycle) if broadcast.cycle is not None else None
    if cycle is None or broadcast.started_at is not None:
        return broadcast
    text = broadcast.text if broadcast.version else kickoff_text(cycle)
    return replace(broadcast, send_on=first_day(cycle), text=text)


def first_window(cycle: Cycle) -> Window | None:
    """The first phase in which somebody is asked."""
    asking = [window for window in windows(cycle) if asks(window.phase)]
    return min(asking, key=lambda window: window.opens, default=None)


def waits_until(records: CycleRecords, broadcast: Broadcast, now: datetime) -> datetime | None:
    """When to look again whether the messages may be written; None: they may be now.

    A kick-off's wait for the tasks whose buttons they carry. `now` itself: they are being planned in this very tick.
    """
    if broadcast.cycle is None:
        return None
    cycle = records.cycles.get(broadcast.cycle)
    if cycle is None or not cycle.is_running:
        return now + WHILE_PAUSED
    window = first_window(cycle)
    if window is None or now < planned_at(window):
        return None
    planned = records.sweeps.get(phase_key(cycle.id, window.phase.name))
    if planned is None:
        waited = now - (broadcast.started_at or now)
        return now + LOOK_AGAIN if waited <= PATIENCE else None
    if planned.done:
        return None
    return now if planned.due_at <= now else now + LOOK_AGAIN


def first_tasks(records: CycleRecords, people: Sequence[int], now: datetime) -> list[Task]:
    """One open task of a cycle for each of these people that stands in no other message.

    Their own come before those about others, what is due first before what is due later.
    """
    found: dict[int, Task] = {}
    tasks = records.tasks.open_owned(people)
    for task in sorted(tasks, key=lambda task: (task.about != task.person, task.due_at, task.id)):
        if task.live is None and task.opens_at <= now and task.kind != "checkin":
            found.setdefault(task.person, task)
    return list(found.values())
