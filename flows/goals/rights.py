"""Whose a goal is and who stands on its other side, as things for the policy function, which alone decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flows.cycle.owing import whole
from flows.goals.kept import Goal
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing, thing_of


def other_side(records: GoalsRecords, goal: Goal) -> int | None:
    """Who agrees with the one who answers for the goal; None where nobody does, and it stands as proposed.

    For a person's goal that is who reviews them in the cycle, else their manager; for a department's, who answers for
    the goal above it. Somebody who has left the directory is nobody's other side.
    """
    if goal.level == "company":
        return None
    if goal.level == "department":
        above = records.goals.get(goal.terms.parent) if goal.terms.parent else None
        found = above.person if above else None
    else:
        found = reviewer_of(records, goal.cycle, goal.person)
    person = records.people.get(found) if found and found != goal.person else None
    return person.id if person and person.active else None


def reviewer_of(records: GoalsRecords, cycle: int | None, person: int) -> int | None:
    """Who reviews the person in the cycle; without one there, their manager."""
    place = records.participants.get(cycle, person) if cycle else None
    if place and place.manager:
        return place.manager
    found = records.people.get(person)
    return found.manager if found else None


def kind_for_reading(goal: Goal) -> str:
    """The policy's kind of thing for reading the goal: its visibility; a draft is its writer's alone."""
    return "goal_draft" if goal.state == "draft" else f"goal_{goal.terms.visibility}"


def goal_thing(records: GoalsRecords, goal: Goal, actor: Person, kind: str | None = None) -> Thing | None:
    """The goal as a thing of `kind` (for reading where none is named), with its other side first in the line."""
    owner = records.people.get(goal.person)
    if owner is None:
        return None
    thing = thing_of(kind or kind_for_reading(goal), owner, actor, records.people)
    side = other_side(records, goal) if actor.id != owner.id else None
    return replace(thing, line=(side, *(one for one in thing.line if one != side))) if side else thing


def named_goal(
    kind: str | None = None,
) -> Callable[[GoalsRecords, Person, tuple[str, ...]], Thing | None]:
    """A `Whose` for what names a goal first: its thing of `kind`, by its visibility where none is given."""

    def whose(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
        goal = records.goals.get(whole(about[0].partition("/")[0])) if about else None
        return goal_thing(records, goal, actor, kind) if goal else None

    return whose


def sheet_thing(records: GoalsRecords, owner: Person, actor: Person, cycle: int) -> Thing:
    """All of a person's goals of a cycle as one thing ("goals"), whoever reviews them in it first in the line."""
    thing = thing_of("goals", owner, actor, records.people)
    side = reviewer_of(records, cycle, owner.id) if actor.id != owner.id else None
    return replace(thing, line=(side, *(one for one in thing.line if one != side))) if side else thing
