"""A review of one's manager is about the manager when it was asked for; it follows to another while nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.owed import Task
from flows.cycle.closed import closed_about
from flows.cycle.people.standing_in import keep_moved
from flows.cycle.phase import Window
from flows.cycle.planning import is_planned, tasks_for
from flows.cycle.records import Cycle, CycleRecords, Participant

MOVED = "moved"


def upward_follows(
    records: CycleRecords,
    cycle: Cycle,
    window: Window,
    moved: Sequence[tuple[Participant, int | None]],
    now: datetime,
) -> None:
    """Have the participants whose manager has changed asked about the new one, unless they have begun to write.

    What was begun or sent stays about whom they knew. Who has no manager now is still asked about the one before, and
    so is whoever has one about whom the answers are closed.
    """
    if not is_planned(records, cycle, window.phase.name):
        return
    kind, subject = window.phase.work, window.phase.name
    kept = records.tasks.of_round(kind, cycle.id, subject, [place.person for place, _ in moved])
    closed = closed_about(records, cycle, window.phase, (new for _, new in moved if new), now)
    over: list[tuple[Task, Task]] = []
    asked: list[Participant] = []
    for place, manager in moved:
        theirs = [task for task in kept if task.owner == place.person and task.about != manager]
        if (
            manager is None
            or manager in closed
            or place.place != "in"
            or any(is_begun(records, task) for task in theirs)
        ):
            continue
        over += [(task, waived(task, now)) for task in theirs if task.state == "open"]
        asked.append(replace(place, manager=manager))
    keep_moved(records, over, now, "task.moved")
    again(
        records,
        [task for task in kept if task.why == MOVED],
        tasks_for(records, cycle, window, asked, now),
        now,
    )


def is_begun(records: CycleRecords, task: Task) -> bool:
    """Whether the review is sent, or something of it is written."""
    if task.state == "done":
        return True
    draft = records.conversations.find("review", task.person, f"{task.scope}/{task.subject}/{task.about}")
    return task.state == "open" and draft is not None and bool(draft.answers or draft.typed)


def again(records: CycleRecords, before: Sequence[Task], asked: Sequence[Task], now: datetime) -> None:
    """Keep the new tasks; one about somebody who was their manager before is opened again."""
    records.tasks.add(asked)
    wanted = {(task.owner, task.about) for task in asked}
    opened = [
        replace(task, state="open", why="", done_at=None, next_at=max(now, task.opens_at))
        for task in before
        if (task.owner, task.about) in wanted and task.state == "waived"
    ]
    records.tasks.save_many(opened)


def waived(task: Task, now: datetime) -> Task:
    return replace(task, state="waived", why=MOVED, done_at=now, next_at=None, live=None)
