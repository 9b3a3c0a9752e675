"""At which stage a person's cycle is for whoever looks, and their things in it as the policy function sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.cycle.calendar import local_day
from flows.cycle.people.leaving import LEFT
from flows.cycle.people.standing_in import covers
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import NOT_UPWARDS, Relation, Stage, Thing
from flows.results.records import Release, ResultRecords, Session, Withheld
from flows.results.releasing.opening import appeal_until, is_kept_back, opening_day, opens_for

CALIBRATION = "calibration"  # the phase of that name, where a template has one


@dataclass(frozen=True, slots=True)
class Known:
    """What the stage of one person's cycle follows from, besides its dates."""

    place: Participant | None
    session: Session | None
    release: Release | None
    withheld: Withheld | None


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
    return stage_at(cycle, person, known_of(records, cycle, [person])[person.id], now, above=above)


def known_of(records: ResultRecords, cycle: Cycle, people: Sequence[Person]) -> Mapping[int, Known]:
    """What is known of each of these people, in a handful of queries for any number of them."""
    places: Iterable[Participant | None]
    if len(people) == 1:
        one = people[0].id
        places = [records.participants.get(cycle.id, one)]
        sessions = {one: records.sessions.of_person(cycle.id, one)}
    else:
        places = records.participants.many(cycle.id, [person.id for person in people])
        sessions = dict(records.sessions.of_people(cycle.id, [person.id for person in people]))
    taking = {place.person: place for place in places if place}
    release = records.releases.get(cycle.id)
    released = release is not None and release.released_at is not None
    withheld = {one.person: one for one in records.releases.withheld(cycle.id)} if released else {}
    return {
        person.id: Known(
            taking.get(person.id),
            sessions.get(person.id),
            release if released else None,
            withheld.get(person.id),
        )
        for person in people
    }


def stage_at(cycle: Cycle, person: Person, known: Known, now: datetime, *, above: bool) -> Stage:
    """The stage (`stage_of`) by what is known already."""
    if cycle.launched_at is None:
        return "S"
    return opened(cycle, person, known, now, above=above) or before_release(cycle, person, known, now)


def opened(cycle: Cycle, person: Person, known: Known, now: datetime, *, above: bool) -> Stage | None:
    """R, A or F once the result is open to whoever looks, K while it is withheld; None before the release."""
    release = known.release
    if release is None or release.released_at is None or now < release.released_at:
        return None
    if is_kept_back(known.withheld):
        return "K"
    day = opening_day(release, known.withheld, cycle.template.opening.lead)
    opens = opens_for(person, day, cycle.template.nudges) if day else None
    if opens is None or now < opens:
        return "R" if above else None
    return "A" if now <= appeal_until(opens, person, cycle.template) else "F"


def before_release(cycle: Cycle, person: Person, known: Known, now: datetime) -> Stage:
    """G, O, C or K, by the phases with their dates as they are for this person."""
    extended = known.place.extended if known.place else None
    days = [window_of(cycle, phase, extended) for phase in cycle.template.phases]
    hour = cycle.template.nudges.hour
    writing = [moments_in(window, hour, person.zone) for window in days if window.phase.work == "review"]
    if is_final(known.session, [due for _, due, _ in writing], now):
        return "K"
    today = local_day(now, person.zone)
    begun = any(window.phase.name == CALIBRATION and window.opens <= today for window in days)
    discussed = begun or known.session is not None
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
    return things_about(records, actor, kind, cycle, [person], now, standing).get(person.id)


def things_about(
    records: ResultRecords,
    actor: Person,
    kind: str,
    cycle: Cycle,
    people: Sequence[Person],
    now: datetime,
    standing: frozenset[Relation] = frozenset(),
) -> dict[int, Thing]:
    """The same about several people, by their ids, for lists; whoever takes no part has nothing."""
    known = known_of(records, cycle, people)
    represented = represented_by(records, actor, now)
    above: frozenset[int] | None = None
    lines: dict[int, tuple[int, ...]] = {}
    found: dict[int, Thing] = {}
    for person in people:
        place, session = known[person.id].place, known[person.id].session
        if place is None:
            continue
        own = actor.id == person.id
        stage = stage_at(cycle, person, known[person.id], now, above=not own)
        owner = replace(person, department=place.department)
        if own:
            found[person.id] = Thing(kind, owner, stage=stage, standing=standing)
            continue
        leads = place.manager or person.id
        if leads not in lines:
            lines[leads] = line_in(records, place)
        line = lines[leads]
        more: set[Relation] = {"session"} if session and actor.id in session.participants else set()
        more |= {"delegate"} if line and line[0] in represented else set()
        stands = standing | more
        if above is None and (actor.is_hr or stands & NOT_UPWARDS):  # it counts for nobody else
            above = above_in(records, actor, cycle)
        found[person.id] = Thing(
            kind, owner, line, stage=stage, standing=stands, above_actor=bool(above and person.id in above)
        )
    return found


def has_result(place: Participant | None) -> bool:
    """Whether there is a result of theirs: whoever was taken out has none, whatever was computed before."""
    return place is not None and (place.place == "in" or place.why == LEFT)


def line_in(records: ResultRecords, place: Participant) -> tuple[int, ...]:
    """The managers above somebody in the cycle: whoever reviews them there, then up the directory from that one."""
    if place.manager is None:
        return records.people.line_of(place.person)
    return (place.manager, *records.people.line_of(place.manager))


def above_in(records: ResultRecords, actor: Person, cycle: Cycle) -> frozenset[int]:
    """Everybody above the actor, whether each step up is one of the directory or one of the cycle."""
    found: set[int] = set()
    todo = [actor.id]
    while todo:
        one = todo.pop()
        place, person = records.participants.get(cycle.id, one), records.people.get(one)
        leads = {place.manager if place else None, person.manager if person else None}
        new = {manager for manager in leads if manager is not None} - found
        found |= new
        todo += new
    return frozenset(found - {actor.id})


def hr_and_above(records: ResultRecords, cycle: Cycle) -> frozenset[int]:
    """Whoever has the role HR, for whatever, and everybody above one of them, by the directory or the cycle.

    No figure about people's results counts them. HR may look up all others one by one, but nobody above themselves:
    whoever counts all but one of a group can tell that one's.
    """
    found: set[int] = set()
    todo = {person.id for person in records.people.hr()}
    while todo:
        found |= todo
        steps = {person.manager for person in records.people.many(todo)}
        steps |= {place.manager for place in records.participants.many(cycle.id, sorted(todo))}
        todo = {manager for manager in steps if manager is not None} - found
    return frozenset(found)


def represented_by(records: ResultRecords, actor: Person, now: datetime) -> frozenset[int]:
    """Whose deputy the actor is, on that person's own day."""
    found: set[int] = set()
    for delegation in records.delegations.to_deputy(actor.id):
        person = records.people.get(delegation.person)
        if person and person.active and covers(delegation, local_day(now, person.zone)):
            found.add(person.id)
    return frozenset(found)
