"""Whose a goal is and who stands on its other side, as things for the policy function, which alone decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows.cycle.owing import AGREE, whole
from flows.goals.kept import Goal
from flows.goals.phases import answering_phases
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing, thing_of

READ = ("goal_public", "read")

OPEN = ("goal_public", "goal_draft")  # kinds of things that nobody sees because of who answers


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


def sides_of(records: GoalsRecords, goals: Sequence[Goal]) -> Mapping[int, int | None]:
    """Each goal's other side; all of a person's own have one."""
    own = next((goal for goal in goals if goal.level == "person"), None)
    side = other_side(records, own) if own else None
    return {goal.id: side if goal.level == "person" else other_side(records, goal) for goal in goals}


def goals_of(records: GoalsRecords, cycle: int, person: int) -> list[Goal]:
    """Everything that the person answers for in the cycle: their own goals, then the company's and departments'."""
    return [*records.goals.of_cycle(cycle, person), *records.goals.answered_for(cycle, person)]


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
    if owner is None or (goal.state == "draft" and goal.level == "person" and actor.id != owner.id):
        return None  # a draft is its writer's alone, whatever may be done to goals of others
    thing = thing_of(kind or kind_for_reading(goal), owner, actor, records.people)
    side = other_side(records, goal) if actor.id != owner.id else None
    return led_by(records, thing, goal.cycle, side, actor)


def named_goal(
    kind: str | None = None,
) -> Callable[[GoalsRecords, Person, tuple[str, ...]], Thing | None]:
    """A `Whose` for what names a goal first: its thing of `kind`, by its visibility where none is given.

    What is for reading any goal is declared with `may=READ`; the rule of the goal's own visibility decides.
    """

    def whose(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
        goal = records.goals.get(whole(about[0].partition("/")[0])) if about else None
        return goal_thing(records, goal, actor, kind) if goal else None

    return whose


def sheet_thing(records: GoalsRecords, owner: Person, actor: Person, cycle: int) -> Thing:
    """All of a person's goals of a cycle as one thing ("goals"), whoever reviews them in it first in the line."""
    thing = thing_of("goals", owner, actor, records.people)
    side = reviewer_of(records, cycle, owner.id) if actor.id != owner.id else None
    return led_by(records, thing, cycle, side, actor)


def led_by(records: GoalsRecords, thing: Thing, cycle: int | None, side: int | None, actor: Person) -> Thing:
    """The thing with the other side of its owner's goals first in the line, before them whoever answers for them."""
    if side is None or thing.owner is None:
        return thing
    first = [side]
    if actor.id != side and thing.kind not in OPEN:
        whole_sheet = thing.kind == "goals"
        if stands_in(records, cycle, thing.owner.id, side, actor, done=whole_sheet):
            first = [actor.id, side]
    return replace(thing, line=(*first, *(one for one in thing.line if one not in first)))


def stands_in(
    records: GoalsRecords, cycle: int | None, person: int, side: int, actor: Person, *, done: bool = False
) -> bool:
    """Whether the actor answers about the person's goals instead of the other side: deputy, or it was handed over.

    `done`: or has answered, and nothing has been asked since; the goals themselves are theirs to see only until then.
    """
    states = ("open", "done") if done else ("open",)
    found = records.cycles.get(cycle) if cycle else None
    if found is None:
        return False
    return any(
        task.person == actor.id and task.owner == side and task.state in states
        for phase in answering_phases(found)
        for task in records.tasks.of_about(AGREE, found.id, phase.name, [person])
    )
