"""How often a person is written to unasked: once a day, four times a week, in their working hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flows.core.records import Records
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

MORNING, EVENING = (
    time(9, 0),
    time(18, 30),
)  # a person's working hours: nothing unasked for comes outside them
A_WEEK = 4  # messages that a person did not ask for, over everything
FARTHEST = 60  # days: a longer leave is looked at again then
Taken = Mapping[date, int]
"""How many messages a person did not ask for on each local day, also those that are planned."""


def working_moment(person: Person, now: datetime, policy: NudgePolicy | None = None) -> datetime:
    """`now` if it is in the person's working hours, otherwise the next morning on which they work (UTC)."""
    return allowed_moment(person, now, {}, policy)


def allowed_moment(
    person: Person, now: datetime, taken: Taken, policy: NudgePolicy | None = None
) -> datetime:
    """The first moment from `now` on in the person's working hours on a day that is still free for a message (UTC)."""
    day = local_day(now, person.zone)
    morning = at_local(day, MORNING, person.zone)
    if now >= morning:
        if now < at_local(day, EVENING, person.zone) and is_free(person, day, taken, policy):
            return now
        day += DAY
    for _ in range(FARTHEST):
        if is_free(person, day, taken, policy):
            break
        day += DAY
    return at_local(day, MORNING, person.zone)


def is_free(person: Person, day: date, taken: Taken, policy: NudgePolicy | None = None) -> bool:
    """Whether the person works that day and may get a message that they did not ask for."""
    return has_room(day, taken) and works(person, day, policy)


def has_room(day: date, taken: Taken) -> bool:
    """Whether neither the day's one message nor the week's four are used up."""
    if not taken:
        return True
    if taken.get(day):
        return False
    monday = day - day.weekday() * DAY
    return sum(number for on, number in taken.items() if monday <= on < monday + 7 * DAY) < A_WEEK


def is_past(taken: Taken, day: date | None) -> bool:
    """Whether nothing of it can stand in the way of a later day than `day`: most people's weeks are like that."""
    return day is not None and max(taken) <= day and sum(taken.values()) < A_WEEK


def taken_of(records: Records, person: Person, now: datetime) -> Taken:
    """The person's messages of this week and those that are planned, by local day."""
    return records.messages.unasked([person.id], since(now)).get(person.id, {})


def since(now: datetime) -> date:
    """A day before the beginning of anybody's week, wherever they are."""
    return (now - timedelta(days=8)).date()
