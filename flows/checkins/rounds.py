"""One round of a check-in programme: who is asked, and when for each of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flows.checkins.records import Audience, Programme
from flows.core.records import Task
from flows.core.words import Words
from flows.cycle.calendar import (
    Rhythm,
    Round,
    Schedule,
    at_local,
    country_of,
    local_day,
    next_round,
    opening_day,
    round_on,
)
from flows.people.person import Person

KIND = "checkin"
AHEAD = timedelta(days=2)  # a round is planned before the first zone reaches its opening (UTC+14)


def asked(audience: Audience, person: Person) -> bool:
    """Whether the programme asks this person."""
    return person.active and means(audience, person.id, person.department)


def means(audience: Audience, person: int, department: str) -> bool:
    """Whether the audience has an active person of that id and department."""
    if person in audience.without:
        return False
    if audience.kind == "departments":
        return department in audience.departments
    return audience.kind == "everyone" or person in audience.people


def running_round(programme: Programme, day: date) -> Round | None:
    """The round that contains the local day `day`, if it has begun."""
    return round_on(programme.schedule, day)


def task_for(
    programme: Programme, round_: Round, person: Person, opens_on: date | None = None
) -> Task | None:
    """What the person owes in this round, with every moment in their own zone; None where it is skipped.

    It opens on the person's first working day of the round, is due when the digest goes out, and can be changed
    until the round closes.
    """
    moments = moments_of(programme.schedule, round_, person.zone, person.away, opens_on)
    if moments is None:
        return None
    opens, due, until = moments
    return Task(
        0,
        KIND,
        programme.id,
        person.id,
        round_.key,
        "open",
        opens_at=opens,
        due_at=due,
        until=until,
        next_at=opens,
        department=person.department,
    )


def moments_of(
    schedule: Schedule,
    round_: Round,
    zone: str,
    away: tuple[tuple[date, date], ...],
    opens_on: date | None = None,
) -> tuple[datetime, datetime, datetime] | None:
    """When it opens, is due and closes in that zone, in UTC; None where no working day is left to open on."""
    day = opens_on or opening_day(round_, country_of(zone), away)
    if day is None:
        return None
    return (
        at_local(day, schedule.opens, zone),
        at_local(round_.digest_on, schedule.digest, zone),
        at_local(round_.closes_on + timedelta(days=1), time(0), zone),
    )


def near_rounds(programme: Programme, now: datetime) -> list[Round]:
    """The round that is on, and the next one if it is about to open somewhere."""
    today = now.date()
    found = (round_on(programme.schedule, today), next_round(programme.schedule, today))
    return [round_ for round_ in found if round_ and round_.opens_on - AHEAD <= today]


def name_of_round(rhythm: Rhythm, round_key: str) -> Words:
    """How people call a round: "week 32", "2 weeks from 3 August", "August"."""
    day = date.fromisoformat(round_key)
    if rhythm is Rhythm.WEEKLY:
        week = day.isocalendar().week
        return Words(f"week {week}", f"第 {week} 周")
    if rhythm is Rhythm.BIWEEKLY:
        return Words(f"the two weeks from {day:%-d %B}", f"{day.month}月{day.day}日起的两周")
    return Words(f"{day:%B}", f"{day.month}月")


def local_today(person: Person, now: datetime) -> date:
    """The day on the person's own calendar."""
    return local_day(now, person.zone)


def on_leave(task: Task, person: Person) -> bool:
    """Whether the person who owes it is away when it is due: nobody waits for them."""
    return task.state != "done" and person.is_away(local_day(task.due_at, person.zone))
