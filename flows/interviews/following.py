"""What follows from the state of an interview: who is asked for what, whose signature is missing, and the actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from flows.core.catalog import sweep
from flows.core.records import Task
from flows.cycle.nudges.closing import close
from flows.cycle.owing import AGREED, SIGN
from flows.cycle.records import Sweep
from flows.interviews.records import Interview
from flows.interviews.sides import Both, asking_times, both_of, signing_times
from flows.interviews.talked import Side, Signature, Talk, TalkRecords, talk_of
from flows.people.person import Person
from flows.plans.records import Action

LOOKING = "interview-talk"
OLDER, OTHER = (
    "version",
    "side",
)  # why a task is waived: there is a newer version; somebody else is that side now


def after_booking(records: TalkRecords, interview: Interview) -> None:
    """Have it looked at when it is over; to be called whenever one is booked or moved, or is said to have been held."""
    if interview.state in ("booked", "held"):
        look_at(records, interview, interview.ends_at or interview.changed_at)


def look_at(records: TalkRecords, interview: Interview, moment: datetime) -> None:
    key = f"{LOOKING}/{interview.id}/{moment.isoformat()}"
    records.sweeps.plan(Sweep(key, {"interview": interview.id}, moment))


@sweep(LOOKING)
def look(records: TalkRecords, work: Sweep, now: datetime) -> Sweep:
    """One interview, at a moment at which something may follow; it plans its next look itself."""
    both = both_of(records, records.interviews.lock(work.about["interview"]))
    if both is not None:
        follow(records, both, now)
    return replace(work, done=True)


def known(records: TalkRecords, both: Both) -> Talk:
    """How far it is."""
    number = both.interview.id
    return talk_of(records.agreements.said(number), records.agreements.signatures(number))


def follow(records: TalkRecords, both: Both, now: datetime) -> Talk:
    """Bring tasks, missing signatures and actions to the state of things; done twice, nothing changes."""
    talk = known(records, both)
    if not both.is_over(now) or not both.person.active:
        waive(records, both, talk, now)
        return talk
    opened = both.opened_at(talk, now)
    if opened is not None:
        talk = with_missing(records, both, talk, opened, now)
    live = both.cycle.state == "live"
    wanted = {key_of(task): task for task in owed(both, talk, opened)} if live else {}
    for task in asked_before(records, both, talk):
        new = wanted.pop(key_of(task), None)
        if new is None and task.state == "open":
            close(records, ended(both, talk, task, now))
        elif (
            new is not None and task.state == "waived"
        ):  # it took place after all, or they are that side again
            records.tasks.save(replace(new, id=task.id))
    records.tasks.add(list(wanted.values()))
    if talk.is_settled:
        settle(records, both, talk, now)
    for moment in turns(both, talk, opened, now):
        look_at(records, both.interview, moment)
    return talk


def key_of(task: Task) -> tuple[str, int, str]:
    return task.kind, task.person, task.subject


def owed(both: Both, talk: Talk, opened: datetime | None) -> Iterator[Task]:
    """What each side has still to do."""
    for side, who in both.each():
        if not who.active:
            continue
        if side not in talk.said and not talk.is_settled:
            yield asked(both, AGREED, str(both.interview.id), who, asking_times(both, who))
        if opened is not None and side not in talk.signed:
            yield asked(both, SIGN, signing(both, talk.version), who, signing_times(both, opened, who))


def signing(both: Both, version: int) -> str:
    """What a signature is about: one version of one interview."""
    return f"{both.interview.id}/{version}"


def asked(
    both: Both, kind: str, subject: str, who: Person, moments: tuple[datetime, datetime, datetime]
) -> Task:
    opens, due, until = moments
    return Task(
        0, kind, both.cycle.id, who.id, subject, "open", opens, due, until, next_at=opens, about=both.person.id,
        department=both.person.department,
    )  # fmt: skip


def asked_before(records: TalkRecords, both: Both, talk: Talk) -> Iterator[Task]:
    """Every task of the interview so far."""
    yield from records.tasks.of_round(AGREED, both.cycle.id, str(both.interview.id))
    for version in range(1, talk.version + 1):
        yield from records.tasks.of_round(SIGN, both.cycle.id, signing(both, version))


def ended(both: Both, talk: Talk, task: Task, now: datetime) -> Task:
    """A task that is not owed any more, with how it ended."""
    side = next((side for side, who in both.each() if who.id == task.person), None)
    if side is None:
        return replace(task, state="waived", why=OTHER, done_at=now)
    if task.kind == AGREED:
        return replace(task, state="done" if side in talk.said else "expired", done_at=now)
    if task.subject != signing(both, talk.version):
        return replace(task, state="waived", why=OLDER, done_at=now)
    return replace(task, state="done" if talk.has_signed(side) else "expired", done_at=now)


def waive(records: TalkRecords, both: Both, talk: Talk, now: datetime) -> None:
    """It did not take place after all, or nothing of it is asked any more."""
    for task in asked_before(records, both, talk):
        if task.state == "open":
            close(records, replace(task, state="waived", done_at=now))


def with_missing(records: TalkRecords, both: Both, talk: Talk, opened: datetime, now: datetime) -> Talk:
    """The signatures that did not come in time are recorded as missing; that blocks nothing."""
    signed = dict(talk.signed)
    for side, who in both.each():
        if side in signed or now < both.unsigned_from(opened, who):
            continue
        signature = Signature(both.interview.id, talk.version, side, "missing", None, "", now)
        if records.agreements.sign(signature):
            detail = {"version": talk.version, "person": who.id}
            records.audit.note(now, None, "interview.unsigned", f"interview/{both.interview.id}", detail)
        signed[side] = signature
    return replace(talk, signed=signed)


def settle(records: TalkRecords, both: Both, talk: Talk, now: datetime) -> None:
    """What each said that they would do themselves are their actions; what is in the newest version no more is dropped."""
    before = list(records.actions.of("interview", both.interview.id))
    promised = [promise for side, who in both.each() for promise in promises(talk, side, who)]
    for action in before:
        if action.state == "open" and (action.person, action.text, action.due) not in promised:
            records.actions.save(replace(action, state="dropped", ended_at=now))
    there = {(one.person, one.text, one.due) for one in before if one.state != "dropped"}
    for person, text, due in dict.fromkeys(promised):
        if (person, text, due) not in there:
            new = Action(0, person, "interview", both.interview.id, text, due, "open", person, now)
            records.actions.add(new)


def promises(talk: Talk, side: Side, who: Person) -> Iterator[tuple[int, str, date | None]]:
    """What a side says that it does itself: nobody is bound by what only the other wrote."""
    if side in talk.said:
        for point in talk.said[side].points:
            if point.who in (side, "both"):
                yield who.id, point.what, point.by


def turns(both: Both, talk: Talk, opened: datetime | None, now: datetime) -> Iterator[datetime]:
    """The moments to come at which something follows by itself."""
    moments = [both.late_from(who) for side, who in both.each() if side not in talk.said]
    if opened is not None:
        moments += [both.unsigned_from(opened, who) for side, who in both.each() if side not in talk.signed]
    yield from sorted({moment for moment in moments if moment > now})
