"""The local days on which a task is spoken of: its opening, the days before its last one, that day, the days after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from flows.cycle.calendar import DAY, at_local, country_of, is_working_day, local_day
from flows.cycle.template import NudgePolicy, OwnDays
from flows.people.person import Person, within

Leave = tuple[tuple[date, date], ...]

SECOND = timedelta(seconds=1)
FARTHEST = 400  # days: who is away for longer than a year is asked when they are back


@dataclass(frozen=True, slots=True)
class Milestone:
    """A local day on which a task is spoken of, from `at` (UTC) on. `late`: the deadline is over by then."""

    day: date
    at: datetime
    late: bool = False


def works(person: Person, day: date, policy: NudgePolicy | None = None) -> bool:
    """Whether the person works that day: no weekend, no holiday of their country, no leave.

    The policy's own days of their country win over its usual calendar.
    """
    return _works(day, *_offices_of(person, policy))


def milestones(
    opens_at: datetime, due_at: datetime, until: datetime, person: Person, policy: NudgePolicy
) -> tuple[Milestone, ...]:
    """When a task with these moments (UTC) is spoken of to the person, by day; days that fall together are one.

    Each day is the first working one from its own on; where that would be after the deadline, the last one before
    it. The opening keeps its own time of day, the others come at the policy's hour. Empty where the person does
    not work in all that time.
    """
    country, own, away = _offices_of(person, policy)
    return _milestones(
        opens_at, due_at, until, person.zone, away, policy.hour, policy.before, policy.on_day, policy.after,
        country, own,
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _milestones(
    opens_at: datetime,
    due_at: datetime,
    until: datetime,
    zone: str,
    away: Leave,
    hour: time,
    before: tuple[int, ...],
    on_day: bool,
    after: tuple[int, ...],
    country: str | None,
    own: OwnDays | None,
) -> tuple[Milestone, ...]:
    """Most of a company has the same few moments, so this is worked out once for each zone and leave."""
    opening, due = local_day(opens_at, zone), local_day(due_at - SECOND, zone)
    last = due if at_local(due, hour, zone) < due_at else due - DAY
    found: dict[date, Milestone] = {}
    opens = _next_working(opening, max(opening, last), country, own, away)
    if opens is not None:
        at = opens_at if opens == opening else at_local(opens, hour, zone)
        found[opens] = Milestone(opens, at)
        wanted = [due - days * DAY for days in before] + ([due] if on_day else [])
        for day in wanted:
            if day <= opening:
                continue
            moved = _next_working(day, last, country, own, away)
            moved = moved or _last_working(last, opens, country, own, away)
            if moved and moved > opens:
                found.setdefault(moved, Milestone(moved, at_local(moved, hour, zone)))
    end = local_day(until - SECOND, zone)
    for days in after:
        late = _next_working(due + days * DAY, end, country, own, away)
        if late and due_at <= (at := at_local(late, hour, zone)) < until:
            found.setdefault(late, Milestone(late, at, late=True))
    return tuple(found[day] for day in sorted(found))


def _next_working(
    first: date, last: date, country: str | None, own: OwnDays | None, away: Leave
) -> date | None:
    return next((day for day in _days(first, last) if _works(day, country, own, away)), None)


def _last_working(
    last: date, first: date, country: str | None, own: OwnDays | None, away: Leave
) -> date | None:
    back = (last - number * DAY for number in range((last - first).days + 1))
    return next((day for day in back if _works(day, country, own, away)), None)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range(min((last - first).days + 1, FARTHEST)))


def _offices_of(person: Person, policy: NudgePolicy | None) -> tuple[str | None, OwnDays | None, Leave]:
    country = country_of(person.zone)
    own = policy.own_days.get(country) if policy and policy.own_days and country else None
    return country, own, person.away


def _works(day: date, country: str | None, own: OwnDays | None, away: Leave) -> bool:
    if away and within(away, day):
        return False
    if own is not None:
        if day in own.working:
            return True
        if day in own.off:
            return False
    return is_working_day(day, country)
