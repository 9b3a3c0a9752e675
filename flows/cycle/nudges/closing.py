"""Whose task it is, and what becomes of its messages when it is over."""

from __future__ import annotations

from dataclasses import replace

from flows.core.records import Records, Task
from flows.cycle.calendar import DAY
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, thing_of


def close(records: Records, task: Task) -> None:
    """Nothing more is said about the task; what was said loses its buttons."""
    records.tasks.save(replace(task, next_at=None, live=None, snoozed=False))
    refresh(records, task)


def refresh(records: Records, task: Task) -> None:
    """Bring every message in which the task stands to the state of things."""
    if task.said_at is None and task.live is None:
        return
    first = f"day/{task.person}/{task.opens_at.date() - DAY}"
    said = [
        *records.messages.starting(f"day/{task.person}/", first),
        *records.messages.starting(f"snooze/{task.id}/"),
    ]
    ids = [one.id for one in said if any(number == task.id for number, _ in one.message.about["tasks"])]
    records.messages.refresh([*ids, *([task.live] if task.live else [])])


def own_task(records: Records, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The task that a button names, with who has to do it."""
    task = named_task(records, about)
    owner = records.people.get(task.person) if task else None
    return thing_of("task", owner, actor, records.people) if owner else None


def named_task(records: Records, about: tuple[str, ...]) -> Task | None:
    """The task whose id comes first in what a button or a form is about."""
    number = about[0] if about else ""
    return records.tasks.get(whole(number))
