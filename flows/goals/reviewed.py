"""Which goals a cycle's reviews and results look at: its own, or those that people work towards when it sets none."""

from __future__ import annotations

from collections.abc import Sequence

from flows.cycle.records import Cycle
from flows.goals.kept import Goal
from flows.goals.records import GoalsRecords


def reviewed_goals(records: GoalsRecords, cycle: Cycle, people: Sequence[int]) -> list[Goal]:
    """The goals of these people, by person, without drafts.

    A cycle of reviews alone (a half-year review over two quarters' goals) has none of its own: then it is those of
    running cycles and of none. Goals set in a phase behind the reviews are for the time after, and do not count.
    """
    own = records.goals.of_people(cycle.id, people)
    if sets_goals(cycle):
        return own
    known = {goal.person for goal in own}
    others = [person for person in people if person not in known]
    return own + [goal for goal in records.goals.worked_towards(others) if goal.cycle != cycle.id]


def sets_goals(cycle: Cycle) -> bool:
    """Whether goals are written in the cycle before it reviews anybody."""
    works = [phase for phase in cycle.template.phases if phase.work in ("goals", "review")]
    return bool(works) and min(works, key=lambda phase: phase.starts).work == "goals"
