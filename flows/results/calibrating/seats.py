"""Whose results a session is about, and which of them somebody sees: never their own, nor those of managers above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.cycle.records import Cycle, Participant
from flows.people.person import Person
from flows.people.policy import Relation, Stage, Thing, may
from flows.results.calibrating.groups import Above
from flows.results.distribution import Rated
from flows.results.records import Given, ResultRecords, Session, VersionKind
from flows.results.stages import stage_of


@dataclass(frozen=True, slots=True)
class Row:
    """One person in a session, as they stood in the cycle's snapshot, with every rating so far, oldest first."""

    person: Person
    place: Participant
    versions: tuple[Given, ...]

    @property
    def last(self) -> Given | None:
        """The latest version that a person has set: what is computed proposes a rating and sets none."""
        return next((one for one in reversed(self.versions) if one.kind != "computed"), None)

    @property
    def rating(self) -> str:
        """The rating as it stands; "" while nobody has set one."""
        return self.last.rating if self.last else ""

    def latest(self, kind: VersionKind) -> Given | None:
        """The latest version of a kind: what was computed, what the manager rated, how it was calibrated."""
        return next((one for one in reversed(self.versions) if one.kind == kind), None)

    def rated(self) -> Rated:
        """The same as the figures count it."""
        given, computed = self.latest("manager"), self.latest("computed")
        place = self.place
        return Rated(
            place.person, self.rating, given.rating if given else "", computed.rating if computed else "",
            place.manager, place.department, place.level,
        )  # fmt: skip


def hidden_from(records: ResultRecords, actor: Person, cycle: int) -> frozenset[int]:
    """The actor and all managers above them, in the directory and in the cycle: whom they neither see nor move."""
    found, todo = {actor.id}, [actor.id]
    while todo:
        one = todo.pop()
        place, person = records.participants.get(cycle, one), records.people.get(one)
        above = {place.manager if place else None, person.manager if person else None}
        new = {manager for manager in above if manager is not None} - found
        found |= new
        todo += new
    return frozenset(found)


def everybody(records: ResultRecords, session: Session) -> list[Row]:
    """Everyone with a seat who still takes part in the cycle, by name."""
    seats = records.sessions.seats(session.id)
    places = {one.person: one for one in records.participants.many(session.cycle, seats) if one.place == "in"}
    versions: dict[int, list[Given]] = {}
    for one in records.ledger.given(session.cycle, list(places)):
        versions.setdefault(one.person, []).append(one)
    people = sorted(records.people.many(places), key=lambda person: (person.name, person.id))
    return [Row(person, places[person.id], tuple(versions.get(person.id, ()))) for person in people]


def standing_in(actor: Person, session: Session) -> frozenset[Relation]:
    return frozenset({"session"}) if actor.id in session.participants else frozenset()


def seen_by(
    records: ResultRecords,
    actor: Person,
    session: Session,
    cycle: Cycle,
    now: datetime,
    rows: Iterable[Row],
    action: str = "view",
) -> list[Row]:
    """The rows that the actor may see, or do something else to, as the policy has it for each."""
    hidden = hidden_from(records, actor, cycle.id)
    withheld = {one.person for one in records.releases.withheld(cycle.id)}
    standing = standing_in(actor, session)
    stages: dict[object, Stage] = {}
    found = []
    for row in rows:
        if row.person.id in hidden:
            continue
        # The stage is the same for everybody with the same clock and the same dates.
        key = (row.person.zone, tuple(sorted(row.place.extended.items())), row.person.id in withheld)
        if key not in stages:
            stages[key] = stage_of(records, cycle, row.person, now, above=True)
        owner = replace(row.person, department=row.place.department)
        if may(actor, action, Thing("score_calibrated", owner, stage=stages[key], standing=standing), now):
            found.append(row)
    return found


def unseated(records: ResultRecords, actor: Person, cycle: int) -> int:
    """How many take part and are in no session, the actor and the managers above them not counted."""
    hidden = hidden_from(records, actor, cycle)
    theirs = {one.person for one in records.participants.many(cycle, sorted(hidden)) if one.place == "in"}
    return records.sessions.count_left(cycle) - len(theirs - records.sessions.seated(cycle, sorted(theirs)))


def line_above(records: ResultRecords, cycle: int, rows: Sequence[Row]) -> Above:
    """Whose people those of a manager join where they are too few: those of the manager above, by ids as text."""
    found: dict[int, int | None] = {}
    todo = {row.place.manager for row in rows if row.place.manager is not None}
    while todo := todo - found.keys():
        places = {one.person: one.manager for one in records.participants.many(cycle, sorted(todo))}
        for person in records.people.many(todo):
            found[person.id] = places.get(person.id) or person.manager
        found |= dict.fromkeys(todo - found.keys())
        todo = {manager for manager in found.values() if manager is not None}

    def above(name: str) -> str | None:
        manager = found.get(int(name)) if name else None
        return str(manager) if manager is not None else None

    return above


def sessions_of(records: ResultRecords, actor: Person) -> list[tuple[Cycle, Session]]:
    """The sessions of live cycles in which the actor takes part, open ones first."""
    found = [
        (cycle, session)
        for cycle in records.cycles.in_state("live")
        for session in records.sessions.of_cycle(cycle.id)
        if actor.id in session.participants
    ]
    return sorted(found, key=lambda one: (one[1].state != "open", one[1].id))
