"""The days on which duties change hands: a delegation or a leave begins or ends, somebody's last day is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from flows.core.catalog import sweep
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.people.leaving import left
from flows.cycle.people.standing_in import settle
from flows.cycle.records import CycleRecords, Sweep
from flows.people.person import Person

NAME = "standing-in"
SLICE = 500  # people in one transaction
RECENT = 7 * DAY  # of a bot that was down for some days, too


def plan_days(records: CycleRecords, now: datetime) -> None:
    """Have every stand-in looked at once a day while a cycle is live: one query where that is planned already."""
    key = f"{NAME}/{now.astimezone(UTC).date()}"
    if records.sweeps.get(key) is None and records.cycles.in_state("live"):
        records.sweeps.plan(Sweep(key, {}, now))


def plan_edges(
    records: CycleRecords, person: Person, spans: Iterable[tuple[date, date]], now: datetime
) -> None:
    """Look at the person's duties when each run of local days begins, and when it is over; both days are included."""
    for first, last in spans:
        for day in (first, last + DAY):
            moment = at_local(day, time(0), person.zone)
            if moment > now:
                records.sweeps.plan(Sweep(f"{NAME}/{day}/{person.id}", {"person": person.id}, moment))


def settle_around(records: CycleRecords, people: Iterable[int], now: datetime) -> int:
    """Bring the duties that these people have, or do for others, to whoever does them now; how many moved."""
    owners = set(people)
    for person in sorted(owners):
        owners |= {delegation.person for delegation in records.delegations.to_deputy(person)}
        owners |= {task.owner for task in records.tasks.open_of(person)}
        owners |= {report.id for report in records.people.reports_of(person) if report.away}
    return settle(records, records.tasks.open_owned(sorted(owners)), now)


@sweep(NAME)
def turn_of_days(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """Look at one person, or at everybody of whom a day may say something; delegations that are over end."""
    if "person" in work.about:
        settle_around(records, [work.about["person"]], now)
        return replace(work, done=True)
    people = records.people.coming_and_going(work.cursor, SLICE)
    leave_today(records, people, now)
    if work.cursor == 0:
        settle_around(records, end_delegations(records, now), now)
    settle_around(records, [person.id for person in people if is_near(person, now)], now)
    cursor = people[-1].id if people else work.cursor
    return replace(work, cursor=cursor, done=len(people) < SLICE)


def is_near(person: Person, now: datetime) -> bool:
    """Whether the person is away today, or was a moment ago: other leaves change nothing today."""
    day = local_day(now, person.zone)
    return any(first <= day <= last + RECENT for first, last in person.away)


def end_delegations(records: CycleRecords, now: datetime) -> list[int]:
    """End the delegations whose last day is over; everybody whose duties are, or were, with a deputy."""
    current = records.delegations.all_current()
    people = {person.id: person for person in records.people.many({one.person for one in current})}
    for one in current:
        if one.last < local_day(now, people[one.person].zone):
            records.delegations.save(replace(one, ended_at=now))
    return sorted(people)


def leave_today(records: CycleRecords, people: Iterable[Person], now: datetime) -> None:
    """Whose last day of work is over is active no more."""
    gone = [replace(p, active=False) for p in people if p.has_left(local_day(now, p.zone))]
    for person in gone:
        records.people.save(person)
    left(records, gone, now)
