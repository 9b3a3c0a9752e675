"""What the SMART check knows besides the sentence: the owner's other goals and history, and their peers' numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from flows.cycle.calendar import local_day
from flows.cycle.records import Cycle
from flows.goals.kept import Goal
from flows.goals.measure.span import days_of
from flows.goals.measure.standing import standings
from flows.goals.records import GoalsRecords
from flows.goals.smart.checking import Context, Known
from flows.goals.smart.reading import understood
from flows.people.person import Person

NEW = timedelta(days=180)  # since the day of hire
OWN, OTHERS = 20, 60  # goals that are compared with, newest first


def context_of(
    records: GoalsRecords, owner: Person, cycle: Cycle, goal: int, has_parents: bool, now: datetime
) -> Context:
    """Everything that the check compares a goal of the owner's with; `goal` is the one that is written, 0 if new."""
    today = local_day(now, owner.zone)
    first, last = days_of(cycle)
    own = records.goals.latest_of(owner.id, cycle.id, OWN)
    peers = records.goals.of_peers(cycle.id, owner.level, owner.id, OTHERS) if owner.level else []
    peers = [one for one in peers if one.terms.visibility != "private"]
    alike = _as_long(records, cycle, [*own, *peers])
    own = [one for one in own if one.cycle in alike]
    reached = {key: standing.value for key, standing in standings(records, own, now).items()} if own else {}
    others = [one for one in records.goals.of_cycle(cycle.id, owner.id) if one.id != goal]
    return Context(
        today, first, last, owned=True, parents=has_parents, others=tuple(one.title for one in others),
        history=_known(own, today, reached), peers=_known([one for one in peers if one.cycle in alike], today, {}),
        newcomer=owner.hired_on is not None and today - owner.hired_on <= NEW,
    )  # fmt: skip


def _as_long(records: GoalsRecords, cycle: Cycle, goals: Sequence[Goal]) -> set[int | None]:
    """The cycles of these goals that run as long as this one: a month's number says nothing about a year's."""
    found: set[int | None] = set()
    for one in {goal.cycle for goal in goals}:
        other = records.cycles.get(one) if one else None
        if other and other.template.period == cycle.template.period:
            found.add(one)
    return found


def _known(goals: Sequence[Goal], today: date, reached: Mapping[int, Decimal | None]) -> tuple[Known, ...]:
    return tuple(
        Known(goal.title, goal.terms.unit, goal.terms.target, reached.get(goal.id), goal.terms.lower,
              understood(goal.title, today).per)
        for goal in goals if goal.terms.target is not None
    )  # fmt: skip
