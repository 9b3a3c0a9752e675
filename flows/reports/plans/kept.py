"""What the report of plans reads: development plans, what was agreed to be done, and improvement plans, all as counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flows.plans.improving.records import State
from flows.plans.records import Source
from flows.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Plans:
    """Of a group's `people` in the cycle: how many have written a plan, and whose both sides agreed on.

    `asked` were asked for theirs in a phase of the cycle, and `in_time` of these wrote it by then.
    """

    people: int = 0
    written: int = 0
    agreed: int = 0
    asked: int = 0
    in_time: int = 0

    def __add__(self, other: Plans) -> Plans:
        return Plans(*(getattr(self, name) + getattr(other, name) for name in Plans.__slots__))


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed to be done: in time, later, open past its day, open and not due yet, and dropped."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0
    open: int = 0
    dropped: int = 0

    @property
    def number(self) -> int:
        return self.in_time + self.late + self.overdue + self.open + self.dropped

    def __add__(self, other: Agreed) -> Agreed:
        return Agreed(*(getattr(self, name) + getattr(other, name) for name in Agreed.__slots__))


@dataclass(frozen=True, slots=True)
class Doing:
    """What the people of one department agreed to in one kind of place; `people` are how many they are."""

    department: str
    source: Source
    people: int
    agreed: Agreed


class PlanCounter(Protocol):
    """Counts of one cycle; departments and lines are those of its participants."""

    def plans(self, cycle: int, scope: Scope) -> Sequence[tuple[str, Plans]]:
        """By department."""
        ...

    def doing(
        self, cycle: int, scope: Scope, start: datetime, end: datetime | None, today: date
    ) -> Sequence[Doing]:
        """By department and source, without improvement plans; what was agreed in a 1:1 between two moments."""
        ...

    def improvement(
        self, scope: Scope, start: datetime, without: Collection[int]
    ) -> Sequence[tuple[State, int]]:
        """Published improvement plans by state, those over since `start` and those not over; `without` some people."""
        ...
