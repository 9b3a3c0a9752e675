"""Whether interviews still fit: who has left, who leads whom, whose leave or zone has changed, and by when it should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.cycle.calendar import local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.owing import GRACE, INTERVIEW
from flows.cycle.records import Participant, Sweep
from flows.interviews.changing import change, proposed, tell
from flows.interviews.finding import is_in_hours, last_of, proposed_to
from flows.interviews.planning import FITS, interview_phase, plan_proposals
from flows.interviews.proposing import uid_of, until_of, who_holds
from flows.interviews.records import Interview, Span
from flows.interviews.sides import Both, both_of
from flows.interviews.talking import BookingRecords
from flows.people.person import Person
from flows.results.releasing.looking import own_opening

AT_ONCE = 200  # people whose interviews are looked at in one transaction


@sweep(FITS)
def look_whether_they_fit(records: BookingRecords, work: Sweep, now: datetime) -> Sweep:
    """The interviews of the next of these people, on either side, and of those who had none."""
    people = next_of(records, work)
    some = people[:AT_ONCE]
    for number in sorted({one.id for one in concerned(records, some)}):
        both = both_of(records, records.interviews.lock(number))
        if both is not None and both.cycle.state == "live":
            fit(records, both, now)
    for cycle in records.cycles.in_state("live"):
        plan_proposals(records, cycle, now, some)  # a manager was named for somebody who had none
    return replace(work, cursor=some[-1] if some else work.cursor, done=len(people) <= AT_ONCE)


def next_of(records: BookingRecords, work: Sweep) -> list[int]:
    """The next of those whom a sweep names, or of its whole cycle; one more than are looked at, where there are."""
    if "people" in work.about:
        return [one for one in work.about["people"] if one > work.cursor][: AT_ONCE + 1]
    places = records.participants.slice(work.about["cycle"], work.cursor, AT_ONCE + 1)
    return [place.person for place in places]


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
    if gone or place is None or leader is None or not leader.active or leader.id == both.person.id:
        if interview.state != "cancelled":
            change(records, interview, replace(proposed(interview, (), 0), state="cancelled"), now)
        return
    both = with_dates(records, both, place)
    interview = both.interview
    holder = who_holds(records, both.cycle, leader, both.person, now, last_of(interview, now))
    if holder.id != both.manager.id or interview.state == "cancelled":  # taken back when nobody led them
        taken_over(records, both, holder, now)
        return
    time = interview.time if interview.state == "booked" else None
    if time is not None and not suits(both, time):
        kept = change(
            records, interview, proposed(interview, proposed_to(records, both, now), both.person.id), now
        )
        what = "hours" if all(is_there(both, one, time) for one in sides(both)) else "away"
        for one in sides(both) if kept else ():
            tell(records, kept, one.id, what, now)  # type: ignore[arg-type]
        return
    last = last_of(interview, now)
    slots = tuple(slot for slot in interview.slots if slot[1] <= last and suits(both, slot))
    if slots != interview.slots:
        change(records, interview, replace(interview, slots=slots or proposed_to(records, both, now)), now)


def with_dates(records: BookingRecords, both: Both, place: Participant) -> Both:
    """It with the day by which it should be over as the phase's dates are now; nobody is told anew of anything."""
    phase, release = interview_phase(both.cycle.template), records.releases.get(both.cycle.id)
    opens = own_opening(records, both.cycle, release, both.person) if release else None
    if phase is None or opens is None:
        return both
    until = until_of(both.cycle, phase, place, both.person, opens)
    if until == both.interview.until:
        return both
    after = replace(both.interview, until=until)
    records.interviews.save(after)
    asked = records.tasks.of_about(INTERVIEW, both.cycle.id, phase.name, [both.person.id])
    records.tasks.save_many(
        [replace(task, until=max(task.due_at, until) + GRACE) for task in asked if task.state == "open"]
    )
    return replace(both, interview=after)


def sides(both: Both) -> tuple[Person, Person]:
    return both.person, both.manager


def suits(both: Both, span: Span) -> bool:
    """Whether a time is on a working day and within working hours of both, by each one's own clock."""
    return all(is_there(both, one, span) and is_in_hours(one, span) for one in sides(both))


def is_there(both: Both, person: Person, span: Span) -> bool:
    """Whether the person works on the day of a time, by their own clock."""
    return works(person, local_day(span[0], person.zone), both.cycle.template.nudges)


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
