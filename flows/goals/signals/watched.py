"""A goal as plain columns, for the look over a whole company: what its signals depend on, in floats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flows.goals.kept import Gather, Goal, Level, Shape
from flows.goals.measure.series import names_of
from flows.goals.measure.span import Span


class Watched(NamedTuple):
    """An agreed goal of a live cycle.

    `stages` counts its milestones; `scaled`: it has a step scale; `leads`: another goal serves it. `since` is the day
    (UTC) on which it last changed.
    """

    id: int
    person: int
    cycle: int
    level: Level
    department: str
    shape: Shape
    lower: bool
    baseline: float | None
    target: float | None
    stages: int
    scaled: bool
    metric: str
    gather: Gather
    due: date | None
    since: date | None
    leads: bool

    @property
    def sources(self) -> tuple[str, ...]:
        """The series that its value is read from, the first that has readings."""
        return names_of(self.id, self.metric, self.level, self.person, self.department)

    def span(self, days: Span) -> Span:
        """The days that it runs over, in a cycle of these days."""
        return days[0], max(self.due or days[1], days[0])


def watched_of(goal: Goal, *, leads: bool) -> Watched:
    """A goal as it is watched."""
    terms = goal.terms
    return Watched(
        goal.id, goal.person, goal.cycle or 0, goal.level, goal.department, terms.shape, terms.lower,
        _plain(terms.baseline), _plain(terms.target), len(terms.milestones), bool(terms.steps), terms.metric,
        terms.gather, terms.due, goal.changed_at.date() if goal.changed_at else None, leads,
    )  # fmt: skip


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
