"""Whether interviews still fit: somebody has left, has another manager, or is on leave on the day that was set."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.calendar import local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.records import Sweep
from flows.interviews.changing import change, proposed, tell
from flows.interviews.finding import proposed_to
from flows.interviews.planning import FITS, plan_proposals
from flows.interviews.proposing import uid_of, who_holds
from flows.interviews.records import Interview, Span
from flows.interviews.sides import Both, both_of
from flows.interviews.talking import BookingRecords
from flows.people.person import Person

AT_ONCE = 200  # people whose interviews are looked at in one transaction


@sweep(FITS)
def look_whether_they_fit(records: BookingRecords, work: Sweep, now: datetime) -> Sweep:
    """The interviews of the next of these people, on either side, and of those who had none."""
    people = [one for one in work.about["people"] if one > work.cursor]
    some = people[:AT_ONCE]
    for number in sorted({one.id for one in concerned(records, some)}):
        both = both_of(records, records.interviews.lock(number))
        if both is not None and both.cycle.state == "live":
            fit(records, both, now)
    for cycle in records.cycles.in_state("live"):
        plan_proposals(records, cycle, now, some)  # a manager was named for somebody who had none
    return replace(work, cursor=some[-1] if some else work.cursor, done=len(people) <= AT_ONCE)


def concerned(records: BookingRecords, people: list[int]) -> list[Interview]:
    """Those that are open, and those of these employees that were taken back when they had no manager."""
    cancelled = [
        one
        for cycle in records.cycles.in_state("live")
        for one in records.interviews.of_people(cycle.id, people)
        if one.state == "cancelled" and not one.note
    ]
    return [*records.interviews.open_with(people), *cancelled]


def fit(records: BookingRecords, both: Both, now: datetime) -> None:
    """Bring one interview to the state of things; done twice, nothing changes."""
    interview = both.interview
    place = records.participants.get(both.cycle.id, both.person.id)
    leader = records.people.get(place.manager) if place and place.manager else None
    gone = not both.person.active or place is None or place.place != "in"
    if has_begun(interview, now) and not gone:
        return
    if gone or leader is None or not leader.active or leader.id == both.person.id:
        if interview.state != "cancelled":
            change(records, interview, replace(proposed(interview, (), 0), state="cancelled"), now)
        return
    until = max(interview.until, now)
    holder = who_holds(records, both.cycle, leader, both.person, now, until)
    if holder.id != both.manager.id or interview.state == "cancelled":  # taken back when nobody led them
        taken_over(records, both, holder, now)
    elif interview.state == "booked" and not all(is_there(both, one, interview.time) for one in sides(both)):
        kept = change(
            records, interview, proposed(interview, proposed_to(records, both, now), both.person.id), now
        )
        for one in sides(both) if kept else ():
            tell(records, kept, one.id, "away", now)  # type: ignore[arg-type]
    elif not all(is_there(both, one, slot) for slot in interview.slots for one in sides(both)):
        slots = tuple(
            slot for slot in interview.slots if all(is_there(both, one, slot) for one in sides(both))
        )
        change(records, interview, replace(interview, slots=slots or proposed_to(records, both, now)), now)


def sides(both: Both) -> tuple[Person, Person]:
    return both.person, both.manager


def is_there(both: Both, person: Person, span: Span | None) -> bool:
    """Whether the person works on the day of a time, by their own clock."""
    return span is None or works(person, local_day(span[0], person.zone), both.cycle.template.nudges)


def has_begun(interview: Interview, now: datetime) -> bool:
    return interview.state == "held" or (
        interview.state == "booked" and interview.starts_at is not None and interview.starts_at <= now
    )


def taken_over(records: BookingRecords, both: Both, holder: Person, now: datetime) -> None:
    """Another manager holds it: the former one's time is taken back, and new ones are proposed."""
    interview = both.interview
    uid = uid_of(both.cycle.id, both.person.id, holder.id, now)
    theirs = replace(interview, manager=holder.id, uid=uid)
    slots = proposed_to(records, replace(both, interview=theirs, manager=holder), now)
    kept = change(records, interview, proposed(theirs, slots, both.person.id), now)
    if kept is not None:
        tell(records, kept, both.person.id, "manager", now)
        tell(records, kept, holder.id, "holds", now)
