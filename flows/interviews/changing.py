"""An interview changes: it is kept, whoever's turn it is has a task, calendars follow, and both are reminded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.catalog import sweep
from flows.core.owed import Message, Notice, Task, TaskState
from flows.cycle.calendar import DAY
from flows.cycle.nudges.closing import close
from flows.cycle.nudges.nudge import working_moment
from flows.cycle.owing import GRACE, INTERVIEW
from flows.cycle.records import Cycle, Participant, Sweep
from flows.interviews.following import after_booking, look_at
from flows.interviews.inviting import invite
from flows.interviews.planning import HELD, interview_phase
from flows.interviews.records import Interview, Span
from flows.interviews.talking import BookingRecords
from flows.people.person import Person
from flows.results.releasing.opening import end_of

PICK = 3  # working days to say something to a time
SOON = "interview.soon"
TOLD = "interview.told"
REMINDERS = (("day", DAY), ("quarter", timedelta(minutes=15)))


def booked(interview: Interview, span: Span) -> Interview:
    """It with that time set."""
    return replace(interview, state="booked", starts_at=span[0], ends_at=span[1], slots=(), turn=0, note="")


def proposed(interview: Interview, slots: tuple[Span, ...], turn: int) -> Interview:
    """It with these times proposed to whoever's turn it is; no time is set."""
    return replace(interview, state="proposed", slots=slots, turn=turn, starts_at=None, ends_at=None, note="")


def change(
    records: BookingRecords, before: Interview, after: Interview, now: datetime, by: int | None = None
) -> Interview | None:
    """Keep it as it is now, with all that follows; None, and nothing kept, when the time is somebody's by now."""
    after = replace(after, sequence=sequence_of(before, after), changed_at=now)
    if not records.interviews.save(after):
        return None
    detail = {"person": after.person, "manager": after.manager, "from": before.state, "to": after.state}
    records.audit.note(now, by, "interview.change", f"interview/{after.id}", detail)
    settle_tasks(records, after, now)
    invite(records, before, after, now)
    after_booking(records, after)
    if before.state in ("booked", "held") and after.state not in ("booked", "held"):
        look_at(records, after, now)  # what is asked after a talk is asked no more
    if after.state == "booked" and (before.state, before.time) != (after.state, after.time):
        records.messages.write_many(list(reminders(after, now)))
        records.sweeps.plan(held_sweep(after))
    return after


def held_sweep(interview: Interview) -> Sweep:
    """What notes that it took place, when its time is over and nobody says otherwise."""
    ends = interview.ends_at or interview.changed_at
    about = {"interview": interview.id}
    return Sweep(f"{HELD}/{interview.id}/{interview.manager}/{ends.isoformat()}", about, ends)


@sweep(HELD)
def note_held(records: BookingRecords, work: Sweep, now: datetime) -> Sweep:
    """It took place, unless it was moved meanwhile."""
    interview = records.interviews.lock(work.about["interview"])
    if interview and interview.state == "booked" and interview.ends_at and interview.ends_at <= now:
        change(records, interview, replace(interview, state="held", slots=(), turn=0), now)
    return replace(work, done=True)


def sequence_of(before: Interview, after: Interview) -> int:
    """What calendars count up: each time that is set, moved or taken back; another `uid` begins anew."""
    if before.uid != after.uid:
        return 0
    was = before.time if before.state == "booked" else None
    new = after.time if after.state == "booked" else None
    over = after.state in ("held", "missed")
    return before.sequence + (was != new and not over)


def reminders(interview: Interview, now: datetime) -> Iterator[Message]:
    """A day and a quarter of an hour before, to both: they have set this time, so it is no message unasked for."""
    starts = interview.starts_at
    for name, before in REMINDERS:
        for person in (interview.person, interview.manager):
            if starts is not None and starts - before > now:
                about = {
                    "interview": interview.id, "person": person, "when": name, "starts": starts.isoformat(),
                }  # fmt: skip
                key = f"{SOON}/{person}/{name}/{interview.uid}/{interview.sequence}"
                yield Message(key, SOON, about, starts - before, person)


def tell(records: BookingRecords, interview: Interview, person: int, what: str, now: datetime) -> None:
    """Have somebody told with their next digest, while it is still so then."""
    about = {"interview": interview.id, "what": what, "changed": interview.changed_at.isoformat()}
    key = f"{TOLD}/{interview.id}/{person}/{what}/{now.isoformat()}"
    records.notices.add([Notice(0, key, person, TOLD, about, now)])


def settle_tasks(records: BookingRecords, interview: Interview, now: datetime) -> None:
    """Whoever's turn it is owes an answer; nobody else does."""
    cycle = records.cycles.get(interview.cycle)
    phase = interview_phase(cycle.template) if cycle else None
    place = records.participants.get(interview.cycle, interview.person)
    if cycle is None or phase is None or place is None:
        return
    there = records.tasks.of_about(INTERVIEW, cycle.id, phase.name, [interview.person])
    for task in there:
        if task.state == "open" and (task.person != interview.turn or not interview.is_open):
            state: TaskState = "waived" if interview.state == "cancelled" else "done"
            close(records, replace(task, state=state, done_at=now))
    person = records.people.get(interview.turn) if interview.is_open and interview.turn else None
    if person is None or not person.active or cycle.state != "live":
        return
    opens = working_moment(person, now, cycle.template.nudges)
    mine = next((task for task in there if task.person == person.id), None)
    if mine is None:
        records.tasks.add([task_for(cycle, phase.name, interview, person, place, opens)])
    elif mine.state != "open":
        records.tasks.save(replace(task_for(cycle, phase.name, interview, person, place, opens), id=mine.id))


def task_for(
    cycle: Cycle, phase: str, interview: Interview, person: Person, place: Participant, opens: datetime
) -> Task:
    """The task of saying something to the times that are proposed."""
    due = end_of(opens, PICK, person, cycle.template.nudges)
    return Task(
        0, INTERVIEW, cycle.id, person.id, phase, "open", opens, due, max(due, interview.until) + GRACE,
        next_at=opens, about=interview.person, department=place.department,
    )  # fmt: skip
