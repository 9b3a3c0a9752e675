"""Times are proposed once results open: to everybody in slices, manager by manager, and to single people later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.nudges.milestones import works
from flows.cycle.people.standing_in import does
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle, Participant, Sweep
from flows.cycle.template import Phase
from flows.interviews.changing import change, proposed, task_for, tell
from flows.interviews.finding import NOTICE, STILL, known_of, proposed_to, stretch_of
from flows.interviews.offering import Wanted, offers
from flows.interviews.planning import AGAIN, PROPOSE, interview_phase
from flows.interviews.records import Interview, Span
from flows.interviews.sides import both_of
from flows.interviews.slots import days_of
from flows.interviews.talking import BookingRecords
from flows.people.person import Person
from flows.results.records import Release
from flows.results.releasing.looking import own_opening
from flows.results.releasing.opening import end_of
from flows.results.releasing.readiness import kept_back, with_result

MANAGERS = 50  # in one slice: hardly ever more than 500 people
LEAST = 10  # working days there are at least from the opening, whatever the phase says


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is to talk with their manager: from their opening to the end of the phase (UTC)."""

    person: Person
    place: Participant
    opens: datetime
    until: datetime


@sweep(PROPOSE)
def propose(records: BookingRecords, work: Sweep, now: datetime) -> Sweep:
    """Propose times to the people of the next managers, or to those whom the sweep names."""
    cycle, release = records.cycles.get(work.about["cycle"]), records.releases.get(work.about["cycle"])
    phase = interview_phase(cycle.template) if cycle else None
    if cycle is None or phase is None or release is None or cycle.state != "live":
        return replace(work, done=True)
    if "people" in work.about:
        places = records.participants.many(cycle.id, work.about["people"])
        by_manager = {one.manager: [p for p in places if p.manager == one.manager] for one in places}
        for manager, led in by_manager.items():
            propose_to(records, cycle, phase, release, manager, led, now)
        return replace(work, done=True)
    managers = [one for one in sorted(records.participants.managers(cycle.id)) if one > work.cursor]
    for manager in managers[:MANAGERS]:
        propose_to(
            records, cycle, phase, release, manager, records.participants.led_by(cycle.id, manager), now
        )
    return replace(
        work, cursor=managers[:MANAGERS][-1] if managers else work.cursor, done=len(managers) <= MANAGERS
    )


def propose_to(
    records: BookingRecords,
    cycle: Cycle,
    phase: Phase,
    release: Release,
    manager: int | None,
    places: Sequence[Participant],
    now: datetime,
) -> None:
    """Give each of these people of one manager an interview with times that suit both, spread over the manager's days."""
    due = due_of(records, cycle, phase, release, places)
    there = {one.person for one in records.interviews.of_people(cycle.id, [one.person.id for one in due])}
    due = [one for one in due if one.person.id not in there]
    leader = records.people.get(manager) if manager else None
    if leader is None or not due:
        return
    since = max(now, min(one.opens for one in due))
    until = max(one.until for one in due)
    holder = who_holds(records, cycle, leader, due[0].person, since, until)
    slots = slots_for(records, cycle, phase, holder, due, now)
    records.interviews.add(
        [
            fresh(cycle, phase, one, holder, times, now)
            for one, times in zip(due, slots, strict=True)
            if one.person.id != holder.id
        ]
    )
    kept = {one.person: one for one in records.interviews.of_people(cycle.id, [d.person.id for d in due])}
    records.tasks.add(
        [
            task_for(cycle, phase.name, kept[one.person.id], one.person, one.place, max(one.opens, now))
            for one in due
            if one.person.id in kept
        ]
    )


def due_of(
    records: BookingRecords, cycle: Cycle, phase: Phase, release: Release, places: Sequence[Participant]
) -> list[Due]:
    """Those who have a result that opens to them, and are here."""
    back = kept_back(records, cycle)
    taking = {one.person: one for one in places if one.place == "in" and one.person not in back}
    people = records.people.many(sorted(with_result(records, cycle, list(taking))))
    found = []
    for person in people:
        opens = own_opening(records, cycle, release, person) if person.active else None
        if opens is not None:
            place = taking[person.id]
            found.append(Due(person, place, opens, until_of(cycle, phase, place, person, opens)))
    return found


def until_of(cycle: Cycle, phase: Phase, place: Participant, person: Person, opens: datetime) -> datetime:
    """By when they should have talked (UTC): the end of the phase, or two weeks of work after a late opening."""
    policy = cycle.template.nudges
    _, due, _ = moments_in(window_of(cycle, phase, place.extended), policy.hour, person.zone)
    return max(due, end_of(opens, LEAST, person, policy))


def who_holds(
    records: BookingRecords, cycle: Cycle, manager: Person, about: Person, since: datetime, until: datetime
) -> Person:
    """The manager; whoever does their duties where they don't work on any day of that time."""
    stretch = stretch_of(cycle, since, until, 0)
    if any(works(manager, day, cycle.template.nudges) for day in days_of(stretch, manager.zone)):
        return manager
    found = records.people.get(does(records, manager.id, about.id, since, until))
    return found or manager


def slots_for(
    records: BookingRecords, cycle: Cycle, phase: Phase, holder: Person, due: Sequence[Due], now: datetime
) -> list[tuple[Span, ...]]:
    """What is proposed to each of them."""
    begins = [max(now, one.opens) + NOTICE for one in due]
    ends = [max(one.until, since + STILL) for one, since in zip(due, begins, strict=True)]
    known = known_of(records, [holder.id, *(one.person.id for one in due)], min(begins), max(ends))
    wanted = [
        Wanted(known.side(one.person), stretch_of(cycle, since, until, phase.minutes))
        for one, since, until in zip(due, begins, ends, strict=True)
    ]
    return offers(known.side(holder), wanted, known.booked.get(holder.id, ()))


def fresh(
    cycle: Cycle, phase: Phase, due: Due, holder: Person, slots: tuple[Span, ...], now: datetime
) -> Interview:
    """A new interview, whose times the employee is asked about."""
    person = due.person.id
    return Interview(
        0, cycle.id, person, holder.id, "proposed", phase.minutes, due.until,
        uid_of(cycle.id, person, holder.id, now), 0, slots, person, None, None, "", now, now,
    )  # fmt: skip


def uid_of(cycle: int, person: int, manager: int, now: datetime) -> str:
    """The name of one pair's interview in calendars."""
    return f"interview-{cycle}-{person}-{manager}-{int(now.timestamp())}@perfloop"


@sweep(AGAIN)
def propose_again(records: BookingRecords, work: Sweep, now: datetime) -> Sweep:
    """Somebody who has put it off is shown times, unless something else was done meanwhile."""
    interview = records.interviews.lock(work.about["interview"])
    both = both_of(records, interview)
    if (
        interview
        and both
        and interview.state == "later"
        and interview.changed_at.isoformat() == work.about["changed"]
    ):
        slots = proposed_to(records, both, now)
        after = change(records, interview, proposed(interview, slots, interview.person), now)
        if after is not None:
            tell(records, after, after.manager, "again", now)
    return replace(work, done=True)
