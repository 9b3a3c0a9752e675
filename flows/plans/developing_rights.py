"""Whose a development plan is: the person's own and, on the other side, whoever leads them; a deputy where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, thing_of
from flows.plans.developing_kept import DevelopmentPlan, PlanRecords
from flows.results.stages import stage_of

ANSWER = "plan-answer"
"""The kind of the task of answering about a development plan, or of writing anew what was returned."""

NAME = Words("Development plan", "发展计划")
OPENED = ("R", "A", "F")  # the stages in which somebody knows their result


def other_side(records: PlanRecords, person: int, cycle: int | None) -> Person | None:
    """Who agrees on the plan: whoever reviews the person while the cycle runs, else their manager in the directory.

    Somebody who has left is nobody's other side; without one, what is written stands as agreed.
    """
    owner, found = records.people.get(person), records.cycles.get(cycle) if cycle else None
    place = records.participants.get(found.id, person) if found and found.state == "live" else None
    side = (place.manager if place else None) or (owner.manager if owner else None)
    other = records.people.get(side) if side and side != person else None
    return other if other and other.active else None


def plan_thing(records: PlanRecords, owner: Person, cycle: int | None, actor: Person) -> Thing:
    """Somebody's plan of a cycle for the policy, with the other side first in the line, or whoever answers for them."""
    thing = thing_of("development_plan", owner, actor, records.people)
    if owner.id == actor.id:
        return thing
    side = other_side(records, owner.id, cycle)
    first = [side.id] if side else []
    plan = records.development.find(owner.id, cycle)
    tasks = records.tasks.of_about(ANSWER, plan.id, "", [owner.id]) if plan else []
    if any(task.person == actor.id and task.owner in first and task.state == "open" for task in tasks):
        first.insert(0, actor.id)
    return replace(thing, line=(*first, *(one for one in thing.line if one not in first)))


def named(about: Sequence[str]) -> tuple[int | None, int] | None:
    """(cycle, person) of a button, or of the subject "cycle/person"; the cycle 0 is none."""
    parts = tuple(about[0].split("/")) if len(about) == 1 else tuple(about[:2])
    if len(parts) != 2 or not whole(parts[1]):
        return None
    return whole(parts[0]) or None, whole(parts[1])


def whose_plan(records: PlanRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The plan that a button names: of a cycle that its person took part in, or of none; one's own needs no plan yet."""
    if about in ((), ("",)):
        return Thing("development_plan", actor)
    found = named(about)
    owner = records.people.get(found[1]) if found else None
    if found is None or owner is None:
        return None
    if found[0] and records.participants.get(found[0], owner.id) is None:
        return None
    if owner.id != actor.id and records.development.find(owner.id, found[0]) is None:
        return None
    return plan_thing(records, owner, found[0], actor)


def plan_by_id(records: PlanRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The plan whose id comes first, for whoever answers about it."""
    plan = records.development.get(whole(about[0])) if about else None
    owner = records.people.get(plan.person) if plan else None
    return plan_thing(records, owner, plan.cycle, actor) if plan and owner else None


def current_cycle(records: PlanRecords, person: Person, now: datetime) -> int | None:
    """The cycle whose result the person's plan follows from now: the newest that is open to them, or has a plan."""
    plans = records.development.of_person(person.id)
    newest = max((plan.cycle for plan in plans if plan.cycle), default=None)
    owed = {task.scope for task in records.tasks.open_of(person.id) if task.kind == "plan"}
    for place in sorted(records.participants.of_person(person.id), key=lambda one: -one.cycle):
        cycle = records.cycles.get(place.cycle)
        if cycle is None or place.place != "in":
            continue
        if cycle.id == newest or cycle.id in owed:
            return cycle.id
        if stage_of(records, cycle, person, now) in OPENED:
            return cycle.id
    return newest


def title_of(records: PlanRecords, owner: Person, cycle: int | None) -> Words:
    """Whose plan it is, and of which cycle."""
    found = records.cycles.get(cycle) if cycle else None
    return same(owner.name) + same(f" · {found.name}" if found else "")


def place_of(plan: DevelopmentPlan) -> tuple[str, str]:
    """The plan as a button names it."""
    return str(plan.cycle or 0), str(plan.person)
