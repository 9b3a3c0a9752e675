"""Whose task it is, and what becomes of its messages when it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

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


def refresh_all(records: Records, tasks: Iterable[Task]) -> None:
    """The same for many tasks, each person's messages looked through once."""
    theirs: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.said_at is not None:
            theirs[task.person].append(task)
    for person, owed in theirs.items():
        first = f"day/{person}/{min(task.opens_at for task in owed).date() - DAY}"
        said = records.messages.starting(f"day/{person}/", first)
        for task in owed:
            said += records.messages.starting(f"snooze/{task.id}/") if task.said > 1 else []
        numbers = {task.id for task in owed}
        records.messages.refresh(
            one.id for one in said if any(number in numbers for number, _ in one.message.about["tasks"])
        )


def levelled(about: Mapping[str, Any], gone: Mapping[int, tuple[int, str]]) -> dict[str, Any] | None:
    """What a digest is about without these tasks; None where none of them stands in it.

    `gone` is of which cycle and phase each of them was: that is all that the message still says, once for a phase.
    """
    phases = {gone[number] for number, _ in about["tasks"] if number in gone}
    if not phases:
        return None
    left = {**about, "tasks": [one for one in about["tasks"] if one[0] not in gone]}
    for name in ("again", "moved"):
        numbers = [number for number in left.pop(name, ()) if number not in gone]
        left |= {name: numbers} if numbers else {}
    before = {(cycle, phase) for cycle, phase in about.get("closed", ())}
    return {**left, "closed": sorted(before | phases)}


def own_task(records: Records, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The task that a button names, with who has to do it."""
    task = named_task(records, about)
    owner = records.people.get(task.person) if task else None
    return thing_of("task", owner, actor, records.people) if owner else None


def named_task(records: Records, about: tuple[str, ...]) -> Task | None:
    """The task whose id comes first in what a button or a form is about."""
    number = about[0] if about else ""
    return records.tasks.get(whole(number))
