"""At which stage a person's cycle is for whoever looks, and their things in it as the policy function sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.cycle.calendar import local_day
from flows.cycle.people.standing_in import covers
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import Relation, Stage, Thing
from flows.results.records import ResultRecords, Session
from flows.results.releasing.opening import appeal_until, is_kept_back, opening_day, opens_for

CALIBRATION = "calibration"  # the phase of that name, where a template has one


def stage_of(
    records: ResultRecords, cycle: Cycle, person: Person, now: datetime, *, above: bool = False
) -> Stage:
    """The stage of the person's own cycle at `now` (aware); `above`: as managers and HR see it.

    - S: it is a draft. G: it is live, and no review phase has opened for the person.
    - O: from the first review phase's opening to the end of the last one's grace, with what HR has given them beyond.
    - C: every review phase has closed for them, or HR has closed the cycle.
    - K: their result is being calibrated (they have a seat, or that phase has begun and nothing is written any more),
      or it is withheld.
    - R: it is released. Managers and HR look from the release on, the person from their own opening.
    - A: from the person's opening to the end of their time to appeal. F: after that.

    X (the retention is over) is not reached yet: nothing is deleted.
    """
    if cycle.launched_at is None:
        return "S"
    return opened(records, cycle, person, now, above=above) or before_release(records, cycle, person, now)


def opened(
    records: ResultRecords, cycle: Cycle, person: Person, now: datetime, *, above: bool
) -> Stage | None:
    """R, A or F once the result is open to whoever looks, K while it is withheld; None before the release."""
    release = records.releases.get(cycle.id)
    if release is None or release.released_at is None or now < release.released_at:
        return None
    withheld = records.releases.is_withheld(cycle.id, person.id)
    if is_kept_back(withheld):
        return "K"
    day = opening_day(release, withheld, cycle.template.opening.lead)
    opens = opens_for(person, day, cycle.template.nudges) if day else None
    if opens is None or now < opens:
        return "R" if above else None
    return "A" if now <= appeal_until(opens, person, cycle.template) else "F"


def before_release(records: ResultRecords, cycle: Cycle, person: Person, now: datetime) -> Stage:
    """G, O, C or K, by the phases with their dates as they are for this person."""
    place = records.participants.get(cycle.id, person.id)
    session = records.sessions.of_person(cycle.id, person.id)
    days = [window_of(cycle, phase, place.extended if place else None) for phase in cycle.template.phases]
    hour = cycle.template.nudges.hour
    writing = [moments_in(window, hour, person.zone) for window in days if window.phase.work == "review"]
    if is_final(session, [due for _, due, _ in writing], now):
        return "K"
    today = local_day(now, person.zone)
    discussed = session is not None or any(
        window.phase.name == CALIBRATION and window.opens <= today for window in days
    )
    if cycle.state == "live":
        if now < min((opens for opens, _, _ in writing), default=now):
            return "G"
        if any(now < until for _, _, until in writing):
            return "O"
        if not writing and not discussed:
            return "G"
    return "K" if discussed else "C"


def is_final(session: Session | None, due: Sequence[datetime], now: datetime) -> bool:
    """Whether the session that discusses somebody ends the writing about them: once it is locked, at the latest.

    While it is open it does so when every review was due: a session that HR sets up early stops nobody, and what is
    late is not taken in the middle of a calibration.
    """
    return session is not None and (session.state == "locked" or all(now > one for one in due))


def thing_about(
    records: ResultRecords,
    actor: Person,
    kind: str,
    cycle: Cycle,
    person: Person,
    now: datetime,
    standing: frozenset[Relation] = frozenset(),
) -> Thing | None:
    """What of this kind the cycle has about the person, as the policy sees it for the actor; None for no participant.

    The owner is the person as they stood in the cycle's snapshot, and the line begins with whoever reviews them in
    the cycle. Who takes part in their calibration and who is their manager's deputy today is looked up here;
    `standing` adds what only the records of that kind know (who wrote it, who was asked, who decides).
    """
    place = records.participants.get(cycle.id, person.id)
    if place is None:
        return None
    own = actor.id == person.id
    stage = stage_of(records, cycle, person, now, above=not own)
    owner = replace(person, department=place.department)
    if own:
        return Thing(kind, owner, stage=stage, standing=standing)
    line = line_in(records, place)
    return Thing(
        kind, owner, line,
        stage=stage,
        standing=standing | looked_up(records, actor, cycle, place, line, now),
        above_actor=stands_above(records, cycle, person, actor),
    )  # fmt: skip


def line_in(records: ResultRecords, place: Participant) -> tuple[int, ...]:
    """The managers above somebody in the cycle: whoever reviews them there, then up the directory from that one."""
    if place.manager is None:
        return records.people.line_of(place.person)
    above = records.people.line_of(place.manager)
    return (place.manager, *(one for one in above if one not in (place.person, place.manager)))


def stands_above(records: ResultRecords, cycle: Cycle, person: Person, actor: Person) -> bool:
    """Whether the person is above the actor, in the directory or in the cycle."""
    if person.id in records.people.line_of(actor.id):
        return True
    place = records.participants.get(cycle.id, actor.id)
    return place is not None and person.id in line_in(records, place)


def looked_up(
    records: ResultRecords,
    actor: Person,
    cycle: Cycle,
    place: Participant,
    line: tuple[int, ...],
    now: datetime,
) -> frozenset[Relation]:
    """Whether the actor calibrates the participant, or is their manager's deputy today."""
    found: set[Relation] = set()
    session = records.sessions.of_person(cycle.id, place.person)
    if session and actor.id in session.participants:
        found.add("session")
    manager = records.people.get(line[0]) if line else None
    if manager and manager.active:
        today = local_day(now, manager.zone)
        if any(
            one.person == manager.id and covers(one, today) for one in records.delegations.to_deputy(actor.id)
        ):
            found.add("delegate")
    return frozenset(found)
