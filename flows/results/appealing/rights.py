"""Whose appeal it is, how somebody stands to it, and who of HR looks after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.desk import NotThere
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Relation, Thing, may
from flows.results.appealing.deciders import chain_of
from flows.results.appealing.records import Appeal, on
from flows.results.records import ResultRecords
from flows.results.stages import thing_about, things_about
from flows.reviews.owed import Moment

APART = "appeal_apart"
"""The policy's kind of an appeal in which a retaliation is feared, and of the decision on it."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with one appeal: see it, take it back, have it go on, decide it."""

    sees: bool
    retracts: bool
    assigns: bool
    decides: bool


def named(records: ResultRecords, about: Sequence[str]) -> Appeal | None:
    """The appeal whose number stands first, as in "7" or "7/2"."""
    number = whole(about[0].partition("/")[0]) if about else 0
    return records.appeals.get(number) if number else None


def whose_appeal(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The appeal that a button names."""
    appeal = named(records, about)
    return lambda now: thing_of(records, actor, appeal, now) if appeal else None


def whose_decision(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The decision on it, which the manager reads as well, unless the appeal is kept apart."""
    appeal = named(records, about)
    return lambda now: thing_of(records, actor, appeal, now, "appeal_decision") if appeal else None


def thing_of(
    records: ResultRecords, actor: Person, appeal: Appeal, now: datetime, kind: str = "appeal"
) -> Thing | None:
    """An appeal, or the decision on it, for the policy; for whoever is tied to the score none that is kept apart."""
    cycle, person = records.cycles.get(appeal.cycle), records.people.get(appeal.person)
    if cycle is None or person is None:
        return None
    standing: set[Relation] = set()
    if any(one.person == actor.id and one.on for one in records.appeals.seats(appeal.id)):
        standing.add("decider")
    if kind == "appeal_decision" and led(records, appeal, actor):
        standing.add("former_manager")  # or the present one, who may do no less
    if appeal.apart:
        kind = APART
        if actor.id != appeal.person and is_tied(records, appeal, actor):
            return None
    return thing_about(records, actor, kind, cycle, person, now, frozenset(standing))


def led(records: ResultRecords, appeal: Appeal, actor: Person) -> bool:
    """Whether the actor was the person's manager when the review was written."""
    reviews = records.reviews.about(appeal.cycle, [appeal.person])
    return any(one.kind == "manager" and one.manager == actor.id for one in reviews)


def is_tied(records: ResultRecords, appeal: Appeal, person: Person) -> bool:
    """Whether somebody had a part in the score, or is tied to one who had."""
    chain = chain_of(records, appeal)
    return chain is None or chain.tie_of(person.id) is not None


def rights_of(records: ResultRecords, actor: Person, appeal: Appeal, now: datetime) -> Rights:
    """What the actor may do with it now; whoever decides has a seat at the level that decides."""
    thing = thing_of(records, actor, appeal, now)
    decision = thing_of(records, actor, appeal, now, "appeal_decision")
    sits = actor.id in on(records.appeals.seats(appeal.id), appeal.level)
    return Rights(
        may(actor, "view", thing, now),
        may(actor, "retract", thing, now),
        may(actor, "assign", thing, now),
        sits and may(actor, "create", decision, now),
    )


def seen(records: ResultRecords, actor: Person, several: Sequence[Appeal], now: datetime) -> list[Appeal]:
    """Those that the actor sees, in their order; only about the few that are kept apart is asked one by one."""
    people = {one.id: one for one in records.people.many({one.person for one in several})}
    seated = {one.id for one in records.appeals.seated(actor.id)}
    groups: dict[tuple[int, bool], list[Appeal]] = defaultdict(list)
    for one in several:
        if not one.apart:
            groups[one.cycle, one.id in seated].append(one)
    found: set[int] = set()
    for (number, sits), some in groups.items():
        cycle, standing = records.cycles.get(number), frozenset[Relation]({"decider"} if sits else ())
        if cycle is not None:
            theirs = [people[person] for person in {one.person for one in some}]
            things = things_about(records, actor, "appeal", cycle, theirs, now, standing)
            found |= {one.id for one in some if may(actor, "view", things.get(one.person), now)}
    found |= {one.id for one in several if one.apart and rights_of(records, actor, one, now).sees}
    return [one for one in several if one.id in found]


def place_of(records: ResultRecords, appeal: Appeal | None) -> tuple[Appeal, Cycle, Person]:
    """The appeal with its cycle and whose it is; raises NotThere."""
    cycle = records.cycles.get(appeal.cycle) if appeal else None
    person = records.people.get(appeal.person) if appeal else None
    if appeal is None or cycle is None or person is None:
        raise NotThere
    return appeal, cycle, person


def locked(records: ResultRecords, about: Sequence[str]) -> tuple[Appeal, Cycle, Person]:
    """The same as it stands now, and nobody else changes it before this transaction has ended."""
    found = named(records, about)
    return place_of(records, records.appeals.lock(found.id) if found else None)


def hr_for(records: ResultRecords, appeal: Appeal, now: datetime) -> list[Person]:
    """Everybody of HR who looks after the appeal, by the policy: partners first, whoever had a part in the score last."""
    found = [
        one
        for one in records.people.hr()
        if one.id != appeal.person and may(one, "assign", thing_of(records, one, appeal, now), now)
    ]
    tied = {one.id for one in found if is_tied(records, appeal, one)}
    return sorted(found, key=lambda one: (one.id in tied, one.hr_scope is None, one.name, one.id))


def checkers(records: ResultRecords, appeal: Appeal, now: datetime) -> list[Person]:
    """Who is asked to check it: those of HR who had no part in the score; where there are none, all the others."""
    every = hr_for(records, appeal, now)
    free = [one for one in every if not is_tied(records, appeal, one)]
    return free or every


def counted_of(
    records: ResultRecords, actor: Person, cycle: Cycle, people: Sequence[Person], now: datetime
) -> int:
    """How many appeals there are about the results of these people, as far as the actor may know of each."""
    ids = {one.id for one in people}
    theirs = [one for one in records.appeals.of_cycle(cycle.id) if one.person in ids]
    return sum(may(actor, "count", thing_of(records, actor, one, now), now) for one in theirs)
