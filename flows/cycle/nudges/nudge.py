"""Nudges: whether something is to be said about a task now, and when to look at it again. Derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.core.records import Task
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.nudges.closing import close, named_task, own_task, refresh
from flows.cycle.nudges.milestones import Milestone, milestones, works
from flows.cycle.nudges.pace import (
    EVENING,
    MORNING,
    Taken,
    allowed_moment,
    has_room,
    is_free,
    is_past,
    working_moment,
)
from flows.cycle.nudges.snooze import SNOOZES, snoozes
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

__all__ = [
    "EVENING",
    "MORNING",
    "SNOOZES",
    "Outlook",
    "close",
    "missed",
    "named_task",
    "outlook",
    "own_task",
    "refresh",
    "snoozes",
    "working_moment",
    "works",
]

ON_TIME = timedelta(hours=1)  # longer than any tick: what comes later than this was missed


@dataclass(frozen=True, slots=True)
class Outlook:
    """`say`: something is to be said about the task now. Otherwise, and afterwards, look again at `next_at` (UTC)."""

    say: bool
    next_at: datetime


def outlook(task: Task, person: Person, policy: NudgePolicy, taken: Taken, now: datetime) -> Outlook:
    """What is to be said about an open task that is not put off, before its closing.

    It is spoken of when a milestone's day has come and nothing was said on that day or later, and once when its
    deadline is another than the one that was named. What was missed (the bot was down, the day was taken by another
    message, a leave was entered) is made up for at the next moment that is allowed, if that is before the deadline.
    """
    days = ahead(task, task.said_at, person, policy, taken)
    over = now >= task.due_at
    today = local_day(now, person.zone)
    waiting = [m for m in days if m.at <= now and m.day <= today and m.late == over]
    moved = not over and task.told_due is not None and task.told_due != task.due_at
    if not waiting and not moved:
        return Outlook(False, _next_look(task, days, now))
    end = task.until if over else task.due_at
    on_time = waiting and now - waiting[-1].at <= ON_TIME and waiting[-1].day == today
    if on_time and is_hour(waiting[-1], person, policy) and is_free(person, today, taken, policy):
        return Outlook(True, now)
    moment = allowed_moment(person, now, taken, policy)
    if moment > now:
        later = _next_look(task, days, now)
        return Outlook(False, min(moment, later) if moment < end else later)
    return Outlook(True, now)


def is_hour(milestone: Milestone, person: Person, policy: NudgePolicy) -> bool:
    """Whether it comes at an hour that HR has chosen; another than that is another zone's, and waits for the morning."""
    return milestone.at.astimezone(ZoneInfo(person.zone)).time() in (policy.hour, policy.opening)


def comes_today(task: Task, person: Person, policy: NudgePolicy, taken: Taken, now: datetime) -> bool:
    """Whether the task would be spoken of later today: then it is, with whatever is said now."""
    today = local_day(now, person.zone)
    days = ahead(task, task.said_at, person, policy, taken)
    return any(m.day == today and m.at > now for m in days)


def ahead(
    task: Task, said_at: datetime | None, person: Person, policy: NudgePolicy, taken: Taken
) -> Sequence[Milestone]:
    """The milestones of which nothing was said up to `said_at`.

    One whose day is taken by another message comes on the free working day before it, after the milestone before.
    Whatever was said stands for the opening, also where a move to another zone puts that on another day.
    """
    every = milestones(task.opens_at, task.due_at, task.until, person, policy)
    said_on = local_day(said_at, person.zone) if said_at else None
    if taken and not is_past(taken, said_on):
        return _given_way(every, said_on, person, policy, taken)
    return every if said_on is None else [m for m in every[1:] if m.day > said_on]


def _given_way(
    every: Sequence[Milestone], said_on: date | None, person: Person, policy: NudgePolicy, taken: Taken
) -> list[Milestone]:
    found: list[Milestone] = []
    before: Milestone | None = None
    for one in every:
        if before is None:
            if said_on is None:
                found.append(one)
        elif said_on is None or one.day > said_on:
            if has_room(one.day, taken):
                found.append(one)
            elif said_on is None or said_on <= before.day:  # else what was said since stands for it
                found.append(_earlier(one, max(before.day, said_on or before.day), person, policy, taken))
        before = one
    return found


def _earlier(one: Milestone, after: date, person: Person, policy: NudgePolicy, taken: Taken) -> Milestone:
    day = one.day - DAY
    while day > after:
        if is_free(person, day, taken, policy):
            return Milestone(day, at_local(day, policy.hour, person.zone), one.late)
        day -= DAY
    return one


def next_look(
    task: Task, said_at: datetime | None, person: Person, policy: NudgePolicy, taken: Taken, now: datetime
) -> datetime:
    """When to look at a task again that was spoken of at `said_at` (UTC)."""
    return _next_look(task, ahead(task, said_at, person, policy, taken), now)


def _next_look(task: Task, days: Iterable[Milestone], now: datetime) -> datetime:
    """The next milestone, or the deadline, for its message to say that it is late, or its closing."""
    over = now >= task.due_at
    end = task.until if over else min(task.due_at, task.until)
    return min((m.at for m in days if m.at > now and m.late == over), default=end)


def missed(task: Task, person: Person, policy: NudgePolicy, now: datetime) -> int:
    """How many reminders came due since the task was to be looked at, and can't be made up for any more."""
    if task.next_at is None or now < task.due_at:
        return 0
    end = task.until if now >= task.until else task.due_at
    days = ahead(task, task.said_at, person, policy, {})
    return sum(1 for m in days if task.next_at <= m.at < end and now - m.at > ON_TIME)
