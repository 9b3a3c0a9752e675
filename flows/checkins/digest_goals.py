"""What a team's goals say beside its check-ins: who has some to look at, and who asks for resources; names and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.checkins.records import CheckinRecords
from flows.core.screen import Element, Facts
from flows.core.words import Words, join, same
from flows.goals.progress.granting import undecided
from flows.people.person import Person


def goal_rows(records: CheckinRecords, people: Sequence[Person]) -> list[Element]:
    """How many goals of each have a signal, and how many resources each asks for; nothing where there is none."""
    ids = [person.id for person in people]
    goals = [
        goal for cycle in records.cycles.in_state("live") for goal in records.goals.of_people(cycle.id, ids)
    ]
    owners = {goal.id: goal.person for goal in goals}
    signals = Counter(owners[goal] for goal in records.signals.of_goals(list(owners)))
    wanted = Counter(owners[step.goal] for step in undecided(records.steps.of_goals(list(owners))))
    rows = [
        (label, _names(people, counted))
        for label, counted in (
            (Words("Goals to look at", "需要关注的目标"), signals),
            (Words("Resources for goals", "目标资源申请"), wanted),
        )
        if counted
    ]
    return [Facts(tuple(rows))] if rows else []


def _names(people: Sequence[Person], counted: Counter[int]) -> Words:
    return join(same(f"{person.name} ({counted[person.id]})") for person in people if counted[person.id])
